/* Carries a drop out: refuses it when something else depends on what is dropped, else takes objects
 * apart, dependents first.
 */
#include "ddl/depend.h"
#include "ddl/object.h"
#include "ddl/table.h"

const char *dropped_object_text(struct ddl *ddl, const struct dropped_object *object)
{
    const struct relation *relation = catalog_get_relation(ddl->catalog, object->id);
    const struct function *function;

    switch (object->class) {
    case OBJECT_IS_RELATION:
        return arena_printf(ddl->arena, "%s %s",
                            relation->relkind == 'c' ? "type" : relkind_name(relation->relkind),
                            relation->name);
    case OBJECT_IS_COLUMN:
        return arena_printf(ddl->arena, "column %s of %s %s",
                            relation->attributes.items[object->column - 1].name,
                            relkind_name(relation->relkind), relation->name);
    case OBJECT_IS_CONSTRAINT:
        return arena_printf(ddl->arena, "constraint %s on table %s", object->constraint->name,
                            relation->name);
    case OBJECT_IS_TYPE:
        return arena_printf(ddl->arena, "type %s", ddl_type_text(ddl, object->id));
    case OBJECT_IS_FUNCTION:
        function = catalog_get_function(ddl->catalog, object->id);
        return arena_printf(ddl->arena, "function %s", function->name);
    case OBJECT_IS_OPERATOR:
        return arena_printf(ddl->arena, "operator %s",
                            catalog_get_operator(ddl->catalog, object->id)->name);
    case OBJECT_IS_DEFAULT:
        return arena_printf(ddl->arena, "default value for column %s of %s %s",
                            relation->attributes.items[object->column - 1].name,
                            relkind_name(relation->relkind), relation->name);
    case OBJECT_IS_INDEX:
        return arena_printf(ddl->arena, "index %s", object->index->name);
    case OBJECT_IS_DOMAIN_CONSTRAINT:
        return arena_printf(ddl->arena, "constraint %s", object->constraint->name);
    case OBJECT_IS_TRIGGER:
        return arena_printf(ddl->arena, "trigger %s on %s %s", object->trigger->name,
                            relkind_name(relation->relkind), relation->name);
    case OBJECT_IS_POLICY:
        return arena_printf(ddl->arena, "policy %s on table %s", object->policy->name,
                            relation->name);
    case OBJECT_IS_RULE:
        return arena_printf(ddl->arena, "rule %s on %s %s", object->rule->name,
                            relkind_name(relation->relkind), relation->name);
    case OBJECT_IS_STATISTICS:
        return arena_printf(ddl->arena, "statistics object %s", object->statistics->name);
    case OBJECT_IS_CAST:
        return arena_printf(ddl->arena, "cast from %s to %s", ddl_type_text(ddl, object->id),
                            ddl_type_text(ddl, object->target));
    case OBJECT_IS_OPERATOR_CLASS:
        return operator_class_words(ddl->arena, object->operator_class);
    case OBJECT_IS_OTHER:
        return other_text(ddl, object->id);
    }
    return "";
}

span dropped_object_place(const struct ddl *ddl, const struct dropped_object *object)
{
    const struct catalog *catalog = ddl->catalog;
    const struct relation *relation = catalog_get_relation(catalog, object->id);

    switch (object->class) {
    case OBJECT_IS_RELATION:
        return relation->defined_at;
    case OBJECT_IS_COLUMN:
    case OBJECT_IS_DEFAULT:
        return relation->attributes.items[object->column - 1].defined_at;
    case OBJECT_IS_CONSTRAINT:
    case OBJECT_IS_DOMAIN_CONSTRAINT:
        return object->constraint->defined_at;
    case OBJECT_IS_INDEX:
        return object->index->defined_at;
    case OBJECT_IS_TRIGGER:
        return object->trigger->defined_at;
    case OBJECT_IS_POLICY:
        return object->policy->defined_at;
    case OBJECT_IS_RULE:
        return object->rule->defined_at;
    case OBJECT_IS_STATISTICS:
        return object->statistics->defined_at;
    case OBJECT_IS_TYPE:
        return catalog_get_type(catalog, object->id)->defined_at;
    case OBJECT_IS_FUNCTION:
        return catalog_get_function(catalog, object->id)->defined_at;
    case OBJECT_IS_OPERATOR:
        return catalog_get_operator(catalog, object->id)->defined_at;
    case OBJECT_IS_CAST:
        return catalog_find_cast(catalog, object->id, object->target)->defined_at;
    case OBJECT_IS_OPERATOR_CLASS:
        return object->operator_class->defined_at;
    case OBJECT_IS_OTHER:
        return catalog_get_other(catalog, object->id)->defined_at;
    }
    return (span){0};
}

