/* ALTER TABLE: constraints added, dropped, altered and validated. */
#include <string.h>

#include "ddl/alter.h"
#include "ddl/depend.h"

void alter_add_constraint(struct alteration *alter)
{
    const PgQuery__Constraint *node = alter->command->def->constraint;
    struct constraint_source source = {.node = node,
                                       .deferrable = node->deferrable,
                                       .deferred = node->initdeferred,
                                       .not_valid = node->skip_validation,
                                       .only = !alter_recurses(alter)};

    key_check_not_repeated(alter->ddl, node);
    constraints_add(alter->ddl, alter->relation, &source, 1);
    facts_changed(alter->ddl, alter->relation);
}

static struct constraint *constraint_get(const struct alteration *alter)
{
    struct constraint *found = constraint_find(alter->relation, alter->command->name);

    if (!found)
        ddl_fail(alter->ddl, "42704", alter_place(alter),
                 "constraint \"%s\" of relation \"%s\" does not exist", alter->command->name,
                 alter->relation->name);
    return found;
}

/* Whether the child inherits the CHECK from another parent as well. */
static bool has_other_source(struct ddl *ddl, const struct relation *child,
                             const struct relation *parent, const struct constraint *constraint)
{
    for (size_t i = 0; i < child->parents.n; i++) {
        const struct relation *other = catalog_get_relation(ddl->catalog, child->parents.items[i]);
        const struct constraint *same =
            other && other != parent ? constraint_find(other, constraint->name) : NULL;
        if (same && same->kind == CONSTRAINT_CHECK && !same->no_inherit)
            return true;
    }
    return false;
}

/* ONLY: what children inherited is theirs from now on. */
static void leave_to_children(const struct alteration *alter, const struct constraint *constraint)
{
    size_t at = 0;

    for (struct relation *child;
         (child = inheritance_child(alter->ddl, alter->relation->oid, &at));) {
        struct constraint *own = constraint_find(child, constraint->name);
        if (alter->relation->relkind == 'p')
            ddl_fail(alter->ddl, "42P16", alter_place(alter),
                     "cannot remove constraint from only the partitioned table when partitions "
                     "exist");
        if (own && own->kind == CONSTRAINT_CHECK)
            own->is_local = true;
    }
}

/* Children have the same CHECK or foreign key under the same name, and keys under others. A CHECK
 * that a child has from elsewhere too stays. */
static void drop_from_children(struct alteration *alter, const struct constraint *constraint)
{
    const struct index *index = relation_constraint_index(alter->relation, constraint);
    bool is_partitioned = alter->relation->relkind == 'p';
    size_t at = 0;

    for (struct relation *child;
         (child = inheritance_child(alter->ddl, alter->relation->oid, &at));) {
        struct alteration below = *alter;
        struct index *copy = NULL;
        struct constraint *own = NULL;
        if (index && is_partitioned)
            copy = index_attached(child, index);
        if (copy)
            own = index_constraint(child, copy);
        else if (constraint->kind == CONSTRAINT_CHECK)
            own = constraint_find(child, constraint->name);
        else if (constraint->kind == CONSTRAINT_FOREIGN)
            own = foreign_key_attached(child, constraint);
        if (!own)
            continue;
        if (own->kind == CONSTRAINT_CHECK &&
            (own->is_local || has_other_source(alter->ddl, child, alter->relation, own)))
            continue;
        below.relation = child;
        drop_from_children(&below, own);
        drop_constraint(alter->ddl, child, own);
    }
}

/* A key that a partition has of its own, over an index that is attached. */
static void check_not_attached(const struct alteration *alter, const struct constraint *constraint)
{
    const struct index *index = relation_constraint_index(alter->relation, constraint);

    if (index && index->parent)
        ddl_fail(alter->ddl, "2BP01", alter_place(alter),
                 "cannot drop index %s because index %s requires it", index->name,
                 index->parent->name);
}

