/* ADD COLUMN: whether rows get their value from the catalog (attmissingval), or the table is
 * rewritten. Looked at behind the statement, when the default is analysed.
 */
#include <string.h>

#include "review/reviewing.h"
#include "tree/query.h"
#include "tree/tree.h"
#include "tree/volatility.h"

bool domain_is_constrained(const struct catalog *catalog, oid type)
{
    for (const struct type *domain = catalog_get_type(catalog, type);
         domain && domain->typtype == 'd'; domain = catalog_get_type(catalog, domain->base_type))
        if (domain->not_null || domain->has_check)
            return true;
    return false;
}

/* --- Volatility ------------------------------------------------------------------------------- */

struct volatility {
    struct reviewing *reviewing;
    bool is_volatile;
    enum lock_mode sequence_lock;
};

/* nextval('s') takes a lock on s, a weak one where it is not run. */
static void note_sequence(struct reviewing *reviewing, const struct expr *call, enum lock_mode lock)
{
    if (strcmp(call->u.call.function->name, "nextval") == 0 && call->n_args == 1) {
        const struct expr *name = expr_strip_casts(call->args[0]);
        if (name->kind == EXPR_CONST && name->u.constant.object)
            touch(reviewing, catalog_get_relation(reviewing->catalog, name->u.constant.object),
                  lock);
    }
}

static bool visit(struct walk *walk, struct expr *expr)
{
    struct volatility *volatility = walk->context;
    const struct function *function = expr_called_function(volatility->reviewing->catalog, expr);

    if (function && function->volatility == 'v') {
        volatility->is_volatile = true;
        if (expr->kind == EXPR_FUNC)
            note_sequence(volatility->reviewing, expr, volatility->sequence_lock);
    }
    return walk_parts(walk, expr);
}

static bool is_volatile(struct reviewing *reviewing, const struct expr *expr)
{
    struct volatility volatility = {.reviewing = reviewing,
                                    .sequence_lock = LOCK_MODE_ROW_EXCLUSIVE};
    struct walk walk = {.visit = visit, .context = &volatility};

    walk_expr(&walk, (struct expr *)expr);
    return volatility.is_volatile;
}

void touch_sequences_of_default(struct reviewing *reviewing, const struct attribute *column)
{
    struct volatility volatility = {.reviewing = reviewing,
                                    .sequence_lock = LOCK_MODE_ACCESS_SHARE};
    struct walk walk = {.visit = visit, .context = &volatility};

    if (column->default_expr)
        walk_expr(&walk, (struct expr *)column->default_expr);
}

/* --- Columns ---------------------------------------------------------------------------------- */

static enum form_id form_of(struct reviewing *reviewing, const struct attribute *column,
                            const PgQuery__ColumnDef *definition)
{
    if (column->generated)
        return FORM_ADD_COLUMN_GENERATED;
    if (column->identity || (definition->type_name && raw_serial_type(definition->type_name)))
        return FORM_ADD_COLUMN_IDENTITY;
    if (domain_is_constrained(reviewing->catalog, column->type))
        return FORM_ADD_COLUMN_DOMAIN;
    if (!column->has_default)
        return FORM_ADD_COLUMN;
    if (!column->default_expr)
        return FORM_ADD_COLUMN_UNKNOWN;
    return is_volatile(reviewing, column->default_expr) ? FORM_ADD_COLUMN_VOLATILE
                                                        : FORM_ADD_COLUMN;
}

static bool is_marked_not_null(const PgQuery__ColumnDef *definition)
{
    for (size_t i = 0; i < definition->n_constraints; i++)
        if (NODE_IS(definition->constraints[i], CONSTRAINT) &&
            (definition->constraints[i]->constraint->contype ==
                 PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL ||
             definition->constraints[i]->constraint->contype ==
                 PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY))
            return true;
    return false;
}

static void explain(struct reviewing *reviewing, enum form_id id, const struct relation *relation)
{
    struct reviewed_relation *touched = touch(reviewing, relation, LOCK_MODE_ACCESS_EXCLUSIVE);

    if (touched && id == FORM_ADD_COLUMN_UNKNOWN)
        touched->why = "the default calls what is not known";
}

static void review_added(struct reviewing *reviewing, const struct relation *relation,
                         const struct attribute *column, const PgQuery__ColumnDef *definition)
{
    const enum form_id id = form_of(reviewing, column, definition);

    apply_form(reviewing, *form_get(id), relation);
    found(reviewing, form_get(id)->hazard, relation, column->name);
    explain(reviewing, id, relation);
    if (is_marked_not_null(definition) && !column->has_default)
        found(reviewing, HAZARD_NOT_NULL_COLUMN, relation, column->name);
}

static void review_default(struct reviewing *reviewing, const struct relation *relation,
                           const PgQuery__AlterTableCmd *command)
{
    const struct attribute *column = attribute_find(relation, command->name);

    if (column)
        touch_sequences_of_default(reviewing, column);
}

static void review_column(struct reviewing *reviewing, const struct relation *relation,
                          const PgQuery__AlterTableCmd *command)
{
    const struct attribute *column = attribute_find(relation, command->def->column_def->colname);

    if (column && (size_t)column->number > reviewing->n_columns_before)
        review_added(reviewing, relation, column, command->def->column_def);
}

void review_added_columns(struct reviewing *reviewing, const PgQuery__AlterTableStmt *statement)
{
    const struct relation *relation = find_relation(reviewing, statement->relation);

    for (size_t i = 0; relation && strchr("rp", relation->relkind) && i < statement->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = statement->cmds[i]->alter_table_cmd;
        if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn)
            review_column(reviewing, relation, command);
        else if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault)
            review_default(reviewing, relation, command);
    }
}
