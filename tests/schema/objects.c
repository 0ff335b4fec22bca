/* What no list of catalog facts shows: expressions kept for proofs, operators, casts. */
#include "given.h"

static const struct relation *table(const char *name)
{
    const struct relation *found = catalog_find_relation(given_catalog, NULL, name);

    ck_assert_ptr_nonnull(found);
    return found;
}

static const struct constraint *constraint(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->constraints.n; i++)
        if (name_eq(relation->constraints.items[i]->name, name))
            return relation->constraints.items[i];
    ck_abort_msg("no constraint %s", name);
    return NULL;
}

static oid type(const char *name)
{
    const struct type *found = catalog_find_type(given_catalog, NULL, name);

    ck_assert_ptr_nonnull(found);
    return found->oid;
}

static const struct operator* operator(const char *name, const char *left, const char *right)
{
    struct operator_list list = catalog_find_operators(given_catalog, &given_arena, NULL, name);

    for (size_t i = 0; i < list.n; i++)
        if (list.items[i]->left == type(left) && list.items[i]->right == type(right))
            return list.items[i];
    ck_abort_msg("no operator %s", name);
    return NULL;
}

START_TEST(a_check_tells_for_which_rows_it_holds)
{
    load("CREATE TABLE t (a int, b int, CONSTRAINT good CHECK (a > 0),"
         " CONSTRAINT here CHECK (a > 1) NO INHERIT);"
         "ALTER TABLE t ADD CONSTRAINT later CHECK (b > 0) NOT VALID;"
         "ALTER TABLE t ADD CONSTRAINT soon CHECK (b > 1) NOT VALID;"
         "ALTER TABLE t VALIDATE CONSTRAINT soon;"
         "CREATE TABLE c () INHERITS (t);");
    ck_assert(constraint(table("t"), "good")->validated);
    ck_assert(!constraint(table("t"), "good")->no_inherit);
    ck_assert(constraint(table("t"), "here")->no_inherit);
    ck_assert(!constraint(table("t"), "later")->validated);
    ck_assert(constraint(table("t"), "soon")->validated);
    ck_assert_ptr_nonnull(constraint(table("c"), "good")->check);
}
END_TEST

START_TEST(a_check_is_not_a_not_null_constraint)
{
    load("CREATE TABLE t (a int CHECK (a IS NOT NULL));");
    ck_assert(!table("t")->attributes.items[0].not_null);
}
END_TEST

START_TEST(an_index_keeps_predicate_and_expressions)
{
    const struct index *index;

    load("CREATE TABLE t (a int, b text); CREATE UNIQUE INDEX i ON t (lower(b), a) WHERE a > 0;");
    index = table("t")->indexes.items[0];
    ck_assert(index->is_unique && index->is_partial && index->has_expressions);
    ck_assert_ptr_nonnull(index->predicate);
    ck_assert_ptr_nonnull(index->expressions[0]);
    ck_assert_int_eq(index->columns[0], 0);
    ck_assert_int_eq(index->columns[1], 1);
}
END_TEST

START_TEST(commutators_may_be_declared_before_they_exist)
{
    load("CREATE FUNCTION f(int, text) RETURNS bool LANGUAGE sql AS 'SELECT true';"
         "CREATE FUNCTION f(text, int) RETURNS bool LANGUAGE sql AS 'SELECT true';"
         "CREATE OPERATOR =# (LEFTARG = int, RIGHTARG = text, FUNCTION = f, COMMUTATOR = #=,"
         " NEGATOR = !=#, HASHES, MERGES);"
         "CREATE OPERATOR #= (LEFTARG = text, RIGHTARG = int, FUNCTION = f, COMMUTATOR = =#);"
         "CREATE OPERATOR !=# (LEFTARG = int, RIGHTARG = text, FUNCTION = f, NEGATOR = =#);");
    ck_assert_str_eq(diagnostics(), "");
    ck_assert_uint_eq(operator("=#", "int4", "text")->commutator, operator("#=", "text", "int4")
                                                                      ->oid);
    ck_assert_uint_eq(operator("#=", "text", "int4")->commutator, operator("=#", "int4", "text")
                                                                      ->oid);
    ck_assert_uint_eq(operator("=#", "int4", "text")->negator, operator("!=#", "int4", "text")
                                                                   ->oid);
    ck_assert_uint_eq(operator("=#", "int4", "text")->result, type("bool"));
    ck_assert(operator("=#", "int4", "text")->can_hash);
}
END_TEST

START_TEST(casts_have_their_context_and_method)
{
    const struct cast *cast;

    load("CREATE TYPE m AS (a numeric); CREATE FUNCTION f(m) RETURNS text LANGUAGE sql AS 'SELECT "
         "NULL::text';"
         "CREATE CAST (m AS text) WITH FUNCTION f(m) AS IMPLICIT;"
         "CREATE CAST (m AS json) WITH INOUT AS ASSIGNMENT;");
    cast = catalog_find_cast(given_catalog, type("m"), type("text"));
    ck_assert(cast && cast->context == 'i' && cast->method == 'f' && cast->function);
    cast = catalog_find_cast(given_catalog, type("m"), type("json"));
    ck_assert(cast && cast->context == 'a' && cast->method == 'i' && !cast->function);
}
END_TEST

START_TEST(a_range_has_constructors_and_a_multirange)
{
    struct function_list list;

    load("CREATE TYPE r AS RANGE (subtype = float8);");
    list = catalog_find_functions(given_catalog, &given_arena, NULL, "r");
    ck_assert_uint_eq(list.n, 2);
    list = catalog_find_functions(given_catalog, &given_arena, NULL, "r_multirange");
    ck_assert_uint_eq(list.n, 3);
}
END_TEST

START_TEST(collations_of_columns_are_kept)
{
    const struct relation *t;

    load("CREATE TABLE t (a text, b text COLLATE \"C\", c int);");
    t = table("t");
    ck_assert_uint_eq(t->attributes.items[0].collation, 100);
    ck_assert_uint_eq(t->attributes.items[1].collation, 950);
    ck_assert_uint_eq(t->attributes.items[2].collation, 0);
}
END_TEST

Suite *objects_suite(void)
{
    Suite *suite = suite_create("objects");
    TCase *tests = tcase_create("objects");

    tcase_add_checked_fixture(tests, given_setup, given_teardown);
    tcase_add_test(tests, a_check_tells_for_which_rows_it_holds);
    tcase_add_test(tests, a_check_is_not_a_not_null_constraint);
    tcase_add_test(tests, an_index_keeps_predicate_and_expressions);
    tcase_add_test(tests, commutators_may_be_declared_before_they_exist);
    tcase_add_test(tests, casts_have_their_context_and_method);
    tcase_add_test(tests, a_range_has_constructors_and_a_multirange);
    tcase_add_test(tests, collations_of_columns_are_kept);
    suite_add_tcase(suite, tests);
    return suite;
}
