/* The definitions of a catalog, each with the questions that get the server's text of it. */
#include "deparse/compare.h"

#include <string.h>

#include "support/buf.h"

struct comparing {
    struct tally *tally;
    PGconn *conn;
    struct arena *arena;
    const struct catalog *catalog;
};

static const char *quoted(struct comparing *comparing, const char *text)
{
    char *literal = PQescapeLiteral(comparing->conn, text, strlen(text));
    const char *copy = arena_strdup(comparing->arena, literal);

    PQfreemem(literal);
    return copy;
}

/* schema.name in quotes, for SQL. */
static const char *qualified(struct comparing *comparing, oid namespace_oid, const char *name)
{
    struct arena *arena = comparing->arena;
    const struct namespace *namespace = catalog_get_namespace(comparing->catalog, namespace_oid);

    return arena_printf(arena, "%s.%s", catalog_quote_identifier(arena, namespace->name),
                        catalog_quote_identifier(arena, name));
}

static const char *table_of(struct comparing *comparing, const struct relation *relation)
{
    return qualified(comparing, relation->namespace_oid, relation->name);
}

static const char *regclass(struct comparing *comparing, const struct relation *relation)
{
    return arena_printf(comparing->arena, "%s::regclass",
                        quoted(comparing, table_of(comparing, relation)));
}

static void compare_one(struct comparing *comparing, const struct comparison *comparison)
{
    compare(comparing->tally, comparing->conn, comparing->arena, comparison);
}

/* --- Columns ---------------------------------------------------------------------------------- */

static const char *column_query(struct comparing *comparing, const struct relation *relation,
                                const char *condition)
{
    return arena_printf(comparing->arena,
                        "SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d, pg_attribute a "
                        "WHERE a.attrelid = d.adrelid AND a.attnum = d.adnum AND adrelid = %s "
                        "AND %s",
                        regclass(comparing, relation), condition);
}

static void compare_column(struct comparing *comparing, const struct relation *relation,
                           const struct attribute *column)
{
    struct arena *arena = comparing->arena;
    const char *table = table_of(comparing, relation);
    const char *name = catalog_quote_identifier(arena, column->name);
    struct comparison comparison = {
        .label = arena_printf(arena, "column %s.%s", table, name),
        .here = column->default_expr
                    ? deparse_over(arena, comparing->catalog, column->default_expr, relation, 0)
                    : (struct deparsed){.refused = "no tree is kept"},
    };

    comparison.ask =
        column_query(comparing, relation,
                     arena_printf(arena, "a.attname = %s", quoted(comparing, column->name)));
    comparison.before = arena_printf(arena, "ALTER TABLE %s ALTER %s SET DEFAULT ", table, name);
    comparison.ask_again = comparison.ask;
    if (column->generated) {
        comparison.before = arena_printf(
            arena, "ALTER TABLE %s ADD again %s GENERATED ALWAYS AS (", table,
            catalog_format_type_mod(comparing->catalog, arena, column->type, column->typmod));
        comparison.after = ") STORED";
        comparison.ask_again = column_query(comparing, relation, "a.attname = 'again'");
    }
    compare_one(comparing, &comparison);
}

/* --- Constraints and indexes ------------------------------------------------------------------ */

static void compare_check(struct comparing *comparing, const struct relation *relation,
                          const struct type *domain, const struct constraint *check)
{
    struct arena *arena = comparing->arena;
    const char *name = relation ? table_of(comparing, relation)
                                : qualified(comparing, domain->namespace_oid, domain->name);
    const char *owner = relation ? "conrelid" : "contypid",
               *cast = relation ? "regclass" : "regtype";
    const char *question = arena_printf(arena,
                                        "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
                                        "WHERE %s = %s::%s AND conname = ",
                                        owner, quoted(comparing, name), cast);
    struct comparison comparison = {
        .label = arena_printf(arena, "constraint %s of %s", check->name, name),
        .here = deparse_check(arena, comparing->catalog, check, relation, 0),
        .ask = arena_printf(arena, "%s%s", question, quoted(comparing, check->name)),
        .ask_again = arena_printf(arena, "%s'again'", question),
    };

    comparison.before = arena_printf(arena, "ALTER %s %s ADD CONSTRAINT again ",
                                     relation ? "TABLE" : "DOMAIN", name);
    compare_one(comparing, &comparison);
}

