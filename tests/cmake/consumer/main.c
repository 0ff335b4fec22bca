#include <shop/items.h>
#include <shop/items_fake.h>

int main(void)
{
    return shop_find_item == NULL;
}
