/* A trigger FOR EACH ROW of a partitioned table is one of each partition
 * (CloneRowTriggersToPartition): copies that come and go with it.
 */
#include <string.h>

#include "catalog/trigger_type.h"
#include "ddl/depend.h"
#include "ddl/table.h"
#include "ddl/trigger.h"

static void remove_own(struct ddl *ddl, struct relation *child, const struct trigger *own)
{
    trigger_drop_copies(ddl, child, own);
    trigger_remove(child, own);
}

/* CREATE OR REPLACE takes the place of a partition's own trigger too. */
static void copy_to(struct ddl *ddl, struct relation *child, const struct relation *parent,
                    const struct trigger *trigger, bool replaces)
{
    struct trigger *copy = trigger_find(child, trigger->name);

    if (copy && replaces && !copy->parent && !copy->is_constraint)
        remove_own(ddl, child, copy);
    else if (copy)
        ddl_fail_exists(ddl, "42710", trigger->defined_at, copy->name, copy->defined_at,
                        "trigger \"%s\" for relation \"%s\" already exists", copy->name,
                        child->name);
    copy = arena_new(ddl->arena, struct trigger);
    *copy = *trigger;
    copy->about = (struct about){0};
    copy->parent = trigger;
    copy->when = expression_translated(ddl, parent, child, trigger->when);
    copy->columns = columns_translated(ddl, parent, child, trigger->columns, trigger->n_columns);
    vec_push(ddl->arena, &child->triggers, copy);
    trigger_copy_down(ddl, child, copy, replaces);
}

void trigger_copy_down(struct ddl *ddl, const struct relation *relation,
                       const struct trigger *trigger, bool replaces)
{
    size_t at = 0;

    if (relation->relkind != 'p' || !(trigger->type & TRIGGER_ROW))
        return;
    for (struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));)
        copy_to(ddl, child, relation, trigger, replaces);
}

void triggers_inherit(struct ddl *ddl, struct relation *child, const struct relation *parent)
{
    if (parent->relkind != 'p')
        return;
    for (size_t i = 0; i < parent->triggers.n; i++)
        if (parent->triggers.items[i]->type & TRIGGER_ROW)
            copy_to(ddl, child, parent, parent->triggers.items[i], false);
}

static struct trigger *copy_of(const struct relation *child, const struct trigger *trigger)
{
    for (size_t i = 0; i < child->triggers.n; i++)
        if (child->triggers.items[i]->parent == trigger)
            return child->triggers.items[i];
    return NULL;
}

void trigger_drop_copies(struct ddl *ddl, const struct relation *relation,
                         const struct trigger *trigger)
{
    size_t at = 0;

    if (relation->relkind != 'p')
        return;
    for (struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));) {
        const struct trigger *copy = copy_of(child, trigger);
        if (!copy)
            continue;
        trigger_drop_copies(ddl, child, copy);
        trigger_remove(child, copy);
    }
}

void trigger_rename_copies(struct ddl *ddl, const struct relation *relation,
                           const struct trigger *trigger)
{
    size_t at = 0;

    if (relation->relkind != 'p')
        return;
    for (struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));) {
        struct trigger *copy = copy_of(child, trigger);
        if (!copy)
            continue;
        copy->name = trigger->name;
        trigger_rename_copies(ddl, child, copy);
    }
}

void triggers_detach(struct ddl *ddl, struct relation *child)
{
    for (size_t i = child->triggers.n; i-- > 0;) {
        const struct trigger *trigger = child->triggers.items[i];
        if (!trigger->parent)
            continue;
        trigger_drop_copies(ddl, child, trigger);
        trigger_remove(child, trigger);
    }
}
