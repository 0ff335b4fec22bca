/* How calls are written and what that demands: names, defaults, VARIADIC, kinds, columns. */
#include "analyze_resolve/rules.h"

#include "catalog/catalog.h"

enum { TEXTARRAY = 1009 };

/* A call of the name with the arguments; the caller adds the decorations. */
static struct attempt call_of(const char *name, size_t n, struct expr **args)
{
    return (struct attempt){.site = {.name = {NULL, name}, .args = args, .n_args = n}};
}

/* f(a integer, b text DEFAULT …, c integer DEFAULT …) */
static void make_function_with_defaults(void)
{
    static const char *const names[] = {"a", "b", "c"};
    oid types[3] = {INT4OID, TEXTOID, INT4OID};
    struct function *f = given_function(&given, "f", 'f', 3, types, BOOLOID);
    f->arg_names = names;
    f->n_defaults = 2;
}

START_TEST(named_arguments_go_to_their_parameters)
{
    make_function_with_defaults();
    struct expr *c = given_value(&given, INT4OID);
    struct expr *args[2] = {given_value(&given, INT4OID), given_named(&given, "c", c)};
    struct attempt attempt = call_of("f", 2, args);
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_uint_eq(attempt.call.n_args, 3);
    ck_assert_ptr_null(attempt.call.args[1]);
    ck_assert_ptr_eq(attempt.call.args[2], c);
}
END_TEST

START_TEST(defaults_at_the_end_are_left_out)
{
    make_function_with_defaults();
    struct expr *args[1] = {given_value(&given, INT4OID)};
    struct attempt attempt = call_of("f", 1, args);
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_uint_eq(attempt.call.n_args, 1);
}
END_TEST

START_TEST(an_unknown_argument_name_does_not_match)
{
    make_function_with_defaults();
    struct expr *args[1] = {given_named(&given, "z", given_value(&given, INT4OID))};
    struct attempt attempt = call_of("f", 1, args);
    assert_fails(given_try(&given, attempt_call, &attempt), "42883",
                 "function f(z => integer) does not exist");
}
END_TEST

START_TEST(an_argument_name_may_be_used_once)
{
    struct expr *one = given_value(&given, INT4OID);
    struct expr *args[3] = {given_named(&given, "a", one), given_named(&given, "a", one), one};
    struct attempt attempt = call_of("f", 2, args);
    assert_fails(given_try(&given, attempt_call, &attempt), "42601",
                 "argument name \"a\" used more than once");
    args[1] = one;
    assert_fails(given_try(&given, attempt_call, &attempt), "42601",
                 "positional argument cannot follow named argument");
}
END_TEST

static void make_variadic(oid element, oid array)
{
    struct function *v = given_function(&given, "v", 'f', 1, &array, INT4OID);
    v->variadic = element;
}

START_TEST(variadic_arguments_become_an_array)
{
    make_variadic(TEXTOID, TEXTARRAY);
    struct expr *args[2] = {given_unknown(&given, "a"), given_value(&given, VARCHAROID)};
    struct attempt attempt = call_of("v", 2, args);
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_uint_eq(attempt.call.n_args, 1);
    ck_assert_int_eq(attempt.call.args[0]->kind, EXPR_ARRAY);
    ck_assert_uint_eq(attempt.call.args[0]->type, TEXTARRAY);
    ck_assert_uint_eq(attempt.call.args[0]->args[0]->type, TEXTOID);
}
END_TEST

START_TEST(a_variadic_array_is_passed_as_it_is)
{
    make_variadic(TEXTOID, TEXTARRAY);
    struct expr *args[1] = {given_value(&given, TEXTARRAY)};
    struct attempt attempt = call_of("v", 1, args);
    attempt.site.variadic = true;
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_ptr_eq(attempt.call.args[0], args[0]);
}
END_TEST

START_TEST(a_function_without_variadic_is_preferred)
{
    oid text = TEXTOID;
    make_variadic(TEXTOID, TEXTARRAY);
    given_function(&given, "v", 'f', 1, &text, BOOLOID);
    struct expr *args[1] = {given_value(&given, TEXTOID)};
    struct attempt attempt = call_of("v", 1, args);
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_uint_eq(attempt.call.result_type, BOOLOID);
}
END_TEST

START_TEST(equally_good_functions_are_ambiguous)
{
    oid types[2] = {INT8OID, NUMERICOID};
    given_function(&given, "g", 'f', 1, &types[0], INT4OID);
    given_function(&given, "g", 'f', 1, &types[1], INT4OID);
    struct expr *args[1] = {given_value(&given, INT4OID)};
    struct attempt attempt = call_of("g", 1, args);
    assert_fails(given_try(&given, attempt_call, &attempt), "42725",
                 "function g(integer) is not unique");
}
END_TEST

