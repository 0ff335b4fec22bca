/* COMMENT ON, SECURITY LABEL and ALTER … OWNER TO of objects of every kind. An empty comment or
 * label removes it.
 */
#include <string.h>

#include "ddl/depend.h"
#include "ddl/object.h"
#include "ddl/reloption.h"
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

/* --- The object that is meant ----------------------------------------------------------------- */

/* get_relation_by_qualified_name() */
static void check_kind(struct ddl *ddl, PgQuery__ObjectType type, const struct relation *relation,
                       span at)
{
    const bool is_table = type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;

    if (is_table && !strchr("rp", relation->relkind))
        ddl_fail(ddl, "42809", at, "\"%s\" is not a table", relation->name);
    if (!is_table)
        relation_check_kind(ddl, type, relation, at);
}

static struct about *relation_about(struct ddl *ddl, PgQuery__ObjectType type,
                                    const PgQuery__Node *object)
{
    struct qualified_name name = name_from_node(ddl, object);
    const struct relation *found = relation_named(ddl, name, name_span(ddl, name));
    struct relation *relation = catalog_edit_relation(ddl->catalog, found->oid);

    check_kind(ddl, type, found, name_span(ddl, name));
    return relation ? &relation->about : NULL;
}

static struct about *column_about(struct ddl *ddl, const PgQuery__Node *object)
{
    PgQuery__List *parts = object->list;
    const char *column = raw_string(parts->items[parts->n_items - 1]);
    struct qualified_name name;
    const struct relation *found;
    struct relation *relation;

    if (parts->n_items < 2)
        ddl_fail(ddl, "42601", ddl_name_span(ddl, -1, column), "column name must be qualified");
    name = name_from_list(ddl, parts->items, parts->n_items - 1);
    found = relation_named(ddl, name, name_span(ddl, name));
    relation = relation_edit(ddl, found, name_span(ddl, name));
    return &attribute_get(ddl, relation, column, ddl_name_span(ddl, -1, column))->about;
}

/* What is said of a composite type is said of its relation. */
static struct about *type_about(struct ddl *ddl, const PgQuery__Node *object, bool is_domain)
{
    struct qualified_name name = name_from_node(ddl, object);
    span at = name_span(ddl, name);
    const struct type *found = type_get(ddl, name, at);
    struct type *type = catalog_edit_type(ddl->catalog, found->oid);
    struct relation *row = found->relid ? catalog_edit_relation(ddl->catalog, found->relid) : NULL;

    if (is_domain && found->typtype != 'd')
        ddl_fail(ddl, "42809", at, "%s is not a domain", ddl_type_text(ddl, found->oid));
    if (row && row->relkind == 'c')
        return &row->about;
    return type ? &type->about : NULL;
}

static struct about *index_about(struct ddl *ddl, const PgQuery__Node *object)
{
    struct qualified_name name = name_from_node(ddl, object);
    span at = name_span(ddl, name);
    struct index_place *place = index_find(ddl, name.schema, name.name);

    if (!place)
        ddl_fail(ddl, "42809", at, "\"%s\" is not an index", relation_named(ddl, name, at)->name);
    catalog_edit_relation(ddl->catalog, place->relid);
    return &place->index->about;
}

static struct about *function_about(struct ddl *ddl, const PgQuery__Node *object, char kind)
{
    const struct function *found = function_lookup(ddl, object->object_with_args, kind, false);
    struct function *function = catalog_edit_function(ddl->catalog, found->oid);

    return function ? &function->about : NULL;
}

static struct about *operator_about(struct ddl *ddl, const PgQuery__Node *object)
{
    const struct operator* found = operator_lookup(ddl, object->object_with_args, false);
    struct operator* op = catalog_edit_operator(ddl->catalog, found->oid);

    return op ? &op->about : NULL;
}

static struct about *cast_about(struct ddl *ddl, const PgQuery__Node *object)
{
    const PgQuery__TypeName *from = object->list->items[0]->type_name;
    oid source = type_resolve(ddl, from, NULL);
    oid target = type_resolve(ddl, object->list->items[1]->type_name, NULL);
    struct cast *cast = catalog_edit_cast(ddl->catalog, source, target);

