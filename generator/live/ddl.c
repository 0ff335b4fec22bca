/* Runs the sections of the scripts in live/ddl, each a query that begins with what they have in
 * common; what objects of all kinds have is asked around it: owner, privileges, comment, labels.
 *
 * An object has several rows where a part of it has to wait for others: a sequence and its owner. A
 * row is known by the catalog, the OID and the number of the part; the parts wait for each other in
 * the order of their ranks.
 */
#include "live/ddl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "live/connection.h"
#include "support/buf.h"

static const char begin[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
                            "SET LOCAL search_path = '';"
                            "SET LOCAL statement_timeout = '10min';"
                            "SET LOCAL quote_all_identifiers = off;"
                            "SET LOCAL standard_conforming_strings = on;"
                            "SET LOCAL extra_float_digits = 1;"
                            "SET LOCAL bytea_output = hex;"
                            "SET LOCAL \"DateStyle\" = 'ISO, MDY';"
                            "SET LOCAL \"IntervalStyle\" = postgres;"
                            "SET LOCAL \"TimeZone\" = 'UTC'";

/* In a section's place: %s. What a role other than the asking one owns is said; so are privileges
 * that are not the first ones, whole, the owner's in front. */
static const char around[] =
    "%s, object(class, id, part, rank, words, granted, owner, acl, sql) AS (%s)"
    "SELECT class::text, id, part, rank, coalesce(words, ''), coalesce(concat_ws(E';\\n',"
    " sql,"
    " CASE WHEN owner <> (SELECT oid FROM me)"
    "  THEN format('ALTER %%s OWNER TO %%I', words, pg_get_userbyid(owner)) END,"
    " CASE WHEN acl IS NOT NULL THEN format(E'REVOKE ALL ON %%1$s FROM PUBLIC;\\n"
    "REVOKE ALL ON %%1$s FROM %%2$s', granted, CASE WHEN o.class = 'pg_namespace'::regclass"
    "  AND owner IS NULL THEN (SELECT quote_ident(pg_get_userbyid(nspowner)) FROM pg_namespace"
    "  WHERE pg_namespace.oid = id) WHEN owner = (SELECT oid FROM me) THEN 'CURRENT_USER'"
    "  ELSE quote_ident(pg_get_userbyid(owner)) END) END,"
    " (SELECT string_agg(format('GRANT %%s ON %%s TO %%s%%s', privilege_type, granted,"
    "   CASE WHEN grantee = 0 THEN 'PUBLIC' WHEN grantee = owner AND owner = (SELECT oid FROM me)"
    "    THEN 'CURRENT_USER' ELSE quote_ident(pg_get_userbyid(grantee)) END,"
    "   CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END), E';\\n'"
    "   ORDER BY grantee <> owner, grantee <> 0, pg_get_userbyid(grantee) COLLATE \"C\","
    "   privilege_type COLLATE \"C\")"
    "  FROM aclexplode(acl) WHERE privilege_type <> 'MAINTAIN'),"
    " (SELECT format('COMMENT ON %%s IS %%L', words, description) FROM pg_description d"
    "  WHERE d.classoid = o.class AND d.objoid = o.id AND d.objsubid = CASE WHEN words LIKE "
    "'COLUMN %%'"
    "   THEN part ELSE 0 END AND words <> '' AND (sql IS NOT NULL OR o.class IN"
    "   ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_trigger'::regclass)"
    "   OR o.class = 'pg_namespace'::regclass AND description <> 'standard public schema')"
    "  AND NOT (o.class = 'pg_extension'::regclass AND EXISTS (SELECT FROM"
    "   pg_available_extensions() AS a WHERE words = 'EXTENSION ' || quote_ident(a.name)"
    "   AND a.comment = description))),"
    " (SELECT string_agg(format('SECURITY LABEL FOR %%I ON %%s IS %%L', provider, words, label),"
    "   E';\\n' ORDER BY provider COLLATE \"C\") FROM pg_seclabel l WHERE l.classoid = o.class"
    "  AND l.objoid = o.id AND l.objsubid = CASE WHEN words LIKE 'COLUMN %%' THEN part ELSE 0 END"
    "  AND words <> ''))"
    ", '')"
    " FROM object o WHERE NOT EXISTS (SELECT FROM member WHERE classid = class AND objid = id)"
    " ORDER BY rank, words COLLATE \"C\", sql COLLATE \"C\", part";

struct reading {
    struct server *server;
    struct ddl *ddl;
    struct error *error;
    const char *hides_secrets; /* "t" or "f" */
    str common;
    struct map by_key; /* "pg_class 16384 0" → struct keyed */
};

/* The rows of one key. */
struct keyed {
    VEC(size_t) numbers;
};

/* --- Sections --------------------------------------------------------------------------------- */

struct section {
    char kind[16], name[48];
    int since, until; /* 0: always */
    str body;
};

static const char *next_header(const char *text)
{
    static const char *const kinds[] = {"\n-- section ", "\n-- note ", "\n-- refuse ",
                                        "\n-- dependencies "};
    const char *first = NULL;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *found = strstr(text, kinds[i]);
        if (found && (!first || found < first))
            first = found;
    }
    return first;
}

