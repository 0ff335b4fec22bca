/* The catalog without a server: lookups along the search path, and changes to the schema's objects.
 * The names that the server gives to array and multirange types were seen on PostgreSQL 15.
 */
#include <check.h>
#include <stdlib.h>

#include "catalog/catalog.h"

enum {
    INT4ARRAYOID = 1007,
};

static struct arena arena;
static struct catalog *catalog;

static void setup(void)
{
    catalog = catalog_create(&arena, release_default());
}

static void teardown(void)
{
    arena_finish(&arena);
}

static oid namespace_named(const char *name)
{
    return catalog_find_namespace(catalog, name)->oid;
}

static void set_path(const char *first, const char *second)
{
    const char *const names[] = {first, second};

    catalog_set_search_path(catalog, names, second ? 2 : 1);
}

static struct type *add_type(const char *schema, const char *name)
{
    return catalog_add_type_with_array(catalog, &(struct type){
                                                    .namespace_oid = namespace_named(schema),
                                                    .name = name,
                                                    .typtype = 'e',
                                                    .category = 'E',
                                                    .len = 4,
                                                    .typmod = -1,
                                                });
}

static struct relation *add_table(const char *schema, const char *name)
{
    return catalog_add_relation(
        catalog,
        &(struct relation){.namespace_oid = namespace_named(schema), .name = name, .relkind = 'r'});
}

static struct function *add_function(const char *schema, const char *name, const oid *arg)
{
    return catalog_add_function(catalog,
                                &(struct function){.namespace_oid = namespace_named(schema),
                                                   .name = name,
                                                   .kind = 'f',
                                                   .return_type = TEXTOID,
                                                   .n_args = 1,
                                                   .arg_types = arg});
}

static const char *array_name(const struct type *type)
{
    return catalog_get_type(catalog, type->array)->name;
}

static const char *format(oid id)
{
    return catalog_format_type(catalog, &arena, id);
}

START_TEST(built_in_objects_are_found_by_oid_and_by_name)
{
    const struct type *type = catalog_find_type(catalog, NULL, "varchar");
    const struct relation *relation = catalog_find_relation(catalog, "pg_catalog", "pg_class");
    const struct attribute *attribute;

    ck_assert_uint_eq(type->oid, VARCHAROID);
    ck_assert_ptr_eq(catalog_get_type(catalog, VARCHAROID), type);
    ck_assert_ptr_eq(catalog_get_relation(catalog, 1259), relation);
    attribute = attribute_find(relation, "relname");
    ck_assert_int_eq(attribute->number, 2);
    ck_assert(attribute->not_null);
    ck_assert_int_eq(relation->constraints.items[0]->kind, CONSTRAINT_PRIMARY);
    ck_assert_str_eq(catalog_get_function(catalog, 1242)->name, "boolin");
    ck_assert_str_eq(catalog_get_operator(catalog, 96)->name, "=");
    ck_assert_int_eq(catalog_find_cast(catalog, INT4OID, 20)->context, 'i');
    ck_assert_uint_eq(catalog_find_collation(catalog, NULL, "C"), 950);
    ck_assert(catalog_has_operator_name(catalog, "<@"));
    ck_assert(!catalog_has_operator_name(catalog, "=@"));
}
END_TEST

START_TEST(a_release_has_the_functions_of_its_time)
{
    const struct catalog *newer = catalog_create(&arena, (struct release){16});

    ck_assert_uint_eq(catalog_find_functions(catalog, &arena, NULL, "any_value").n, 0);
    ck_assert_ptr_null(catalog_get_function(catalog, 6291));
    ck_assert_uint_eq(catalog_find_functions(newer, &arena, NULL, "any_value").n, 1);
    ck_assert_str_eq(catalog_get_function(newer, 6291)->name, "any_value");
    ck_assert_uint_eq(catalog_find_functions(newer, &arena, NULL, "uuidv7").n, 0);
    ck_assert_int_eq(catalog_release(newer).major, 16);
}
END_TEST

START_TEST(what_does_not_exist_is_null)
{
    ck_assert_ptr_null(catalog_find_type(catalog, NULL, "nosuch"));
    ck_assert_ptr_null(catalog_find_type(catalog, "nosuch", "int4"));
    ck_assert_ptr_null(catalog_find_type(catalog, "public", "int4"));
    ck_assert_ptr_null(catalog_find_relation(catalog, NULL, "tables")); /* information_schema */
    ck_assert_ptr_null(catalog_get_type(catalog, 4294967295u));
    ck_assert_ptr_null(catalog_get_function(catalog, 16383));
    ck_assert_ptr_null(catalog_find_cast(catalog, TEXTOID, INT4OID));
    ck_assert_uint_eq(catalog_find_functions(catalog, &arena, NULL, "nosuch").n, 0);
}
END_TEST

