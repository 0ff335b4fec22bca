/* A random schema: types first, then functions and tables over them. Names come from a small pool,
 * so that NATURAL and USING find something.
 */
#include <string.h>

#include "random/gen.h"

static const char *const column_names[] = {"id", "a", "b",    "k",     "v",           "n",
                                           "x",  "w", "name", "state", "\"Strange\"", "created"};

static const oid element_types[] = {23, 23, 20, 25, 1700, 1082, 16, 2950};

enum { N_COLUMN_NAMES = sizeof column_names / sizeof *column_names };

struct made { /* names of types that stand before the tables */
    const char *names[16];
    size_t n;
};

static void made_type(struct gen *gen, struct made *made, const char *name)
{
    (void)gen;
    if (made->n < 16)
        made->names[made->n++] = name;
}

static bool has_type(const struct made *made, const char *name)
{
    for (size_t i = 0; i < made->n; i++)
        if (strcmp(made->names[i], name) == 0)
            return true;
    return false;
}

static const char *base_type(struct gen *gen)
{
    return type_name(gen, element_types[pick(gen, 8)]);
}

static const char *column_type(struct gen *gen, const struct made *made)
{
    static const char *const modified[] = {"varchar(10)",  "char(3)", "numeric(10,2)",
                                           "timestamp(3)", "bit(1)",  "varbit(3)",
                                           "interval(2)",  "time(1)"};
    const char *array = chance(gen, 8) ? "[]" : "";
    oid type;

    if (made->n && chance(gen, 22))
        return arena_printf(gen->arena, "%s%s", made->names[pick(gen, (uint32_t)made->n)], array);
    if (chance(gen, 10))
        return arena_printf(gen->arena, "%s%s", modified[pick(gen, 8)], array);
    if (chance(gen, 40))
        return arena_printf(gen->arena, "%s%s", base_type(gen), array);
    do
        type = pick_type(gen);
    while (type == OID_RECORD);
    return type_name(gen, type);
}

static void add_types(struct gen *gen, struct buf *out, struct made *made)
{
    buf_adds(out, "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');\n");
    made_type(gen, made, "mood");
    if (chance(gen, 70)) {
        buf_addf(out, "CREATE DOMAIN pos AS integer%s;\n",
                 chance(gen, 50) ? " CHECK (VALUE >= 0)" : " NOT NULL");
        made_type(gen, made, "pos");
    }
    if (chance(gen, 60)) {
        buf_addf(out, "CREATE DOMAIN code AS %s;\n", chance(gen, 50) ? "text" : "varchar(5)");
        made_type(gen, made, "code");
    }
    if (chance(gen, 80)) {
        buf_addf(out, "CREATE TYPE pair AS (l %s, r %s);\n", base_type(gen),
                 column_type(gen, made));
        made_type(gen, made, "pair");
    }
    if (chance(gen, 25)) {
        buf_adds(out, "CREATE TYPE span AS RANGE (subtype = time);\n");
        made_type(gen, made, "span");
    }
    if (chance(gen, 25)) {
        buf_addf(out, "CREATE DOMAIN list AS %s[];\n", base_type(gen));
        made_type(gen, made, "list");
    }
    if (chance(gen, 20) && made->n > 3) {
        buf_addf(out, "CREATE DOMAIN inner_code AS %s;\n", made->names[made->n - 1]);
        made_type(gen, made, "inner_code");
    }
}

static void add_functions(struct gen *gen, struct buf *out, const struct made *made)
{
    static const char *const functions[] = {
        "CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n * 2';\n",
        "CREATE FUNCTION twice(t text) RETURNS text LANGUAGE sql STRICT AS 'SELECT t || t';\n",
        "CREATE FUNCTION pick_one(a anyelement, b anyelement DEFAULT NULL) RETURNS anyelement"
        " LANGUAGE sql AS 'SELECT coalesce(a, b)';\n",
        "CREATE FUNCTION total(VARIADIC n integer[]) RETURNS bigint LANGUAGE sql AS"
        " 'SELECT sum(x) FROM unnest(n) AS x';\n",
        "CREATE FUNCTION scale(n numeric, by integer DEFAULT 2, plus numeric DEFAULT 0) RETURNS"
        " numeric LANGUAGE sql AS 'SELECT n * by + plus';\n",
        "CREATE FUNCTION rows_of(n integer, OUT id integer, OUT label text) RETURNS SETOF record"
        " LANGUAGE sql AS 'SELECT 1, ''a'' UNION ALL SELECT n, NULL';\n",
        "CREATE FUNCTION two(OUT a integer, OUT b text) LANGUAGE sql AS 'SELECT 1, NULL::text';\n",
        "CREATE FUNCTION listed(n integer) RETURNS TABLE (x integer, y date) LANGUAGE sql AS"
        " 'SELECT n, NULL::date';\n",
        "CREATE FUNCTION moods() RETURNS SETOF mood LANGUAGE sql AS 'SELECT ''ok''::mood';\n",
        "CREATE FUNCTION first_of(a anycompatible, b anycompatible) RETURNS anycompatible"
        " LANGUAGE sql AS 'SELECT a';\n",
        "CREATE AGGREGATE my_sum(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');\n",
        "CREATE AGGREGATE my_last(anyelement) (SFUNC = array_append, STYPE = anyarray);\n",
    };

    (void)made;
    for (size_t i = 0; i + 1 < sizeof functions / sizeof *functions; i++)
        if (chance(gen, 35))
            buf_adds(out, functions[i]);
}

