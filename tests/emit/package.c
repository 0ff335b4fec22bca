/* What a package's files declare and do, by command, type and nullability. */
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

#define assert_contains(path, text)                                                                \
    ck_assert_msg(strstr(text_of_file(&given, path), text), "%s is not in:\n%s", text,             \
                  text_of_file(&given, path))
#define assert_lacks(path, text)                                                                   \
    ck_assert_msg(!strstr(text_of_file(&given, path), text), "%s is in:\n%s", text,                \
                  text_of_file(&given, path))

static const struct ir_table *orders(void)
{
    const char *const labels[] = {"BUY", "SELL", NULL};

    return a_table(&given, "orders",
                   (const struct ir_column[]){
                       {.name = "id", .type = a_base(&given, "uuid")},
                       {.name = "symbol", .type = a_base(&given, "text")},
                       {.name = "side", .type = an_enum(&given, "order_side", labels)},
                       {.name = "price",
                        .type = a_base(&given, "int8"),
                        .nullable = true,
                        .comment = "Limit price; absent for market orders."},
                       {.name = "note", .type = a_base(&given, "text"), .nullable = true}},
                   5);
}

START_TEST(opt_finds_a_row_of_the_table)
{
    struct ir_query *query = a_query(&given, "FindOrder", "opt", "SELECT 1\nFROM orders");

    query->doc = "The order with this id.";
    query->at_most_one = true;
    query->at_most_one_reason = "primary key orders_pkey";
    a_param(&given, query, "id", a_base(&given, "uuid"), false);
    a_row_of(&given, query, orders());
    must_emit();
    assert_contains(
        "shop/orders.h",
        "/** The order with this id.\n *\n"
        " * SQL: FindOrder in queries/orders.sql. At most one row: primary key orders_pkey. */\n"
        "TENON_NODISCARD tenon_status shop_find_order(tenon_db *db, tenon_arena *mem, "
        "tenon_uuid id,\n"
        "                                             bool *found, "
        "shop_orders_row *row);\n");
    assert_contains("shop/models.h",
                    "/** A row of public.orders. */\n"
                    "typedef struct shop_orders_row {\n"
                    "    tenon_uuid id;\n"
                    "    const char *symbol;\n"
                    "    shop_order_side side;\n"
                    "    tenon_opt_int64 price; /**< Limit price; absent for market orders. */\n"
                    "    const char *note;\n"
                    "} shop_orders_row;\n");
    assert_contains("shop/orders.c",
                    "    .sql = \"SELECT 1\\n\"\n"
                    "           \"FROM orders\",\n"
                    "    .n_params = 1,\n"
                    "    .param_types = (const uint32_t[]){2950},\n"
                    "    .n_columns = 5,\n"
                    "    .column_types = (const uint32_t[]){2950, 25, 0, 20, 25},\n");
    assert_contains("shop/orders.c", "    tenon__begin(&call, db, &find_order_statement);\n"
                                     "    tenon__bind_uuid(&call, id);\n"
                                     "    if (tenon__fetch(&call, mem) && tenon__next_row(&call))\n"
                                     "        read_orders_row(&call, row);\n"
                                     "    return tenon__end_opt(&call, found);\n");
}
END_TEST

START_TEST(many_returns_a_list)
{
    struct ir_query *query = a_query(&given, "ListOrders", "many", "SELECT 1");

    a_param(&given, query, "symbol", a_base(&given, "text"), false);
    a_row_of(&given, query, orders());
    must_emit();
    assert_contains("shop/models.h", "typedef struct shop_orders_row_list {\n"
                                     "    size_t count;\n"
                                     "    shop_orders_row *items;\n"
                                     "} shop_orders_row_list;\n");
    assert_contains("shop/orders.c",
                    "    tenon__bind_text(&call, \"symbol\", symbol);\n"
                    "    if (tenon__fetch(&call, mem)) {\n"
                    "        rows->items = tenon__alloc_rows(&call, sizeof *rows->items, "
                    "&rows->count);\n"
                    "        for (shop_orders_row *row = rows->items; tenon__next_row(&call); "
                    "row++)\n"
                    "            read_orders_row(&call, row);\n"
                    "    }\n"
                    "    return tenon__end(&call);\n");
}
END_TEST

START_TEST(no_list_of_rows_is_declared_when_no_query_returns_one)
{
    a_row_of(&given, a_query(&given, "Find", "one", "SELECT 1"), orders());
    must_emit();
    assert_lacks("shop/models.h", "_list");
}
END_TEST

