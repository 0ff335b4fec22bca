/* CREATE CAST, CREATE COLLATION and the statements that share DefineStmt. */
#include <string.h>

#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

void ddl_create_cast(struct ddl *ddl, const PgQuery__CreateCastStmt *statement)
{
    span at = sql_dotted_span(ddl->sql, statement->sourcetype->location);
    struct cast cast = {.source = type_resolve(ddl, statement->sourcetype, NULL),
                        .target = type_resolve(ddl, statement->targettype, NULL),
                        .context = 'e',
                        .method = statement->func    ? 'f'
                                  : statement->inout ? 'i'
                                                     : 'b',
                        .defined_at = at};

    if (statement->context == PG_QUERY__COERCION_CONTEXT__COERCION_IMPLICIT)
        cast.context = 'i';
    else if (statement->context == PG_QUERY__COERCION_CONTEXT__COERCION_ASSIGNMENT)
        cast.context = 'a';
    if (catalog_find_cast(ddl->catalog, cast.source, cast.target))
        ddl_fail(ddl, "42710", at, "cast from type %s to type %s already exists",
                 ddl_type_text(ddl, cast.source), ddl_type_text(ddl, cast.target));
    if (statement->func)
        cast.function = function_lookup(ddl, statement->func, 'f', false)->oid;
    catalog_add_cast(ddl->catalog, &cast);
}

void ddl_create_collation(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->defnames, statement->n_defnames);
    span at = name_span(ddl, name);
    oid namespace_oid = namespace_for_creation(ddl, name.schema, at);

    collation_check_definition(ddl, statement, at);
    if (catalog_find_collation(ddl->catalog, namespace_name(ddl, namespace_oid), name.name)) {
        if (statement->if_not_exists)
            return;
        ddl_fail(ddl, "42710", at, "collation \"%s\" already exists", name.name);
    }
    catalog_add_collation(ddl->catalog, namespace_oid, name.name);
}

static void create_text_search_config(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->defnames, statement->n_defnames);

    namespace_for_creation(ddl, name.schema, name_span(ddl, name));
    catalog_add_text_search_config(ddl->catalog, name.name);
}

static void create_text_search_dictionary(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->defnames, statement->n_defnames);

    namespace_for_creation(ddl, name.schema, name_span(ddl, name));
    catalog_add_text_search_dictionary(ddl->catalog, name.name);
}

void ddl_define(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    switch (statement->kind) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        ddl_create_base_type(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        ddl_create_aggregate(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        ddl_create_operator(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION:
        ddl_create_collation(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION:
        create_text_search_config(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY:
        create_text_search_dictionary(ddl, statement);
        break;
    default: /* other text search objects type no query */
        break;
    }
}