START_TEST(all_overloads_of_a_built_in_function_are_candidates)
{
    struct function_list list = catalog_find_functions(catalog, &arena, NULL, "abs");

    ck_assert_uint_eq(list.n, 6);
    for (size_t i = 0; i < list.n; i++)
        ck_assert_str_eq(list.items[i]->name, "abs");
}
END_TEST

START_TEST(pg_catalog_comes_first_unless_it_is_listed)
{
    const struct type *own = add_type("public", "int4");

    ck_assert_uint_eq(catalog_find_type(catalog, NULL, "int4")->oid, INT4OID);
    ck_assert_str_eq(format(own->oid), "public.int4");
    set_path("public", "pg_catalog");
    ck_assert_ptr_eq(catalog_find_type(catalog, NULL, "int4"), own);
    ck_assert_str_eq(format(own->oid), "int4");
}
END_TEST

START_TEST(path_skips_schemas_that_do_not_exist_until_they_do)
{
    size_t n;

    set_path("later", "public");
    ck_assert_uint_eq(catalog_creation_namespace(catalog), namespace_named("public"));
    catalog_add_namespace(catalog, "later");
    ck_assert_uint_eq(catalog_creation_namespace(catalog), namespace_named("later"));
    ck_assert_uint_eq(catalog_search_path(catalog, &n)[1], namespace_named("later"));
    ck_assert_uint_eq(n, 3);
    set_path("nowhere", NULL);
    ck_assert_uint_eq(catalog_creation_namespace(catalog), 0);
}
END_TEST

START_TEST(candidates_of_an_earlier_schema_come_first)
{
    static const oid arg = TEXTOID;
    struct function_list list;

    catalog_add_namespace(catalog, "a");
    add_function("public", "f", &arg);
    add_function("a", "f", &arg);
    set_path("a", "public");
    list = catalog_find_functions(catalog, &arena, NULL, "f");
    ck_assert_uint_eq(list.n, 2);
    ck_assert_uint_eq(list.items[0]->namespace_oid, namespace_named("a"));
    ck_assert_uint_eq(catalog_find_functions(catalog, &arena, "public", "f").n, 1);
}
END_TEST

START_TEST(temporary_tables_hide_others)
{
    const struct relation *permanent = add_table("public", "t"), *temporary;

    ck_assert_ptr_eq(catalog_find_relation(catalog, NULL, "t"), permanent);
    temporary = add_table("pg_temp", "t");
    ck_assert_ptr_eq(catalog_find_relation(catalog, NULL, "t"), temporary);
    catalog_drop_relation(catalog, temporary->oid);
    ck_assert_ptr_eq(catalog_find_relation(catalog, NULL, "t"), permanent);
}
END_TEST

START_TEST(tables_have_row_and_array_types)
{
    const struct relation *table = add_table("public", "orders");
    const struct type *row = catalog_get_type(catalog, table->type_oid);

    ck_assert_str_eq(row->name, "orders");
    ck_assert_str_eq(format(row->array), "orders[]");
    ck_assert_ptr_eq(catalog_type_relation(catalog, row->oid), table);
    ck_assert_str_eq(relation_find_system_attribute(table, "ctid")->name, "ctid");
}
END_TEST

START_TEST(dropped_tables_take_their_types_along)
{
    struct relation *table = add_table("public", "t");
    oid type = table->type_oid, array = catalog_array_type(catalog, type);
    size_t n;

    catalog_drop_relation(catalog, table->oid);
    ck_assert_ptr_null(catalog_find_relation(catalog, NULL, "t"));
    ck_assert_ptr_null(catalog_get_relation(catalog, table->oid));
    ck_assert_ptr_null(catalog_get_type(catalog, type));
    ck_assert_ptr_null(catalog_get_type(catalog, array));
    ck_assert_ptr_null(catalog_find_type(catalog, NULL, "_t"));
    ck_assert_ptr_null(catalog_relations(catalog, &n)[0]);
    ck_assert_uint_eq(n, 1);
    ck_assert_ptr_nonnull(add_table("public", "t"));
}
END_TEST