START_TEST(functions_that_differ_in_defaults_only_are_ambiguous)
{
    oid types[2] = {INT4OID, INT4OID};
    given_function(&given, "h", 'f', 1, types, INT4OID);
    given_function(&given, "h", 'f', 2, types, INT4OID)->n_defaults = 1;
    struct expr *args[1] = {given_value(&given, INT4OID)};
    struct attempt attempt = call_of("h", 1, args);
    assert_fails(given_try(&given, attempt_call, &attempt), "42725",
                 "function h(integer) is not unique");
}
END_TEST

START_TEST(a_built_in_function_hides_one_of_the_same_signature)
{
    oid text = TEXTOID;
    given_function(&given, "md5", 'f', 1, &text, INT4OID);
    struct expr *args[1] = {given_value(&given, TEXTOID)};
    struct attempt attempt = call_of("md5", 1, args);
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_uint_eq(attempt.call.result_type, TEXTOID);
    attempt.site.name.schema = "public";
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_uint_eq(attempt.call.result_type, INT4OID);
}
END_TEST

START_TEST(a_schema_that_is_written_must_exist)
{
    struct attempt attempt = call_of("now", 0, NULL);
    attempt.site.name.schema = "nowhere";
    assert_fails(given_try(&given, attempt_call, &attempt), "3F000",
                 "schema \"nowhere\" does not exist");
}
END_TEST

START_TEST(a_misspelt_function_gets_a_hint)
{
    given_function(&given, "price_of", 'f', 0, NULL, INT4OID);
    struct attempt attempt = call_of("price_fo", 0, NULL);
    const struct diag *error = given_try(&given, attempt_call, &attempt);
    assert_fails(error, "42883", "function price_fo() does not exist");
    ck_assert_str_eq(error->hint, "did you mean \"price_of\"?");
}
END_TEST

START_TEST(a_function_of_a_newer_release_gets_a_hint)
{
    struct attempt attempt = call_of("uuidv7", 0, NULL);
    const struct diag *error = given_try(&given, attempt_call, &attempt);

    assert_fails(error, "42883", "function uuidv7() does not exist");
    ck_assert_str_eq(error->hint,
                     "uuidv7() came with PostgreSQL 18, and this is checked for PostgreSQL 15");
}
END_TEST

/* --- Kinds ------------------------------------------------------------------------------------ */

START_TEST(decorations_are_for_aggregates)
{
    struct expr *args[1] = {given_value(&given, TEXTOID)};
    struct attempt attempt = call_of("lower", 1, args);
    attempt.site.distinct = true;
    assert_fails(given_try(&given, attempt_call, &attempt), "42809",
                 "DISTINCT specified, but lower is not an aggregate function");
    attempt.site.distinct = false;
    attempt.site.has_over = true;
    assert_fails(given_try(&given, attempt_call, &attempt), "42809",
                 "OVER specified, but lower is not a window function nor an aggregate function");
    attempt = call_of("now", 0, NULL);
    attempt.site.star = true;
    assert_fails(given_try(&given, attempt_call, &attempt), "42809",
                 "now(*) specified, but now is not an aggregate function");
}
END_TEST

START_TEST(a_window_function_needs_over)
{
    struct attempt attempt = call_of("row_number", 0, NULL);
    assert_fails(given_try(&given, attempt_call, &attempt), "42809",
                 "window function row_number requires an OVER clause");
    attempt.site.has_over = true;
    assert_works(given_try(&given, attempt_call, &attempt));
}
END_TEST

START_TEST(count_without_arguments_needs_a_star)
{
    struct attempt attempt = call_of("count", 0, NULL);
    assert_fails(given_try(&given, attempt_call, &attempt), "42809",
                 "count(*) must be used to call a parameterless aggregate function");
    attempt.site.star = true;
    assert_works(given_try(&given, attempt_call, &attempt));
}
END_TEST

START_TEST(ordered_set_aggregates_need_within_group)
{
    struct expr *args[2] = {given_value(&given, FLOAT8OID), given_value(&given, INTERVALOID)};
    struct attempt attempt = call_of("percentile_cont", 2, args);
    assert_fails(given_try(&given, attempt_call, &attempt), "42809",
                 "WITHIN GROUP is required for ordered-set aggregate percentile_cont");
    attempt.site.within_group = true;
    attempt.site.n_direct_args = 1;
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_uint_eq(attempt.call.result_type, INTERVALOID);
    attempt.site.n_direct_args = 0;
    assert_fails(given_try(&given, attempt_call, &attempt), "42883",
                 "function percentile_cont(double precision, interval) does not exist");
}
END_TEST

