/* What a conversion is made of, which a server does not tell: domains, typmods, rows, parameters.
 */
#include "analyze_resolve/rules.h"

#include "catalog/catalog.h"

enum { NUMERIC_10_2 = (10 << 16 | 2) + 4, VARCHAR_2 = 6, VARCHAR_3 = 7 };

/* One conversion, for given_try(). */
struct conversion {
    struct expr *expr;
    oid target;
    int32_t typmod;
    struct expr *result;
};

static void convert(void *context)
{
    struct conversion *conversion = context;
    conversion->result =
        coerce_to_target(&given.parse, conversion->expr, conversion->expr->type, conversion->target,
                         conversion->typmod, COERCE_EXPLICIT, FORM_EXPLICIT, -1);
}

static struct expr *converted(struct expr *expr, oid target, int32_t typmod)
{
    struct conversion conversion = {expr, target, typmod, NULL};
    assert_works(given_try(&given, convert, &conversion));
    ck_assert_ptr_nonnull(conversion.result);
    return conversion.result;
}

static void assert_cast(const struct expr *expr, enum cast_method method, oid type)
{
    ck_assert_int_eq(expr->kind, EXPR_CAST);
    ck_assert_int_eq(expr->u.cast.method, method);
    ck_assert_uint_eq(expr->type, type);
}

START_TEST(a_literal_of_a_domain_is_a_constant_of_the_base_type_in_the_domain)
{
    struct expr *result = converted(given_unknown(&given, "1"), given.score, -1);
    assert_cast(result, CAST_DOMAIN, given.score);
    ck_assert_int_eq(result->args[0]->kind, EXPR_CONST);
    ck_assert_uint_eq(result->args[0]->type, INT4OID);
}
END_TEST

START_TEST(a_domain_applies_the_length_of_its_base_type)
{
    struct expr *result = converted(given_value(&given, TEXTOID), given.code, -1);
    assert_cast(result, CAST_DOMAIN, given.code);
    assert_cast(result->args[0], CAST_TYPMOD, VARCHAROID);
    ck_assert_int_eq(result->args[0]->typmod, VARCHAR_3);
}
END_TEST

START_TEST(a_length_is_applied_after_the_conversion)
{
    struct expr *result = converted(given_value(&given, INT4OID), NUMERICOID, NUMERIC_10_2);
    assert_cast(result, CAST_TYPMOD, NUMERICOID);
    ck_assert_int_eq(result->typmod, NUMERIC_10_2);
    assert_cast(result->args[0], CAST_FUNCTION, NUMERICOID);
}
END_TEST

START_TEST(a_cast_to_the_bare_type_forgets_the_length)
{
    struct expr *value = given_value(&given, VARCHAROID);
    value->typmod = VARCHAR_3;
    struct expr *result = converted(value, VARCHAROID, -1);
    assert_cast(result, CAST_RELABEL, VARCHAROID);
    ck_assert_int_eq(result->typmod, -1);
}
END_TEST

START_TEST(a_row_becomes_a_composite_field_by_field)
{
    struct expr *fields[2] = {given_unknown(&given, "1"), given_value(&given, TEXTOID)};
    struct expr *result = converted(given_row(&given, 2, fields), given.pair, -1);
    ck_assert_int_eq(result->kind, EXPR_ROW);
    ck_assert_uint_eq(result->type, given.pair);
    ck_assert_uint_eq(result->args[0]->type, INT4OID);
    ck_assert_uint_eq(result->args[1]->type, VARCHAROID);
    ck_assert_int_eq(result->args[1]->typmod, VARCHAR_2);
    ck_assert_str_eq(result->u.row.names[1], "y");
}
END_TEST

