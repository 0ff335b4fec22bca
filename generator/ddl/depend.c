/* What goes with a dropped object: what dependencies.c knows of it, its children, the default that
 * a serial column takes from its sequence, and casts. What is dropped is listed once, and found by
 * a hash of what it is.
 */
#include "ddl/depend.h"
#include "ddl/table.h"

/* --- The list --------------------------------------------------------------------------------- */

static bool same_object(const struct dropped_object *a, const struct dropped_object *b)
{
    return a->class == b->class && a->id == b->id && a->column == b->column &&
           a->constraint == b->constraint && a->index == b->index && a->trigger == b->trigger &&
           a->policy == b->policy && a->rule == b->rule && a->statistics == b->statistics &&
           a->operator_class == b->operator_class && a->target == b->target;
}

/* Parts of one relation are few. */
static size_t bucket_of(const struct removal *removal, const struct dropped_object *object)
{
    return ((size_t)object->id * 16 + (size_t)object->class) & (removal->n_buckets - 1);
}

static void link_object(struct removal *removal, size_t place)
{
    struct dropped_object *object = &removal->objects.items[place];
    size_t *first = &removal->buckets[bucket_of(removal, object)];

    object->next = *first;
    *first = place + 1;
}

static void grow(struct removal *removal)
{
    removal->n_buckets = removal->n_buckets ? 2 * removal->n_buckets : 16;
    removal->buckets = arena_array(removal->ddl->arena, size_t, removal->n_buckets);
    for (size_t i = 0; i < removal->objects.n; i++)
        link_object(removal, i);
}

static struct dropped_object *find_object(const struct removal *removal,
                                          const struct dropped_object *object)
{
    size_t next = removal->n_buckets ? removal->buckets[bucket_of(removal, object)] : 0;

    for (; next; next = removal->objects.items[next - 1].next)
        if (same_object(&removal->objects.items[next - 1], object))
            return &removal->objects.items[next - 1];
    return NULL;
}

bool removal_has(const struct removal *removal, struct dropped_object object)
{
    return find_object(removal, &object) != NULL;
}

void removal_add(struct removal *removal, struct dropped_object object)
{
    struct dropped_object *known = find_object(removal, &object);

    if (known) {
        known->automatic |= object.automatic;
        return;
    }
    if (removal->objects.n >= removal->n_buckets)
        grow(removal);
    vec_push(removal->ddl->arena, &removal->objects, object);
    link_object(removal, removal->objects.n - 1);
}

/* --- Dependents ------------------------------------------------------------------------------- */

static void add_dependent(struct removal *removal, const struct dropped_object *dependent,
                          size_t cause)
{
    struct dropped_object object = *dependent;

    object.cause = cause;
    removal_add(removal, object);
}

static void add_recorded(struct removal *removal, struct reference on, size_t cause)
{
    size_t at = 0;

    for (const struct dropped_object *dependent;
         (dependent = dependency_next(removal->ddl, on, &at));)
        add_dependent(removal, dependent, cause);
}

/* A foreign key needs the index that it was made over. */
static void add_foreign_keys(struct removal *removal, oid relid, const struct index *index,
                             size_t cause)
{
    const struct reference table = {.class = OBJECT_IS_RELATION, .id = relid};
    size_t at = 0;

    for (const struct dropped_object *dependent;
         index && (dependent = dependency_next(removal->ddl, table, &at));)
        if (dependent->class == OBJECT_IS_CONSTRAINT &&
            dependent->constraint->kind == CONSTRAINT_FOREIGN &&
            dependent->constraint->ref_index == index)
            add_dependent(removal, dependent, cause);
}

/* The foreign keys of partitions go with that of their table. */
static void add_attached(struct removal *removal, const struct dropped_object *key, size_t cause)
{
    size_t at = 0;

    for (struct relation *child; (child = inheritance_child(removal->ddl, key->id, &at));) {
        struct constraint *own = foreign_key_attached(child, key->constraint);
        if (own)
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_CONSTRAINT,
                                                         .id = child->oid,
                                                         .constraint = own,
                                                         .automatic = true,
                                                         .cause = cause});
    }
}

const struct relation *sequence_owner(struct ddl *ddl, const struct relation *sequence,
                                      const struct attribute **column)
{
    const struct relation *owner =
        sequence->parents.n > 0 ? catalog_get_relation(ddl->catalog, sequence->parents.items[0])
                                : NULL;
    const int16_t number = sequence->sequence ? sequence->sequence->owner_column : 0;

    if (!owner || number == 0 || owner->attributes.items[number - 1].is_dropped)
        return NULL;
    *column = &owner->attributes.items[number - 1];
    return owner;
}