static int number_behind(const char *line, size_t len, const char *word)
{
    const char *found = strstr(line, word);

    return found && found < line + len ? atoi(found + strlen(word)) : 0;
}

static const char *read_section(const char *header, struct section *section)
{
    const char *line = header + 1, *end = strchr(line, '\n'), *next = next_header(end);

    *section = (struct section){.since = number_behind(line, (size_t)(end - line), " since "),
                                .until = number_behind(line, (size_t)(end - line), " until ")};
    sscanf(line, "-- %15s %47s", section->kind, section->name);
    section->body = (str){end, next ? (size_t)(next - end) : strlen(end)};
    return next;
}

static PGresult *ask(struct reading *reading, const char *sql)
{
    return connection_query_params(reading->server, sql, 1, &reading->hides_secrets,
                                   reading->error);
}

/* --- Objects ---------------------------------------------------------------------------------- */

static struct keyed *keyed_of(struct reading *reading, const char *key)
{
    struct keyed *keyed = map_find(&reading->by_key, key);

    if (!keyed) {
        keyed = arena_new(reading->server->arena, struct keyed);
        map_put(&reading->by_key, key, keyed);
    }
    return keyed;
}

static void add_object(struct reading *reading, const PGresult *result, int row)
{
    struct arena *arena = reading->server->arena;
    const char *key = arena_printf(arena, "%s %s %s", PQgetvalue(result, row, 0),
                                   PQgetvalue(result, row, 1), PQgetvalue(result, row, 2));
    const char *sql = PQgetvalue(result, row, 5);
    const struct ddl_object object = {.rank = atoi(PQgetvalue(result, row, 3)),
                                      .words = arena_strdup(arena, PQgetvalue(result, row, 4)),
                                      .sql = *sql ? arena_printf(arena, "%s;\n", sql) : ""};

    vec_push(arena, &keyed_of(reading, key)->numbers, reading->ddl->objects.n);
    vec_push(arena, &reading->ddl->objects, object);
}

static bool read_objects(struct reading *reading, str body)
{
    PGresult *result =
        ask(reading, arena_printf(reading->server->arena, around,
                                  arena_strndup(reading->server->arena, reading->common.data,
                                                reading->common.len),
                                  arena_strndup(reading->server->arena, body.data, body.len)));
    int n = PQntuples(result);

    for (int i = 0; i < n; i++)
        add_object(reading, result, i);
    PQclear(result);
    return result != NULL;
}

static PGresult *ask_plainly(struct reading *reading, str body)
{
    return ask(reading, arena_printf(reading->server->arena, "%.*s%.*s", (int)reading->common.len,
                                     reading->common.data, (int)body.len, body.data));
}

static bool read_lines(struct reading *reading, str body, bool is_refusal)
{
    struct arena *arena = reading->server->arena;
    PGresult *result = ask_plainly(reading, body);
    int n = PQntuples(result);

    for (int i = 0; i < n; i++) {
        const char *line = arena_strdup(arena, PQgetvalue(result, i, 0));
        if (is_refusal)
            vec_push(arena, &reading->ddl->refusals, line);
        else
            vec_push(arena, &reading->ddl->notes, line);
    }
    PQclear(result);
    return result != NULL;
}

