/* What a package's files declare and do, by command. */
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

START_TEST(opt_finds_a_row_of_the_table)
{
    struct ir_query *query = a_query(&given, "FindOrder", "opt", "SELECT 1\nFROM orders");

    query->doc = "The order with this id.";
    query->at_most_one = true;
    query->at_most_one_reason = "primary key orders_pkey";
    a_param(&given, query, "id", a_base(&given, "uuid"), false);
    a_row_of(&given, query, orders(&given));
    must_emit();
    assert_contains(
        &given, "shop/orders.h",
        "/** The order with this id.\n *\n"
        " * SQL: FindOrder in queries/orders.sql. At most one row: primary key orders_pkey. */\n"
        "TENON_NODISCARD tenon_status shop_find_order(tenon_db *db, tenon_arena *mem, "
        "tenon_uuid id,\n"
        "                                             bool *found, "
        "shop_orders_row *row);\n");
    assert_contains(&given, "shop/models.h",
                    "/** A row of public.orders. */\n"
                    "typedef struct shop_orders_row {\n"
                    "    tenon_uuid id;\n"
                    "    const char *symbol;\n"
                    "    shop_order_side side;\n"
                    "    tenon_opt_int64 price; /**< Limit price; absent for market orders. */\n"
                    "    tenon_opt_text note;\n"
                    "} shop_orders_row;\n");
    assert_contains(&given, "shop/orders.c",
                    "    .sql = \"SELECT 1\\n\"\n"
                    "           \"FROM orders\",\n"
                    "    .n_params = 1,\n"
                    "    .param_types = (const uint32_t[]){2950},\n"
                    "    .n_columns = 5,\n"
                    "    .column_types = (const uint32_t[]){2950, 25, 0, 20, 25},\n");
    assert_contains(&given, "shop/orders.c",
                    "    if (tenon__begin(&call, db, &find_order_statement))\n"
                    "        tenon__param_uuid(&call, 0, id);\n"
                    "    if (tenon__fetch_into(&call, mem) && tenon__next_row(&call))\n"
                    "        read_orders_row(&call, row);\n"
                    "    return tenon__end_opt(&call, found);\n");
}
END_TEST