    if (!catalog_find_cast(ddl->catalog, source, target))
        ddl_fail(ddl, "42704", sql_dotted_span(ddl->sql, from->location),
                 "cast from type %s to type %s does not exist", ddl_type_text(ddl, source),
                 ddl_type_text(ddl, target));
    return cast ? &cast->about : NULL;
}

static struct about *class_about(struct ddl *ddl, const PgQuery__Node *object)
{
    const struct operator_class *found = operator_class_of_node(ddl, object, false);
    struct operator_class *class = catalog_edit_operator_class(ddl->catalog, found);

    return class ? &class->about : NULL;
}

static struct about *schema_about(struct ddl *ddl, const PgQuery__Node *object)
{
    const char *name = raw_string(object);
    oid found = namespace_get(ddl, name, ddl_name_span(ddl, -1, name));
    struct namespace *namespace = catalog_edit_namespace(ddl->catalog, found);

    return namespace ? &namespace->about : NULL;
}

/* --- Parts of relations and domains: the name stands behind the whole's ------------------------
 */

static struct about *constraint_about(struct ddl *ddl, const struct relation *relation,
                                      const char *name)
{
    struct constraint *found = constraint_find(relation, name);

    if (!found)
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, name),
                 "constraint \"%s\" for table \"%s\" does not exist", name, relation->name);
    return &found->about;
}

static struct about *trigger_about(struct ddl *ddl, const struct relation *relation,
                                   const char *name)
{
    struct trigger *found = trigger_find(relation, name);
    struct rule *instead = rule_find(relation, name, true);

    if (!found && !instead)
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, name),
                 "trigger \"%s\" for table \"%s\" does not exist", name, relation->name);
    return found ? &found->about : &instead->about;
}

static struct about *rule_about(struct ddl *ddl, const struct relation *relation, const char *name)
{
    struct rule *found = rule_find(relation, name, false);

    if (!found && strchr("vm", relation->relkind) && strcmp(name, "_RETURN") == 0)
        return NULL;
    if (!found)
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, name),
                 "rule \"%s\" for relation \"%s\" does not exist", name, relation->name);
    return &found->about;
}

static struct about *policy_about(struct ddl *ddl, const struct relation *relation,
                                  const char *name)
{
    struct policy *found = policy_find(relation, name);

    if (!found)
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, name),
                 "policy \"%s\" for table \"%s\" does not exist", name, relation->name);
    return &found->about;
}

static struct about *part_about(struct ddl *ddl, PgQuery__ObjectType type,
                                const PgQuery__Node *object)
{
    PgQuery__List *parts = object->list;
    const char *part = raw_string(parts->items[parts->n_items - 1]);
    struct qualified_name name = name_from_list(ddl, parts->items, parts->n_items - 1);
    const struct relation *relation = relation_named(ddl, name, name_span(ddl, name));

    catalog_edit_relation(ddl->catalog, relation->oid);
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
        return constraint_about(ddl, relation, part);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
        return trigger_about(ddl, relation, part);
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
        return rule_about(ddl, relation, part);
    default:
        return policy_about(ddl, relation, part);
    }
}

static struct about *domain_constraint_about(struct ddl *ddl, const PgQuery__Node *object)
{
    struct qualified_name name = name_from_node(ddl, object->list->items[0]);
    const char *part = raw_string(object->list->items[1]);
    const struct type *domain = type_get(ddl, name, name_span(ddl, name));

    if (domain->typtype != 'd')
        ddl_fail(ddl, "42809", name_span(ddl, name), "\"%s\" is not a domain", name.name);
    for (size_t i = 0; i < domain->constraints.n; i++)
        if (strcmp(domain->constraints.items[i]->name, part) == 0)
            return &domain->constraints.items[i]->about;
    ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, part),
             "constraint \"%s\" for domain %s does not exist", part,
             ddl_type_text(ddl, domain->oid));
}