START_TEST(a_row_must_have_as_many_fields_as_the_composite)
{
    struct expr *fields[3] = {given_unknown(&given, "1"), given_unknown(&given, "a"),
                              given_unknown(&given, "b")};
    struct conversion conversion = {given_row(&given, 1, fields), given.pair, -1, NULL};
    assert_fails(given_try(&given, convert, &conversion), "42846",
                 "cannot cast type record to pair: input has too few columns");
    conversion.expr = given_row(&given, 3, fields);
    assert_fails(given_try(&given, convert, &conversion), "42846",
                 "cannot cast type record to pair: input has too many columns");
}
END_TEST

static void use_parameter_as(void *context)
{
    const oid *types = context;
    struct expr *first = given_param(&given, 1), *second = given_param(&given, 1);
    for (int i = 0; i < 2; i++)
        coerce_type(&given.parse, i ? second : first, UNKNOWNOID, types[i], -1, COERCE_IMPLICIT,
                    FORM_IMPLICIT, -1);
    ck_assert_uint_eq(first->type, types[0]);
}

START_TEST(a_parameter_takes_the_first_type_that_is_asked_of_it)
{
    oid types[2] = {UUIDOID, UUIDOID};
    assert_works(given_try(&given, use_parameter_as, types));
    ck_assert_uint_eq(given.statement.params.items[0].type, UUIDOID);
}
END_TEST

START_TEST(a_parameter_cannot_have_two_types)
{
    oid types[2] = {UUIDOID, TEXTOID};
    assert_fails(given_try(&given, use_parameter_as, types), "42P08",
                 "inconsistent types deduced for parameter $1: uuid versus text");
}
END_TEST

static void use_parameter_as_domain(void *context)
{
    *(struct expr **)context =
        coerce_to_target(&given.parse, given_param(&given, 1), UNKNOWNOID, given.score, -1,
                         COERCE_ASSIGNMENT, FORM_ASSIGNMENT, -1);
}

START_TEST(a_parameter_for_a_domain_has_the_type_of_the_domain)
{
    struct expr *param;
    assert_works(given_try(&given, use_parameter_as_domain, &param));
    ck_assert_int_eq(param->kind, EXPR_PARAM);
    ck_assert_uint_eq(param->type, given.score);
}
END_TEST

START_TEST(a_common_length_needs_the_same_type_and_length_everywhere)
{
    struct expr *exprs[2] = {given_value(&given, VARCHAROID), given_value(&given, VARCHAROID)};
    exprs[0]->typmod = exprs[1]->typmod = VARCHAR_3;
    ck_assert_int_eq(coerce_common_typmod(exprs, 2, VARCHAROID), VARCHAR_3);
    ck_assert_int_eq(coerce_common_typmod(exprs, 2, TEXTOID), -1);
    exprs[1]->typmod = VARCHAR_2;
    ck_assert_int_eq(coerce_common_typmod(exprs, 2, VARCHAROID), -1);
}
END_TEST

static void as_condition(void *context)
{
    coerce_to_boolean(&given.parse, context, "WHERE");
}

START_TEST(a_condition_must_be_boolean)
{
    assert_works(given_try(&given, as_condition, given_unknown(&given, "true")));
    assert_fails(given_try(&given, as_condition, given_value(&given, INT4OID)), "42804",
                 "argument of WHERE must be type boolean, not type integer");
}
END_TEST

/* One set of polymorphic arguments, for given_try(). */
struct generic {
    size_t n;
    oid actual[3], declared[3], result, solved;
};

static void solve(void *context)
{
    struct generic *generic = context;
    generic->solved = coerce_generic(&given.parse, generic->actual, generic->declared, generic->n,
                                     generic->result, false);
}

START_TEST(an_unknown_argument_takes_the_type_of_the_others)
{
    struct generic generic = {
        2, {INT4OID, UNKNOWNOID}, {ANYELEMENTOID, ANYARRAYOID}, ANYARRAYOID, 0};
    assert_works(given_try(&given, solve, &generic));
    ck_assert_uint_eq(generic.declared[1], 1007);
    ck_assert_uint_eq(generic.solved, 1007);
}
END_TEST

