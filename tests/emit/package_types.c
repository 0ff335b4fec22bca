/* What a package's files declare and do, by type, nullability, name and option. */
#include "given.h"

#include <string.h>

static struct given given;

static void setup(void)
{
    given_init(&given);
}

static void teardown(void)
{
    given_finish(&given);
}

static void must_emit(void)
{
    bool ok = emitted(&given);

    ck_assert_msg(ok, "%s", shown(&given, 0));
}

START_TEST(arrays_carry_the_oid_of_their_elements)
{
    struct ir_query *query = a_query(&given, "Find", "one", "SELECT 1");
    const struct ir_type *uuid = a_base(&given, "uuid"), *text = a_base(&given, "text");

    a_param(&given, query, "ids", an_array(&given, uuid), false);
    a_param(&given, query, "tags", an_array(&given, text), true);
    a_column(&given, query, "tags", an_array(&given, text), true);
    must_emit();
    assert_contains(&given, "shop/orders.h", "    tenon_uuid_array ids;\n");
    assert_contains(&given, "shop/orders.h", "    tenon_opt_text_array tags;\n");
    assert_contains(
        &given, "shop/orders.c",
        "        tenon__bind_uuid_array(tenon__at(&call, 0, \"ids\"), params->ids, 2950);\n"
        "        tenon__bind_opt_text_array(tenon__at(&call, 1, \"tags\"), params->tags, 25);\n");
    assert_contains(&given, "shop/orders.c", "*value = tenon__read_opt_text_array(&call, 25);");
}
END_TEST

START_TEST(a_domain_is_what_it_is_over_and_the_server_infers_it)
{
    struct ir_query *query = a_query(&given, "Find", "exec", "SELECT 1");
    const struct ir_type *email = a_domain(&given, "email", a_base(&given, "citext"));

    a_param(&given, query, "email", email, false);
    a_param(&given, query, "all_of_them", an_array(&given, email), false);
    must_emit();
    assert_contains(&given, "shop/orders.c", ".param_types = (const uint32_t[]){0, 0},");
    assert_contains(&given, "shop/orders.c",
                    "tenon__param_text(&call, 0, \"email\", params->email);");
    assert_contains(&given, "shop/orders.c",
                    "tenon__bind_text_array(tenon__at(&call, 1, \"all_of_them\"), "
                    "params->all_of_them, 25);");
}
END_TEST

START_TEST(an_enum_can_be_named_and_parsed)
{
    struct ir_query *query = a_query(&given, "Find", "one", "SELECT 1");

    a_column(&given, query, "status",
             an_enum(&given, "Status", (const char *const[]){"on", "off-line", "+", NULL}), true);
    must_emit();
    assert_contains(&given, "shop/models.h",
                    "typedef enum shop_status {\n"
                    "    SHOP_STATUS_UNSET, /**< none: a query refuses it */\n"
                    "    SHOP_STATUS_ON,\n"
                    "    SHOP_STATUS_OFF_LINE,\n"
                    "    SHOP_STATUS_U002B,\n"
                    "} shop_status;\n");
    assert_contains(&given, "shop/models.h", "const char *shop_status_name(shop_status value);");
    assert_contains(&given, "shop/models.h",
                    "bool shop_status_parse(const char *label, shop_status *value);");
    assert_contains(&given, "shop/models.c", "    [SHOP_STATUS_OFF_LINE] = \"off-line\",\n");
    assert_contains(&given, "shop/orders.h", "shop_find(tenon_db *db, shop_opt_status *value);");
}
END_TEST

START_TEST(what_no_query_uses_is_not_declared)
{
    an_enum(&given, "unused", (const char *const[]){"x", NULL});
    orders(&given);
    a_query(&given, "Touch", "exec", "UPDATE 1");
    must_emit();
    assert_lacks(&given, "shop/models.h", "unused");
    assert_lacks(&given, "shop/models.h", "orders");
}
END_TEST

START_TEST(a_nullable_column_makes_the_row_the_querys_own)
{
    struct ir_query *query = a_query(&given, "LeftJoin", "one", "SELECT 1");

    a_row_of(&given, query, orders(&given));
    query->columns[1].nullable = true;
    must_emit();
    assert_contains(&given, "shop/orders.h", "typedef struct shop_left_join_row {\n");
}
END_TEST

START_TEST(an_embedded_table_is_nested_and_may_be_missing)
{
    struct ir_query *query = a_query(&given, "Report", "many", "SELECT 1");
    const struct ir_table *table = orders(&given);

    memcpy(query->columns, columns_of(&given, table, "o", true),
           table->n_columns * sizeof(struct ir_column));
    query->n_columns = table->n_columns;
    a_column(&given, query, "total", a_base(&given, "int8"), false);
    must_emit();
    assert_contains(&given, "shop/orders.h",
                    "    bool has_o; /**< whether there is one: the row is zero otherwise */\n"
                    "    shop_orders_row o;\n"
                    "    int64_t total;\n");
    assert_contains(&given, "shop/orders.c",
                    "    row->has_o = !skip_missing(call, 5);\n"
                    "    if (row->has_o)\n"
                    "        read_orders_row(call, &row->o);\n");
}
END_TEST

START_TEST(a_shared_row_is_declared_once)
{
    for (int i = 0; i < 2; i++) {
        struct ir_query *query = a_query(&given, i ? "First" : "Second", "one", "SELECT 1");
        query->row_name = "IdAndName";
        a_column(&given, query, "id", a_base(&given, "int4"), false);
        a_column(&given, query, "name", a_base(&given, "text"), false);
    }
    must_emit();
    assert_contains(&given, "shop/models.h", "typedef struct shop_id_and_name {\n");
    assert_contains(&given, "shop/orders.h",
                    "shop_first(tenon_db *db, tenon_arena *mem, shop_id_and_name *row);");
    assert_contains(&given, "shop/orders.h",
                    "shop_second(tenon_db *db, tenon_arena *mem, shop_id_and_name *row);");
}
END_TEST