START_TEST(a_single_column_is_a_value_and_needs_no_arena_unless_it_holds_memory)
{
    a_column(&given, a_query(&given, "CountOrders", "one", "SELECT 1"), "count",
             a_base(&given, "int8"), false);
    a_column(&given, a_query(&given, "GetNote", "one", "SELECT 1"), "note", a_base(&given, "text"),
             true);
    a_column(&given, a_query(&given, "ListNotes", "many", "SELECT 1"), "note",
             a_base(&given, "text"), false);
    must_emit();
    assert_contains("shop/orders.h", "shop_count_orders(tenon_db *db, int64_t *value);");
    assert_contains("shop/orders.h",
                    "shop_get_note(tenon_db *db, tenon_arena *mem, const char **value);");
    assert_contains("shop/orders.h", "typedef struct shop_list_notes_list {\n"
                                     "    size_t count;\n"
                                     "    const char **items;\n"
                                     "} shop_list_notes_list;\n");
    assert_contains("shop/orders.c",
                    "    if (tenon__fetch(&call, NULL) && tenon__next_row(&call))\n"
                    "        *value = tenon__read_int64(&call);\n");
    assert_contains("shop/orders.c", "        *value = tenon__read_opt_text(&call);\n");
}
END_TEST

START_TEST(exec_and_execrows)
{
    a_query(&given, "Touch", "exec", "UPDATE 1");
    a_query(&given, "Delete", "execrows", "DELETE 1");
    a_query(&given, "Archive", "execresult", "DELETE 1");
    must_emit();
    assert_contains("shop/orders.h", "shop_touch(tenon_db *db);");
    assert_contains("shop/orders.h", "shop_delete(tenon_db *db, int64_t *rows_affected);");
    assert_contains("shop/orders.h", "shop_archive(tenon_db *db, int64_t *rows_affected);");
    assert_contains("shop/orders.c", "    return tenon__end_exec(&call, NULL);\n");
    assert_contains("shop/orders.c", "    return tenon__end_exec(&call, rows_affected);\n");
}
END_TEST

START_TEST(a_stream_has_begin_next_and_end)
{
    struct ir_query *query = a_query(&given, "StreamOrders", "stream", "SELECT 1");

    a_param(&given, query, "since", a_base(&given, "timestamptz"), false);
    a_row_of(&given, query, orders());
    must_emit();
    assert_contains("shop/orders.h", "typedef struct shop_stream_orders shop_stream_orders;\n");
    assert_contains("shop/orders.h",
                    "shop_stream_orders_begin(tenon_db *db, tenon_timestamptz since);");
    assert_contains("shop/orders.h",
                    "const shop_orders_row *shop_stream_orders_next(shop_stream_orders *stream);");
    assert_contains("shop/orders.h", "shop_stream_orders_end(shop_stream_orders *stream);");
    assert_contains("shop/orders.c", "struct shop_stream_orders {\n"
                                     "    tenon__call call;\n"
                                     "    shop_orders_row row;\n"
                                     "};\n");
}
END_TEST

START_TEST(more_than_three_parameters_are_a_struct)
{
    struct ir_query *query = a_query(&given, "CreateOrder", "exec", "INSERT 1");

    a_param(&given, query, "symbol", a_base(&given, "text"), false);
    a_param(&given, query, "price", a_base(&given, "int8"), true);
    a_param(&given, query, "note", a_base(&given, "text"), true);
    a_param(&given, query, "db", a_base(&given, "bool"), false);
    query->params[1].doc = "the limit price; absent for a market order";
    must_emit();
    assert_contains(
        "shop/orders.h",
        "typedef struct shop_create_order_params {\n"
        "    const char *symbol;\n"
        "    tenon_opt_int64 price; /**< the limit price; absent for a market order */\n"
        "    const char *note;\n"
        "    bool db;\n"
        "} shop_create_order_params;\n");
    assert_contains("shop/orders.h", "                                               "
                                     "const shop_create_order_params *params);");
    assert_contains("shop/orders.c", "    tenon__bind_text(&call, \"symbol\", params->symbol);\n"
                                     "    tenon__bind_opt_int64(&call, params->price);\n"
                                     "    tenon__bind_opt_text(&call, params->note);\n"
                                     "    tenon__bind_bool(&call, params->db);\n");
}
END_TEST

