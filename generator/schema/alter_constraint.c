/* ALTER TABLE: constraints added, dropped, altered and validated. */
#include <string.h>

#include "schema/alter.h"
#include "schema/depend.h"

void alter_add_constraint(struct alteration *alter)
{
    const PgQuery__Constraint *node = alter->command->def->constraint;
    struct constraint_source source = {
        .node = node, .deferrable = node->deferrable, .only = !alter_recurses(alter)};

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

/* Children have the same CHECK or foreign key under the same name, and keys under others. */
static void drop_from_children(struct alteration *alter, const struct constraint *constraint)
{
    const struct index *index = constraint_index(alter->relation, constraint);
    bool is_partitioned = alter->relation->relkind == 'p';
    size_t at = 0;

    for (struct relation *child;
         (child = inheritance_child(alter->ddl, alter->relation->oid, &at));) {
        struct alteration below = *alter;
        struct index *copy = NULL;
        struct constraint *own = NULL;
        if (index && is_partitioned)
            copy = index_like(alter->ddl, child, alter->relation, index);
        if (copy)
            own = index_constraint(child, copy);
        else if (constraint->kind == CONSTRAINT_CHECK ||
                 (constraint->kind == CONSTRAINT_FOREIGN && is_partitioned))
            own = constraint_find(child, constraint->name);
        if (!own)
            continue;
        below.relation = child;
        drop_from_children(&below, own);
        drop_constraint(alter->ddl, child, own);
    }
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
    removal.what = arena_printf(ddl->arena, "constraint %s on table %s", constraint->name,
                                alter->relation->name);
    removal_add(&removal, (struct dropped_object){.class = OBJECT_IS_CONSTRAINT,
                                                  .id = alter->relation->oid,
                                                  .constraint = constraint});
    if (alter_recurses(alter))
        drop_from_children(alter, constraint);
    removal_run(&removal);
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
    found->deferrable = node->deferrable;
}

void alter_validate_constraint(struct alteration *alter)
{
    struct constraint *found = constraint_get(alter);

    if (found->kind != CONSTRAINT_FOREIGN && found->kind != CONSTRAINT_CHECK)
        ddl_fail(alter->ddl, "42809", alter_place(alter),
                 "constraint \"%s\" of relation \"%s\" is not a foreign key or check constraint",
                 found->name, alter->relation->name);
}
