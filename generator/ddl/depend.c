/* Dependencies are not stored but found when something is dropped, by a look at every object of the
 * schema: drops are rare, and a stored graph would have to follow every ALTER. Found are foreign
 * keys, columns, domains, ranges and functions of a type, children, owned sequences, all that is
 * kept as an analysed tree (depend_tree.c), and in depend_operator.c operators, casts and
 * aggregates.
 */
#include "ddl/depend.h"

static bool same_place(span a, span b)
{
    return a.source == b.source && a.offset == b.offset;
}

static bool same_object(const struct dropped_object *a, const struct dropped_object *b)
{
    return a->class == b->class && a->id == b->id && a->column == b->column &&
           a->constraint == b->constraint && a->index == b->index && a->trigger == b->trigger &&
           a->policy == b->policy && a->rule == b->rule && a->statistics == b->statistics &&
           a->target == b->target;
}

void removal_add(struct removal *removal, struct dropped_object object)
{
    for (size_t i = 0; i < removal->objects.n; i++) {
        struct dropped_object *known = &removal->objects.items[i];
        if (same_object(known, &object)) {
            known->automatic |= object.automatic;
            return;
        }
    }
    vec_push(removal->ddl->arena, &removal->objects, object);
}

/* --- Dependents ------------------------------------------------------------------------------- */

static bool references_column(const struct constraint *constraint, int16_t column)
{
    for (size_t i = 0; i < constraint->n_columns; i++)
        if (constraint->ref_columns[i] == column)
            return true;
    return false;
}

static bool references_key(const struct constraint *foreign, const struct constraint *key)
{
    if (foreign->n_columns != key->n_columns)
        return false;
    for (size_t i = 0; i < key->n_columns; i++)
        if (!references_column(foreign, key->columns[i]))
            return false;
    return true;
}

/* Foreign keys of any table that point at the table, the column or the key. */
static void add_foreign_keys(struct removal *removal, const struct relation *relation,
                             const struct dropped_object *object, size_t cause)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        struct constraint *foreign = relation->constraints.items[i];
        if (foreign->kind != CONSTRAINT_FOREIGN || foreign->ref_relid != object->id)
            continue;
        if (object->class == OBJECT_IS_COLUMN && !references_column(foreign, object->column))
            continue;
        if (object->class == OBJECT_IS_CONSTRAINT && !references_key(foreign, object->constraint))
            continue;
        removal_add_constraint(removal, relation, foreign, cause);
    }
}

/* A sequence lies where its column was defined; see sequence.c. */
static bool is_owned_by(const struct relation *sequence, const struct relation *owner,
                        int16_t column)
{
    return same_place(sequence->defined_at, owner->attributes.items[column - 1].defined_at);
}

const struct relation *sequence_owner(struct ddl *ddl, const struct relation *sequence,
                                      const struct attribute **column)
{
    const struct relation *owner =
        sequence->parents.n > 0 ? catalog_get_relation(ddl->catalog, sequence->parents.items[0])
                                : NULL;

    for (size_t i = 0; owner && i < owner->attributes.n; i++) {
        *column = &owner->attributes.items[i];
        if (!(*column)->is_dropped && is_owned_by(sequence, owner, (*column)->number))
            return owner;
    }
    return NULL;
}

static void add_owned_sequence(struct removal *removal, const struct relation *sequence,
                               const struct dropped_object *object, size_t cause)
{
    for (size_t i = 0; i < sequence->parents.n; i++) {
        const struct relation *owner =
            catalog_get_relation(removal->ddl->catalog, sequence->parents.items[i]);
        if (!owner || owner->oid != object->id)
            continue;
        if (object->class == OBJECT_IS_COLUMN && !is_owned_by(sequence, owner, object->column))
            continue;
        removal_add(removal, (struct dropped_object){.class = OBJECT_IS_RELATION,
                                                     .id = sequence->oid,
                                                     .automatic = true,
                                                     .cause = cause});
    }
}

