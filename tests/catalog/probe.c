/* A function's arguments are filled with combinations of the values of their types: all of them
 * when there are few, else a sample that is the same in each run. A polymorphic function is called
 * once per family of actual types. The calls go to the server in one statement, which survives
 * those that fail.
 */
#include "catalog/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/buf.h"
#include "support/str.h"

enum {
    MAX_CALLS = 600,
    MAX_ARGS = 12,
    MAX_VALUES = 32,
};

struct values {
    const char *type;
    const char *texts[MAX_VALUES]; /* up to NULL */
};

static const struct values all_values[] = {
#define VALUES(type, ...) {#type, {__VA_ARGS__}},
#include "catalog/values.def"
};

/* What the polymorphic types stand for in one round of calls. */
struct family {
    const char *element, *array, *range, *multirange;
};

static const struct family families[] = {
    {"int4", "_int4", "int4range", "int4multirange"},
    {"timestamptz", "_timestamptz", "tstzrange", "tstzmultirange"},
    {"text", "_text", NULL, NULL},
    {"mood", "_mood", NULL, NULL},
};

struct callee {
    const char *name; /* qualified and quoted */
    char kind;
    bool is_variadic, is_variadic_any, is_hypothetical;
    size_t n_args;
    const char *types[MAX_ARGS];
    bool is_polymorphic;
};

static const char *const setup[] = {
    "SET client_min_messages TO error",
    "SET statement_timeout TO '60s'",
    "SET TimeZone TO 'Europe/Brussels'",
    "DO $$ BEGIN CREATE TYPE pg_temp.mood AS ENUM ('sad', 'happy'); END $$",
    "CREATE TEMP SEQUENCE probe_sequence",
    "DO $$ BEGIN PERFORM nextval('probe_sequence'); END $$",
    "CREATE FUNCTION pg_temp.probe(calls text, OUT n_values int, OUT n_nulls int,"
    " OUT n_errors int, OUT null_call text, OUT error_text text) LANGUAGE plpgsql AS $$"
    " DECLARE call text; is_null boolean; BEGIN"
    " n_values := 0; n_nulls := 0; n_errors := 0;"
    " FOREACH call IN ARRAY string_to_array(calls, E'\\x01') LOOP"
    "  BEGIN"
    "   EXECUTE call INTO is_null;"
    "   IF is_null THEN n_nulls := n_nulls + 1; null_call := call;"
    "   ELSE n_values := n_values + 1; END IF;"
    "  EXCEPTION WHEN OTHERS THEN n_errors := n_errors + 1; error_text := SQLERRM;"
    "  END;"
    " END LOOP; END $$",
};

static const char function_query[] =
    "SELECT quote_ident(nspname) || '.' || quote_ident(proname), prokind,"
    " EXISTS (SELECT FROM pg_aggregate WHERE aggfnoid = pg_proc.oid AND aggkind = 'h'),"
    " provariadic <> 0, provariadic = 2276,"
    " array_to_string(ARRAY(SELECT typname FROM unnest(proargtypes::oid[]) WITH ORDINALITY u(t, n)"
    "                       JOIN pg_type ON pg_type.oid = t ORDER BY n), ' ')"
    " FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE pg_proc.oid = $1";

bool probe_prepare(PGconn *conn)
{
    for (size_t i = 0; i < sizeof setup / sizeof *setup; i++) {
        PGresult *result = PQexec(conn, setup[i]);
        bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;
        PQclear(result);
        if (!ok) {
            fprintf(stderr, "%s", PQerrorMessage(conn));
            return false;
        }
    }
    return true;
}

static bool is_set(PGresult *result, int column)
{
    return *PQgetvalue(result, 0, column) == 't';
}

static bool load_callee(PGconn *conn, struct arena *arena, uint32_t id, struct callee *callee)
{
    const char *text = arena_printf(arena, "%lu", (unsigned long)id);
    PGresult *result = PQexecParams(conn, function_query, 1, NULL, &text, NULL, NULL, 0);
    bool found = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;

    if (found) {
        char *types = arena_strdup(arena, PQgetvalue(result, 0, 5)), *rest = NULL;
        *callee = (struct callee){
            .name = arena_strdup(arena, PQgetvalue(result, 0, 0)),
            .kind = *PQgetvalue(result, 0, 1),
            .is_variadic = is_set(result, 3),
            .is_variadic_any = is_set(result, 4),
            .is_hypothetical = is_set(result, 2),
        };
        for (char *type = strtok_r(types, " ", &rest); type; type = strtok_r(NULL, " ", &rest)) {
            if (callee->n_args == MAX_ARGS)
                found = false;
            else
                callee->types[callee->n_args++] = type;
        }
    }
    PQclear(result);
    return found;
}

/* The actual type for a declared one: the same unless that is polymorphic; NULL when the family has
 * no such type. */
static const char *actual_type(struct callee *callee, const struct family *family,
                               const char *declared)
{
    if (strcmp(declared, "any") == 0 || strcmp(declared, "anyenum") == 0) {
        callee->is_polymorphic = true;
        if (strcmp(declared, "anyenum") == 0 && strcmp(family->element, "mood") != 0)
            return NULL;
        return family->element;
    }
    if (strncmp(declared, "any", 3) != 0)
        return declared;
    callee->is_polymorphic = true;
    if (strstr(declared, "nonarray") || strstr(declared, "element") ||
        strcmp(declared, "anycompatible") == 0)
        return family->element;
    if (strstr(declared, "multirange"))
        return family->multirange;
    return strstr(declared, "range") ? family->range : family->array;
}