static void compare_element(struct comparing *comparing, const struct relation *relation,
                            const struct index *index, size_t column, const struct expr *expr)
{
    struct arena *arena = comparing->arena;
    const char *table = table_of(comparing, relation);
    struct comparison comparison = {
        .label = arena_printf(arena, "column %zu of index %s", column + 1, index->name),
        .here = deparse_element(arena, comparing->catalog, expr, relation, 0),
        .ask = arena_printf(
            arena, "SELECT pg_get_indexdef(%s::regclass, %zu, false)",
            quoted(comparing, qualified(comparing, relation->namespace_oid, index->name)),
            column + 1),
        .ask_again =
            arena_printf(arena, "SELECT pg_get_indexdef(%s::regclass, 1, false)",
                         quoted(comparing, qualified(comparing, relation->namespace_oid, "again"))),
    };

    comparison.before = arena_printf(arena, "CREATE INDEX again ON %s (", table);
    comparison.after = ")";
    compare_one(comparing, &comparison);
}

static void compare_predicate(struct comparing *comparing, const struct relation *relation,
                              const struct index *index)
{
    struct arena *arena = comparing->arena;
    struct comparison comparison = {
        .label = arena_printf(arena, "predicate of index %s", index->name),
        .here = deparse_over(arena, comparing->catalog, index->predicate, relation, 0),
    };

    comparison.ask =
        arena_printf(arena,
                     "SELECT pg_get_expr(indpred, indrelid) FROM pg_index "
                     "WHERE indexrelid = %s::regclass",
                     quoted(comparing, qualified(comparing, relation->namespace_oid, index->name)));
    comparison.ask_again =
        arena_printf(arena,
                     "SELECT pg_get_expr(indpred, indrelid) FROM pg_index "
                     "WHERE indexrelid = %s::regclass",
                     quoted(comparing, qualified(comparing, relation->namespace_oid, "again")));
    comparison.before =
        arena_printf(arena, "CREATE INDEX again ON %s ((1)) WHERE ", table_of(comparing, relation));
    compare_one(comparing, &comparison);
}

static void compare_index(struct comparing *comparing, const struct relation *relation,
                          const struct index *index)
{
    size_t n = 0;

    for (size_t i = 0; i < index->n_columns; i++)
        if (index->columns[i] == 0 && index->expressions[n++])
            compare_element(comparing, relation, index, i, index->expressions[n - 1]);
    if (index->predicate)
        compare_predicate(comparing, relation, index);
}

/* --- Partition keys and triggers -------------------------------------------------------------- */

static void compare_partition_key(struct comparing *comparing, const struct relation *relation)
{
    const struct partition_key *key = &relation->partition_key;
    struct arena *arena = comparing->arena;
    struct comparison comparison = {.label =
                                        arena_printf(arena, "partition key of %s", relation->name)};
    size_t n = 0;

    for (size_t i = 0; i < key->n_columns; i++)
        n += key->columns[i] == 0;
    if (n != 1 || !key->expressions[0])
        return;
    comparison.here = deparse_over(arena, comparing->catalog, key->expressions[0], relation, 0);
    comparison.ask = arena_printf(arena,
                                  "SELECT pg_get_expr(partexprs, partrelid) "
                                  "FROM pg_partitioned_table WHERE partrelid = %s",
                                  regclass(comparing, relation));
    comparison.before = arena_printf(arena, "CREATE TABLE again (LIKE %s) PARTITION BY RANGE ((",
                                     table_of(comparing, relation));
    comparison.after = "))";
    comparison.ask_again = "SELECT pg_get_expr(partexprs, partrelid) FROM pg_partitioned_table "
                           "WHERE partrelid = 'again'::regclass";
    compare_one(comparing, &comparison);
}

static void compare_trigger(struct comparing *comparing, const struct relation *relation,
                            const struct trigger *trigger)
{
    struct arena *arena = comparing->arena;
    const struct deparse_entry rows[] = {{"old", relation}, {"new", relation}};
    const struct deparse_scope scope = {rows, 2, true};
    const char *question = arena_printf(arena,
                                        "SELECT substring(pg_get_triggerdef(oid) "
                                        "from 'WHEN \\((.*)\\) EXECUTE FUNCTION') FROM pg_trigger "
                                        "WHERE tgrelid = %s AND tgname = ",
                                        regclass(comparing, relation));
    struct comparison comparison = {
        .label = arena_printf(arena, "trigger %s", trigger->name),
        .here = deparse_expression(arena, comparing->catalog, trigger->when, &scope, 0),
        .ask = arena_printf(arena, "%s%s", question, quoted(comparing, trigger->name)),
        .ask_again = arena_printf(arena, "%s'again'", question),
    };

    comparison.before =
        arena_printf(arena, "CREATE TRIGGER again BEFORE UPDATE ON %s FOR EACH ROW WHEN (",
                     table_of(comparing, relation));
    comparison.after = ") EXECUTE FUNCTION suppress_redundant_updates_trigger()";
    compare_one(comparing, &comparison);
}