/* Whether that column of the object's relation is dropped. */
static bool has_column_of(const struct removal *removal, const struct dropped_object *object,
                          int16_t column)
{
    return removal_has(removal, (struct dropped_object){
                                    .class = OBJECT_IS_COLUMN, .id = object->id, .column = column});
}

static bool is_part_of_dropped(const struct removal *removal, const struct dropped_object *object)
{
    enum object_class whole = OBJECT_IS_RELATION;

    switch (object->class) {
    case OBJECT_IS_COLUMN:
    case OBJECT_IS_CONSTRAINT:
    case OBJECT_IS_DEFAULT:
    case OBJECT_IS_INDEX:
    case OBJECT_IS_TRIGGER:
    case OBJECT_IS_POLICY:
    case OBJECT_IS_RULE:
    case OBJECT_IS_STATISTICS:
        break;
    case OBJECT_IS_DOMAIN_CONSTRAINT:
        whole = OBJECT_IS_TYPE;
        break;
    default:
        return false;
    }
    return removal_has(removal, (struct dropped_object){.class = whole, .id = object->id}) ||
           (object->class == OBJECT_IS_DEFAULT && has_column_of(removal, object, object->column));
}

/* A constraint that loses one of its own columns goes with it. */
static bool loses_column(const struct removal *removal, const struct dropped_object *object)
{
    for (size_t k = 0; object->class == OBJECT_IS_CONSTRAINT && k < object->constraint->n_columns;
         k++)
        if (has_column_of(removal, object, object->constraint->columns[k]))
            return true;
    return false;
}

static void check_dependents(struct removal *removal)
{
    struct ddl *ddl = removal->ddl;
    struct diag *diag = NULL;

    for (size_t i = removal->n_targets; i < removal->objects.n; i++) {
        const struct dropped_object *object = &removal->objects.items[i];
        const struct dropped_object *cause = &removal->objects.items[object->cause];
        if (object->automatic || is_part_of_dropped(removal, object) ||
            loses_column(removal, object))
            continue;
        if (!diag && removal->what)
            diag = diag_error(ddl->diags, "2BP01", removal->at,
                              "cannot drop %s because other objects depend on it", removal->what);
        else if (!diag)
            diag = diag_error(ddl->diags, "2BP01", removal->at,
                              "cannot drop desired object(s) because other objects depend on them");
        diag_note(ddl->diags, diag, dropped_object_place(ddl, object), "%s depends on %s",
                  dropped_object_text(ddl, object), dropped_object_text(ddl, cause));
    }
    if (!diag)
        return;
    diag_hint(ddl->diags, diag, "use DROP ... CASCADE to drop the dependent objects too");
    ddl_stop(ddl);
}

bool index_uses_column(const struct index *index, int16_t number)
{
    return columns_have(index->columns, index->n_columns, number) ||
           columns_have(index->included, index->n_included, number) ||
           columns_have(index->used, index->n_used, number);
}

void drop_column(struct ddl *ddl, struct relation *relation, int16_t number)
{
    for (size_t i = relation->constraints.n; i-- > 0;) {
        struct constraint *constraint = relation->constraints.items[i];
        if (columns_have(constraint->columns, constraint->n_columns, number))
            drop_constraint(ddl, relation, constraint);
    }
    for (size_t i = relation->indexes.n; i-- > 0;) {
        struct index *index = relation->indexes.items[i];
        struct constraint *constraint;
        if (!index_uses_column(index, number))
            continue;
        constraint = index_constraint(relation, index);
        if (constraint)
            constraint_unlink(ddl, relation, constraint);
        index_unlink(ddl, relation, index);
    }
    relation->attributes.items[number - 1].is_dropped = true;
    relation->attributes.items[number - 1].not_null = false;
}

void drop_constraint(struct ddl *ddl, struct relation *relation, struct constraint *constraint)
{
    struct index *index = relation_constraint_index(relation, constraint);

    if (index)
        index_unlink(ddl, relation, index);
    constraint_unlink(ddl, relation, constraint);
    facts_changed(ddl, relation);
}

static void drop_relation(struct ddl *ddl, oid id)
{
    struct relation *relation = catalog_edit_relation(ddl->catalog, id);

    if (!relation)
        return;
    while (relation->relkind != 'S' && relation->parents.n > 0)
        inheritance_remove(ddl, relation, relation->parents.items[0]);
    relation_unlink_names(ddl, relation);
    catalog_drop_relation(ddl->catalog, id);
}

