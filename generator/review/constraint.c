/* ADD CONSTRAINT, VALIDATE CONSTRAINT, and the constraints of a new column. */
#include <string.h>

#include "review/reviewing.h"

#define IS(constraint, KIND) ((constraint)->contype == PG_QUERY__CONSTR_TYPE__CONSTR_##KIND)

/* Partitions of a table that others refer to are locked too; the check looks at both tables. */
static void touch_referenced(struct reviewing *reviewing, const struct relation *referenced,
                             bool is_scanned)
{
    struct form form = *form_get(FORM_ADD_FOREIGN_KEY);

    if (!referenced)
        return;
    form.scan = is_scanned ? ANSWER_YES : ANSWER_NO;
    apply_form(reviewing, form, referenced);
}

static void add_foreign_key(struct reviewing *reviewing, const struct relation *relation,
                            const PgQuery__Constraint *constraint, bool skips_check)
{
    const bool is_checked = !constraint->skip_validation && !skips_check;
    const enum form_id id = is_checked ? FORM_ADD_FOREIGN_KEY : FORM_ADD_FOREIGN_KEY_NOT_VALID;
    const struct relation *referenced = find_relation(reviewing, constraint->pktable);

    apply_form(reviewing, *form_get(id), relation);
    found(reviewing, form_get(id)->hazard, relation, raw_optional(constraint->conname));
    touch_referenced(reviewing, referenced, is_checked);
}

static enum form_id check_form(const PgQuery__Constraint *constraint)
{
    if (constraint->skip_validation)
        return FORM_ADD_CHECK_NOT_VALID;
    return constraint->is_no_inherit ? FORM_ADD_CHECK_NO_INHERIT : FORM_ADD_CHECK;
}

static bool lacks_not_null(const struct relation *relation, const struct index *index)
{
    for (size_t i = 0; i < index->n_columns; i++)
        if (index->columns[i] && !relation->attributes.items[index->columns[i] - 1].not_null)
            return true;
    return false;
}

static enum form_id key_form(const PgQuery__Constraint *constraint)
{
    if (IS(constraint, UNIQUE))
        return FORM_ADD_UNIQUE;
    return IS(constraint, PRIMARY) ? FORM_ADD_PRIMARY_KEY : FORM_ADD_EXCLUSION;
}

static void use_index(struct reviewing *reviewing, const struct relation *relation,
                      const PgQuery__Constraint *constraint)
{
    const struct index *index = NULL;
    bool checks;

    for (size_t i = 0; i < relation->indexes.n && !index; i++)
        if (strcmp(relation->indexes.items[i]->name, constraint->indexname) == 0)
            index = relation->indexes.items[i];
    checks = index && IS(constraint, PRIMARY) && lacks_not_null(relation, index);
    apply(reviewing, checks ? FORM_ADD_PRIMARY_KEY_CHECKS : FORM_ADD_KEY_USING_INDEX, relation);
    if (index && !checks)
        touch_index(reviewing, relation, index->name, LOCK_MODE_SHARE_UPDATE_EXCLUSIVE);
}

/* Its partitions get indexes of their own. */
static void add_key(struct reviewing *reviewing, const struct relation *relation,
                    const PgQuery__Constraint *constraint)
{
    const struct form partitions = {LOCK_MODE_SHARE, REACH_PARTITIONS, ANSWER_NO, ANSWER_YES,
                                    HAZARD_NONE};

    if (raw_optional(constraint->indexname)) {
        use_index(reviewing, relation, constraint);
        return;
    }
    if (relation->relkind == 'p')
        apply_form(reviewing, partitions, relation);
    apply_form(reviewing, *form_get(key_form(constraint)), relation);
    found(reviewing, form_get(key_form(constraint))->hazard, relation,
          raw_optional(constraint->conname));
}

void review_add_constraint(struct reviewing *reviewing, const struct relation *relation,
                           const PgQuery__Constraint *constraint, bool is_new_column)
{
    switch (constraint->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        apply_form(reviewing, *form_get(check_form(constraint)), relation);
        found(reviewing, form_get(check_form(constraint))->hazard, relation,
              raw_optional(constraint->conname));
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        add_foreign_key(reviewing, relation, constraint,
                        is_new_column && !reviewing->new_column_has_default);
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        add_key(reviewing, relation, constraint);
        break;
    default:
        break;
    }
}

/* A foreign key looks up its rows in the other table, under ROW SHARE. */
static void validate_foreign_key(struct reviewing *reviewing, const struct constraint *key)
{
    scanned(touch(reviewing, catalog_get_relation(reviewing->catalog, key->ref_relid),
                  LOCK_MODE_ROW_SHARE));
}

void review_validate(struct reviewing *reviewing, const struct relation *relation, const char *name)
{
    const struct constraint *constraint = constraint_find(relation, name);

    apply(reviewing, constraint && !constraint->validated ? FORM_VALIDATE : FORM_VALIDATE_AGAIN,
          relation);
    if (constraint && !constraint->validated && constraint->kind == CONSTRAINT_FOREIGN)
        validate_foreign_key(reviewing, constraint);
    for (size_t i = 0; i < reviewing->not_validated.n; i++)
        if (strcmp(reviewing->not_validated.items[i], part_path(reviewing, relation, name)) == 0)
            found(reviewing, HAZARD_VALIDATE_TOGETHER, relation, name);
}