START_TEST(hypothetical_arguments_take_the_type_of_the_ordered_ones)
{
    struct expr *args[2] = {given_unknown(&given, "5"), given_value(&given, NUMERICOID)};
    struct attempt attempt = call_of("rank", 2, args);
    attempt.site.within_group = true;
    attempt.site.n_direct_args = 1;
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_uint_eq(attempt.call.args[0]->type, NUMERICOID);
}
END_TEST

START_TEST(procedures_and_functions_are_called_differently)
{
    given_function(&given, "p", 'p', 0, NULL, VOIDOID);
    struct attempt attempt = call_of("p", 0, NULL);
    assert_fails(given_try(&given, attempt_call, &attempt), "42809", "p() is a procedure");
    attempt.site.is_procedure = true;
    assert_works(given_try(&given, attempt_call, &attempt));
    attempt.site.name.name = "now";
    assert_fails(given_try(&given, attempt_call, &attempt), "42809", "now() is not a procedure");
}
END_TEST

/* --- Columns ---------------------------------------------------------------------------------- */

START_TEST(a_column_may_be_called_and_a_function_selected)
{
    struct expr *args[1] = {given_value(&given, given.pair)};
    struct attempt attempt = call_of("y", 1, args);
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_int_eq(attempt.call.kind, CALL_FIELD);
    ck_assert_int_eq(attempt.call.field_attno, 2);
    ck_assert_uint_eq(attempt.call.result_type, VARCHAROID);
    given_function(&given, "total", 'f', 1, &given.pair, NUMERICOID);
    attempt.site.name.name = "total";
    attempt.site.is_column_notation = true;
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_int_eq(attempt.call.kind, CALL_FUNCTION);
}
END_TEST

START_TEST(an_unknown_column_is_left_to_the_caller)
{
    struct expr *args[1] = {given_value(&given, given.pair)};
    struct attempt attempt = call_of("z", 1, args);
    attempt.site.is_column_notation = true;
    attempt.call = resolve_call(&given.parse, &attempt.site);
    ck_assert_int_eq(attempt.call.kind, CALL_NOT_FOUND);
}
END_TEST

START_TEST(fields_of_a_row_are_numbered)
{
    struct expr *fields[2] = {given_value(&given, INT4OID), given_value(&given, UUIDOID)};
    struct expr *args[1] = {given_row(&given, 2, fields)};
    struct attempt attempt = call_of("f2", 1, args);
    attempt.site.is_column_notation = true;
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_int_eq(attempt.call.field_attno, 2);
    ck_assert_uint_eq(attempt.call.result_type, UUIDOID);
}
END_TEST

START_TEST(a_type_name_is_a_cast)
{
    struct expr *args[1] = {given_unknown(&given, "12:00")};
    struct attempt attempt = call_of("timetz", 1, args);
    assert_works(given_try(&given, attempt_call, &attempt));
    ck_assert_int_eq(attempt.call.kind, CALL_CAST);
    ck_assert_uint_eq(attempt.call.cast_target, TIMETZOID);
}
END_TEST

TCase *call_rules(void)
{
    TCase *tests = tcase_create("calls");
    tcase_add_checked_fixture(tests, rules_setup, rules_teardown);
    tcase_add_test(tests, named_arguments_go_to_their_parameters);
    tcase_add_test(tests, defaults_at_the_end_are_left_out);
    tcase_add_test(tests, an_unknown_argument_name_does_not_match);
    tcase_add_test(tests, an_argument_name_may_be_used_once);
    tcase_add_test(tests, variadic_arguments_become_an_array);
    tcase_add_test(tests, a_variadic_array_is_passed_as_it_is);
    tcase_add_test(tests, a_function_without_variadic_is_preferred);
    tcase_add_test(tests, equally_good_functions_are_ambiguous);
    tcase_add_test(tests, functions_that_differ_in_defaults_only_are_ambiguous);
    tcase_add_test(tests, a_built_in_function_hides_one_of_the_same_signature);
    tcase_add_test(tests, a_schema_that_is_written_must_exist);
    tcase_add_test(tests, a_misspelt_function_gets_a_hint);
    tcase_add_test(tests, a_function_of_a_newer_release_gets_a_hint);
    tcase_add_test(tests, decorations_are_for_aggregates);
    tcase_add_test(tests, a_window_function_needs_over);
    tcase_add_test(tests, count_without_arguments_needs_a_star);
    tcase_add_test(tests, ordered_set_aggregates_need_within_group);
    tcase_add_test(tests, hypothetical_arguments_take_the_type_of_the_ordered_ones);
    tcase_add_test(tests, procedures_and_functions_are_called_differently);
    tcase_add_test(tests, a_column_may_be_called_and_a_function_selected);
    tcase_add_test(tests, an_unknown_column_is_left_to_the_caller);
    tcase_add_test(tests, fields_of_a_row_are_numbered);
    tcase_add_test(tests, a_type_name_is_a_cast);
    return tests;
}