static struct about *other_about(struct ddl *ddl, PgQuery__ObjectType type,
                                 const PgQuery__Node *object)
{
    enum other_class class;
    struct other_object *other =
        other_class_of(type, &class) ? other_of_node(ddl, class, object, false) : NULL;

    return other ? &other->about : NULL;
}

struct about *object_about(struct ddl *ddl, PgQuery__ObjectType type, const PgQuery__Node *object)
{
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        return relation_about(ddl, type, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
        return column_about(ddl, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        return type_about(ddl, object, false);
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        return type_about(ddl, object, true);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return part_about(ddl, type, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
        return domain_constraint_about(ddl, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        return index_about(ddl, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
        return function_about(ddl, object, routine_kind(type));
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        return operator_about(ddl, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS:
        return class_about(ddl, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_CAST:
        return cast_about(ddl, object);
    case PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT:
        return &statistics_named(ddl, object, false)->about;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        return schema_about(ddl, object);
    default:
        return other_about(ddl, type, object);
    }
}

/* --- Statements ------------------------------------------------------------------------------- */

void ddl_comment(struct ddl *ddl, const PgQuery__CommentStmt *statement)
{
    struct about *about = object_about(ddl, statement->objtype, statement->object);

    if (about)
        about->comment = raw_optional(statement->comment);
}

void ddl_security_label(struct ddl *ddl, const PgQuery__SecLabelStmt *statement)
{
    struct about *about = object_about(ddl, statement->objtype, statement->object);
    const char *provider = raw_optional(statement->provider);

    if (!about || !provider)
        return;
    if (raw_optional(statement->label))
        setting_put(ddl->arena, &about->labels, provider, statement->label);
    else
        setting_remove(&about->labels, provider);
}

static void check_relation_depends(struct ddl *ddl,
                                   const PgQuery__AlterObjectDependsStmt *statement)
{
    const struct relation *relation = relation_get(ddl, statement->relation);

    if (statement->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER)
        trigger_about(ddl, relation, raw_string(statement->object->list->items[0]));
    else
        check_kind(ddl, statement->object_type, relation, range_var_span(ddl, statement->relation));
}

void ddl_depend_on_extension(struct ddl *ddl, const PgQuery__AlterObjectDependsStmt *statement)
{
    const char *extension = statement->extname->sval;
    const bool is_index = statement->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX;

    if (statement->relation && !is_index)
        check_relation_depends(ddl, statement);
    else if (!is_index)
        object_about(ddl, statement->object_type, statement->object);
    if (strcmp(extension, "plpgsql") != 0 && !statement->remove)
        other_get(ddl, OTHER_EXTENSION, extension);
}

/* The multirange type goes with its range. */
static void own_multirange(struct ddl *ddl, const PgQuery__AlterOwnerStmt *statement,
                           const char *owner)
{
    struct qualified_name name = name_from_node(ddl, statement->object);
    const struct type *range = type_get(ddl, name, name_span(ddl, name));
    struct type *multirange =
        range->typtype == 'r' ? catalog_edit_type(ddl->catalog, range->range_multirange) : NULL;

    if (multirange)
        about_set_owner(&multirange->about, owner);
}

void ddl_alter_owner(struct ddl *ddl, const PgQuery__AlterOwnerStmt *statement)
{
    const char *owner = role_named(ddl, statement->newowner);
    struct about *about = object_about(ddl, statement->object_type, statement->object);

    if (about)
        about_set_owner(about, owner);
    if (statement->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE)
        own_multirange(ddl, statement, owner);
}

/* ALTER TABLE … OWNER TO: of the sequences that it owns too. */
void relation_set_owner(struct ddl *ddl, struct relation *relation, const PgQuery__RoleSpec *role)
{
    const char *owner = role_named(ddl, role);
    const struct relation *sequence;
    size_t at = 0;

    about_set_owner(&relation->about, owner);
    while ((sequence = owned_sequence_next(ddl, relation, &at)))
        about_set_owner(&catalog_edit_relation(ddl->catalog, sequence->oid)->about, owner);
    for (size_t i = 0; i < relation->attributes.n; i++) {
        about_set_owner(&relation->attributes.items[i].about, owner);
        relation->attributes.items[i].about.owner = NULL;
    }
}