START_TEST(renamed_and_moved_tables_take_their_types_along)
{
    struct relation *table = add_table("public", "t");

    catalog_add_namespace(catalog, "s");
    catalog_move_relation(catalog, table->oid, namespace_named("s"), "u");
    ck_assert_ptr_null(catalog_find_relation(catalog, NULL, "t"));
    ck_assert_ptr_eq(catalog_find_relation(catalog, "s", "u"), table);
    ck_assert_str_eq(format(table->type_oid), "s.u");
    ck_assert_ptr_nonnull(catalog_find_type(catalog, "s", "_u"));
    ck_assert_ptr_null(catalog_find_type(catalog, "public", "_t"));
}
END_TEST

START_TEST(array_types_get_more_underscores_when_the_name_is_taken)
{
    const struct type *taken = add_type("public", "_foo"), *foo = add_type("public", "foo");

    ck_assert_str_eq(array_name(taken), "__foo");
    ck_assert_str_eq(array_name(foo), "___foo");
}
END_TEST

START_TEST(array_types_make_way_for_other_types)
{
    const struct type *bar = add_type("public", "bar"), *later;

    ck_assert_ptr_null(catalog_find_type_clash(catalog, namespace_named("public"), "_bar"));
    later = add_type("public", "_bar");
    ck_assert_str_eq(array_name(bar), "__bar");
    ck_assert_str_eq(array_name(later), "___bar");
    ck_assert_ptr_eq(catalog_find_type(catalog, NULL, "_bar"), later);
    ck_assert_ptr_eq(catalog_find_type_clash(catalog, namespace_named("public"), "bar"), bar);
}
END_TEST

START_TEST(long_names_of_array_types_are_cut_between_characters)
{
    const struct type *type = add_type("public", "aééééééééééééééééééééééééééééééé"); /* 63 bytes */

    ck_assert_str_eq(array_name(type), "_aéééééééééééééééééééééééééééééé");
}
END_TEST

static const struct type *add_range(const char *name)
{
    return catalog_add_range_type(catalog,
                                  &(struct type){
                                      .namespace_oid = namespace_named("public"),
                                      .name = name,
                                      .range_subtype = FLOAT8OID,
                                  },
                                  0, NULL);
}

START_TEST(ranges_bring_multiranges_constructors_and_a_cast)
{
    const struct type *range = add_range("myrange"), *other = add_range("fl");
    const struct type *multirange = catalog_get_type(catalog, range->range_multirange);

    ck_assert_str_eq(multirange->name, "mymultirange");
    ck_assert_str_eq(format(other->range_multirange), "fl_multirange");
    ck_assert_uint_eq(multirange->range_subtype, range->oid);
    ck_assert_uint_eq(catalog_find_functions(catalog, &arena, NULL, "myrange").n, 2);
    ck_assert_uint_eq(catalog_find_functions(catalog, &arena, NULL, "mymultirange").n, 3);
    ck_assert_int_eq(catalog_find_cast(catalog, range->oid, multirange->oid)->context, 'e');
    catalog_drop_type(catalog, range->oid);
    ck_assert_ptr_null(catalog_find_type(catalog, NULL, "mymultirange"));
    ck_assert_uint_eq(catalog_find_functions(catalog, &arena, NULL, "mymultirange").n, 0);
}
END_TEST

START_TEST(dropped_schemas_take_their_objects_along)
{
    static const oid arg = TEXTOID;
    oid table;

    catalog_add_namespace(catalog, "s");
    ck_assert_ptr_null(catalog_add_namespace(catalog, "s"));
    table = add_table("s", "t")->oid;
    add_function("s", "f", &arg);
    ck_assert(catalog_drop_namespace(catalog, "s"));
    ck_assert(!catalog_drop_namespace(catalog, "s"));
    ck_assert_ptr_null(catalog_get_relation(catalog, table));
    catalog_add_namespace(catalog, "s");
    ck_assert_ptr_null(catalog_find_relation(catalog, "s", "t"));
    ck_assert_uint_eq(catalog_find_functions(catalog, &arena, "s", "f").n, 0);
}
END_TEST

START_TEST(renamed_schemas_keep_their_objects)
{
    const struct relation *table;

    catalog_add_namespace(catalog, "s");
    table = add_table("s", "t");
    ck_assert(!catalog_rename_namespace(catalog, "s", "public"));
    ck_assert(catalog_rename_namespace(catalog, "s", "r"));
    ck_assert_ptr_eq(catalog_find_relation(catalog, "r", "t"), table);
    ck_assert_ptr_null(catalog_find_relation(catalog, "s", "t"));
    ck_assert_str_eq(format(table->type_oid), "r.t");
}
END_TEST

