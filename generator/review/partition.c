/* Partitions that come and go. What the rows of a partition must be is scanned for, unless its
 * CHECKs say so already (ConstraintImpliedByRelConstraint); here only CHECKs that spell the bounds
 * are understood.
 */
#include <string.h>

#include "review/reviewing.h"
#include "tree/query.h"
#include "tree/tree.h"

/* --- Proofs ----------------------------------------------------------------------------------- */

struct comparison {
    int16_t column;
    const char *op;
    const char *constant;
};

/* `column op constant` among the conjuncts of the CHECK. */
static bool says(const struct expr *check, struct comparison wanted)
{
    const struct expr *column, *constant;

    if (!check)
        return false;
    if (check->kind == EXPR_BOOL && check->u.bool_op == BOOL_AND) {
        for (size_t i = 0; i < check->n_args; i++)
            if (says(check->args[i], wanted))
                return true;
        return false;
    }
    if (check->kind != EXPR_OP || check->n_args != 2 ||
        strcmp(check->u.op.op->name, wanted.op) != 0)
        return false;
    column = expr_strip_casts(check->args[0]);
    constant = expr_strip_casts(check->args[1]);
    return column->kind == EXPR_VAR && column->u.var.attno == wanted.column &&
           constant->kind == EXPR_CONST && constant->u.constant.text &&
           strcmp(constant->u.constant.text, wanted.constant) == 0;
}

static bool is_said(const struct relation *relation, struct comparison wanted)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *check = relation->constraints.items[i];
        if (check->kind == CONSTRAINT_CHECK && check->validated && says(check->check, wanted))
            return true;
    }
    return false;
}

static bool is_bound_said(struct reviewing *reviewing, const struct relation *relation,
                          int16_t column, const PgQuery__Node *datum, const char *op)
{
    const char *text = raw_constant_text(reviewing->arena, datum);

    if (!text) /* MINVALUE and MAXVALUE ask for nothing; expressions are not understood */
        return NODE_IS(datum, COLUMN_REF);
    return is_said(relation, (struct comparison){column, op, text});
}

static bool is_range_proved(struct reviewing *reviewing, const struct relation *partition,
                            int16_t column, const PgQuery__PartitionBoundSpec *bound)
{
    return bound->n_lowerdatums == 1 && bound->n_upperdatums == 1 &&
           is_bound_said(reviewing, partition, column, bound->lowerdatums[0], ">=") &&
           is_bound_said(reviewing, partition, column, bound->upperdatums[0], "<");
}

static bool is_list_proved(struct reviewing *reviewing, const struct relation *partition,
                           int16_t column, const PgQuery__PartitionBoundSpec *bound)
{
    return bound->n_listdatums == 1 &&
           is_bound_said(reviewing, partition, column, bound->listdatums[0], "=");
}

static enum answer fits(struct reviewing *reviewing, const struct relation *parent,
                        const struct relation *partition, const PgQuery__PartitionBoundSpec *bound)
{
    const struct attribute *key =
        parent->partition_key.n_columns == 1 && parent->partition_key.columns[0]
            ? &parent->attributes.items[parent->partition_key.columns[0] - 1]
            : NULL;
    const struct attribute *column = key ? attribute_find(partition, key->name) : NULL;

    if (!column || !bound)
        return ANSWER_UNKNOWN;
    if (column->not_null && (is_range_proved(reviewing, partition, column->number, bound) ||
                             is_list_proved(reviewing, partition, column->number, bound)))
        return ANSWER_YES;
    return has_valid_check_on(partition, column->number) ? ANSWER_UNKNOWN : ANSWER_NO;
}

/* --- ATTACH ----------------------------------------------------------------------------------- */

static bool has_index_like(const struct relation *parent, const struct relation *partition,
                           const struct index *wanted)
{
    for (size_t i = 0; i < partition->indexes.n; i++) {
        const struct index *index = partition->indexes.items[i];
        bool is_like = index->n_columns == wanted->n_columns &&
                       index->is_unique == wanted->is_unique &&
                       index->is_partial == wanted->is_partial &&
                       index->has_expressions == wanted->has_expressions &&
                       strcmp(index->method, wanted->method) == 0;
        for (size_t k = 0; is_like && k < index->n_columns; k++)
            is_like = (!index->columns[k] && !wanted->columns[k]) ||
                      (index->columns[k] && wanted->columns[k] &&
                       strcmp(partition->attributes.items[index->columns[k] - 1].name,
                              parent->attributes.items[wanted->columns[k] - 1].name) == 0);
        if (is_like)
            return true;
    }
    return false;
}

static bool lacks_index(const struct relation *parent, const struct relation *partition)
{
    for (size_t i = 0; i < parent->indexes.n; i++)
        if (!has_index_like(parent, partition, parent->indexes.items[i]))
            return true;
    return false;
}

/* Foreign keys of the parent are the partition's from now on: both tables are locked and checked.
 */
static bool attach_keys(struct reviewing *reviewing, const struct relation *parent)
{
    bool has_keys = false;

    for (size_t i = 0; i < parent->constraints.n; i++)
        if (parent->constraints.items[i]->kind == CONSTRAINT_FOREIGN) {
            const struct relation *referenced =
                catalog_get_relation(reviewing->catalog, parent->constraints.items[i]->ref_relid);
            scanned(touch(reviewing, referenced, LOCK_MODE_SHARE_ROW_EXCLUSIVE));
            has_keys = true;
        }
    return has_keys;
}

static void review_default(struct reviewing *reviewing, const struct relation *parent)
{
    const struct relation *rest = default_partition(reviewing, parent);

    if (!rest)
        return;
    scanned(touch(reviewing, rest, LOCK_MODE_ACCESS_EXCLUSIVE));
    found(reviewing, HAZARD_DEFAULT_PARTITION, rest, NULL);
}

void review_attach(struct reviewing *reviewing, const struct relation *parent,
                   const PgQuery__PartitionCmd *command)
{
    const struct relation *partition = find_relation(reviewing, command->name);
    struct reviewed_relation *touched;
    enum answer answer;

    if (parent->relkind != 'p' || !partition)
        return;
    answer = fits(reviewing, parent, partition, command->bound);
    touched = touch(reviewing, partition, LOCK_MODE_ACCESS_EXCLUSIVE);
    if (touched &&
        (answer == ANSWER_NO || lacks_index(parent, partition) || attach_keys(reviewing, parent)))
        touched->scan = ANSWER_YES;
    else if (touched && answer == ANSWER_UNKNOWN) {
        touched->scan = ANSWER_UNKNOWN;
        touched->why = "the server decides whether its CHECKs imply the bounds";
    }
    if (touched && touched->scan != ANSWER_NO)
        found(reviewing, HAZARD_ATTACH_SCANS, partition, NULL);
    review_default(reviewing, parent);
}

/* --- DETACH, PARTITION OF --------------------------------------------------------------------- */

void review_detach(struct reviewing *reviewing, const struct relation *parent,
                   const PgQuery__PartitionCmd *command)
{
    touch(reviewing, find_relation(reviewing, command->name), LOCK_MODE_ACCESS_EXCLUSIVE);
    if (!command->concurrent)
        touch(reviewing, default_partition(reviewing, parent), LOCK_MODE_ACCESS_EXCLUSIVE);
}

void review_new_partition(struct reviewing *reviewing, const struct relation *parent)
{
    touch(reviewing, parent, LOCK_MODE_ACCESS_EXCLUSIVE);
    found(reviewing, HAZARD_CREATE_PARTITION, parent, NULL);
    review_default(reviewing, parent);
}