static const struct values *find_values(const char *type)
{
    for (size_t i = 0; type && i < sizeof all_values / sizeof *all_values; i++)
        if (strcmp(all_values[i].type, type) == 0)
            return &all_values[i];
    return NULL;
}

static size_t count_values(const struct values *values)
{
    size_t n = 0;

    while (n < MAX_VALUES && values->texts[n])
        n++;
    return n;
}

static void add_value(PGconn *conn, struct buf *out, const struct values *values, size_t i)
{
    const char *text = values->texts[i];
    char *literal;

    if (*text == '=') {
        buf_adds(out, text + 1);
        return;
    }
    literal = PQescapeLiteral(conn, text, strlen(text));
    /* Not char(1), bit(1): a quoted name has no default length. */
    buf_addf(out, "%s::\"%s\"", literal, values->type);
    PQfreemem(literal);
}

static void add_arguments(PGconn *conn, struct buf *out, const struct callee *callee,
                          const struct values *const *args, const size_t *choice)
{
    for (size_t i = 0; i < callee->n_args; i++) {
        bool is_last = i + 1 == callee->n_args;
        buf_adds(out, i ? ", " : "");
        if (callee->is_variadic && !callee->is_variadic_any && is_last)
            buf_adds(out, "VARIADIC ");
        add_value(conn, out, args[i], choice[i]);
        if (callee->is_variadic_any && is_last && callee->kind == 'f') {
            buf_adds(out, ", "); /* an even number, which json_build_object() wants */
            add_value(conn, out, args[i], choice[i]);
        }
    }
}

/* One call as a query of one boolean: whether it returned a NULL in any of its rows. */
static void add_call(PGconn *conn, struct buf *out, const struct callee *callee,
                     const struct values *const *args, const size_t *choice)
{
    bool is_star = callee->kind == 'a' && callee->n_args == 0;

    if (out->len > 0)
        buf_addc(out, '\x01');
    buf_addf(out, "SELECT coalesce(bool_or(NOT (r IS NOT NULL)), false) FROM (SELECT %s(%s",
             callee->name, is_star ? "*" : "");
    add_arguments(conn, out, callee, args, choice);
    buf_adds(out, ")");
    if (callee->kind == 'w')
        buf_adds(out, " OVER (ORDER BY n)");
    if (callee->is_hypothetical)
        buf_adds(out, " WITHIN GROUP (ORDER BY n)");
    buf_adds(out, " AS r");
    if (callee->kind == 'w')
        buf_adds(out, " FROM generate_series(1, 3) n");
    if (callee->kind == 'a')
        buf_adds(out, " FROM generate_series(1, 0) n");
    buf_adds(out, " LIMIT 100) s");
}

/* The n-th combination: by counting, or drawn by a fixed generator. */
static void choose(size_t *choice, const struct values *const *args, size_t n_args, size_t n,
                   bool all, uint32_t *seed)
{
    for (size_t i = 0; i < n_args; i++) {
        size_t n_values = count_values(args[i]);
        if (all) {
            choice[i] = n % n_values;
            n /= n_values;
        } else {
            *seed = *seed * 1664525u + 1013904223u;
            choice[i] = (*seed >> 16) % n_values;
        }
    }
}

static bool run_calls(PGconn *conn, struct arena *arena, const char *calls,
                      struct probe_result *result)
{
    PGresult *answer =
        PQexecParams(conn, "SELECT * FROM pg_temp.probe($1)", 1, NULL, &calls, NULL, NULL, 0);
    bool ok = PQresultStatus(answer) == PGRES_TUPLES_OK;

    if (ok) {
        result->n_values += atoi(PQgetvalue(answer, 0, 0));
        result->n_nulls += atoi(PQgetvalue(answer, 0, 1));
        result->n_errors += atoi(PQgetvalue(answer, 0, 2));
        if (!PQgetisnull(answer, 0, 3))
            result->null_call = arena_strdup(arena, PQgetvalue(answer, 0, 3));
        if (!PQgetisnull(answer, 0, 4))
            result->error_text = arena_strdup(arena, PQgetvalue(answer, 0, 4));
    } else {
        result->error_text = arena_strdup(arena, PQerrorMessage(conn));
    }
    PQclear(answer);
    return ok;
}

static bool probe_family(PGconn *conn, struct arena *arena, struct callee *callee,
                         const struct family *family, struct probe_result *result)
{
    const struct values *args[MAX_ARGS];
    size_t choice[MAX_ARGS], n_calls = 1;
    struct buf calls = buf_in(arena);
    uint32_t seed = 1;
    bool all;

    for (size_t i = 0; i < callee->n_args; i++) {
        args[i] = find_values(actual_type(callee, family, callee->types[i]));
        if (!args[i])
            return false;
        if (n_calls <= MAX_CALLS)
            n_calls *= count_values(args[i]);
    }
    all = n_calls <= MAX_CALLS;
    for (size_t n = 0; n < (all ? n_calls : MAX_CALLS); n++) {
        choose(choice, args, callee->n_args, n, all, &seed);
        add_call(conn, &calls, callee, args, choice);
    }
    return run_calls(conn, arena, buf_text(&calls), result);
}

bool probe_function(PGconn *conn, struct arena *arena, uint32_t function_oid,
                    struct probe_result *result)
{
    struct callee callee;
    bool tried = false;

    *result = (struct probe_result){0};
    if (!load_callee(conn, arena, function_oid, &callee))
        return false;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        tried |= probe_family(conn, arena, &callee, &families[i], result);
        if (!callee.is_polymorphic)
            break;
    }
    return tried;
}
