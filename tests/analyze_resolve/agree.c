/* Type conversion and resolution against a server: for many combinations of types, operators,
 * functions and casts, and for many literals, both must say the same.
 *
 *     resolve_agree [--all]      --all: every combination, else every few
 *
 * Exit status 1 with a list of differences, 77 without a server.
 */
#include <stdio.h>
#include <string.h>

#include "analyze_resolve/asking.h"
#include "analyze_resolve/literals.h"
#include "analyze_resolve/words.h"
#include "catalog/catalog.h"

enum { N_ARRAY_OPERATORS = 8, STRIDE = 23 };

/* --- What tenon does -------------------------------------------------------------------------- */

static struct qualified_name name_of(const struct question *question)
{
    return (struct qualified_name){NULL, question->name};
}

static struct expr *value(const struct question *question, size_t i)
{
    return session_value(question->session, question->types[i]);
}

static struct parse *parse_of(const struct question *question)
{
    return &question->session->given.parse;
}

static void do_binary(void *context)
{
    struct question *question = context;
    question->result = resolve_operator(parse_of(question), name_of(question), value(question, 0),
                                        value(question, 1), 0)
                           ->type;
}

static void do_prefix(void *context)
{
    struct question *question = context;
    question->result =
        resolve_operator(parse_of(question), name_of(question), NULL, value(question, 0), 0)->type;
}

static void do_any(void *context)
{
    struct question *question = context;
    question->result = resolve_array_operator(parse_of(question), name_of(question), true,
                                              value(question, 0), value(question, 1), 0)
                           ->type;
}

static void do_call(void *context)
{
    struct question *question = context;
    struct parse *parse = parse_of(question);
    struct expr *args[3];
    struct call_site site = {.name = name_of(question), .args = args, .n_args = question->n};
    for (size_t i = 0; i < question->n; i++)
        args[i] = value(question, i);
    struct resolved_call call = resolve_call(parse, &site);
    if (call.kind == CALL_NOT_FOUND)
        resolve_function_failed(parse, &site);
    question->result = call.result_type;
    if (call.kind == CALL_CAST)
        coerce_type(parse, args[0], args[0]->type, call.cast_target, -1, COERCE_EXPLICIT,
                    FORM_EXPLICIT, 0);
}

static const char *type_name(const struct question *question, oid type)
{
    return catalog_format_type(question->session->given.catalog, &question->session->given.arena,
                               type);
}

static void do_cast(void *context)
{
    struct question *question = context;
    struct expr *expr = value(question, 0);
    oid target = question->session->oids[question->types[1]];
    if (!coerce_to_target(parse_of(question), expr, expr->type, target, -1, COERCE_EXPLICIT,
                          FORM_EXPLICIT, 0))
        parse_error(parse_of(question), "42846", 0, "cannot cast type %s to %s",
                    type_name(question, expr->type), type_name(question, target));
    question->result = target;
}

static void do_assign(void *context)
{
    struct question *question = context;
    struct expr *expr = value(question, 0);
    oid target = question->session->oids[question->types[1]];
    if (!coerce_to_target(parse_of(question), expr, expr->type, target, -1, COERCE_ASSIGNMENT,
                          FORM_ASSIGNMENT, 0))
        parse_error(parse_of(question), "42804", 0,
                    "column \"c\" is of type %s but expression is of type %s",
                    type_name(question, target), type_name(question, expr->type));
}

static void do_coalesce(void *context)
{
    struct question *question = context;
    struct expr *exprs[2] = {value(question, 0), value(question, 1)};
    oid type = coerce_common_type(parse_of(question), exprs, 2, "COALESCE", NULL);
    for (size_t i = 0; i < 2; i++)
        coerce_to_common(parse_of(question), exprs[i], type, "COALESCE");
    question->result = type;
}

static void do_order(void *context)
{
    struct question *question = context;
    resolve_sort_operator(parse_of(question), value(question, 0)->type, true, true, 0);
    question->result = BOOLOID;
}

static void do_group(void *context)
{
    struct question *question = context;
    resolve_sort_operator(parse_of(question), value(question, 0)->type, false, true, 0);
    question->result = BOOLOID;
}

static void do_literal(void *context)
{
    struct question *question = context;
    struct expr *unknown = given_unknown(&question->session->given, question->name);
    oid target = question->session->oids[question->types[0]];
    question->result = coerce_type(parse_of(question), unknown, UNKNOWNOID, target, -1,
                                   COERCE_EXPLICIT, FORM_EXPLICIT, 0)
                           ->type;
}

/* --- What the server is asked ------------------------------------------------------------------
 */

static void ask_operator(struct session *s, const char *op, size_t left, size_t right)
{
    struct question question = {.name = op, .n = 2, .types = {left, right}};
    if (!session_chooses(s))
        return;
    question.sql = arena_printf(&s->arena, "SELECT %s %s %s", session_null(s, left), op,
                                session_null(s, right));
    session_ask(s, &question, do_binary);
}

static void ask_any(struct session *s, const char *op, size_t left, size_t right)
{
    struct question question = {.name = op, .n = 2, .types = {left, right}};
    if (!session_chooses(s))
        return;
    question.sql = arena_printf(&s->arena, "SELECT %s %s ANY (%s)", session_null(s, left), op,
                                session_null(s, right));
    session_ask(s, &question, do_any);
}