START_TEST(a_parameter_gets_out_of_the_way_of_the_functions_own)
{
    struct ir_query *query = a_query(&given, "Find", "exec", "SELECT 1");

    a_param(&given, query, "db", a_base(&given, "text"), false);
    a_param(&given, query, "class", a_base(&given, "int4"), false);
    query->params[0].doc = "where";
    must_emit();
    assert_contains("shop/orders.h", "shop_find(tenon_db *db, const char *db_, int32_t class_);");
    assert_contains("shop/orders.h", " * @param db_ where */\n");
    assert_contains("shop/orders.c", "tenon__bind_text(&call, \"db\", db_);");
}
END_TEST

START_TEST(arrays_carry_the_oid_of_their_elements)
{
    struct ir_query *query = a_query(&given, "Find", "one", "SELECT 1");
    const struct ir_type *uuid = a_base(&given, "uuid"), *text = a_base(&given, "text");

    a_param(&given, query, "ids", an_array(&given, uuid), false);
    a_param(&given, query, "tags", an_array(&given, text), true);
    a_column(&given, query, "tags", an_array(&given, text), true);
    must_emit();
    assert_contains("shop/orders.h", "tenon_uuid_array ids,");
    assert_contains("shop/orders.h", "tenon_opt_text_array tags,");
    assert_contains("shop/orders.c", "    tenon__bind_uuid_array(&call, ids, 2950);\n"
                                     "    tenon__bind_opt_text_array(&call, tags, 25);\n");
    assert_contains("shop/orders.c", "*value = tenon__read_opt_text_array(&call, 25);");
}
END_TEST

START_TEST(a_domain_is_what_it_is_over_and_the_server_infers_it)
{
    struct ir_query *query = a_query(&given, "Find", "exec", "SELECT 1");
    const struct ir_type *email = a_domain(&given, "email", a_base(&given, "citext"));

    a_param(&given, query, "email", email, false);
    a_param(&given, query, "all_of_them", an_array(&given, email), false);
    must_emit();
    assert_contains("shop/orders.c", ".param_types = (const uint32_t[]){0, 0},");
    assert_contains("shop/orders.c", "tenon__bind_text(&call, \"email\", email);");
    assert_contains("shop/orders.c", "tenon__bind_text_array(&call, all_of_them, 0);");
}
END_TEST

START_TEST(an_enum_can_be_named_and_parsed)
{
    struct ir_query *query = a_query(&given, "Find", "one", "SELECT 1");

    a_column(&given, query, "status",
             an_enum(&given, "Status", (const char *const[]){"on", "off-line", "+", NULL}), true);
    must_emit();
    assert_contains("shop/models.h", "typedef enum shop_status {\n"
                                     "    SHOP_STATUS_ON,\n"
                                     "    SHOP_STATUS_OFF_LINE,\n"
                                     "    SHOP_STATUS_U002B,\n"
                                     "} shop_status;\n");
    assert_contains("shop/models.h", "const char *shop_status_name(shop_status value);");
    assert_contains("shop/models.h",
                    "bool shop_status_parse(const char *label, shop_status *value);");
    assert_contains("shop/models.c", "    [SHOP_STATUS_OFF_LINE] = \"off-line\",\n");
    assert_contains("shop/orders.h", "shop_find(tenon_db *db, shop_opt_status *value);");
}
END_TEST

START_TEST(what_no_query_uses_is_not_declared)
{
    an_enum(&given, "unused", (const char *const[]){"x", NULL});
    orders();
    a_query(&given, "Touch", "exec", "UPDATE 1");
    must_emit();
    assert_lacks("shop/models.h", "unused");
    assert_lacks("shop/models.h", "orders");
}
END_TEST

START_TEST(a_nullable_column_makes_the_row_the_querys_own)
{
    struct ir_query *query = a_query(&given, "LeftJoin", "one", "SELECT 1");

    a_row_of(&given, query, orders());
    query->columns[1].nullable = true;
    must_emit();
    assert_contains("shop/orders.h", "typedef struct shop_left_join_row {\n");
}
END_TEST

