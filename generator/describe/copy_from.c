/* :copyfrom: an INSERT of one row of parameters, sent as a binary COPY.
 *
 * COPY takes values and nothing else, and the format carries no types. So each value has to be a
 * parameter of its column's own type, used once; a column that shall have its default is left out.
 * Identity columns take the values as with OVERRIDING SYSTEM VALUE (manual, COPY, "Notes"). What
 * COPY does to some tables, and not to others, is warned of by lint_copy.c.
 */
#include "describe/query_ir.h"

#include <string.h>

#include "analyze/rewrite_rules.h"
#include "sql/raw.h"
#include "support/buf.h"

struct copy {
    struct query_ir *build;
    const struct relation *relation;
    const struct target **by_param; /* [n - 1] */
};

static span place(const struct copy *copy, int location)
{
    return location < 0 ? copy->build->annotated->name_at
                        : sql_span(&copy->build->annotated->sql, location);
}

static bool refuse(const struct copy *copy, int location, const char *problem, const char *hint)
{
    copy->build->ir->copy_problem = problem;
    copy->build->ir->copy_hint = hint;
    copy->build->ir->copy_at = place(copy, location);
    return false;
}

/* What else than one row of values the statement has. */
static bool check_statement(const struct copy *copy, const struct query *query)
{
    const char *extra = NULL;

    if (query->on_conflict)
        extra = "ON CONFLICT";
    else if (query->source || query->n_rtable > 1)
        extra = "a query or several rows";
    else if (query->n_targets == 0)
        extra = "DEFAULT VALUES";
    else if (query->has_returning)
        extra = "RETURNING";
    else if (query->n_ctes > 0)
        extra = "WITH";
    else if (query->overriding == 'u')
        extra = "OVERRIDING USER VALUE";
    if (extra)
        return refuse(copy, -1, arena_printf(copy->build->arena, "cannot do %s", extra),
                      "COPY only stores rows of values; use :batchexec or :batchone");
    return true;
}

/* A view takes rows from COPY by a trigger only, INSERT by rules or by itself, too. */
static bool check_relation(const struct copy *copy, int location)
{
    const struct relation *relation = copy->relation;
    bool is_view = relation->relkind == 'v';

    if (is_view ? rules_fire(relation, QUERY_INSERT).trigger
                : strchr("rpf", relation->relkind) != NULL)
        return true;
    return refuse(copy, location,
                  arena_printf(copy->build->arena,
                               is_view
                                   ? "needs a table or a view with an INSTEAD OF INSERT trigger, "
                                     "and \"%s\" is neither"
                                   : "needs a table, and \"%s\" is none",
                               relation->name),
                  "insert into the table below, or use :batchexec");
}

static const struct attribute *column_of(const struct copy *copy, const struct target *target)
{
    return &copy->relation->attributes.items[target->target_column - 1];
}

static bool check_param(const struct copy *copy, const struct attribute *column,
                        const struct expr *value)
{
    const struct catalog *catalog = copy->build->catalog;
    struct arena *arena = copy->build->arena;
    int n = value->u.param;
    oid type = copy->build->analysis->params[n - 1].type;

    if (type != column->type)
        return refuse(
            copy, value->location,
            arena_printf(arena,
                         "converts nothing: $%d is of type %s but column \"%s\" is of type %s", n,
                         catalog_format_type(catalog, arena, type), column->name,
                         catalog_format_type(catalog, arena, column->type)),
            "leave out the cast");
    if (copy->by_param[n - 1])
        return refuse(copy, value->location,
                      arena_printf(arena, "stores each parameter once, and $%d is used again", n),
                      "give each column a parameter of its own");
    return true;
}

static bool check_target(const struct copy *copy, const struct target *target)
{
    const struct attribute *column = column_of(copy, target);
    const struct expr *value = target->expr;

    while (value->kind == EXPR_CAST)
        value = value->args[0];
    if (value->kind != EXPR_PARAM)
        return refuse(copy, target->expr->location,
                      arena_printf(copy->build->arena,
                                   "sends parameters only, and the value of \"%s\" is none",
                                   column->name),
                      "leave the column out to store its default, or use :batchexec");
    if (!check_param(copy, column, value))
        return false;
    copy->by_param[value->u.param - 1] = target;
    return true;
}

static const char *column_list(const struct copy *copy)
{
    struct buf out = buf_in(copy->build->arena);

    for (size_t i = 0; i < copy->build->analysis->n_params; i++) {
        buf_addf(
            &out, "%s%s", i ? ", " : "",
            catalog_quote_identifier(copy->build->arena, column_of(copy, copy->by_param[i])->name));
    }
    return buf_text(&out);
}

/* The table as the INSERT names it: without a schema it is found by the search_path, as ever. */
static const char *table_name(struct arena *arena, const PgQuery__RangeVar *name)
{
    const char *relation = catalog_quote_identifier(arena, name->relname);
    const char *schema = raw_optional(name->schemaname);

    if (!schema)
        return relation;
    return arena_printf(arena, "%s.%s", catalog_quote_identifier(arena, schema), relation);
}

static bool is_copy(struct copy *copy, const PgQuery__Node *tree, const struct query *query)
{
    if (tree->node_case != PG_QUERY__NODE__NODE_INSERT_STMT)
        return refuse(copy, -1, "needs an INSERT", "write INSERT INTO t (a, b) VALUES ($1, $2)");
    if (!check_statement(copy, query))
        return false;
    copy->relation = query->rtable[query->result_rte]->relation;
    copy->by_param =
        arena_array(copy->build->arena, const struct target *, copy->build->analysis->n_params);
    if (!check_relation(copy, tree->insert_stmt->relation->location))
        return false;
    for (size_t i = 0; i < query->n_targets; i++)
        if (!check_target(copy, &query->targets[i]))
            return false;
    return true;
}

void query_ir_copy(struct query_ir *build)
{
    const PgQuery__Node *tree = build->annotated->statement.tree;
    struct arena *arena = build->arena;
    struct copy copy = {build, NULL, NULL};
    const char *table, *columns;

    if (!is_copy(&copy, tree, build->analysis->query))
        return;
    table = table_name(arena, tree->insert_stmt->relation);
    columns = column_list(&copy);
    build->ir->copy_sql =
        arena_printf(arena, "COPY %s (%s) FROM STDIN (FORMAT binary)", table, columns);
    build->ir->copy_check = arena_printf(arena, "SELECT %s FROM %s", columns, table);
}