/* --- Views and functions ---------------------------------------------------------------------- */

static void compare_view(struct comparing *comparing, const struct relation *view, unsigned flags)
{
    struct arena *arena = comparing->arena;
    const char *pretty = flags & DEPARSE_PRETTY ? ", true" : "";
    struct comparison comparison = {
        .label = arena_printf(arena, "view %s%s", view->name, *pretty ? " (pretty)" : ""),
        .here = deparse_view(arena, comparing->catalog, view, flags),
        .ask =
            arena_printf(arena, "SELECT pg_get_viewdef(%s%s)", regclass(comparing, view), pretty),
        .before = "CREATE VIEW again AS ",
        .ask_again = arena_printf(arena, "SELECT pg_get_viewdef('again'::regclass%s)", pretty),
    };

    compare_one(comparing, &comparison);
}

static void compare_body(struct comparing *comparing, const struct function *function)
{
    struct arena *arena = comparing->arena;
    struct buf types = buf_in(arena);
    const char *id;
    struct comparison comparison = {
        .label = arena_printf(arena, "function %s", function->name),
        .here = deparse_body(arena, comparing->catalog, function, 0),
    };

    for (size_t i = 0; i < function->n_args; i++)
        buf_addf(&types, "%s%s", i ? ", " : "",
                 catalog_format_type(comparing->catalog, arena, function->arg_types[i]));
    id = arena_printf(arena, "%s::regprocedure",
                      quoted(comparing, arena_printf(arena, "%s(%s)",
                                                     qualified(comparing, function->namespace_oid,
                                                               function->name),
                                                     buf_text(&types))));
    comparison.ask = arena_printf(arena, "SELECT pg_get_function_sqlbody(%s)", id);
    comparison.ask_again = comparison.ask;
    comparison.before =
        arena_printf(arena,
                     "DO $do$ BEGIN EXECUTE left(pg_get_functiondef(%s), "
                     "strpos(pg_get_functiondef(%s), pg_get_function_sqlbody(%s)) - 1) || $body$",
                     id, id, id);
    comparison.after = "$body$; END $do$";
    compare_one(comparing, &comparison);
}

/* --- All of them ------------------------------------------------------------------------------ */

/* The numbers of an identity column come from no expression. */
static bool has_expression(const struct attribute *column)
{
    return column->has_default && !column->identity && !column->is_dropped;
}

static void compare_table(struct comparing *comparing, const struct relation *relation)
{
    for (size_t i = 0; i < relation->attributes.n; i++)
        if (has_expression(&relation->attributes.items[i]))
            compare_column(comparing, relation, &relation->attributes.items[i]);
    for (size_t i = 0; i < relation->constraints.n; i++)
        if (relation->constraints.items[i]->check)
            compare_check(comparing, relation, NULL, relation->constraints.items[i]);
    for (size_t i = 0; i < relation->indexes.n; i++)
        compare_index(comparing, relation, relation->indexes.items[i]);
    for (size_t i = 0; i < relation->triggers.n; i++)
        if (relation->triggers.items[i]->when)
            compare_trigger(comparing, relation, relation->triggers.items[i]);
    if (relation->partition_key.strategy)
        compare_partition_key(comparing, relation);
    if (relation->view_query) {
        compare_view(comparing, relation, 0);
        compare_view(comparing, relation, DEPARSE_PRETTY);
    }
}

void compare_objects(struct tally *tally, PGconn *conn, struct arena *arena,
                     const struct catalog *catalog)
{
    struct comparing comparing = {tally, conn, arena, catalog};
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);
    struct type *const *types;
    struct function *const *functions;

    for (size_t i = 0; i < n; i++)
        if (relations[i])
            compare_table(&comparing, relations[i]);
    types = catalog_types(catalog, &n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; types[i] && k < types[i]->constraints.n; k++)
            if (types[i]->constraints.items[k]->check)
                compare_check(&comparing, NULL, types[i], types[i]->constraints.items[k]);
    functions = catalog_functions(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (functions[i] && functions[i]->body && functions[i]->body->is_atomic)
            compare_body(&comparing, functions[i]);
}