START_TEST(an_embedded_table_is_nested_and_may_be_missing)
{
    struct ir_query *query = a_query(&given, "Report", "many", "SELECT 1");
    const struct ir_table *table = orders();

    memcpy(query->columns, columns_of(&given, table, "o", true),
           table->n_columns * sizeof(struct ir_column));
    query->n_columns = table->n_columns;
    a_column(&given, query, "total", a_base(&given, "int8"), false);
    must_emit();
    assert_contains("shop/orders.h",
                    "    bool has_o; /**< whether there is one: the row is zero otherwise */\n"
                    "    shop_orders_row o;\n"
                    "    int64_t total;\n");
    assert_contains("shop/orders.c", "    row->has_o = !skip_missing(call, 5);\n"
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
    assert_contains("shop/models.h", "typedef struct shop_id_and_name {\n");
    assert_contains("shop/orders.h",
                    "shop_first(tenon_db *db, tenon_arena *mem, shop_id_and_name *row);");
    assert_contains("shop/orders.h",
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
    assert_contains("shop/models.h", "    SHOP_CONSTRAINT_NONE,    /**< none of these */\n"
                                     "    SHOP_CONSTRAINT_A_KEY,   /**< of public.orders */\n"
                                     "    SHOP_CONSTRAINT_B_CHECK, /**< of public.orders, "
                                     "public.fills */\n");
    assert_contains("shop/models.c", "    {\"a_key\", SHOP_CONSTRAINT_A_KEY},\n"
                                     "    {\"b_check\", SHOP_CONSTRAINT_B_CHECK},\n");
}
END_TEST

START_TEST(a_rename_replaces_the_sql_name)
{
    const struct emit_rename renames[] = {
        {"orders", "trade"}, {"public.orders.note", "remark"}, {"order_side.BUY", "bid"}};

    given.options.renames = renames;
    given.options.n_renames = 3;
    a_row_of(&given, a_query(&given, "Find", "one", "SELECT 1"), orders());
    must_emit();
    assert_contains("shop/models.h", "} shop_trade_row;");
    assert_contains("shop/models.h", "    const char *remark;\n");
    assert_contains("shop/models.c", "[SHOP_ORDER_SIDE_BID] = \"BUY\",");
}
END_TEST

START_TEST(an_override_converts_at_the_border)
{
    const struct emit_override overrides[] = {
        {"numeric", "money_t", "<domain/money.h>", "money_decode", "money_encode"}};
    struct ir_query *query = a_query(&given, "Price", "one", "SELECT 1");

    given.options.overrides = overrides;
    given.options.n_overrides = 1;
    a_param(&given, query, "least", a_base(&given, "numeric"), false);
    a_column(&given, query, "price", a_base(&given, "numeric"), true);
    must_emit();
    assert_contains("shop/models.h", "#include <domain/money.h>\n");
    assert_contains("shop/models.h", "TENON_DEFINE_OPT(shop_opt_money_t, money_t);\n");
    assert_contains("shop/models_wire.h", "money_decode(wire, &value)");
    assert_contains("shop/models_wire.h", "    tenon__bind_numeric(call, money_encode(value));\n");
    assert_contains("shop/orders.h", "shop_price(tenon_db *db, tenon_arena *mem, money_t least,\n");
}
END_TEST

START_TEST(a_port_has_the_same_functions_without_a_database)
{
    struct ir_query *query = a_query(&given, "FindOrder", "opt", "SELECT 1");

    given.options.repositories = given.options.fakes = true;
    a_param(&given, query, "id", a_base(&given, "uuid"), false);
    a_row_of(&given, query, orders());
    must_emit();
    assert_contains("shop/orders_repository.h",
                    "    tenon_status (*find_order)(void *self, tenon_arena *mem, tenon_uuid id, "
                    "bool *found,\n"
                    "                               shop_orders_row *row);\n");
    assert_contains("shop/orders_repository.h",
                    "shop_orders_repository shop_orders_on(tenon_db *db);");
    assert_contains("shop/orders_repository.c",
                    "    return shop_find_order(self, mem, id, found, row);\n");
    assert_contains("shop/orders_fake.h",
                    "shop_orders_repository shop_orders_fake_repository(shop_orders_fake *fake);");
    assert_contains("shop/orders_fake.c", "    fake->find_order.args.id = id;\n");
}
END_TEST

START_TEST(a_fake_copies_text_and_keeps_other_arguments_as_they_are)
{
    struct ir_query *query = a_query(&given, "Create", "exec", "INSERT 1");

    given.options.fakes = true;
    a_param(&given, query, "note", a_base(&given, "text"), true);
    a_param(&given, query, "id", a_base(&given, "int8"), false);
    must_emit();
    assert_contains("shop/orders_fake.h", "        char kept[1][256];\n");
    assert_contains("shop/orders_fake.c",
                    "    fake->create.args.note = keep_text(fake->create.kept[0], note);\n"
                    "    fake->create.args.id = id;\n");
}
END_TEST

START_TEST(the_order_of_queries_moves_no_declaration)
{
    const struct ir_type *first, *second;

    first = an_enum(&given, "first", (const char *const[]){"x", NULL});
    second = an_enum(&given, "second", (const char *const[]){"y", NULL});
    a_column(&given, a_query(&given, "A", "one", "SELECT 1"), "a", second, false);
    a_column(&given, a_query(&given, "B", "one", "SELECT 1"), "b", first, false);
    must_emit();
    ck_assert(strstr(text_of_file(&given, "shop/models.h"), "enum shop_first") <
              strstr(text_of_file(&given, "shop/models.h"), "enum shop_second"));
}
END_TEST

START_TEST(the_same_input_gives_the_same_bytes)
{
    emit_files first;

    given.options.repositories = given.options.fakes = true;
    a_row_of(&given, a_query(&given, "ListOrders", "many", "SELECT 1"), orders());
    a_constraint(&given, "orders_pkey", "public.orders");
    must_emit();
    first = given.files;
    must_emit();
    ck_assert_uint_eq(first.n, given.files.n);
    for (size_t i = 0; i < first.n; i++) {
        ck_assert_str_eq(first.items[i].path, given.files.items[i].path);
        ck_assert_str_eq(first.items[i].text, given.files.items[i].text);
    }
}
END_TEST

START_TEST(a_comment_changes_headers_only)
{
    struct ir_query *query = a_query(&given, "Touch", "exec", "UPDATE 1");
    char *before;

    must_emit();
    before = arena_strdup(&given.arena, text_of_file(&given, "shop/orders.c"));
    query->doc = "Another comment.";
    query->line = 77;
    must_emit();
    ck_assert_str_eq(before, text_of_file(&given, "shop/orders.c"));
    assert_contains("shop/orders.h", "Another comment.");
    assert_lacks("shop/orders.h", "77");
}
END_TEST

START_TEST(an_absolute_path_does_not_come_out)
{
    struct ir_query *query = a_query(&given, "Touch", "exec", "UPDATE 1");

    given.modules.items[0].path = query->file = "/home/me/queries/orders.sql";
    must_emit();
    assert_lacks("shop/orders.h", "/home");
    assert_contains("shop/orders.h", "SQL: Touch in orders.sql.");
}
END_TEST

START_TEST(every_file_says_where_it_comes_from)
{
    given.options.repositories = given.options.fakes = true;
    a_query(&given, "Touch", "exec", "UPDATE 1");
    must_emit();
    ck_assert_uint_eq(given.files.n, 9);
    for (size_t i = 0; i < given.files.n; i++) {
        const char *text = given.files.items[i].text;
        ck_assert(strncmp(text, EMIT_SIGNATURE "1.0.0 from ", 33) == 0);
        ck_assert(strncmp(strchr(text, '\n') - 19, ". Do not edit. */", 17) == 0 ||
                  strstr(text, ". Do not edit. */\n") < strchr(text, '\n'));
    }
}
END_TEST

Suite *package_suite(void)
{
    Suite *suite = suite_create("package");
    TCase *tests = tcase_create("package");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, opt_finds_a_row_of_the_table);
    tcase_add_test(tests, many_returns_a_list);
    tcase_add_test(tests, no_list_of_rows_is_declared_when_no_query_returns_one);
    tcase_add_test(tests, a_single_column_is_a_value_and_needs_no_arena_unless_it_holds_memory);
    tcase_add_test(tests, exec_and_execrows);
    tcase_add_test(tests, a_stream_has_begin_next_and_end);
    tcase_add_test(tests, more_than_three_parameters_are_a_struct);
    tcase_add_test(tests, a_parameter_gets_out_of_the_way_of_the_functions_own);
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
    tcase_add_test(tests, a_port_has_the_same_functions_without_a_database);
    tcase_add_test(tests, a_fake_copies_text_and_keeps_other_arguments_as_they_are);
    tcase_add_test(tests, the_order_of_queries_moves_no_declaration);
    tcase_add_test(tests, the_same_input_gives_the_same_bytes);
    tcase_add_test(tests, a_comment_changes_headers_only);
    tcase_add_test(tests, an_absolute_path_does_not_come_out);
    tcase_add_test(tests, every_file_says_where_it_comes_from);
    suite_add_tcase(suite, tests);
    return suite;
}
