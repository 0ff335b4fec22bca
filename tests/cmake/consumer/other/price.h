#include <stdbool.h>
#include <stdint.h>

typedef struct price {
    int64_t cents;
} price;

static inline bool price_read(int64_t wire, price *result)
{
    result->cents = wire;
    return wire >= 0;
}

static inline int64_t price_write(price value)
{
    return value.cents;
}
