/* splitmix64: small, and the same everywhere. */
#include "random/gen.h"

static uint64_t next(struct rng *rng)
{
    uint64_t z = rng->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

struct rng rng_of(uint64_t seed, uint64_t a, uint64_t b)
{
    struct rng rng = {seed};

    rng.state = next(&rng) ^ (a * UINT64_C(0xd6e8feb86659fd93));
    rng.state = next(&rng) ^ (b * UINT64_C(0xa0761d6478bd642f));
    return rng;
}

uint32_t rng_below(struct rng *rng, uint32_t n)
{
    return (uint32_t)(next(rng) >> 33) % n;
}

bool rng_percent(struct rng *rng, uint32_t percent)
{
    return rng_below(rng, 100) < percent;
}