START_TEST(constraints_are_an_enum_sorted_by_name)
{
    a_constraint(&given, "b_check", "public.orders");
    a_constraint(&given, "a_key", "public.orders");
    a_constraint(&given, "b_check", "public.fills");
    a_query(&given, "Touch", "exec", "UPDATE 1");
    must_emit();
    assert_contains(&given, "shop/models.h",
                    "    SHOP_CONSTRAINT_NONE,    /**< none of these */\n"
                    "    SHOP_CONSTRAINT_A_KEY,   /**< of public.orders */\n"
                    "    SHOP_CONSTRAINT_B_CHECK, /**< of public.orders, "
                    "public.fills */\n");
    assert_contains(&given, "shop/models.c",
                    "    {\"a_key\", SHOP_CONSTRAINT_A_KEY},\n"
                    "    {\"b_check\", SHOP_CONSTRAINT_B_CHECK},\n");
}
END_TEST

START_TEST(a_rename_replaces_the_sql_name)
{
    const struct ir_rename renames[] = {
        {"orders", "trade"}, {"public.orders.note", "remark"}, {"order_side.BUY", "bid"}};

    given.package.settings.renames = renames;
    given.package.settings.n_renames = 3;
    a_row_of(&given, a_query(&given, "Find", "one", "SELECT 1"), orders(&given));
    must_emit();
    assert_contains(&given, "shop/models.h", "} shop_trade_row;");
    assert_contains(&given, "shop/models.h", "    tenon_opt_text remark;\n");
    assert_contains(&given, "shop/models.c", "[SHOP_ORDER_SIDE_BID] = \"BUY\",");
}
END_TEST

START_TEST(an_override_converts_at_the_border)
{
    const struct ir_override overrides[] = {
        {"numeric", "money_t", "<domain/money.h>", "money_decode", "money_encode"}};
    struct ir_query *query = a_query(&given, "Price", "one", "SELECT 1");

    given.package.settings.overrides = overrides;
    given.package.settings.n_overrides = 1;
    a_param(&given, query, "least", a_base(&given, "numeric"), false);
    a_column(&given, query, "price", a_base(&given, "numeric"), true);
    must_emit();
    assert_contains(&given, "shop/models.h", "#include <domain/money.h>\n");
    assert_contains(&given, "shop/models.h", "TENON_DEFINE_OPT(shop_opt_money_t, money_t);\n");
    assert_contains(&given, "shop/models_wire.h", "money_decode(wire, &value)");
    assert_contains(&given, "shop/models_wire.h",
                    "    tenon__bind_numeric(call, money_encode(value));\n");
    assert_contains(&given, "shop/orders.h",
                    "shop_price(tenon_db *db, tenon_arena *mem, money_t least,\n");
}
END_TEST

/* A domain's override holds wherever its values are, the columns of the base type's own apart. */
START_TEST(an_override_of_a_domain_is_found_at_parameters_and_columns)
{
    const struct ir_override overrides[] = {
        {"public.price", "cents", "<cents.h>", "cents_read", "cents_write"}};
    struct ir_query *query = a_query(&given, "Price", "one", "SELECT 1");
    const struct ir_type *numeric = a_base(&given, "numeric");
    const struct ir_type *price = a_domain(&given, "price", numeric);
    const struct ir_type *net_price = a_domain(&given, "net_price", price);

    given.package.settings.overrides = overrides;
    given.package.settings.n_overrides = 1;
    a_param(&given, query, "least", net_price, false);
    a_column(&given, query, "price", numeric, false);
    query->columns[0].domain = price;
    a_column(&given, query, "tax", numeric, true);
    query->columns[1].domain = net_price;
    a_column(&given, query, "rate", numeric, false);
    must_emit();
    ck_assert_uint_eq(given.diags.list.n, 0);
    assert_contains(&given, "shop/orders.h", "cents least,");
    assert_contains(&given, "shop/orders.h", "    cents price;\n");
    assert_contains(&given, "shop/orders.h", "    shop_opt_cents tax;\n");
    assert_contains(&given, "shop/orders.h", "    tenon_numeric rate;\n");
    assert_contains(&given, "shop/models_wire.h", "tenon__bind_numeric(call, cents_write(value))");
}
END_TEST

Suite *package_types_suite(void)
{
    Suite *suite = suite_create("package_types");
    TCase *tests = tcase_create("package_types");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, arrays_carry_the_oid_of_their_elements);
    tcase_add_test(tests, a_domain_is_what_it_is_over_and_the_server_infers_it);
    tcase_add_test(tests, an_enum_can_be_named_and_parsed);
    tcase_add_test(tests, what_no_query_uses_is_not_declared);
    tcase_add_test(tests, a_nullable_column_makes_the_row_the_querys_own);
    tcase_add_test(tests, an_embedded_table_is_nested_and_may_be_missing);
    tcase_add_test(tests, a_shared_row_is_declared_once);
    tcase_add_test(tests, constraints_are_an_enum_sorted_by_name);
    tcase_add_test(tests, a_rename_replaces_the_sql_name);
    tcase_add_test(tests, an_override_converts_at_the_border);
    tcase_add_test(tests, an_override_of_a_domain_is_found_at_parameters_and_columns);
    suite_add_tcase(suite, tests);
    return suite;
}
