/* Roles: they belong to the server, not to the schema, and are taken as there. */
#include <string.h>

#include "ddl/object.h"
#include "ddl/statements.h"

const char *role_named(struct ddl *ddl, const PgQuery__RoleSpec *role)
{
    if (!role)
        return NULL;
    switch (role->roletype) {
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING:
        if (strcmp(role->rolename, "none") == 0)
            ddl_fail(ddl, "42939", ddl_span(ddl, role->location), "role name \"none\" is reserved");
        return role->rolename;
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC:
        return NULL;
    default:
        return catalog_role(ddl->catalog);
    }
}

/* SET ROLE name, SET SESSION AUTHORIZATION name, and their RESET. */
void session_set_role(struct ddl *ddl, const PgQuery__VariableSetStmt *statement)
{
    const char *value =
        statement->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE && statement->n_args > 0
            ? raw_constant_text(ddl->arena, statement->args[0])
            : NULL;

    if (value && strcmp(value, "none") == 0)
        value = NULL;
    catalog_set_role(ddl->catalog, value);
}

/* --- Everything that somebody may own ----------------------------------------------------------
 */

static void each_of_relation(struct relation *relation, about_visitor *visit, void *context)
{
    visit(context, &relation->about,
          relation->relkind == 'c'   ? PRIVILEGES_OF_TYPE
          : relation->relkind == 'S' ? PRIVILEGES_OF_SEQUENCE
                                     : PRIVILEGES_OF_TABLE);
    for (size_t i = 0; i < relation->attributes.n; i++)
        visit(context, &relation->attributes.items[i].about, PRIVILEGES_OF_COLUMN);
    for (size_t i = 0; i < relation->statistics.n; i++)
        visit(context, &relation->statistics.items[i]->about, PRIVILEGES_OF_NOTHING);
}

static enum privilege_class class_of_other(enum other_class class)
{
    switch (class) {
    case OTHER_LANGUAGE:
        return PRIVILEGES_OF_LANGUAGE;
    case OTHER_WRAPPER:
        return PRIVILEGES_OF_WRAPPER;
    case OTHER_SERVER:
        return PRIVILEGES_OF_SERVER;
    default:
        return PRIVILEGES_OF_NOTHING;
    }
}

void each_about(struct ddl *ddl, about_visitor *visit, void *context)
{
    struct catalog *catalog = ddl->catalog;
    size_t n, at = 0;
    struct relation *const *relations = catalog_relations(catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i])
            each_of_relation(relations[i], visit, context);
    struct type *const *types = catalog_types(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (types[i] && !types[i]->relid)
            visit(context, &types[i]->about, PRIVILEGES_OF_TYPE);
    struct function *const *functions = catalog_functions(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (functions[i])
            visit(context, &functions[i]->about, PRIVILEGES_OF_FUNCTION);
    struct operator* const * operators = catalog_operators(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (operators[i])
            visit(context, &operators[i]->about, PRIVILEGES_OF_NOTHING);
    struct operator_class *const *classes = catalog_operator_classes(catalog, &n);
    for (size_t i = 0; i < n; i++)
        visit(context, &classes[i]->about, PRIVILEGES_OF_NOTHING);
    for (const struct namespace *schema; (schema = catalog_next_namespace(catalog, &at));)
        visit(context, &catalog_edit_namespace(catalog, schema->oid)->about, PRIVILEGES_OF_SCHEMA);
    at = 0;
    for (struct other_object *other; (other = catalog_next_other(catalog, &at));)
        if (other->class != OTHER_DEFAULT_PRIVILEGE)
            visit(context, &other->about, class_of_other(other->class));
}
