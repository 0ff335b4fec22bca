/* How SQL names become C names, and that no two become one unnoticed. */
#include "given.h"

#include "emit/names.h"

struct pair {
    const char *sql, *c;
};

static const struct pair conversions[] = {
    {"orders", "orders"},
    {"FindOrder", "find_order"},
    {"findOrder", "find_order"},
    {"GetHTTPServer", "get_http_server"},
    {"ListV2Orders", "list_v2_orders"},
    {"GetUsersByIDs", "get_users_by_ids"},
    {"URLsOfOrders", "urls_of_orders"},
    {"GetHTTPSession", "get_http_session"},
    {"ALL_CAPS", "all_caps"},
    {"order-side", "order_side"},
    {"a  b..c", "a_b_c"},
    {"a__b", "a_b"},
    {"_id", "id"},
    {"id_", "id"},
    {"?column?", "column"},
    {"1st", "1st"},
    {"caf\xc3\xa9", "cafu00e9"},
    {"\xe6\x97\xa5", "u65e5"},
    {"\xf0\x9f\x98\x80", "u1f600"},
    {"\xff", "u00ff"},
    {"+", "u002b"},
    {"<=", "u003cu003d"},
    {"_", "u005f"},
    {"", "empty"},
};

static const struct pair members[] = {
    {"id", "id"},     {"class", "class_"}, {"Int", "int_"},       {"errno", "errno_"},
    {"1st", "_1st"},  {"_Bool", "_bool"},  {"_id", "_id"},        {"type_", "type_"},
    {"__x__", "_x_"}, {"_", "u005f"},      {"size_t", "size_t_"}, {"tenon_db", "tenon_db_"},
    {"inte", "inte"}, {"signe", "signe"},
};

START_TEST(sql_names_become_snake_case)
{
    struct arena arena = {0};

    ck_assert_str_eq(c_name(&arena, conversions[_i].sql), conversions[_i].c);
    arena_finish(&arena);
}
END_TEST

START_TEST(members_keep_clear_of_reserved_words)
{
    struct arena arena = {0};

    ck_assert_str_eq(c_member(&arena, members[_i].sql), members[_i].c);
    arena_finish(&arena);
}
END_TEST

START_TEST(a_package_is_a_plain_lower_case_name)
{
    ck_assert(c_is_prefix("ledger"));
    ck_assert(c_is_prefix("order_book2"));
    ck_assert(!c_is_prefix("Ledger"));
    ck_assert(!c_is_prefix("2nd"));
    ck_assert(!c_is_prefix("a__b"));
    ck_assert(!c_is_prefix("a_"));
    ck_assert(!c_is_prefix("../x"));
    ck_assert(!c_is_prefix(""));
    ck_assert(!c_is_prefix("int"));
    ck_assert(!c_is_prefix("tenon"));
}
END_TEST

START_TEST(a_second_claim_shows_both_places)
{
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct names names = names_in(&arena, &diags);
    const struct source *source = source_create(&arena, "a.sql", STR("one\ntwo\n"));
    const struct diag *diag;

    ck_assert(names_claim(&names, "x", (struct claim){"query X", "rename", span_of(source, 0, 3)}));
    ck_assert(!names_claim(&names, "x", (struct claim){"table x", "or so", span_of(source, 4, 3)}));
    ck_assert(names_has(&names, "x"));
    ck_assert_uint_eq(diags.n_errors, 1);
    diag = diags.list.items[0];
    ck_assert_str_eq(diag->message, "query X and table x are both called x in C");
    ck_assert_str_eq(diag->hint, "or so");
    ck_assert_uint_eq(diag->at.offset, 4);
    ck_assert_uint_eq(diag->notes.items[0].at.offset, 0);
    arena_finish(&arena);
}
END_TEST

Suite *names_suite(void)
{
    Suite *suite = suite_create("names");
    TCase *tests = tcase_create("names");

    tcase_add_loop_test(tests, sql_names_become_snake_case, 0,
                        (int)(sizeof conversions / sizeof *conversions));
    tcase_add_loop_test(tests, members_keep_clear_of_reserved_words, 0,
                        (int)(sizeof members / sizeof *members));
    tcase_add_test(tests, a_package_is_a_plain_lower_case_name);
    tcase_add_test(tests, a_second_claim_shows_both_places);
    suite_add_tcase(suite, tests);
    return suite;
}
