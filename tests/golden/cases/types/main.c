/* Sends a value of every type, shows what the server made of it, and reads it back. */
#include <inttypes.h>
#include <stdio.h>

#include <shop/all.h>
#include <tenon/tenon.h>

static const int64_t NUMBERS[] = {1, -2, INT64_MAX};
static const tenon_opt_text TEXTS[] = {TENON_TEXT("a"), TENON_TEXT(""), TENON_TEXT("c,\"d\"")};
static const shop_colour COLOURS[] = {SHOP_COLOUR_LIGHT_BLUE, SHOP_COLOUR_RED};
static const tenon_uuid UUIDS[] = {{{1, 2, 3}}, {{0xff}}};
static const unsigned char BYTES[] = {0, 1, 0xfe, 0xff};

static tenon_status add(tenon_db *db)
{
    const shop_add_all_types_params values = {
        .b = true,
        .i2 = INT16_MIN,
        .i4 = INT32_MAX,
        .i8 = INT64_MIN,
        .f4 = 1.5f,
        .f8 = -0.1,
        .n = tenon_numeric_from_scaled(-123456789, 3),
        .t = "text with 'quotes' and \xc3\xa9",
        .vc = "",
        .c = "ab",
        .by = {BYTES, sizeof BYTES},
        .u = UUIDS[0],
        .d = tenon_date_from_civil(2024, 2, 29),
        .tm = {86399999999},
        .ts = {1},
        .tz = tenon_timestamptz_from_unix(1700000000, 123456000),
        .iv = {.microseconds = -1, .days = 2, .months = 14},
        .js = "{\"a\": 1}",
        .jb = "[1, null]",
        .e = SHOP_COLOUR_42,
        .p = 100,
        .s = {.width = TENON_SOME(7), .unit = TENON_TEXT("mm")},
        .ip = {.version = 4, .bits = 24, .address = {10, 0, 0, 1}},
        .i8s = {.count = 3, .items = NUMBERS},
        .ts_ = {.count = 3, .items = TEXTS},
        .es = {.count = 2, .items = COLOURS},
        .us = {.count = 2, .items = UUIDS},
    };
    const shop_add_all_nullable_params nothing = {0};
    const shop_add_all_nullable_params some = {
        .i4 = TENON_SOME(5),
        .t = TENON_TEXT(""),
        .by = TENON_SOME({BYTES, 0}),
        .e = TENON_SOME(SHOP_COLOUR_RED),
        .i8s = TENON_SOME({.count = 0}),
        .es = TENON_SOME({.count = 2, .items = COLOURS}),
    };
    tenon_status status = shop_add_all_types(db, &values);

    if (status == TENON_OK)
        status = shop_add_all_nullable(db, &nothing);
    return status == TENON_OK ? shop_add_all_nullable(db, &some) : status;
}

static tenon_status show_texts(tenon_db *db, tenon_arena *mem)
{
    shop_all_types_as_text_list all;
    shop_all_nullable_as_text_list nullable;
    tenon_status status = shop_all_types_as_text(db, mem, &all);

    if (status == TENON_OK)
        status = shop_all_nullable_as_text(db, mem, &nullable);
    if (status != TENON_OK)
        return status;
    for (size_t i = 0; i < all.count; i++)
        puts(all.items[i]);
    for (size_t i = 0; i < nullable.count; i++)
        puts(nullable.items[i]);
    return TENON_OK;
}

static void show_row(const shop_all_types_row *row)
{
    char text[64];

    printf("%d %d %" PRId32 " %" PRId64 " %g %g\n", row->b, row->i2, row->i4, row->i8,
           (double)row->f4, row->f8);
    tenon_numeric_format(&row->n, text, sizeof text);
    printf("%s '%s' '%s' '%s' %zu bytes\n", text, row->t, row->vc, row->c, row->by.length);
    printf("%s %s %" PRId64 "\n", tenon_uuid_format(row->u, text), "tm", row->tm.microseconds);
    printf("%s\n", tenon_date_format(row->d, text));
    printf("%s\n", tenon_timestamp_format(row->ts, text));
    printf("%s\n", tenon_timestamptz_format(row->tz, text));
    printf("%" PRId32 " months %" PRId32 " days %" PRId64 " us\n", row->iv.months, row->iv.days,
           row->iv.microseconds);
    printf("%s %s %s %d\n", row->js, row->jb, shop_colour_name(row->e), row->p);
    printf("%" PRId32 " %s, /%d\n", row->s.width.value, row->s.unit.or_null, row->ip.bits);
    for (size_t i = 0; i < row->i8s.count; i++)
        printf("%" PRId64 " '%s'\n", row->i8s.items[i], row->ts_.items[i].or_null);
    for (size_t i = 0; i < row->es.count; i++)
        printf("%s %s\n", shop_colour_name(row->es.items[i]),
               tenon_uuid_format(row->us.items[i], text));
}

static void show_nullable(const shop_all_nullable_row *row)
{
    printf("%d %d %d '%s' %s %s %d %zu\n", row->b.present, row->i4.present, row->i4.value,
           row->t.or_null ? row->t.or_null : "NULL", row->by.present ? "bytes" : "NULL",
           row->e.present ? shop_colour_name(row->e.value) : "NULL", row->i8s.present,
           row->es.value.count);
}

static tenon_status show_rows(tenon_db *db, tenon_arena *mem)
{
    shop_all_types_row_list all;
    shop_all_nullable_row_list nullable;
    shop_by_colours_list found;
    tenon_status status = shop_list_all_types(db, mem, &all);

    if (status == TENON_OK)
        status = shop_list_all_nullable(db, mem, &nullable);
    if (status == TENON_OK)
        status = shop_by_colours(
            db, mem, (shop_colour_array){.count = 1, .items = &(shop_colour){SHOP_COLOUR_42}},
            &found);
    if (status != TENON_OK)
        return status;
    for (size_t i = 0; i < all.count; i++)
        show_row(&all.items[i]);
    for (size_t i = 0; i < nullable.count; i++)
        show_nullable(&nullable.items[i]);
    printf("%zu found by colour\n", found.count);
    return TENON_OK;
}

int main(void)
{
    tenon_arena *mem = tenon_arena_create();
    tenon_db *db = NULL;
    tenon_status status = tenon_db_open("options='-c TimeZone=UTC'", NULL, &db);

    if (status == TENON_OK)
        status = add(db);
    if (status == TENON_OK)
        status = show_texts(db, mem);
    if (status == TENON_OK)
        status = show_rows(db, mem);
    if (status != TENON_OK)
        printf("%s: %s\n", tenon_status_name(status), tenon_db_error(db)->message);
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    return status != TENON_OK;
}
