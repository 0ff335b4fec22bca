/* Foreign keys and partitions. A partition has the foreign keys of its partitioned table
 * (CloneFkReferencing). A foreign key to a partitioned table has a part for each partition, which
 * is a constraint with a name (addFkRecurseReferenced, CloneFkReferenced); only the topmost of the
 * referencing tables has them.
 */
#include "ddl/depend.h"
#include "ddl/table.h"

/* --- Parts ------------------------------------------------------------------------------------ */

static void add_part(struct ddl *ddl, struct relation *relation, struct constraint *key,
                     const struct relation *referenced, const struct relation *partition)
{
    struct constraint *part = arena_new(ddl->arena, struct constraint);

    *part = (struct constraint){
        .kind = CONSTRAINT_FOREIGN,
        .columns = key->columns,
        .n_columns = key->n_columns,
        .ref_relid = partition->oid,
        .ref_columns =
            columns_translated(ddl, referenced, partition, key->ref_columns, key->n_columns),
        .validated = key->validated,
        .parent = key,
        .defined_at = key->defined_at,
    };
    part->name = choose_constraint_name(
        ddl, relation->name, column_names_joined(ddl, relation, key->columns, key->n_columns),
        "fkey", relation->namespace_oid);
    vec_push(ddl->arena, &key->parts, part);
    constraint_name_put(ddl, relation->namespace_oid, part);
    foreign_key_add_parts(ddl, relation, key, partition);
}

void foreign_key_add_parts(struct ddl *ddl, struct relation *relation, struct constraint *key,
                           const struct relation *referenced)
{
    size_t at = 0;

    if (!referenced || referenced->relkind != 'p')
        return;
    for (const struct relation *partition;
         (partition = inheritance_child(ddl, referenced->oid, &at));)
        add_part(ddl, relation, key, referenced, partition);
}

/* Of one partition that is referenced; of all with 0. */
static void remove_parts(struct ddl *ddl, const struct relation *relation, struct constraint *key,
                         oid partition)
{
    size_t kept = 0;

    for (size_t i = 0; i < key->parts.n; i++)
        if (partition && key->parts.items[i]->ref_relid != partition)
            key->parts.items[kept++] = key->parts.items[i];
        else
            constraint_name_remove(ddl, relation->namespace_oid, key->parts.items[i]->name);
    key->parts.n = kept;
}

/* --- The side that is referenced -------------------------------------------------------------- */

struct keys {
    VEC(struct dropped_object) list;
};

static struct keys keys_to(struct ddl *ddl, const struct relation *referenced)
{
    const struct reference table = {.class = OBJECT_IS_RELATION, .id = referenced->oid};
    struct keys keys = {0};
    size_t at = 0;

    dependencies_update(ddl);
    for (const struct dropped_object *dependent; (dependent = dependency_next(ddl, table, &at));)
        if (dependent->class == OBJECT_IS_CONSTRAINT &&
            dependent->constraint->kind == CONSTRAINT_FOREIGN && !dependent->constraint->parent)
            vec_push(ddl->arena, &keys.list, *dependent);
    return keys;
}

void foreign_keys_reach(struct ddl *ddl, const struct relation *partition,
                        const struct relation *parent)
{
    const struct keys keys = keys_to(ddl, parent);

    for (size_t i = 0; i < keys.list.n; i++)
        add_part(ddl, catalog_edit_relation(ddl->catalog, keys.list.items[i].id),
                 keys.list.items[i].constraint, parent, partition);
}

void foreign_keys_leave(struct ddl *ddl, const struct relation *partition)
{
    const struct keys keys = keys_to(ddl, partition);
    size_t at = 0;

    for (size_t i = 0; i < keys.list.n; i++)
        remove_parts(ddl, catalog_edit_relation(ddl->catalog, keys.list.items[i].id),
                     keys.list.items[i].constraint, partition->oid);
    if (partition->relkind != 'p')
        return;
    for (const struct relation *child; (child = inheritance_child(ddl, partition->oid, &at));)
        foreign_keys_leave(ddl, child);
}

/* --- The side that references ----------------------------------------------------------------- */

struct constraint *foreign_key_attached(const struct relation *child,
                                        const struct constraint *constraint)
{
    for (size_t i = 0; i < child->constraints.n; i++)
        if (child->constraints.items[i]->parent == constraint)
            return child->constraints.items[i];
    return NULL;
}

/* tryAttachPartitionForeignKey */
static bool can_attach(struct ddl *ddl, const struct relation *child, const struct constraint *own,
                       const struct relation *parent, const struct constraint *constraint)
{
    if (own->kind != CONSTRAINT_FOREIGN || own->ref_relid != constraint->ref_relid ||
        own->n_columns != constraint->n_columns || own->parent || !own->validated)
        return false;
    if (own->match != constraint->match || own->on_update != constraint->on_update ||
        own->on_delete != constraint->on_delete || own->deferrable != constraint->deferrable ||
        own->deferred != constraint->deferred)
        return false;
    return columns_equal(
               columns_translated(ddl, parent, child, constraint->columns, constraint->n_columns),
               own->columns, own->n_columns) &&
           columns_equal(constraint->ref_columns, own->ref_columns, own->n_columns);
}

void foreign_key_inherit(struct ddl *ddl, struct relation *child, const struct relation *parent,
                         const struct constraint *constraint)
{
    for (size_t i = 0; i < child->constraints.n; i++) {
        struct constraint *own = child->constraints.items[i];
        if (!can_attach(ddl, child, own, parent, constraint))
            continue;
        own->is_local = false;
        own->parent = constraint;
        remove_parts(ddl, child, own, 0);
        return;
    }
    constraint_copy(ddl, child, parent, constraint, false)->parent = constraint;
}

void foreign_key_copy_down(struct ddl *ddl, const struct relation *relation,
                           const struct constraint *constraint)
{
    size_t at = 0;

    if (relation->relkind != 'p')
        return;
    for (struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));)
        foreign_key_inherit(ddl, child, relation, constraint);
}

void foreign_keys_detach(struct ddl *ddl, struct relation *child)
{
    for (size_t i = 0; i < child->constraints.n; i++) {
        struct constraint *key = child->constraints.items[i];
        if (key->kind != CONSTRAINT_FOREIGN || !key->parent)
            continue;
        key->parent = NULL;
        foreign_key_add_parts(ddl, child, key, catalog_get_relation(ddl->catalog, key->ref_relid));
    }
}