static void add_relations_of_relation(struct removal *removal, const struct dropped_object *object,
                                      size_t cause)
{
    size_t n;
    struct relation *const *relations = catalog_relations(removal->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++) {
        const struct relation *relation = relations[i];
        if (!relation)
            continue;
        if (relation->relkind == 'S' && object->class != OBJECT_IS_CONSTRAINT)
            add_owned_sequence(removal, relation, object, cause);
        else if (relation->oid != object->id || object->class != OBJECT_IS_RELATION)
            add_foreign_keys(removal, relation, object, cause);
    }
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

static bool is_type_or_array(const struct type *type, oid id)
{
    return id && (id == type->oid || id == type->array);
}

static void add_columns_of_type(struct removal *removal, const struct type *type, size_t cause)
{
    size_t n;
    struct relation *const *relations = catalog_relations(removal->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; relations[i] && k < relations[i]->attributes.n; k++) {
            const struct attribute *attribute = &relations[i]->attributes.items[k];
            if (attribute->is_dropped || !is_type_or_array(type, attribute->type))
                continue;
            if (relations[i]->relkind == 'v' || relations[i]->relkind == 'm')
                removal_add(removal, (struct dropped_object){.class = OBJECT_IS_RELATION,
                                                             .id = relations[i]->oid,
                                                             .cause = cause});
            else
                removal_add(removal, (struct dropped_object){.class = OBJECT_IS_COLUMN,
                                                             .id = relations[i]->oid,
                                                             .column = attribute->number,
                                                             .cause = cause});
        }
}

static void add_types_of_type(struct removal *removal, const struct type *type, size_t cause)
{
    size_t n;
    struct type *const *types = catalog_types(removal->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (types[i] && types[i]->typtype != 'm' && types[i]->oid != type->range_multirange &&
            (is_type_or_array(type, types[i]->base_type) ||
             is_type_or_array(type, types[i]->range_subtype)))
            removal_add(removal, (struct dropped_object){
                                     .class = OBJECT_IS_TYPE, .id = types[i]->oid, .cause = cause});
}

static bool uses_type(const struct function *function, const struct type *type)
{
    bool uses = is_type_or_array(type, function->return_type);

    for (size_t i = 0; i < function->n_args; i++)
        uses |= is_type_or_array(type, function->arg_types[i]);
    for (size_t i = 0; i < function->n_all_args; i++)
        uses |= is_type_or_array(type, function->all_arg_types[i]);
    return uses;
}

/* The constructors of a range stand where it does, and go with it. */
static void add_functions_of_type(struct removal *removal, const struct type *type, size_t cause)
{
    size_t n;
    struct function *const *functions = catalog_functions(removal->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (functions[i] && uses_type(functions[i], type))
            removal_add(removal,
                        (struct dropped_object){
                            .class = OBJECT_IS_FUNCTION,
                            .id = functions[i]->oid,
                            .automatic = same_place(functions[i]->defined_at, type->defined_at),
                            .cause = cause});
}

static void add_dependents_of_type(struct removal *removal, oid id, size_t cause)
{
    const struct type *type = catalog_get_type(removal->ddl->catalog, id);

    if (!type)
        return;
    add_columns_of_type(removal, type, cause);
    add_types_of_type(removal, type, cause);
    add_functions_of_type(removal, type, cause);
    removal_add_operators_of_type(removal, type, cause);
    removal_add_casts_of_type(removal, type, cause);
    if (type->typtype == 'r')
        add_dependents_of_type(removal, type->range_multirange, cause);
}

void removal_add_dependents(struct removal *removal, size_t cause)
{
    struct dropped_object object = removal->objects.items[cause];
    const struct relation *relation;

    removal_add_trees(removal, &object, cause);
    switch (object.class) {
    case OBJECT_IS_RELATION:
        relation = catalog_get_relation(removal->ddl->catalog, object.id);
        add_relations_of_relation(removal, &object, cause);
        add_children(removal, relation, cause);
        if (relation->relkind == 'S')
            add_serial_default(removal, relation, cause);
        if (relation->type_oid)
            add_dependents_of_type(removal, relation->type_oid, cause);
        break;
    case OBJECT_IS_COLUMN:
        add_relations_of_relation(removal, &object, cause);
        break;
    case OBJECT_IS_CONSTRAINT:
        if (object.constraint->kind == CONSTRAINT_PRIMARY ||
            object.constraint->kind == CONSTRAINT_UNIQUE)
            add_relations_of_relation(removal, &object, cause);
        break;
    case OBJECT_IS_TYPE:
        relation = catalog_get_relation(removal->ddl->catalog,
                                        catalog_get_type(removal->ddl->catalog, object.id)->relid);
        if (relation)
            add_children(removal, relation, cause);
        add_dependents_of_type(removal, object.id, cause);
        break;
    case OBJECT_IS_FUNCTION:
        removal_add_callers(removal, object.id, cause);
        break;
    case OBJECT_IS_OPERATOR:
    case OBJECT_IS_CAST:
    case OBJECT_IS_DEFAULT:
    case OBJECT_IS_INDEX:
    case OBJECT_IS_DOMAIN_CONSTRAINT:
    case OBJECT_IS_TRIGGER:
    case OBJECT_IS_POLICY:
    case OBJECT_IS_RULE:
    case OBJECT_IS_STATISTICS:
        break;
    }
}