static bool is_key_type(const char *type)
{
    static const char *const bad[] = {"json", "point", "xml", "box", "pair", "list", "inner_code"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        for (const char *at = type; *at; at++)
            if (str_starts_with(str_from(at), bad[i]))
                return *bad[i] == 'j' && at[4] == 'b';
    return true;
}

struct keys {
    const char *names[12];
    bool can_be_key[12];
    uint32_t n;
};

static void add_column(struct gen *gen, struct buf *out, const struct made *made, const char *name,
                       struct keys *keys)
{
    const char *type = column_type(gen, made);

    if (name == column_names[0] && chance(gen, 85))
        type = chance(gen, 70) ? "integer" : chance(gen, 50) ? "bigint" : "uuid";
    keys->names[keys->n] = name;
    keys->can_be_key[keys->n++] = is_key_type(type);
    if (name == column_names[0] && str_is(str_from(type), "integer") && chance(gen, 30)) {
        buf_addf(out, "%s %s", name,
                 chance(gen, 40)   ? "serial"
                 : chance(gen, 50) ? "integer GENERATED ALWAYS AS IDENTITY"
                                   : "integer GENERATED BY DEFAULT AS IDENTITY");
        return;
    }
    buf_addf(out, "%s %s%s", name, type, chance(gen, 45) ? " NOT NULL" : "");
    if (chance(gen, 12)) {
        buf_adds(out, " DEFAULT NULL");
    }
}

static void add_key(struct gen *gen, struct buf *out, const struct keys *keys, const char *word)
{
    const uint32_t first = pick(gen, keys->n), second = (first + 1) % keys->n;

    if (!keys->can_be_key[first])
        return;
    buf_addf(out, ",\n    %s (%s", word, keys->names[first]);
    if (chance(gen, 30) && second != first && keys->can_be_key[second])
        buf_addf(out, ", %s", keys->names[second]);
    buf_adds(out, ")");
}

static void add_table(struct gen *gen, struct buf *out, const struct made *made, uint32_t number)
{
    static const char *const names[] = {"orders", "items", "tags", "\"Log\"", "people", "spare"};
    const char *name = names[number];
    const uint32_t n = 1 + pick(gen, 7), first = pick(gen, N_COLUMN_NAMES);
    struct keys keys = {0};

    buf_addf(out, "CREATE TABLE %s (\n", name);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t at = i == 0 && chance(gen, 70) ? 0 : (first + i * 5) % N_COLUMN_NAMES;
        bool is_taken = false;

        for (uint32_t k = 0; k < keys.n; k++)
            is_taken |= keys.names[k] == column_names[at];
        if (is_taken)
            continue;
        buf_adds(out, keys.n ? ",\n    " : "    ");
        add_column(gen, out, made, column_names[at], &keys);
    }
    if (chance(gen, 60))
        add_key(gen, out, &keys, "PRIMARY KEY");
    if (chance(gen, 35))
        add_key(gen, out, &keys, chance(gen, 20) ? "UNIQUE NULLS NOT DISTINCT" : "UNIQUE");
    if (chance(gen, 10))
        buf_addf(out, ",\n    CHECK (%s IS NOT NULL)", keys.names[pick(gen, keys.n)]);
    buf_adds(out, "\n);\n");
    if (chance(gen, 12))
        buf_addf(out, "ALTER TABLE %s ADD COLUMN gen integer GENERATED ALWAYS AS (1 + 1) STORED;\n",
                 name);
    if (chance(gen, 12))
        buf_addf(out,
                 "ALTER TABLE %s ADD COLUMN gone integer; ALTER TABLE %s ADD COLUMN late "
                 "%s; ALTER TABLE %s DROP COLUMN gone;\n",
                 name, name, column_type(gen, made), name);
    if (chance(gen, 12))
        buf_addf(out, "CREATE TABLE %s (extra %s) INHERITS (%s);\n", "child",
                 column_type(gen, made), name);
    else
        return;
    buf_adds(out, "ALTER TABLE child RENAME TO child_of_");
    buf_addf(out, "%u;\n", number);
}