/* The default of a serial column takes its values from the sequence. Such a default was never
 * written, and is not kept as a tree. */
static void add_serial_default(struct removal *removal, const struct relation *sequence,
                               size_t cause)
{
    const struct attribute *column;
    const struct relation *owner = sequence_owner(removal->ddl, sequence, &column);

    if (owner && column->has_default && !column->default_expr && !column->identity)
        removal_add(removal, (struct dropped_object){.class = OBJECT_IS_DEFAULT,
                                                     .id = owner->oid,
                                                     .column = column->number,
                                                     .cause = cause});
}

static void add_children(struct removal *removal, const struct relation *parent, size_t cause)
{
    size_t at = 0;

    for (struct relation *child; (child = inheritance_child(removal->ddl, parent->oid, &at));)
        removal_add(removal, (struct dropped_object){.class = OBJECT_IS_RELATION,
                                                     .id = child->oid,
                                                     .automatic = parent->relkind == 'p',
                                                     .cause = cause});
}

static void add_dependents_of_type(struct removal *removal, oid id, size_t cause)
{
    const struct type *type = catalog_get_type(removal->ddl->catalog, id);

    if (!type)
        return;
    add_recorded(removal, (struct reference){.class = OBJECT_IS_TYPE, .id = id}, cause);
    if (type->array)
        add_recorded(removal, (struct reference){.class = OBJECT_IS_TYPE, .id = type->array},
                     cause);
    removal_add_casts_of_type(removal, type, cause);
    if (type->typtype == 'r')
        add_dependents_of_type(removal, type->range_multirange, cause);
}

/* A foreign key that references a partitioned table needs each of its partitions. */
static void add_foreign_keys_of_parents(struct removal *removal, const struct relation *relation,
                                        size_t cause)
{
    for (size_t i = 0; relation->relkind != 'S' && i < relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(removal->ddl->catalog, relation->parents.items[i]);
        const struct reference table = {.class = OBJECT_IS_RELATION,
                                        .id = relation->parents.items[i]};
        size_t at = 0;
        if (!parent || parent->relkind != 'p')
            continue;
        for (const struct dropped_object *dependent;
             (dependent = dependency_next(removal->ddl, table, &at));)
            if (dependent->class == OBJECT_IS_CONSTRAINT &&
                dependent->constraint->kind == CONSTRAINT_FOREIGN &&
                dependent->constraint->ref_relid == parent->oid)
                add_dependent(removal, dependent, cause);
        add_foreign_keys_of_parents(removal, parent, cause);
    }
}

static void add_dependents_of_relation(struct removal *removal, oid id, size_t cause)
{
    const struct relation *relation = catalog_get_relation(removal->ddl->catalog, id);

    add_children(removal, relation, cause);
    add_foreign_keys_of_parents(removal, relation, cause);
    if (relation->relkind == 'S')
        add_serial_default(removal, relation, cause);
    if (relation->type_oid)
        add_dependents_of_type(removal, relation->type_oid, cause);
}

static enum clause_value value_of(enum object_class class)
{
    return class == OBJECT_IS_FUNCTION   ? CLAUSE_IS_FUNCTION
           : class == OBJECT_IS_TYPE     ? CLAUSE_IS_TYPE
           : class == OBJECT_IS_OPERATOR ? CLAUSE_IS_OPERATOR
                                         : CLAUSE_IS_OTHER;
}

static bool names_object(const struct clause_list *clauses, const struct dropped_object *object)
{
    for (size_t i = 0; i < clauses->n; i++) {
        enum clause_value kind = clauses->items[i].kind;
        if (kind == CLAUSE_IS_SIGNATURE)
            kind = CLAUSE_IS_FUNCTION;
        if (kind == value_of(object->class) && clauses->items[i].object == object->id &&
            !clauses->items[i].is_loose)
            return true;
    }
    return false;
}

/* What no query asks for says in its clauses what it stands on. */
static void add_others(struct removal *removal, const struct dropped_object *object, size_t cause)
{
    size_t at = 0;

    for (const struct other_object *other;
         (other = catalog_next_other(removal->ddl->catalog, &at));)
        if (names_object(&other->clauses, object))
            removal_add(removal, (struct dropped_object){
                                     .class = OBJECT_IS_OTHER, .id = other->oid, .cause = cause});
}

/* --- Operator classes ------------------------------------------------------------------------- */

