/* Nullability, cardinality and lint of the cases: what is found is what their comments say. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lint/lint.h"
#include "nulls/suite.h"
#include "prove/cardinality.h"

static struct arena arena;
static struct suite *nulls, *cardinalities, *lints;

static const char *explain(const struct nullability *columns, size_t n)
{
    struct buf out = buf_in(&arena);

    for (size_t i = 0; i < n; i++)
        buf_addf(&out, "\n    %zu %s: %s", i + 1, columns[i].nullable ? "nullable" : "NOT NULL",
                 columns[i].reason);
    return buf_text(&out);
}

START_TEST(nullability_is_as_expected)
{
    const struct suite_case *item = &nulls->cases.items[_i];
    size_t n;
    const struct nullability *columns = suite_infer(nulls, item, &n);
    const char *signs = suite_signs(&arena, columns, n);

    ck_assert_msg(item->expect && strcmp(signs, item->expect) == 0, "%s: expected %s, found %s%s",
                  item->query->name, item->expect ? item->expect : "nothing", signs,
                  explain(columns, n));
}
END_TEST

START_TEST(every_answer_has_a_reason)
{
    size_t n;
    const struct nullability *columns = suite_infer(nulls, &nulls->cases.items[_i], &n);

    for (size_t i = 0; i < n; i++)
        ck_assert(columns[i].reason && columns[i].reason[0]);
}
END_TEST

START_TEST(cardinality_is_as_expected)
{
    const struct suite_case *item = &cardinalities->cases.items[_i];
    const struct cardinality found =
        cardinality_infer(&arena, cardinalities->catalog, item->analysis.query);

    ck_assert_msg(item->expect &&
                      strcmp(found.at_most_one ? found.reason : "many", item->expect) == 0,
                  "%s: expected %s, found %s", item->query->name, item->expect,
                  found.at_most_one ? found.reason : "many");
}
END_TEST

/* Names of the warnings, in the order of their places. */
static const char *warnings_of(const struct suite_case *item)
{
    struct diags diags = {.arena = &arena};
    struct ir_query ir = {
        .returns_rows = item->analysis.returns_rows,
        .at_most_one = cardinality_infer(&arena, lints->catalog, item->analysis.query).at_most_one,
        .command = item->query->command,
    };
    struct buf out = buf_in(&arena);

    lint_query(&arena, lints->catalog, item->query, &item->analysis, &ir, &diags);
    diag_sort(&diags);
    for (size_t i = 0; i < diags.list.n; i++)
        buf_addf(&out, "%s%s", i ? " " : "", diags.list.items[i]->lint);
    return diags.list.n ? buf_text(&out) : "nothing";
}

START_TEST(warnings_are_as_expected)
{
    const struct suite_case *item = &lints->cases.items[_i];

    ck_assert_msg(item->expect && strcmp(warnings_of(item), item->expect) == 0,
                  "%s: expected %s, found %s", item->query->name, item->expect, warnings_of(item));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("nulls");
    TCase *cases = tcase_create("cases");
    SRunner *runner = srunner_create(suite);
    int failed;

    nulls = suite_load(&arena, TEST_DIRECTORY, "cases");
    cardinalities = suite_load(&arena, TEST_DIRECTORY, "cardinality.sql");
    lints = suite_load(&arena, TEST_DIRECTORY, "lint.sql");
    tcase_add_loop_test(cases, nullability_is_as_expected, 0, (int)nulls->cases.n);
    tcase_add_loop_test(cases, every_answer_has_a_reason, 0, (int)nulls->cases.n);
    tcase_add_loop_test(cases, cardinality_is_as_expected, 0, (int)cardinalities->cases.n);
    tcase_add_loop_test(cases, warnings_are_as_expected, 0, (int)lints->cases.n);
    suite_add_tcase(suite, cases);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    arena_finish(&arena);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