static void drop_default(struct ddl *ddl, oid id, int16_t column)
{
    struct relation *relation = catalog_edit_relation(ddl->catalog, id);
    struct attribute *attribute = relation ? &relation->attributes.items[column - 1] : NULL;

    if (!attribute)
        return;
    attribute->has_default = false;
    attribute->default_expr = NULL;
    attribute->default_type = 0;
}

/* An index may have gone with its table or a column. */
static void drop_index(struct ddl *ddl, const struct dropped_object *object)
{
    struct relation *relation = catalog_edit_relation(ddl->catalog, object->id);

    for (size_t i = 0; relation && i < relation->indexes.n; i++)
        if (relation->indexes.items[i] == object->index) {
            index_unlink(ddl, relation, object->index);
            return;
        }
}

static void drop_domain_constraint(struct ddl *ddl, const struct dropped_object *object)
{
    struct type *domain = catalog_edit_type(ddl->catalog, object->id);

    for (size_t i = 0; domain && i < domain->constraints.n; i++)
        if (domain->constraints.items[i] == object->constraint) {
            domain_remove_constraint(ddl, domain, i);
            return;
        }
}

/* The names of a domain's constraints are free again. */
static void drop_type(struct ddl *ddl, oid id)
{
    const struct type *type = catalog_get_type(ddl->catalog, id);

    for (size_t i = 0; type && i < type->constraints.n; i++)
        constraint_name_remove(ddl, type->namespace_oid, type->constraints.items[i]->name);
    catalog_drop_type(ddl->catalog, id);
}

/* A part of a relation that may have gone already. */
static void drop_part(struct ddl *ddl, struct relation *relation,
                      const struct dropped_object *object)
{
    switch (object->class) {
    case OBJECT_IS_COLUMN:
        if (!relation->attributes.items[object->column - 1].is_dropped)
            drop_column(ddl, relation, object->column);
        break;
    case OBJECT_IS_CONSTRAINT:
        if (constraint_find(relation, object->constraint->name) == object->constraint)
            drop_constraint(ddl, relation, object->constraint);
        break;
    case OBJECT_IS_TRIGGER:
        trigger_remove(relation, object->trigger);
        break;
    case OBJECT_IS_POLICY:
        policy_remove(relation, object->policy->name);
        break;
    case OBJECT_IS_RULE:
        rule_remove(relation, object->rule->name, false);
        break;
    case OBJECT_IS_STATISTICS:
        statistics_remove(relation, object->statistics);
        break;
    default:
        break;
    }
}

static void drop_object(struct ddl *ddl, const struct dropped_object *object)
{
    struct relation *relation;

    switch (object->class) {
    case OBJECT_IS_RELATION:
        drop_relation(ddl, object->id);
        break;
    case OBJECT_IS_TYPE:
        drop_type(ddl, object->id);
        break;
    case OBJECT_IS_FUNCTION:
        operator_families_forget(ddl, CLAUSE_IS_SIGNATURE, object->id);
        catalog_drop_function(ddl->catalog, object->id);
        break;
    case OBJECT_IS_OPERATOR:
        operator_families_forget(ddl, CLAUSE_IS_OPERATOR, object->id);
        catalog_drop_operator(ddl->catalog, object->id);
        break;
    case OBJECT_IS_OPERATOR_CLASS:
        catalog_drop_operator_class(ddl->catalog, object->operator_class);
        break;
    case OBJECT_IS_DEFAULT:
        drop_default(ddl, object->id, object->column);
        break;
    case OBJECT_IS_INDEX:
        drop_index(ddl, object);
        break;
    case OBJECT_IS_DOMAIN_CONSTRAINT:
        drop_domain_constraint(ddl, object);
        break;
    case OBJECT_IS_CAST:
        catalog_drop_cast(ddl->catalog, object->id, object->target);
        break;
    case OBJECT_IS_OTHER:
        catalog_drop_other(ddl->catalog, object->id);
        break;
    default:
        relation = catalog_edit_relation(ddl->catalog, object->id);
        if (relation)
            drop_part(ddl, relation, object);
        break;
    }
}

void removal_run(struct removal *removal)
{
    removal->n_targets = removal->objects.n;
    dependencies_update(removal->ddl);
    for (size_t i = 0; i < removal->objects.n; i++)
        removal_add_dependents(removal, i);
    if (!removal->cascade)
        check_dependents(removal);
    for (size_t i = removal->objects.n; i-- > 0;)
        drop_object(removal->ddl, &removal->objects.items[i]);
}
