/* ALTER COLUMN … TYPE: whether the values that are there stay as they are (ATColumnChangeRequires-
 * Rewrite, with what the planner simplifies before: varchar_support and its kin), and what is built
 * or checked anew otherwise.
 */
#include <string.h>

#include "analyze/expression.h"
#include "review/reviewing.h"
#include "tree/query.h"
#include "tree/tree.h"
#include "types/length.h"
#include "types/type_name.h"

struct value_type {
    oid type;
    int32_t typmod;
};

/* --- Conversions ------------------------------------------------------------------------------ */

static bool is_named(const struct catalog *catalog, oid id, const char *name)
{
    const struct type *type = catalog_get_type(catalog, id);

    return type && type->oid < FIRST_USER_OID && strcmp(type->name, name) == 0;
}

/* In UTC, which the runner sets, both have the same bytes. */
static bool is_between_timestamps(const struct catalog *catalog, oid old, oid new)
{
    return (is_named(catalog, old, "timestamp") && is_named(catalog, new, "timestamptz")) ||
           (is_named(catalog, old, "timestamptz") && is_named(catalog, new, "timestamp"));
}

static bool keeps_values(const struct catalog *catalog, struct value_type old,
                         struct value_type new)
{
    int32_t old_typmod = old.typmod, new_typmod = new.typmod;
    const oid old_base = catalog_base_type(catalog, old.type, &old_typmod);
    const oid new_base = catalog_base_type(catalog, new.type, &new_typmod);

    if (old.type == new.type && old.typmod == new.typmod)
        return true;
    if (domain_is_constrained(catalog, new.type) && new.type != old.type)
        return false;
    if (old_base == new_base)
        return typmod_keeps_values(catalog_get_type(catalog, new_base), old_typmod, new_typmod);
    if (is_between_timestamps(catalog, old_base, new_base))
        return typmod_keeps_values(catalog_get_type(catalog, new_base), -1, new_typmod);
    if (catalog_element_type(catalog, old_base) || catalog_element_type(catalog, new_base) ||
        !catalog_is_binary_coercible(catalog, old_base, new_base))
        return false;
    return typmod_keeps_values(catalog_get_type(catalog, new_base), -1, new_typmod);
}

/* Whether USING gives the column as it is. */
static bool is_column_kept(const struct catalog *catalog, const struct expr *expr, int16_t column)
{
    const struct expr *inner;

    if (expr->kind == EXPR_VAR)
        return expr->u.var.attno == column;
    if (expr->kind != EXPR_CAST && expr->kind != EXPR_COLLATE)
        return false;
    inner = expr->args[0];
    return is_column_kept(catalog, inner, column) &&
           (expr->kind == EXPR_COLLATE ||
            keeps_values(catalog, (struct value_type){inner->type, inner->typmod},
                         (struct value_type){expr->type, expr->typmod}));
}

static enum answer using_rewrites(struct reviewing *reviewing, const struct relation *relation,
                                  const struct attribute *column, struct value_type new,
                                  const PgQuery__Node *using)
{
    struct diags ignored = {.arena = reviewing->arena};
    struct ddl_value value;
    const struct ddl_expression expression = {.place = DDL_USING,
                                              .node = using,
                                              .relation = relation,
                                              .column = column->name,
                                              .type = new.type,
                                              .typmod = new.typmod};

    if (!analyze_expression(reviewing->arena, reviewing->catalog, reviewing->statement->sql,
                            &expression, &ignored, &value))
        return ANSWER_UNKNOWN;
    return is_column_kept(reviewing->catalog, value.expr, column->number) ? ANSWER_NO : ANSWER_YES;
}

static struct value_type new_type(struct reviewing *reviewing,
                                  const PgQuery__AlterTableCmd *command)
{
    struct diags ignored = {.arena = reviewing->arena};
    struct value_type new;

    new.type = type_name_resolve(reviewing->catalog, reviewing->statement->sql,
                                 command->def->column_def->type_name, &ignored, &new.typmod);
    return new;
}

enum answer retype_rewrites(struct reviewing *reviewing, const struct relation *relation,
                            const PgQuery__AlterTableCmd *command)
{
    const struct attribute *column = attribute_find(relation, command->name);
    const PgQuery__Node *using = command->def->column_def->raw_default;
    const struct value_type new = new_type(reviewing, command);

    if (!column || !new.type || !strchr("rpm", relation->relkind))
        return ANSWER_NO;
    if (using)
        return using_rewrites(reviewing, relation, column, new, using);
    return keeps_values(reviewing->catalog, (struct value_type){column->type, column->typmod}, new)
               ? ANSWER_NO
               : ANSWER_YES;
}

/* --- What stands on the column ---------------------------------------------------------------- */

static bool uses(const int16_t *columns, size_t n, int16_t column)
{
    for (size_t i = 0; i < n; i++)
        if (columns[i] == column)
            return true;
    return false;
}

static bool changes_collation(const struct attribute *column, const PgQuery__ColumnDef *definition,
                              const struct type *type)
{
    return definition->coll_clause != NULL || column->collation != type->collation;
}

/* CheckIndexCompatible(): it is made anew with an expression, a predicate, another class or
 * collation. */
