/* The bodies of the system's views: each is analysed, and gives the columns that the catalog has.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/system_view.h"
#include "catalog/embedded.h"

static struct arena arena;
static struct catalog *catalog;

static const struct relation *view_of(const char *name)
{
    const char *dot = strchr(name, '.');

    return catalog_find_relation(catalog, arena_strndup(&arena, name, (size_t)(dot - name)),
                                 dot + 1);
}

START_TEST(body_gives_the_columns)
{
    const char *name = view_texts[_i].name;
    const struct relation *view = view_of(name);
    const struct query *body = view ? view_body(catalog, view) : NULL;
    const struct target *targets;
    size_t n;

    ck_assert_msg(view != NULL, "%s: no such view", name);
    ck_assert_msg(body != NULL, "%s: its body is not understood", name);
    targets = query_result(body, &n);
    ck_assert_msg(n == view->attributes.n, "%s: %zu columns", name, n);
    for (size_t i = 0; i < n; i++) {
        const struct attribute *column = &view->attributes.items[i];

        ck_assert_str_eq(targets[i].name, column->name);
        ck_assert_msg(targets[i].expr->type == column->type &&
                          targets[i].expr->typmod == column->typmod,
                      "%s.%s has another type", name, column->name);
    }
    ck_assert_ptr_eq(view_body(catalog, view), body);
}
END_TEST

/* What the user defines under the names that the bodies use changes nothing. */
START_TEST(body_knows_built_in_objects_only)
{
    static const char *const path[] = {"public", "pg_catalog"};
    const struct relation own = {.name = "pg_authid", .relkind = 'r', .namespace_oid = 2200};

    catalog_add_relation(catalog, &own);
    catalog_set_search_path(catalog, path, 2);
    ck_assert_ptr_nonnull(view_body(catalog, view_of("pg_catalog.pg_roles")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("system views");
    TCase *cases = tcase_create("bodies");
    SRunner *runner = srunner_create(suite);
    int failed;

    catalog = catalog_create(&arena, release_default());
    tcase_add_loop_test(cases, body_gives_the_columns, 0, (int)n_view_texts);
    tcase_add_test(cases, body_knows_built_in_objects_only);
    suite_add_tcase(suite, cases);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    arena_finish(&arena);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