static void ask_operators(struct session *s)
{
    for (size_t i = 0; i < n_operators; i++)
        for (size_t left = 0; left < s->n_types; left++)
            for (size_t right = 0; right < s->n_types; right++) {
                ask_operator(s, operators[i], left, right);
                if (i < N_ARRAY_OPERATORS)
                    ask_any(s, operators[i], left, right);
            }
    for (size_t i = 0; i < n_prefix_operators; i++)
        for (size_t right = 0; right < s->n_types; right++) {
            struct question question = {.name = prefix_operators[i], .n = 1, .types = {right}};
            question.sql = arena_printf(&s->arena, "SELECT %s %s", prefix_operators[i],
                                        session_null(s, right));
            session_ask(s, &question, do_prefix);
        }
}

static void ask_call(struct session *s, const char *name, size_t n, const size_t *types)
{
    struct question question = {.name = name, .n = n};
    struct buf sql = buf_in(&s->arena);
    if (!session_chooses(s))
        return;
    buf_addf(&sql, "SELECT \"%s\"(", name);
    for (size_t i = 0; i < n; i++) {
        question.types[i] = types[i];
        buf_addf(&sql, "%s%s", i ? ", " : "", session_null(s, types[i]));
    }
    buf_addc(&sql, ')');
    question.sql = sql.data;
    session_ask(s, &question, do_call);
}

static void ask_functions(struct session *s)
{
    for (size_t i = 0; i < n_functions; i++) {
        size_t types[3] = {0, 0, 0};
        ask_call(s, functions[i], 0, types);
        for (types[0] = 0; types[0] < s->n_types; types[0]++) {
            ask_call(s, functions[i], 1, types);
            for (types[1] = 0; types[1] < s->n_types; types[1]++) {
                ask_call(s, functions[i], 2, types);
                types[2] = (types[0] * 7 + types[1] * 3) % s->n_types;
                ask_call(s, functions[i], 3, types);
                types[2] = 0;
                ask_call(s, functions[i], 3, types);
            }
        }
    }
}

/* A table with a column and a function with a parameter of the type. */
static const char *make_targets(struct session *s, size_t to)
{
    const char *sql = arena_printf(&s->arena,
                                   "CREATE TABLE t%zu (c %s); CREATE FUNCTION take%zu(%s) RETURNS "
                                   "integer LANGUAGE sql AS 'SELECT 1'",
                                   to, s->types[to], to, s->types[to]);
    const char *name = arena_printf(&s->given.arena, "take%zu", to);
    PQclear(PQexec(s->conn, sql));
    given_function(&s->given, name, 'f', 1, &s->oids[to], INT4OID);
    return name;
}

static void ask_cast(struct session *s, size_t from, size_t to, const char *take)
{
    const char *null = session_null(s, from);
    struct question question = {.n = 2, .types = {from, to}};
    question.sql = arena_printf(&s->arena, "SELECT CAST(%s AS %s)", null, s->types[to]);
    session_ask(s, &question, do_cast);
    question.sql = arena_printf(&s->arena, "SELECT COALESCE(%s, %s)", null, session_null(s, to));
    session_ask(s, &question, do_coalesce);
    question.sql = arena_printf(&s->arena, "INSERT INTO t%zu VALUES (%s)", to, null);
    session_ask(s, &question, do_assign);
    ask_call(s, take, 1, &from);
}

static void ask_casts(struct session *s)
{
    for (size_t to = 1; to < s->n_types; to++) {
        if (session_is_pseudo(s, to))
            continue;
        const char *take = make_targets(s, to);
        for (size_t from = 0; from < s->n_types; from++)
            ask_cast(s, from, to, take);
        session_flush(s); /* the server knows the target when it is asked */
    }
}

static void ask_sorting(struct session *s)
{
    for (size_t i = 1; i < s->n_types; i++) {
        struct question question = {.n = 1, .types = {i}};
        question.sql = arena_printf(&s->arena, "SELECT true ORDER BY NULL::%s", s->types[i]);
        session_ask(s, &question, do_order);
        question.sql = arena_printf(&s->arena, "SELECT true GROUP BY NULL::%s", s->types[i]);
        session_ask(s, &question, do_group);
    }
}

static size_t find_type(const struct session *s, const char *name)
{
    for (size_t i = 0; i < s->n_types; i++)
        if (strcmp(s->types[i], name) == 0)
            return i;
    fprintf(stderr, "literals.def: no type %s in the list\n", name);
    return 0;
}

static void ask_literals(struct session *s)
{
    for (size_t i = 0; i < n_literal_cases; i++) {
        const struct literal_case *each = &literal_cases[i];
        struct question question = {.name = each->text,
                                    .is_lenient = each->is_lenient,
                                    .types = {find_type(s, each->type)}};
        char *quoted = PQescapeLiteral(s->conn, each->text, strlen(each->text));
        question.sql = arena_printf(&s->arena, "SELECT CAST(%s AS %s)", quoted, each->type);
        PQfreemem(quoted);
        session_ask(s, &question, do_literal);
    }
}

int main(int argc, char **argv)
{
    struct session session = {.stride = STRIDE};
    PGconn *conn = server_open();
    if (!conn)
        return 77;
    if (argc > 1 && strcmp(argv[1], "--all") == 0)
        session.stride = 1;
    session_open(&session, conn, type_names, n_type_names);
    ask_literals(&session);
    ask_sorting(&session);
    ask_casts(&session);
    ask_operators(&session);
    ask_functions(&session);
    session_flush(&session);
    printf("%zu statements, %zu differ\n", session.n_asked, session.n_wrong);
    size_t n_wrong = session.n_wrong;
    session_close(&session);
    server_close(conn);
    return n_wrong ? 1 : 0;
}