START_TEST(many_returns_a_list)
{
    struct ir_query *query = a_query(&given, "ListOrders", "many", "SELECT 1");

    a_param(&given, query, "symbol", a_base(&given, "text"), false);
    a_row_of(&given, query, orders(&given));
    must_emit();
    assert_contains(&given, "shop/models.h",
                    "typedef struct shop_orders_row_list {\n"
                    "    size_t count;\n"
                    "    shop_orders_row *items;\n"
                    "} shop_orders_row_list;\n");
    assert_contains(&given, "shop/orders.c",
                    "        tenon__param_text(&call, 0, \"symbol\", symbol);\n"
                    "    if (tenon__fetch_into(&call, mem)) {\n"
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
    a_row_of(&given, a_query(&given, "Find", "one", "SELECT 1"), orders(&given));
    must_emit();
    assert_lacks(&given, "shop/models.h", "_list");
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
    assert_contains(&given, "shop/orders.h", "shop_count_orders(tenon_db *db, int64_t *value);");
    assert_contains(&given, "shop/orders.h",
                    "shop_get_note(tenon_db *db, tenon_arena *mem, tenon_opt_text *value);");
    assert_contains(&given, "shop/orders.h",
                    "typedef struct shop_list_notes_list {\n"
                    "    size_t count;\n"
                    "    const char **items;\n"
                    "} shop_list_notes_list;\n");
    assert_contains(&given, "shop/orders.c",
                    "    if (tenon__fetch(&call) && tenon__next_row(&call))\n"
                    "        *value = tenon__read_int64(&call);\n");
    assert_contains(&given, "shop/orders.c", "        *value = tenon__read_opt_text(&call);\n");
}
END_TEST

START_TEST(exec_and_execrows)
{
    a_query(&given, "Touch", "exec", "UPDATE 1");
    a_query(&given, "Delete", "execrows", "DELETE 1");
    a_query(&given, "Archive", "execresult", "DELETE 1");
    must_emit();
    assert_contains(&given, "shop/orders.h", "shop_touch(tenon_db *db);");
    assert_contains(&given, "shop/orders.h", "shop_delete(tenon_db *db, int64_t *rows_affected);");
    assert_contains(&given, "shop/orders.h", "shop_archive(tenon_db *db, int64_t *rows_affected);");
    assert_contains(&given, "shop/orders.c", "    return tenon__end_exec(&call, NULL);\n");
    assert_contains(&given, "shop/orders.c", "    return tenon__end_exec(&call, rows_affected);\n");
}
END_TEST

START_TEST(a_stream_has_begin_next_and_end)
{
    struct ir_query *query = a_query(&given, "StreamOrders", "stream", "SELECT 1");

    a_param(&given, query, "since", a_base(&given, "timestamptz"), false);
    a_row_of(&given, query, orders(&given));
    must_emit();
    assert_contains(&given, "shop/orders.h",
                    "typedef struct shop_stream_orders shop_stream_orders;\n");
    assert_contains(&given, "shop/orders.h",
                    "shop_stream_orders_begin(tenon_db *db, tenon_timestamptz since);");
    assert_contains(&given, "shop/orders.h",
                    "const shop_orders_row *shop_stream_orders_next(shop_stream_orders *stream);");
    assert_contains(&given, "shop/orders.h", "shop_stream_orders_end(shop_stream_orders *stream);");
    assert_contains(&given, "shop/orders.c",
                    "struct shop_stream_orders {\n"
                    "    tenon__call call;\n"
                    "    shop_orders_row row;\n"
                    "};\n");
}
END_TEST

START_TEST(a_copy_has_rows_too_and_no_key)
{
    struct ir_query *query = a_query(&given, "Load", "copyfrom", "INSERT 1");

    query->copy_sql = "COPY 1";
    query->copy_check = "SELECT 1";
    a_param(&given, query, "id", a_base(&given, "int4"), false);
    must_emit();
    assert_contains(&given, "shop/orders.h", "shop_load_copy *shop_load_begin(tenon_db *db);");
    assert_contains(&given, "shop/orders.h",
                    "shop_load_row(shop_load_copy *copy, const shop_load_params *params);");
    assert_contains(&given, "shop/orders.h",
                    "shop_load_end(shop_load_copy *copy, int64_t *rows_affected);");
    assert_contains(&given, "shop/orders.h", "shop_load_abandon(shop_load_copy *copy);");
    assert_lacks(&given, "shop/orders.c", ".key");
}
END_TEST

START_TEST(a_statement_says_what_is_so_of_its_effects)
{
    a_query(&given, "Read", "exec", "SELECT 1")->reads_only = true;
    a_query(&given, "Call", "exec", "CALL p()")->may_commit = true;
    a_query(&given, "Set", "exec", "SET x = 1")->changes_session = true;
    a_query(&given, "Write", "exec", "DELETE");
    must_emit();
    assert_contains(&given, "shop/orders.c",
                    "    .sql = \"SELECT 1\",\n    .reads_only = true,\n};");
    assert_contains(&given, "shop/orders.c",
                    "    .sql = \"CALL p()\",\n    .may_commit = true,\n};");
    assert_contains(&given, "shop/orders.c",
                    "    .sql = \"SET x = 1\",\n    .changes_session = true,\n};");
    assert_contains(&given, "shop/orders.c", "    .sql = \"DELETE\",\n};");
}
END_TEST

START_TEST(two_parameters_are_a_struct)
{
    struct ir_query *query = a_query(&given, "CreateOrder", "exec", "INSERT 1");

    a_param(&given, query, "symbol", a_base(&given, "text"), false);
    a_param(&given, query, "price", a_base(&given, "int8"), true);
    a_param(&given, query, "note", a_base(&given, "text"), true);
    a_param(&given, query, "db", a_base(&given, "bool"), false);
    query->params[1].doc = "the limit price; absent for a market order";
    must_emit();
    assert_contains(
        &given, "shop/orders.h",
        "typedef struct shop_create_order_params {\n"
        "    const char *symbol;\n"
        "    tenon_opt_int64 price; /**< the limit price; absent for a market order */\n"
        "    tenon_opt_text note;\n"
        "    bool db;\n"
        "} shop_create_order_params;\n");
    assert_contains(&given, "shop/orders.h",
                    "                                               "
                    "const shop_create_order_params *params);");
    assert_contains(&given, "shop/orders.c",
                    "        tenon__param_text(&call, 0, \"symbol\", params->symbol);\n"
                    "        tenon__param_opt_int64(&call, 1, \"price\", params->price);\n"
                    "        tenon__param_opt_text(&call, 2, \"note\", params->note);\n"
                    "        tenon__param_bool(&call, 3, params->db);\n"
                    "    }\n");
}
END_TEST

START_TEST(a_parameter_gets_out_of_the_way_of_the_functions_own)
{
    struct ir_query *query = a_query(&given, "Find", "exec", "SELECT 1");

    a_param(&given, query, "db", a_base(&given, "text"), false);
    a_param(&given, query, "class", a_base(&given, "int4"), false);
    query->params[0].doc = "where";
    query->is_positional = true;
    must_emit();
    assert_contains(&given, "shop/orders.h",
                    "shop_find(tenon_db *db, const char *db_, int32_t class_);");
    assert_contains(&given, "shop/orders.h", " * @param db_ where */\n");
    assert_contains(&given, "shop/orders.c", "tenon__param_text(&call, 0, \"db\", db_);");
}
END_TEST

START_TEST(a_port_has_the_same_functions_without_a_database)
{
    struct ir_query *query = a_query(&given, "FindOrder", "opt", "SELECT 1");

    given.package.settings.repositories = given.package.settings.fakes = true;
    a_param(&given, query, "id", a_base(&given, "uuid"), false);
    a_row_of(&given, query, orders(&given));
    must_emit();
    assert_contains(&given, "shop/orders_repository.h",
                    "    tenon_status (*find_order)(void *self, tenon_arena *mem, tenon_uuid id, "
                    "bool *found,\n"
                    "                               shop_orders_row *row);\n");
    assert_contains(&given, "shop/orders_repository.h",
                    "shop_orders_repository shop_orders_on(tenon_db *db);");
    assert_contains(&given, "shop/orders_repository.c",
                    "    return shop_find_order(self, mem, id, found, row);\n");
    assert_contains(&given, "shop/orders_fake.h",
                    "shop_orders_repository shop_orders_fake_repository(shop_orders_fake *fake);");
    assert_contains(&given, "shop/orders_fake.c", "    fake->find_order.args.id = id;\n");
}
END_TEST

START_TEST(a_fake_copies_text_and_keeps_other_arguments_as_they_are)
{
    struct ir_query *query = a_query(&given, "Create", "exec", "INSERT 1");

    given.package.settings.fakes = true;
    a_param(&given, query, "note", a_base(&given, "text"), true);
    a_param(&given, query, "id", a_base(&given, "int8"), false);
    must_emit();
    assert_contains(&given, "shop/orders_fake.h", "        char kept[1][256];\n");
    assert_contains(&given, "shop/orders_fake.c",
                    "    fake->create.args = *params;\n"
                    "    fake->create.args.note.or_null = "
                    "keep_text(fake->create.kept[0], params->note.or_null);\n");
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

    given.package.settings.repositories = given.package.settings.fakes = true;
    a_row_of(&given, a_query(&given, "ListOrders", "many", "SELECT 1"), orders(&given));
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
    assert_contains(&given, "shop/orders.h", "Another comment.");
    assert_lacks(&given, "shop/orders.h", "77");
}
END_TEST

START_TEST(an_absolute_path_does_not_come_out)
{
    struct ir_query *query = a_query(&given, "Touch", "exec", "UPDATE 1");

    given.modules.items[0].path = query->file = "/home/me/queries/orders.sql";
    must_emit();
    assert_lacks(&given, "shop/orders.h", "/home");
    assert_contains(&given, "shop/orders.h", "SQL: Touch in orders.sql.");
}
END_TEST

START_TEST(every_file_says_where_it_comes_from)
{
    given.package.settings.repositories = given.package.settings.fakes = true;
    a_query(&given, "Touch", "exec", "UPDATE 1");
    must_emit();
    ck_assert_uint_eq(given.files.n, 11);
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
    tcase_add_test(tests, a_copy_has_rows_too_and_no_key);
    tcase_add_test(tests, a_statement_says_what_is_so_of_its_effects);
    tcase_add_test(tests, two_parameters_are_a_struct);
    tcase_add_test(tests, a_parameter_gets_out_of_the_way_of_the_functions_own);
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
