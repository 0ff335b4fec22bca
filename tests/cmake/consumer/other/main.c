#include <shop/carts.h>

int main(void)
{
    return shop_count_carts == NULL;
}