/* --- What needs what -------------------------------------------------------------------------- */

static void add_edges(struct reading *reading, const struct keyed *first, const struct keyed *then)
{
    ddl_object_list *objects = &reading->ddl->objects;

    for (size_t i = 0; first && then && i < first->numbers.n; i++)
        for (size_t k = 0; k < then->numbers.n; k++) {
            vec_push(reading->server->arena, &objects->items[first->numbers.items[i]].then,
                     then->numbers.items[k]);
            objects->items[then->numbers.items[k]].n_before++;
        }
}

static const struct keyed *find(struct reading *reading, const char *class, const char *id,
                                const char *part)
{
    return map_find(&reading->by_key,
                    arena_printf(reading->server->arena, "%s %s %s", class, id, part));
}

/* Where the part is not written by itself, the object. */
static const struct keyed *find_or_whole(struct reading *reading, const char *class, const char *id,
                                         const char *part)
{
    const struct keyed *keyed = find(reading, class, id, part);

    return keyed ? keyed : find(reading, class, id, "0");
}

static bool read_dependencies(struct reading *reading, str body)
{
    PGresult *result = ask_plainly(reading, body);
    int n = PQntuples(result);

    for (int i = 0; i < n; i++) {
        const struct keyed *then = find_or_whole(
            reading, PQgetvalue(result, i, 0), PQgetvalue(result, i, 1), PQgetvalue(result, i, 2));
        const struct keyed *first = find_or_whole(
            reading, PQgetvalue(result, i, 3), PQgetvalue(result, i, 4), PQgetvalue(result, i, 5));
        if (first != then)
            add_edges(reading, first, then);
    }
    PQclear(result);
    return result != NULL;
}

/* The parts of an object and the object itself. */
static void add_edges_of_parts(struct reading *reading)
{
    const ddl_object_list *objects = &reading->ddl->objects;

    for (size_t i = 0; i < reading->by_key.n_entries; i++) {
        const char *key = reading->by_key.entries[i].key, *part = strrchr(key, ' ');
        const struct keyed *keyed = reading->by_key.entries[i].value;
        const struct keyed *whole =
            map_find(&reading->by_key,
                     arena_printf(reading->server->arena, "%.*s 0", (int)(part - key), key));
        if (!whole || whole == keyed)
            continue;
        if (objects->items[keyed->numbers.items[0]].rank <
            objects->items[whole->numbers.items[0]].rank)
            add_edges(reading, keyed, whole);
        else
            add_edges(reading, whole, keyed);
    }
}

/* --- All -------------------------------------------------------------------------------------- */

static bool run_section(struct reading *reading, const struct section *section)
{
    const int major = (int)server_major(reading->server);
    bool is_done;

    if (major < section->since || (section->until && major > section->until))
        return true;
    if (strcmp(section->kind, "section") == 0)
        is_done = read_objects(reading, section->body);
    else if (strcmp(section->kind, "dependencies") == 0)
        is_done = read_dependencies(reading, section->body);
    else
        is_done = read_lines(reading, section->body, strcmp(section->kind, "refuse") == 0);
    return is_done || error_set(reading->error, "reading %s: %s", section->name,
                                arena_strdup(reading->server->arena, reading->error->text));
}

static bool run_sections(struct reading *reading)
{
    const char *at = next_header(ddl_sql);
    struct section section;

    reading->common = (str){ddl_sql, (size_t)(at - ddl_sql)};
    while (at) {
        at = read_section(at, &section);
        if (!run_section(reading, &section))
            return false;
    }
    return true;
}

bool ddl_read(struct server *server, bool hides_secrets, struct ddl *ddl, struct error *error)
{
    struct reading reading = {server, ddl, error, hides_secrets ? "t" : "f",
                              .by_key = {.arena = server->arena}};
    struct error ignored;
    bool is_done;

    *ddl = (struct ddl){0};
    if (!connection_run(server, begin, error))
        return false;
    is_done = run_sections(&reading);
    connection_run(server, "ROLLBACK", &ignored);
    if (!is_done)
        return false;
    add_edges_of_parts(&reading);
    ddl_order(server->arena, &ddl->objects);
    return true;
}
