/* COMMENT ON TABLE, COLUMN, TYPE and their kin: kept, for the documentation of generated code. An
 * empty comment removes it. Of other objects, only whether they are there is looked at.
 */
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

static const char *text_of(const PgQuery__CommentStmt *statement)
{
    return statement->comment && *statement->comment ? statement->comment : NULL;
}

static void comment_relation(struct ddl *ddl, const PgQuery__CommentStmt *statement)
{
    struct qualified_name name = name_from_node(ddl, statement->object);
    const struct relation *found = relation_named(ddl, name, name_span(ddl, name));
    struct relation *relation = catalog_edit_relation(ddl->catalog, found->oid);

    if (relation)
        relation->about.comment = text_of(statement);
}

static void comment_column(struct ddl *ddl, const PgQuery__CommentStmt *statement)
{
    PgQuery__List *parts = statement->object->list;
    const char *column = raw_string(parts->items[parts->n_items - 1]);
    struct qualified_name name;
    const struct relation *found;
    struct relation *relation;

    if (parts->n_items < 2)
        ddl_fail(ddl, "42601", ddl_name_span(ddl, -1, column), "column name must be qualified");
    name = name_from_list(ddl, parts->items, parts->n_items - 1);
    found = relation_named(ddl, name, name_span(ddl, name));
    relation = relation_edit(ddl, found, name_span(ddl, name));
    attribute_get(ddl, relation, column, ddl_name_span(ddl, -1, column))->about.comment =
        text_of(statement);
}

static void comment_type(struct ddl *ddl, const PgQuery__CommentStmt *statement)
{
    struct qualified_name name = name_from_node(ddl, statement->object);
    const struct type *found = type_get(ddl, name, name_span(ddl, name));
    struct type *type = catalog_edit_type(ddl->catalog, found->oid);
    struct relation *row = found->relid ? catalog_edit_relation(ddl->catalog, found->relid) : NULL;

    if (type)
        type->about.comment = text_of(statement);
    if (row && row->relkind == 'c')
        row->about.comment = text_of(statement);
}

/* What is not described is at least there. */
static void check_constraint(struct ddl *ddl, const PgQuery__CommentStmt *statement)
{
    PgQuery__List *parts = statement->object->list;
    const char *wanted = raw_string(parts->items[parts->n_items - 1]);
    struct qualified_name name = name_from_list(ddl, parts->items, parts->n_items - 1);
    const struct relation *relation = relation_named(ddl, name, name_span(ddl, name));

    if (!constraint_find(relation, wanted))
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, wanted),
                 "constraint \"%s\" for table \"%s\" does not exist", wanted, relation->name);
}

static void check_index(struct ddl *ddl, const PgQuery__CommentStmt *statement)
{
    struct qualified_name name = name_from_node(ddl, statement->object);
    span at = name_span(ddl, name);

    if (!index_find(ddl, name.schema, name.name))
        ddl_fail(ddl, "42809", at, "\"%s\" is not an index", relation_named(ddl, name, at)->name);
}

void ddl_comment(struct ddl *ddl, const PgQuery__CommentStmt *statement)
{
    switch (statement->objtype) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        comment_relation(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
        comment_column(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        comment_type(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
        check_constraint(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        check_index(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
        function_lookup(ddl, statement->object->object_with_args, routine_kind(statement->objtype),
                        false);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        operator_lookup(ddl, statement->object->object_with_args, false);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        namespace_get(ddl, raw_string(statement->object),
                      ddl_name_span(ddl, -1, raw_string(statement->object)));
        break;
    default:
        break;
    }
}
