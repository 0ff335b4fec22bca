/* INSERTs and UPDATEs that the table refuses whatever the parameters are: a NOT NULL column that is
 * left out or given NULL. A trigger in front of the row may fill it, a rule may do something else,
 * and a view or foreign table has columns of its own, so of these nothing is said.
 */
#include "catalog/catalog.h"
#include "catalog/trigger_type.h"
#include "lint/internal.h"
#include "tree/tree.h"

/* The table whose rows are stored as they are given; NULL when that is not known. */
static const struct relation *table_of(const struct query *query, unsigned event)
{
    const struct relation *relation =
        query->result_rte >= 0 ? query->rtable[query->result_rte]->relation : NULL;

    if (!relation || (relation->relkind != 'r' && relation->relkind != 'p') ||
        relation->rules.n > 0)
        return NULL;
    for (size_t i = 0; i < relation->triggers.n; i++)
        if ((relation->triggers.items[i]->type & event) &&
            (relation->triggers.items[i]->type & TRIGGER_BEFORE))
            return NULL;
    return relation;
}

static bool is_target(const struct query *query, int attno)
{
    for (size_t i = 0; i < query->n_targets; i++)
        if (query->targets[i].target_column == attno)
            return true;
    return false;
}

/* By its own constraint, or that of its domain. */
static bool is_required(const struct linter *linter, const struct attribute *attribute)
{
    const struct type *type = catalog_get_type(linter->catalog, attribute->type);

    return !attribute->is_dropped && (attribute->not_null || (type && type->not_null));
}

static bool has_default(const struct linter *linter, const struct attribute *attribute)
{
    const struct type *type = catalog_get_type(linter->catalog, attribute->type);

    return attribute->has_default || attribute->identity || attribute->generated ||
           (type && type->default_expr);
}

static void check_left_out(struct linter *linter, const struct query *query,
                           const struct relation *relation)
{
    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *attribute = &relation->attributes.items[i];

        if (!is_required(linter, attribute) || has_default(linter, attribute) ||
            is_target(query, attribute->number))
            continue;
        lint_warn(linter, LINT_INSERT_WITHOUT_REQUIRED, query->location,
                  "give it a value, or the column a DEFAULT",
                  "column \"%s\" of \"%s\" is NOT NULL and has no default: no row can be inserted "
                  "without it",
                  attribute->name, relation->name);
    }
}

static void check_stored(struct linter *linter, const struct relation *relation,
                         const struct target *target, const struct expr *value)
{
    const struct attribute *attribute =
        target->target_column > 0 ? &relation->attributes.items[target->target_column - 1] : NULL;
    const struct expr *stored = expr_strip_casts((struct expr *)value);
    const bool is_parameter = stored->kind == EXPR_PARAM;
    const bool is_null =
        is_parameter ? linter->param_nullable[stored->u.param - 1] : expr_is_null_const(stored);

    if (!attribute || !is_null || !is_required(linter, attribute))
        return;
    lint_warn(linter, LINT_NULL_INTO_NOT_NULL,
              value->location >= 0 ? value->location : target->location,
              is_parameter ? "declare it with sqlc.arg, or use COALESCE"
                           : "leave the column out, or use DEFAULT",
              "%s stored into \"%s\" of \"%s\", which is NOT NULL",
              is_parameter ? "a parameter that may be NULL is" : "NULL is", attribute->name,
              relation->name);
}

/* Several rows of VALUES are an entry, to which the targets refer. */
static void check_values(struct linter *linter, const struct query *query,
                         const struct relation *relation, const struct target *target)
{
    const struct expr *value = expr_strip_casts(target->expr);
    const struct rte *rows;

    if (value->kind != EXPR_VAR || value->u.var.levels_up > 0) {
        check_stored(linter, relation, target, target->expr);
        return;
    }
    rows = query->rtable[value->u.var.rte];
    for (size_t i = 0; rows->kind == RTE_VALUES && i < rows->n_values; i++)
        if (value->u.var.attno > 0)
            check_stored(linter, relation, target, rows->values[i][value->u.var.attno - 1]);
}

static void check_targets(struct linter *linter, const struct query *query,
                          const struct relation *relation, const struct target *targets, size_t n)
{
    for (size_t i = 0; relation && i < n; i++)
        if (targets[i].expr)
            check_values(linter, query, relation, &targets[i]);
}

void lint_check_stored(struct linter *linter, const struct query *query)
{
    const struct relation *table = NULL;

    if (query->kind == QUERY_INSERT)
        table = table_of(query, TRIGGER_INSERT);
    if (query->kind == QUERY_UPDATE)
        table = table_of(query, TRIGGER_UPDATE);
    if (query->kind == QUERY_INSERT && table)
        check_left_out(linter, query, table);
    check_targets(linter, query, table, query->targets, query->n_targets);
    if (query->on_conflict)
        check_targets(linter, query, table_of(query, TRIGGER_UPDATE), query->on_conflict->set,
                      query->on_conflict->n_set);
}
