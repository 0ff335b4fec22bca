/* What the catalog says of every built-in type, compared with what a server says: its name with and
 * without modifiers, and whether it can be sorted and grouped.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "catalog/catalog.h"
#include "catalog/server.h"

static struct arena arena;
static struct server *server;
static struct catalog *catalog;

static PGresult *ask(const char *query)
{
    PGresult *result = PQexec(server->conn, query);

    ck_assert_msg(PQresultStatus(result) == PGRES_TUPLES_OK, "%s", PQerrorMessage(server->conn));
    ck_assert_int_gt(PQntuples(result), 0);
    return result;
}

/* Every built-in type, as a table b for queries whose result begins with b.*. */
#define BUILTIN_TYPES                                                                              \
    "(SELECT t.oid, nspname, typname FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace"   \
    " WHERE t.oid < 16384) b "

/* The type in our catalog: by name where servers number it as they like. */
static oid our_type(const PGresult *result, int row)
{
    oid id = (oid)strtoul(PQgetvalue(result, row, 0), NULL, 10);
    const struct type *type;

    if (id < FIRST_UNPINNED_OID)
        return id;
    type = catalog_find_type(catalog, PQgetvalue(result, row, 1), PQgetvalue(result, row, 2));
    ck_assert_msg(type != NULL, "there is no type %s.%s", PQgetvalue(result, row, 1),
                  PQgetvalue(result, row, 2));
    return type->oid;
}

START_TEST(names_of_types_are_those_of_the_server)
{
    PGresult *result = ask("SELECT b.*, format_type(oid, NULL) FROM " BUILTIN_TYPES
                           "UNION ALL VALUES (0, '', '', '-'), (9, '', '', format_type(9, NULL))");

    for (int row = 0; row < PQntuples(result); row++)
        ck_assert_str_eq(catalog_format_type(catalog, &arena, our_type(result, row)),
                         PQgetvalue(result, row, 3));
    PQclear(result);
}
END_TEST

/* The server refuses modifiers of intervals that no SQL can write. */
START_TEST(modifiers_are_written_as_the_server_does)
{
    PGresult *result = ask(
        "SELECT b.*, m, format_type(oid, m) FROM " BUILTIN_TYPES ","
        " unnest(ARRAY[-1, 0, 1, 3, 4, 5, 14, 65540, 655366, 131071, 196613, 1048580, 134217731])"
        " m WHERE oid NOT IN (1186, 1187) UNION ALL "
        "SELECT t, '', '', ((1 << 1) * a + (1 << 2) * b + (1 << 3) * c + (1 << 10) * d +"
        "     (1 << 11) * e + (1 << 12) * f) << 16 | p,"
        " format_type(t, ((1 << 1) * a + (1 << 2) * b + (1 << 3) * c + (1 << 10) * d +"
        "     (1 << 11) * e + (1 << 12) * f) << 16 | p)"
        " FROM unnest(ARRAY[1186, 1187]) t, unnest(ARRAY[0, 3, 65535]) p,"
        " (VALUES (1,0,0,0,0,0), (0,1,0,0,0,0), (1,1,0,0,0,0), (0,0,1,0,0,0), (0,0,0,1,0,0),"
        "  (0,0,0,0,1,0), (0,0,0,0,0,1), (0,0,1,1,0,0), (0,0,1,1,1,0), (0,0,1,1,1,1),"
        "  (0,0,0,1,1,0), (0,0,0,1,1,1), (0,0,0,0,1,1)) v(a, b, c, d, e, f)"
        " UNION ALL SELECT 1186, '', '', 2147418115, format_type(1186, 2147418115)"
        " UNION ALL SELECT 1186, '', '', 2147483647, format_type(1186, 2147483647)");

    for (int row = 0; row < PQntuples(result); row++)
        ck_assert_str_eq(catalog_format_type_mod(catalog, &arena, our_type(result, row),
                                                 (int32_t)atoi(PQgetvalue(result, row, 3))),
                         PQgetvalue(result, row, 4));
    PQclear(result);
}
END_TEST

static bool server_accepts(const char *type, const char *clause)
{
    const char *query =
        arena_printf(&arena, "SELECT FROM (SELECT NULL::%s AS x) s %s BY x", type, clause);
    PGresult *result = PQprepare(server->conn, "", query, 0, NULL);
    bool accepted = PQresultStatus(result) == PGRES_COMMAND_OK;

    PQclear(result);
    return accepted;
}

START_TEST(types_sort_and_group_when_they_do_on_the_server)
{
    PGresult *result =
        ask("SELECT b.*, format_type(oid, NULL) FROM " BUILTIN_TYPES
            "WHERE oid = 2249 OR oid NOT IN (SELECT oid FROM pg_type WHERE typtype = 'p')");

    for (int row = 0; row < PQntuples(result); row++) {
        oid id = our_type(result, row);
        const char *type = PQgetvalue(result, row, 3);
        struct operator_class operators = catalog_default_operators(catalog, id);
        ck_assert_msg(server_accepts(type, "ORDER") == (operators.less != 0), "sort %s", type);
        ck_assert_msg(server_accepts(type, "GROUP") == (operators.equal != 0), "group %s", type);
    }
    PQclear(result);
}
END_TEST

int main(void)
{
    struct arena memory = {0};
    Suite *suite = suite_create("catalog and server");
    TCase *tcase = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int n_failed;

    server = server_open_for_verdict(&memory, "format_type");
    if (!server)
        return 77;
    catalog = catalog_create(&arena, release_default());
    srunner_set_fork_status(runner, CK_NOFORK); /* the connection is shared */
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, names_of_types_are_those_of_the_server);
    tcase_add_test(tcase, modifiers_are_written_as_the_server_does);
    tcase_add_test(tcase, types_sort_and_group_when_they_do_on_the_server);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    server_close(server);
    arena_finish(&arena);
    arena_finish(&memory);
    return n_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