void alter_drop_constraint(struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    struct removal removal = {.ddl = ddl,
                              .cascade =
                                  alter->command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE,
                              .at = alter_place(alter)};
    struct constraint *constraint = constraint_find(alter->relation, alter->command->name);

    if (!constraint && alter->command->missing_ok)
        return;
    constraint = constraint_get(alter);
    if (constraint_is_inherited(ddl, alter->relation, constraint))
        ddl_fail(ddl, "42P16", alter_place(alter),
                 "cannot drop inherited constraint \"%s\" of relation \"%s\"", constraint->name,
                 alter->relation->name);
    check_not_attached(alter, constraint);
    removal.what = arena_printf(ddl->arena, "constraint %s on table %s", constraint->name,
                                alter->relation->name);
    removal_add(&removal, (struct dropped_object){.class = OBJECT_IS_CONSTRAINT,
                                                  .id = alter->relation->oid,
                                                  .constraint = constraint});
    if (!constraint->no_inherit && alter_recurses(alter))
        drop_from_children(alter, constraint);
    else if (!constraint->no_inherit)
        leave_to_children(alter, constraint);
    removal_run(&removal);
}

/* Partitions have the same foreign key. */
static void set_deferral(struct ddl *ddl, const struct relation *relation,
                         struct constraint *constraint, const PgQuery__Constraint *node)
{
    size_t at = 0;

    constraint->deferrable = node->deferrable;
    constraint->deferred = node->initdeferred;
    if (relation->relkind != 'p')
        return;
    for (struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));) {
        struct constraint *own = foreign_key_attached(child, constraint);
        if (own)
            set_deferral(ddl, child, own, node);
    }
}

void alter_constraint(struct alteration *alter)
{
    const PgQuery__Constraint *node = alter->command->def->constraint;
    struct constraint *found = constraint_find(alter->relation, node->conname);

    if (!found)
        ddl_fail(alter->ddl, "42704",
                 ddl_name_span(alter->ddl, alter->statement->relation->location, node->conname),
                 "constraint \"%s\" of relation \"%s\" does not exist", node->conname,
                 alter->relation->name);
    if (found->kind != CONSTRAINT_FOREIGN)
        ddl_fail(alter->ddl, "42809",
                 ddl_name_span(alter->ddl, alter->statement->relation->location, node->conname),
                 "constraint \"%s\" of relation \"%s\" is not a foreign key constraint",
                 found->name, alter->relation->name);
    if (found->parent)
        ddl_fail_hint(
            alter->ddl, "XX000",
            ddl_name_span(alter->ddl, alter->statement->relation->location, node->conname),
            arena_printf(alter->ddl->arena, "it is derived from constraint \"%s\": alter that one",
                         found->parent->name),
            "cannot alter constraint \"%s\" on relation \"%s\"", found->name,
            alter->relation->name);
    set_deferral(alter->ddl, alter->relation, found, node);
}

/* A CHECK is validated on the children first. */
static void validate(struct alteration *alter, struct constraint *constraint)
{
    size_t at = 0;

    for (struct relation *child;
         constraint->kind == CONSTRAINT_CHECK && !constraint->no_inherit &&
         (child = inheritance_child(alter->ddl, alter->relation->oid, &at));) {
        struct alteration below = *alter;
        struct constraint *own = constraint_find(child, constraint->name);
        if (!alter_recurses(alter))
            ddl_fail(alter->ddl, "42P16", alter_place(alter),
                     "constraint must be validated on child tables too");
        below.relation = child;
        if (own && !own->validated)
            validate(&below, own);
    }
    constraint->validated = true;
    facts_changed(alter->ddl, alter->relation);
}

void alter_validate_constraint(struct alteration *alter)
{
    struct constraint *found = constraint_get(alter);

    if (found->kind != CONSTRAINT_FOREIGN && found->kind != CONSTRAINT_CHECK)
        ddl_fail(alter->ddl, "42809", alter_place(alter),
                 "constraint \"%s\" of relation \"%s\" is not a foreign key or check constraint",
                 found->name, alter->relation->name);
    if (found->validated)
        return;
    validate(alter, found);
}