START_TEST(only_unknown_arguments_do_not_decide_a_type)
{
    struct generic generic = {1, {UNKNOWNOID}, {ANYELEMENTOID}, ANYELEMENTOID, 0};
    assert_fails(given_try(&given, solve, &generic), "42804",
                 "could not determine polymorphic type because input has type unknown");
}
END_TEST

START_TEST(arguments_of_anyelement_must_be_alike)
{
    struct generic generic = {
        2, {INT4OID, TEXTOID}, {ANYELEMENTOID, ANYELEMENTOID}, ANYELEMENTOID, 0};
    assert_fails(given_try(&given, solve, &generic), "42804",
                 "arguments declared \"anyelement\" are not all alike: integer versus text");
}
END_TEST

START_TEST(arguments_of_anycompatible_are_converted_to_their_common_type)
{
    struct generic generic = {
        2, {INT4OID, NUMERICOID}, {ANYCOMPATIBLEOID, ANYCOMPATIBLEOID}, ANYCOMPATIBLEARRAYOID, 0};
    assert_works(given_try(&given, solve, &generic));
    ck_assert_uint_eq(generic.declared[0], NUMERICOID);
    ck_assert_uint_eq(generic.solved, catalog_array_type(given.catalog, NUMERICOID));
}
END_TEST

START_TEST(a_range_cannot_be_inferred_from_its_elements)
{
    struct generic generic = {2, {INT4OID, UNKNOWNOID}, {ANYELEMENTOID, ANYRANGEOID}, BOOLOID, 0};
    assert_fails(given_try(&given, solve, &generic), "42804",
                 "could not determine polymorphic type anyrange because input has type unknown");
}
END_TEST

static void read_as_mood(void *context)
{
    coerce_type(&given.parse, given_unknown(&given, context), UNKNOWNOID, given.mood, -1,
                COERCE_IMPLICIT, FORM_IMPLICIT, -1);
}

START_TEST(a_misspelt_enum_label_gets_a_hint)
{
    char label[] = "hapy";
    const struct diag *error = given_try(&given, read_as_mood, label);
    assert_fails(error, "22P02", "invalid input value for enum mood: \"hapy\"");
    ck_assert_str_eq(error->hint, "did you mean \"happy\"?");
}
END_TEST

TCase *conversion_rules(void)
{
    TCase *tests = tcase_create("conversion");
    tcase_add_checked_fixture(tests, rules_setup, rules_teardown);
    tcase_add_test(tests, a_literal_of_a_domain_is_a_constant_of_the_base_type_in_the_domain);
    tcase_add_test(tests, a_domain_applies_the_length_of_its_base_type);
    tcase_add_test(tests, a_length_is_applied_after_the_conversion);
    tcase_add_test(tests, a_cast_to_the_bare_type_forgets_the_length);
    tcase_add_test(tests, a_row_becomes_a_composite_field_by_field);
    tcase_add_test(tests, a_row_must_have_as_many_fields_as_the_composite);
    tcase_add_test(tests, a_parameter_takes_the_first_type_that_is_asked_of_it);
    tcase_add_test(tests, a_parameter_cannot_have_two_types);
    tcase_add_test(tests, a_parameter_for_a_domain_has_the_type_of_the_domain);
    tcase_add_test(tests, a_common_length_needs_the_same_type_and_length_everywhere);
    tcase_add_test(tests, a_condition_must_be_boolean);
    tcase_add_test(tests, an_unknown_argument_takes_the_type_of_the_others);
    tcase_add_test(tests, only_unknown_arguments_do_not_decide_a_type);
    tcase_add_test(tests, arguments_of_anyelement_must_be_alike);
    tcase_add_test(tests, arguments_of_anycompatible_are_converted_to_their_common_type);
    tcase_add_test(tests, a_range_cannot_be_inferred_from_its_elements);
    tcase_add_test(tests, a_misspelt_enum_label_gets_a_hint);
    return tests;
}
