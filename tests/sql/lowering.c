/* From the SQL of the file to the SQL that is sent. */
#include "given.h"

static const struct {
    const char *sql, *lowered, *params; /* params: "number name flags|" */
} cases[] = {
    {"SELECT 1;", "SELECT 1", ""},
    {"SELECT $2, $1, $2", "SELECT $2, $1, $2", "1 -|2 -|"},
    {"SELECT @a, @b, @a", "SELECT $1, $2, $1", "1 a|2 b|"},
    {"SELECT @b, $1, @a, $3", "SELECT $2, $1, $4, $3", "1 -|2 b|3 -|4 a|"},
    {"SELECT @UserId, @userid, @\"UserId\"", "SELECT $1, $1, $2", "1 userid|2 UserId|"},
    {"SELECT sqlc.arg(a), sqlc.arg('a'), tenon.arg(\"a\"), SQLC.narg(b)", "SELECT $1, $1, $1, $2",
     "1 a|2 b null|"},
    {"SELECT sqlc.arg(a), sqlc.narg(a)", "SELECT $1, $1", "1 a null|"},
    {"SELECT sqlc . arg ( /* x */ a )::int", "SELECT $1::int", "1 a|"},
    /* an @ that is no parameter */
    {"SELECT '@a', \"@b\", $$@c$$, @ -5, @(d) /* @e */ -- @f",
     "SELECT '@a', \"@b\", $$@c$$, @ -5, @(d)", ""},
    /* operators that end in @ */
    {"SELECT a=@b", "SELECT a=$1", "1 b|"},
    {"SELECT a<=@b, a||@c, a@>@d, a=-@e", "SELECT a<=$1, a||$2, a@>$3, a=-$4", "1 b|2 c|3 d|4 e|"},
    {"SELECT a<@b, a@@c", "SELECT a<@b, a@@c", ""},
    {"SELECT a!=@b, a !=@b, a<>@b", "SELECT a!=$1, a !=$1, a<>$1", "1 b|"},
    {"SELECT f(x:=@a), b[@c:@d]", "SELECT f(x:=$1), b[$2:$3]", "1 a|2 c|3 d|"},
    {"SELECT f(x=>@b)", "SELECT f(x=>$1)", "1 b|"},
    {"SELECT a <@ @b", "SELECT a <@ $1", "1 b|"},
    /* slices */
    {"SELECT a IN (sqlc.slice(x))", "SELECT a = ANY ($1)", "1 x slice|"},
    {"SELECT a NOT IN (sqlc.slice('x'))", "SELECT a <> ALL ($1)", "1 x slice|"},
    {"SELECT a = ANY(sqlc.slice(x))", "SELECT a = ANY($1)", "1 x slice|"},
    {"SELECT unnest(sqlc.slice(x)::int[])", "SELECT unnest($1::int[])", "1 x slice|"},
    /* embed */
    {"SELECT sqlc.embed(t), sqlc.embed(\"T\") FROM t, \"T\"", "SELECT t.*, \"T\".* FROM t, \"T\"",
     ""},
    /* comments leave no trace */
    {"SELECT a, -- why\n  b", "SELECT a,\n  b", ""},
    {"SELECT a,\n  -- why\n  b", "SELECT a,\n  b", ""},
    {"SELECT a /* b */ + c", "SELECT a + c", ""},
    {"SELECT a\n /* b */ + c", "SELECT a\n + c", ""},
    {"SELECT/**/a/* b */+c", "SELECT a +c", ""},
    {"SELECT a\n-- x\n-- y\n;", "SELECT a", ""},
    {"/*+ SeqScan(t) */ SELECT /*+ kept */ a", "/*+ SeqScan(t) */ SELECT /*+ kept */ a", ""},
    {"SELECT 'a' -- c\n 'b'", "SELECT 'a'\n 'b'", ""},
    {"SELECT a,\r\n  b\r\n;\r\n", "SELECT a,\n  b", ""},
};