/* A class goes with its family, without CASCADE. */
static void add_classes(struct removal *removal, const struct dropped_object *object, size_t cause)
{
    size_t n;
    struct operator_class *const *classes = catalog_operator_classes(removal->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++) {
        const bool is_member = object->class == OBJECT_IS_OTHER && classes[i]->family == object->id;
        const bool takes = object->class == OBJECT_IS_TYPE && classes[i]->type == object->id;
        if (is_member || takes || names_object(&classes[i]->clauses, object))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_OPERATOR_CLASS,
                                                         .operator_class = classes[i],
                                                         .automatic = is_member,
                                                         .cause = cause});
    }
}

static bool index_has_class(const struct index *index, const struct operator_class *class)
{
    for (size_t i = 0; index->classes && i < index->n_columns; i++)
        if (index->classes[i] == class)
            return true;
    return false;
}

static bool key_has_class(const struct partition_key *key, const struct operator_class *class)
{
    for (size_t i = 0; i < key->n_columns; i++)
        if (key->orders[i].operator_class == class)
            return true;
    return false;
}

static void add_indexes_of_class(struct removal *removal, const struct relation *relation,
                                 const struct operator_class *class, size_t cause)
{
    for (size_t i = 0; i < relation->indexes.n; i++) {
        struct index *index = relation->indexes.items[i];
        struct constraint *constraint = index_constraint(relation, index);
        if (!index_has_class(index, class))
            continue;
        removal_add(removal, (struct dropped_object){.class = constraint ? OBJECT_IS_CONSTRAINT
                                                                         : OBJECT_IS_INDEX,
                                                     .id = relation->oid,
                                                     .index = constraint ? NULL : index,
                                                     .constraint = constraint,
                                                     .cause = cause});
    }
}

/* Indexes and partition keys that are sorted by it, and ranges. */
static void add_dependents_of_class(struct removal *removal, const struct operator_class *class,
                                    size_t cause)
{
    const struct catalog *catalog = removal->ddl->catalog;
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);

    for (size_t i = 0; i < n; i++) {
        if (!relations[i])
            continue;
        add_indexes_of_class(removal, relations[i], class, cause);
        if (key_has_class(&relations[i]->partition_key, class))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_RELATION,
                                                         .id = relations[i]->oid,
                                                         .cause = cause});
    }
    struct type *const *types = catalog_types(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (types[i] && types[i]->range_class == class)
            removal_add(removal, (struct dropped_object){
                                     .class = OBJECT_IS_TYPE, .id = types[i]->oid, .cause = cause});
}

/* --- All of them ------------------------------------------------------------------------------ */

static struct reference reference_to(const struct dropped_object *object)
{
    if (object->class == OBJECT_IS_CONSTRAINT)
        return (struct reference){.class = object->class, .constraint = object->constraint};
    return (struct reference){.class = object->class, .id = object->id, .column = object->column};
}

void removal_add_dependents(struct removal *removal, size_t cause)
{
    const struct dropped_object object = removal->objects.items[cause];

    switch (object.class) {
    case OBJECT_IS_RELATION:
        add_recorded(removal, reference_to(&object), cause);
        add_dependents_of_relation(removal, object.id, cause);
        break;
    case OBJECT_IS_CONSTRAINT:
        add_recorded(removal, reference_to(&object), cause);
        if (object.constraint->kind == CONSTRAINT_FOREIGN)
            add_attached(removal, &object, cause);
        else
            add_foreign_keys(
                removal, object.id,
                relation_constraint_index(catalog_get_relation(removal->ddl->catalog, object.id),
                                          object.constraint),
                cause);
        break;
    case OBJECT_IS_INDEX:
        add_foreign_keys(removal, object.id, object.index, cause);
        break;
    case OBJECT_IS_TYPE:
        add_dependents_of_type(removal, object.id, cause);
        add_others(removal, &object, cause);
        add_classes(removal, &object, cause);
        break;
    case OBJECT_IS_FUNCTION:
        add_recorded(removal, reference_to(&object), cause);
        removal_add_casts_by(removal, object.id, cause);
        add_others(removal, &object, cause);
        add_classes(removal, &object, cause);
        break;
    case OBJECT_IS_OPERATOR:
        add_recorded(removal, reference_to(&object), cause);
        add_others(removal, &object, cause);
        add_classes(removal, &object, cause);
        break;
    case OBJECT_IS_OPERATOR_CLASS:
        add_dependents_of_class(removal, object.operator_class, cause);
        break;
    case OBJECT_IS_OTHER:
        add_others(removal, &object, cause);
        add_classes(removal, &object, cause);
        break;
    case OBJECT_IS_COLUMN:
        add_recorded(removal, reference_to(&object), cause);
        break;
    default: /* nothing depends on the others */
        break;
    }
}