START_TEST(built_in_objects_cannot_be_changed)
{
    catalog_drop_type(catalog, INT4OID);
    ck_assert_ptr_null(catalog_edit_type(catalog, INT4OID));
    ck_assert_ptr_nonnull(catalog_get_type(catalog, INT4OID));
    ck_assert_ptr_null(catalog_edit_relation(catalog, 1259));
}
END_TEST

START_TEST(identifiers_are_quoted_as_the_server_does)
{
    static const char *const cases[][2] = {
        {"abc_1", "abc_1"}, {"Abc", "\"Abc\""},     {"1a", "\"1a\""},         {"a$", "\"a$\""},
        {"", "\"\""},       {"a\"b", "\"a\"\"b\""}, {"select", "\"select\""}, {"abort", "abort"},
        {"int", "\"int\""}, {"é", "\"é\""},         {"left", "\"left\""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(catalog_quote_identifier(&arena, cases[i][0]), cases[i][1]);
}
END_TEST

START_TEST(default_operators_follow_what_a_type_is_made_of)
{
    struct attribute attributes[] = {{.name = "a", .type = INT4OID, .number = 1},
                                     {.name = "b", .type = JSONOID, .number = 2}};
    struct relation *table = add_table("public", "t");
    struct operator_class of_text = catalog_default_operators(catalog, TEXTOID);

    ck_assert_uint_eq(catalog_default_operators(catalog, INT4OID).less, 97);
    ck_assert_uint_eq(catalog_default_operators(catalog, VARCHAROID).less, of_text.less);
    ck_assert_uint_eq(catalog_default_operators(catalog, JSONOID).equal, 0);
    ck_assert_uint_eq(catalog_default_operators(catalog, XIDOID).less, 0);
    ck_assert_uint_ne(catalog_default_operators(catalog, XIDOID).equal, 0);
    ck_assert_uint_ne(catalog_default_operators(catalog, INT4ARRAYOID).less, 0);
    ck_assert_uint_eq(catalog_default_operators(catalog, 199).less, 0); /* json[] */
    table->attributes.items = attributes;
    table->attributes.n = 1;
    ck_assert_uint_ne(catalog_default_operators(catalog, table->type_oid).less, 0);
    table->attributes.n = 2;
    ck_assert_uint_eq(catalog_default_operators(catalog, table->type_oid).less, 0);
}
END_TEST

START_TEST(extensions_of_contrib_are_known)
{
    static const oid arg = TEXTOID;

    ck_assert_ptr_nonnull(catalog_extension_sql("citext"));
    ck_assert_ptr_nonnull(catalog_extension_sql("uuid-ossp"));
    ck_assert_ptr_null(catalog_extension_sql("nosuch"));
    catalog_set_extension(catalog, "unaccent");
    ck_assert(add_function("public", "unaccent", &arg)->never_null);
    ck_assert(!add_function("public", "other", &arg)->never_null);
    catalog_set_extension(catalog, NULL);
    ck_assert(!add_function("public", "unaccent", &arg)->never_null);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        built_in_objects_are_found_by_oid_and_by_name,
        a_release_has_the_functions_of_its_time,
        what_does_not_exist_is_null,
        all_overloads_of_a_built_in_function_are_candidates,
        pg_catalog_comes_first_unless_it_is_listed,
        path_skips_schemas_that_do_not_exist_until_they_do,
        candidates_of_an_earlier_schema_come_first,
        temporary_tables_hide_others,
        tables_have_row_and_array_types,
        dropped_tables_take_their_types_along,
        renamed_and_moved_tables_take_their_types_along,
        array_types_get_more_underscores_when_the_name_is_taken,
        array_types_make_way_for_other_types,
        long_names_of_array_types_are_cut_between_characters,
        ranges_bring_multiranges_constructors_and_a_cast,
        dropped_schemas_take_their_objects_along,
        renamed_schemas_keep_their_objects,
        built_in_objects_cannot_be_changed,
        identifiers_are_quoted_as_the_server_does,
        default_operators_follow_what_a_type_is_made_of,
        extensions_of_contrib_are_known,
    };
    Suite *suite = suite_create("catalog store");
    TCase *tcase = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int n_failed;

    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