static bool index_is_rebuilt(struct reviewing *reviewing, const struct index *index,
                             const struct attribute *column, const PgQuery__ColumnDef *definition,
                             oid type)
{
    if (uses(index->used, index->n_used, column->number))
        return true;
    if (!uses(index->columns, index->n_columns, column->number) &&
        !uses(index->included, index->n_included, column->number))
        return false;
    if (index->is_partial || index->has_expressions)
        return true;
    return uses(index->columns, index->n_columns, column->number) &&
           (changes_collation(column, definition, catalog_get_type(reviewing->catalog, type)) ||
            catalog_default_class(reviewing->catalog, column->type, index->method) !=
                catalog_default_class(reviewing->catalog, type, index->method));
}

static bool is_rebuilt(struct reviewing *reviewing, const struct relation *relation,
                       const struct attribute *column, const PgQuery__ColumnDef *definition,
                       oid type)
{
    for (size_t i = 0; i < relation->indexes.n; i++)
        if (index_is_rebuilt(reviewing, relation->indexes.items[i], column, definition, type))
            return true;
    for (size_t i = 0; i < relation->constraints.n; i++)
        if (relation->constraints.items[i]->kind == CONSTRAINT_CHECK &&
            relation->constraints.items[i]->validated &&
            uses(relation->constraints.items[i]->columns, relation->constraints.items[i]->n_columns,
                 column->number))
            return true;
    return false;
}

static void touch_key(struct reviewing *reviewing, oid other, bool is_rewritten)
{
    struct reviewed_relation *touched = touch(
        reviewing, catalog_get_relation(reviewing->catalog, other), LOCK_MODE_ACCESS_EXCLUSIVE);

    if (is_rewritten)
        scanned(touched);
}

/* Foreign keys of the column and to it are made anew; both tables are checked if it is rewritten.
 */
static void touch_keys(struct reviewing *reviewing, const struct relation *relation, int16_t column,
                       bool is_rewritten)
{
    size_t n;
    struct relation *const *relations = catalog_relations(reviewing->catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; relations[i] && k < relations[i]->constraints.n; k++) {
            const struct constraint *key = relations[i]->constraints.items[k];
            if (key->kind != CONSTRAINT_FOREIGN)
                continue;
            if (relations[i] == relation && uses(key->columns, key->n_columns, column))
                touch_key(reviewing, key->ref_relid, is_rewritten);
            if (key->ref_relid == relation->oid && uses(key->ref_columns, key->n_columns, column))
                touch_key(reviewing, relations[i]->oid, is_rewritten);
        }
}

static enum form_id form_of(struct reviewing *reviewing, const struct relation *relation,
                            const struct attribute *column, const PgQuery__AlterTableCmd *command,
                            enum answer rewrites)
{
    const struct value_type new = new_type(reviewing, command);

    if (rewrites != ANSWER_NO)
        return FORM_RETYPE_REWRITES;
    return new.type &&is_rebuilt(reviewing, relation, column, command->def->column_def, new.type)
               ? FORM_RETYPE_REBUILDS
               : FORM_RETYPE;
}

static void explain(struct reviewing *reviewing, const struct relation *relation,
                    const struct attribute *column, const PgQuery__AlterTableCmd *command,
                    enum answer rewrites)
{
    struct reviewed_relation *touched = touch(reviewing, relation, LOCK_MODE_ACCESS_EXCLUSIVE);

    if (touched && rewrites == ANSWER_UNKNOWN)
        touched->why = "what USING does is not known";
    else if (touched &&
             is_between_timestamps(
                 reviewing->catalog, catalog_base_type(reviewing->catalog, column->type, NULL),
                 catalog_base_type(reviewing->catalog, new_type(reviewing, command).type, NULL)))
        touched->why = "TimeZone is UTC";
}

static bool changes_type(struct reviewing *reviewing, const struct attribute *column,
                         const PgQuery__AlterTableCmd *command)
{
    return catalog_base_type(reviewing->catalog, column->type, NULL) !=
           catalog_base_type(reviewing->catalog, new_type(reviewing, command).type, NULL);
}

void review_retype(struct reviewing *reviewing, const struct relation *relation,
                   const PgQuery__AlterTableCmd *command, bool is_rewritten)
{
    const struct attribute *column = attribute_find(relation, command->name);
    const enum answer rewrites = retype_rewrites(reviewing, relation, command);
    struct form form;
    enum form_id id;

    if (!column) {
        touch(reviewing, relation, LOCK_MODE_ACCESS_EXCLUSIVE);
        return;
    }
    id = form_of(reviewing, relation, column, command, rewrites);
    form = *form_get(id);
    if (rewrites == ANSWER_UNKNOWN)
        form.rewrite = form.scan = ANSWER_UNKNOWN;
    apply_form(reviewing, form, relation);
    touch_keys(reviewing, relation, column->number, is_rewritten);
    explain(reviewing, relation, column, command, rewrites);
    if (id != FORM_RETYPE)
        found(reviewing, form.hazard, relation, column->name);
    if (changes_type(reviewing, column, command))
        found(reviewing, HAZARD_RETYPE_BREAKS, relation, column->name);
}