const char *gen_schema(struct gen *gen)
{
    struct buf out = buf_in(gen->arena);
    struct made made = {0};
    const uint32_t n = 2 + pick(gen, 4);
    static const char *const extras[] = {
        "CREATE TABLE parted (id integer NOT NULL, k text, v date, PRIMARY KEY (id)) PARTITION BY"
        " RANGE (id);\nCREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (2);\n"
        "CREATE TABLE parted_rest PARTITION OF parted DEFAULT;\n",
        "CREATE TABLE refers (id integer PRIMARY KEY, up integer REFERENCES refers, a text DEFAULT"
        " 'x', b integer GENERATED ALWAYS AS (up + 1) STORED, c integer GENERATED ALWAYS AS (id + "
        "1) STORED NOT NULL);\n",
        "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS id, 'a'::text AS k, NULL::date AS v;\n",
        "CREATE TABLE indexed (id integer, k text, v integer, a integer[]);\nCREATE UNIQUE INDEX "
        "ON indexed (id);\nCREATE UNIQUE INDEX ON indexed (k) WHERE v > 0;\nCREATE UNIQUE INDEX "
        "ON indexed (lower(k), v);\n",
        "CREATE TABLE of_type OF pair;\n",
        "CREATE TABLE wide (LIKE orders INCLUDING ALL, more text);\n",
        "CREATE TABLE checked (id integer NOT NULL, v integer CHECK (v > 0), k text);\n",
        "CREATE TABLE proved (id integer, v integer, k text, CHECK (v IS NOT NULL AND v <> 7),"
        " CHECK (NOT (k IS NULL)), CHECK (id > 0 OR id IS NOT NULL));\n",
        "CREATE FUNCTION blank() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.v := NULL; RETURN "
        "NEW; END';\nCREATE TABLE blanked (id integer NOT NULL, v integer, k text NOT NULL);\n"
        "CREATE TRIGGER blank BEFORE INSERT OR UPDATE ON blanked FOR EACH ROW EXECUTE FUNCTION "
        "blank();\n",
        "CREATE TABLE strict_base (id integer NOT NULL, k text NOT NULL);\nCREATE TABLE "
        "loose_derived (v integer) INHERITS (strict_base);\nALTER TABLE loose_derived ALTER k DROP "
        "NOT NULL;\n",
        "CREATE TABLE judged (v integer, k text, CHECK (v IS NOT NULL OR k IS NOT NULL));\n",
        "CREATE TABLE empty ();\n",
    };

    add_types(gen, &out, &made);
    add_functions(gen, &out, &made);
    for (uint32_t i = 0; i < n; i++)
        add_table(gen, &out, &made, i);
    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++)
        if (chance(gen, 20) && (!strstr(extras[i], "OF pair") || has_type(&made, "pair")))
            buf_adds(&out, extras[i]);
    return buf_text(&out);
}

const char *gen_view(struct gen *gen, const char *name)
{
    struct buf query = buf_in(gen->arena), out = buf_in(gen->arena);
    columns result = {0};

    gen->no_params = true;
    gen_query(gen, &query, NULL, NULL, 0, &result, 3);
    buf_addf(&out, "CREATE VIEW %s (", name);
    for (size_t i = 0; i < result.n; i++)
        buf_addf(&out, "%sv%zu", i ? ", " : "", i + 1);
    buf_addf(&out, ") AS %s", buf_text(&query));
    return buf_text(&out);
}

const char *gen_row(struct gen *gen, const struct relation *relation)
{
    const char *table = object_name(gen, relation->namespace_oid, relation->name);
    struct buf names = buf_in(gen->arena), values = buf_in(gen->arena);

    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *attribute = &relation->attributes.items[i];
        const char *value = NULL;

        if (attribute->is_dropped || attribute->generated || attribute->identity == 'a')
            continue;
        if (attribute->not_null || chance(gen, 65))
            value = value_text(gen, attribute->type);
        buf_addf(&names, "%s%s", names.len ? ", " : "",
                 catalog_quote_identifier(gen->arena, attribute->name));
        buf_adds(&values, values.len ? ", " : "");
        if (value)
            quote_text(&values, value);
        else
            buf_adds(&values, "NULL");
    }
    if (!names.len)
        return arena_printf(gen->arena, "INSERT INTO %s DEFAULT VALUES", table);
    return arena_printf(gen->arena, "INSERT INTO %s (%s) VALUES (%s)", table, buf_text(&names),
                        buf_text(&values));
}