static const char *params_of(const struct annotated_query *query)
{
    struct buf out = buf_in(&given_arena);

    for (size_t i = 0; i < query->params.n; i++) {
        const struct named_param *param = &query->params.items[i];
        buf_addf(&out, "%d %s%s%s|", param->number, param->name ? param->name : "-",
                 param->nullable ? " null" : "", param->slice ? " slice" : "");
    }
    return buf_text(&out);
}

START_TEST(lowers)
{
    const struct annotated_query *query = given_query(cases[_i].sql);

    ck_assert_str_eq(query->sql.text, cases[_i].lowered);
    ck_assert_uint_eq(query->sql.len, strlen(cases[_i].lowered));
    ck_assert_str_eq(params_of(query), cases[_i].params);
}
END_TEST

static const struct {
    const char *sql, *diag;
} mistakes[] = {
    {"SELECT sqlc.argh(x)", "PL110 2:8 sqlc.argh"},
    {"SELECT sqlc.arg()", "PL111 2:8 sqlc.arg()"},
    {"SELECT sqlc.arg(a, b)", "PL111 2:8 sqlc.arg(a, b)"},
    {"SELECT sqlc.arg($1)", "PL112 2:17 $1"},
    {"SELECT sqlc.arg(sqlc.arg(x))", "PL112 2:17 sqlc.arg(x)"},
    {"SELECT sqlc.arg(a.b)", "PL112 2:17 a.b"},
    {"SELECT 'é', sqlc.arg('a b')", "PL113 2:13 sqlc.arg('a b')"},
    {"SELECT @é", "PL113 2:8 @é"},
    {"SELECT @a, b IN (sqlc.slice(a))", "PL114 2:18 sqlc.slice(a)"},
    {"SELECT a IN (1, sqlc.slice(b))", "PL115 2:17 sqlc.slice(b)"},
    {"SELECT a IN (sqlc.slice(b), 1)", "PL115 2:14 sqlc.slice(b)"},
    {"SELECT $99999", "42P02 2:8 $99999"},
    {"SELECT sqlc.arg(a", "PL111 2:8 sqlc.arg("},
};

START_TEST(points_at_the_mistake)
{
    given_queries(arena_printf(&given_arena, "-- name: Q :many\n%s", mistakes[_i].sql));
    ck_assert_str_eq(diag_at(0), mistakes[_i].diag);
}
END_TEST

START_TEST(embeds_know_where_they_are)
{
    const struct annotated_query *query =
        given_query("SELECT @a, sqlc.embed(x), sqlc.embed(s.Y) FROM x, s.y");

    ck_assert_uint_eq(query->embeds.n, 2);
    ck_assert_str_eq(query->embeds.items[0].table, "x");
    ck_assert_int_eq(query->embeds.items[0].location, 11);
    ck_assert_str_eq(query->embeds.items[1].table, "y");
    ck_assert_int_eq(query->embeds.items[1].location, 16);
    ck_assert_str_eq(query->sql.text, "SELECT $1, x.*, s.Y.* FROM x, s.y");
}
END_TEST

START_TEST(an_edited_comment_changes_nothing)
{
    const char *with =
        given_query("-- doc\nSELECT a, -- one\n -- two\n b /* three */ FROM t -- end\n;")->sql.text;
    const char *without = given_query("SELECT a,\n b FROM t")->sql.text;

    ck_assert_str_eq(with, without);
}
END_TEST

Suite *lowering_suite(void)
{
    Suite *suite = suite_create("lowering");
    TCase *tests = tcase_create("lowering");

    tcase_add_checked_fixture(tests, given_setup, given_teardown);
    tcase_add_loop_test(tests, lowers, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_loop_test(tests, points_at_the_mistake, 0, (int)(sizeof mistakes / sizeof *mistakes));
    tcase_add_test(tests, embeds_know_where_they_are);
    tcase_add_test(tests, an_edited_comment_changes_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
