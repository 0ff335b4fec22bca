/* ALTER … SET SCHEMA. */
#include <string.h>

#include "ddl/object.h"
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

static oid target_namespace(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement)
{
    span at = ddl_name_span(ddl, -1, statement->newschema);

    if (strncmp(statement->newschema, "pg_temp", 7) == 0)
        ddl_fail(ddl, "0A000", at, "cannot move objects into or out of temporary schemas");
    if (strcmp(statement->newschema, "pg_toast") == 0)
        ddl_fail(ddl, "0A000", at, "cannot move objects into or out of TOAST schema");
    return namespace_get(ddl, statement->newschema, at);
}

static void check_name_free(struct ddl *ddl, const char *name, oid target, span at)
{
    if (relation_find_in(ddl, target, name) || index_find_in(ddl, target, name))
        ddl_fail(ddl, "42P07", at, "relation \"%s\" already exists in schema \"%s\"", name,
                 namespace_name(ddl, target));
}

/* The names of the relation and of what moves with it. */
static void check_names_free(struct ddl *ddl, const struct relation *relation, oid target, span at)
{
    const struct relation *sequence;
    size_t next = 0;

    check_name_free(ddl, relation->name, target, at);
    for (size_t i = 0; i < relation->indexes.n; i++)
        check_name_free(ddl, relation->indexes.items[i]->name, target, at);
    while ((sequence = owned_sequence_next(ddl, relation, &next)))
        check_name_free(ddl, sequence->name, target, at);
}

static void move(struct ddl *ddl, struct relation *relation, oid target)
{
    relation_unlink_names(ddl, relation);
    catalog_move_relation(ddl->catalog, relation->oid, target, relation->name);
    relation_link_names(ddl, relation);
}

static void move_relation(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement)
{
    const struct relation *found = relation_find(ddl, statement->relation);
    span at = range_var_span(ddl, statement->relation);
    const struct relation *sequence;
    struct relation *relation;
    size_t next = 0;
    oid target;

    if (!found && statement->missing_ok)
        return;
    found = relation_get(ddl, statement->relation);
    relation_check_kind(ddl, statement->object_type, found, at);
    relation = relation_edit(ddl, found, at);
    if (relation->relkind == 'S' && relation->parents.n > 0)
        ddl_fail(ddl, "0A000", at, "cannot move an owned sequence into another schema");
    target = target_namespace(ddl, statement);
    if (relation->namespace_oid == target)
        return;
    check_names_free(ddl, relation, target, at);
    move(ddl, relation, target);
    while ((sequence = owned_sequence_next(ddl, relation, &next)))
        move(ddl, catalog_edit_relation(ddl->catalog, sequence->oid), target);
}

static void move_type(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement)
{
    struct qualified_name name = name_from_node(ddl, statement->object);
    span at = name_span(ddl, name);
    const struct type *type = type_get(ddl, name, at);
    oid target = target_namespace(ddl, statement);
    const struct relation *row =
        type->relid ? catalog_get_relation(ddl->catalog, type->relid) : NULL;

    type_edit(ddl, type, at);
    type_check_no_array(ddl, type, at);
    if (row && row->relkind != 'c')
        ddl_fail_hint(ddl, "42809", at, "use ALTER TABLE instead", "%s is a table's row type",
                      name.name);
    if (type->namespace_oid == target)
        return;
    if (catalog_find_type_clash(ddl->catalog, target, type->name))
        ddl_fail(ddl, "42710", at, "type \"%s\" already exists in schema \"%s\"", type->name,
                 statement->newschema);
    if (row)
        catalog_move_relation(ddl->catalog, row->oid, target, row->name);
    else
        catalog_move_type(ddl->catalog, type->oid, target, type->name);
}

static void move_function(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement,
                          char kind)
{
    const PgQuery__ObjectWithArgs *object = statement->object->object_with_args;
    const struct function *function = function_lookup(ddl, object, kind, false);
    oid target = target_namespace(ddl, statement);
    const struct function *old =
        function_find_in(ddl, target, function->name, function->arg_types, function->n_args);

    if (old && old != function)
        ddl_fail(ddl, "42723", ddl_name_span(ddl, -1, function->name),
                 "function %s already exists in schema \"%s\"",
                 signature_text(ddl, old->name, old->arg_types, old->n_args), statement->newschema);
    catalog_move_function(ddl->catalog, function->oid, target, function->name);
}

static void move_operator(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement)
{
    const PgQuery__ObjectWithArgs *object = statement->object->object_with_args;
    const struct operator* op = operator_lookup(ddl, object, false);
    oid target = target_namespace(ddl, statement);

    if (op->namespace_oid == target)
        return;
    if (operator_find(ddl, statement->newschema, op->name, op->left, op->right))
        /* the server has no message of its own for this */
        ddl_fail(ddl, "23505", ddl_span(ddl, -1), "operator %s already exists in schema \"%s\"",
                 op->name, statement->newschema);
    catalog_move_operator(ddl->catalog, op->oid, target);
}

#define IS_OF(object, source)                                                                      \
    ((object) && (object)->defined_at.source &&                                                    \
     strcmp((object)->defined_at.source->path, (source)) == 0)

static void move_extension(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement)
{
    const char *source = extension_source_name(ddl->arena, raw_string(statement->object));
    oid target = target_namespace(ddl, statement);
    struct other_object *extension = other_get(ddl, OTHER_EXTENSION, raw_string(statement->object));
    size_t n;
    struct relation *const *relations = catalog_relations(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (IS_OF(relations[i], source))
            move(ddl, relations[i], target);
    if (extension)
        clause_find(&extension->clauses, "SCHEMA")->object = target;
    struct type *const *types = catalog_types(ddl->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (IS_OF(types[i], source) && !types[i]->relid && types[i]->category != 'A')
            catalog_move_type(ddl->catalog, types[i]->oid, target, types[i]->name);
    struct function *const *functions = catalog_functions(ddl->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (IS_OF(functions[i], source))
            catalog_move_function(ddl->catalog, functions[i]->oid, target, functions[i]->name);
    struct operator* const * operators = catalog_operators(ddl->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (IS_OF(operators[i], source))
            catalog_move_operator(ddl->catalog, operators[i]->oid, target);
}

void ddl_set_schema(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement)
{
    switch (statement->object_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        move_relation(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        move_type(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
        move_function(ddl, statement, routine_kind(statement->object_type));
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        move_operator(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT:
        ddl_move_statistics(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
        move_extension(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS:
        ddl_move_operator_class(ddl, statement);
        break;
    default:
        ddl_move_other(ddl, statement);
        break;
    }
}
