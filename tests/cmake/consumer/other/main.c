#include <prices/quotes_fake.h>
#include <shop/carts.h>

int main(void)
{
    prices_quotes_fake fake = {.find_quote = {.found = true, .row = {.price = {5}}}};
    prices_quotes_repository quotes = prices_quotes_fake_repository(&fake);
    prices_offer_row row;
    bool found;

    if (quotes.find_quote(quotes.self, 1, &found, &row) != TENON_OK)
        return 1;
    return shop_count_carts == NULL || prices_quotes_on == NULL || row.price.cents != 5;
}
