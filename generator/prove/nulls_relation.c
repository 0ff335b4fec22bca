/* Columns of tables: NOT NULL by constraint, CHECK (c IS NOT NULL) too. A foreign table's
 * constraints are not enforced here, and a child table may have dropped what its parent requires.
 * Domains promise nothing: a NOT NULL domain's column can be NULL after an outer join or a subquery
 * without rows, and stored so.
 */
#include "prove/nulls_internal.h"

static bool is_primary_key(const struct relation *relation, int attno)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *constraint = relation->constraints.items[i];

        for (size_t c = 0; constraint->kind == CONSTRAINT_PRIMARY && c < constraint->n_columns;
             c++) {
            if (constraint->columns[c] == attno)
                return true;
        }
    }
    return false;
}

/* The table that may hold a NULL in the column: the relation itself or one that inherits from it.
 */
static const struct relation *find_nullable(const struct null_state *state,
                                            const struct relation *relation,
                                            const struct attribute *attribute)
{
    if (relation->relkind == 'f' ||
        (!attribute->not_null && !is_primary_key(relation, attribute->number) &&
         !relation_find_null_check(relation, attribute->number)))
        return relation;
    for (size_t i = 0; i < relation->children.n; i++) {
        const struct relation *child =
            catalog_get_relation(state->catalog, relation->children.items[i]);
        const struct attribute *inherited = child ? attribute_find(child, attribute->name) : NULL;

        if (inherited) {
            const struct relation *found = find_nullable(state, child, inherited);

            if (found)
                return found;
        }
    }
    return NULL;
}

struct nullability nulls_stored_column(struct null_state *state, const struct relation *relation,
                                       int attno)
{
    const struct attribute *attribute;
    const struct relation *culprit;
    const struct constraint *check;

    if (attno < 0) {
        const bool has_them =
            relation->relkind == 'r' || relation->relkind == 'p' || relation->relkind == 'm';

        return has_them ? nulls_not_null("system columns are never NULL")
                        : nulls_maybe("a system column of what is not a table");
    }
    if ((size_t)attno > relation->attributes.n)
        return nulls_maybe("no such column");
    attribute = &relation->attributes.items[attno - 1];
    culprit = find_nullable(state, relation, attribute);
    check = relation_find_null_check(relation, attno);
    if (!culprit && check)
        return nulls_not_null(arena_printf(state->arena, "CHECK %s excludes NULL in %s.%s",
                                           check->name, relation->name, attribute->name));
    if (!culprit)
        return nulls_not_null(arena_printf(state->arena, "column %s.%s is NOT NULL", relation->name,
                                           attribute->name));
    if (culprit->relkind == 'f')
        return nulls_maybe(arena_printf(
            state->arena, "constraints of the foreign table %s are not enforced", culprit->name));
    return nulls_maybe(
        arena_printf(state->arena, "column %s.%s is nullable", culprit->name, attribute->name));
}

/* The table column that a column of an updatable view shows. */
static const struct expr *view_source(const struct query *query, int attno)
{
    size_t n;
    const struct target *targets = query_result(query, &n);
    const struct expr *expr = (size_t)attno <= n ? targets[attno - 1].expr : NULL;

    if (!expr || query->set_ops || query->n_from != 1 || query->from[0]->is_join ||
        expr->kind != EXPR_VAR || expr->u.var.levels_up != 0 || expr->u.var.attno < 1)
        return NULL;
    return expr;
}

struct nullability nulls_written_column(struct null_state *state, const struct relation *relation,
                                        int attno)
{
    const struct query *view = relation->view_query;
    const struct expr *source;

    if (relation_has_rules_instead(relation))
        return nulls_maybe("a rule or trigger decides what is returned");
    if (relation->relkind != 'v')
        return nulls_stored_column(state, relation, attno);
    source = view && attno > 0 ? view_source(view, attno) : NULL;
    if (!source || view->rtable[source->u.var.rte]->kind != RTE_RELATION)
        return nulls_maybe("the view's condition need not hold for what is written");
    return nulls_written_column(state, view->rtable[source->u.var.rte]->relation,
                                source->u.var.attno);
}
