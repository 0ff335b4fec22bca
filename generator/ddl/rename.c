/* ALTER … RENAME. Roles and the like are skipped. */
#include <string.h>

#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"
#include "ddl/typed_table.h"

static span new_name_span(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    return ddl_name_span(ddl, -1, statement->newname);
}

/* The relation of the statement; NULL when IF EXISTS forgives or it is an index. */
static struct relation *renamed_relation(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    const struct relation *found = relation_find(ddl, statement->relation);

    if (!found && statement->missing_ok)
        return NULL;
    found = relation_get(ddl, statement->relation);
    return relation_edit(ddl, found, range_var_span(ddl, statement->relation));
}

static void rename_index(struct ddl *ddl, const PgQuery__RenameStmt *statement,
                         const struct index_place *place)
{
    index_rename(ddl, catalog_edit_relation(ddl->catalog, place->relid), place->index,
                 statement->newname, new_name_span(ddl, statement));
}

static void rename_relation(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    struct qualified_name name = name_from_range_var(statement->relation);
    const struct index_place *index = NULL;
    struct relation *relation;

    if (!relation_find(ddl, statement->relation))
        index = index_find(ddl, name.schema, name.name);
    if (index) {
        rename_index(ddl, statement, index);
        return;
    }
    relation = renamed_relation(ddl, statement);
    if (!relation)
        return;
    relation_check_kind(ddl, statement->rename_type, relation,
                        range_var_span(ddl, statement->relation));
    relation_name_check_free(ddl, relation->namespace_oid, statement->newname,
                             new_name_span(ddl, statement));
    catalog_move_relation(ddl->catalog, relation->oid, relation->namespace_oid, statement->newname);
}

/* --- Columns ---------------------------------------------------------------------------------- */

/* The relation and, with `recurse`, all that inherit from it, each once. */
struct family {
    VEC(struct relation *) members;
};

static bool is_member(const struct family *family, oid id)
{
    for (size_t i = 0; i < family->members.n; i++)
        if (family->members.items[i]->oid == id)
            return true;
    return false;
}

static struct family family_of(struct ddl *ddl, struct relation *relation, bool recurse)
{
    struct family family = {0};

    vec_push(ddl->arena, &family.members, relation);
    for (size_t i = 0; recurse && i < family.members.n; i++) {
        size_t next = 0;
        for (struct relation *child;
             (child = inheritance_child(ddl, family.members.items[i]->oid, &next));)
            if (!is_member(&family, child->oid))
                vec_push(ddl->arena, &family.members, child);
    }
    return family;
}

/* A column that comes from a parent too keeps the parent's name. */
static void check_parents_follow(struct ddl *ddl, const PgQuery__RenameStmt *statement,
                                 const struct family *family, const struct relation *relation)
{
    for (size_t i = 0; i < relation->parents.n && relation->relkind != 'S'; i++) {
        const struct relation *parent =
            catalog_get_relation(ddl->catalog, relation->parents.items[i]);
        if (parent && !is_member(family, parent->oid) && attribute_find(parent, statement->subname))
            ddl_fail(ddl, "42P16",
                     ddl_name_span(ddl, statement->relation->location, statement->subname),
                     "cannot rename inherited column \"%s\"", statement->subname);
    }
}

static void check_new_name(struct ddl *ddl, const PgQuery__RenameStmt *statement,
                           const struct relation *relation)
{
    span at = new_name_span(ddl, statement);
    const struct attribute *clash = attribute_find(relation, statement->newname);

    if (relation->relkind != 'v' && relation->relkind != 'c')
        column_check_name(ddl, statement->newname, at);
    if (clash)
        ddl_fail_exists(ddl, "42701", at, clash->name, clash->defined_at,
                        "column \"%s\" of relation \"%s\" already exists", clash->name,
                        relation->name);
}

static void rename_columns(struct ddl *ddl, const PgQuery__RenameStmt *statement,
                           const struct family *family)
{
    span at = ddl_name_span(ddl, statement->relation->location, statement->subname);

    for (size_t i = family->members.n; i-- > 0;) {
        struct relation *relation = family->members.items[i];
        struct attribute *column = attribute_get(ddl, relation, statement->subname, at);
        check_parents_follow(ddl, statement, family, relation);
        check_new_name(ddl, statement, relation);
        column->name = statement->newname;
    }
}

static void rename_column(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    struct relation *relation = renamed_relation(ddl, statement);
    bool is_type = statement->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE;
    struct family family;
    size_t next = 0;

    if (!relation)
        return;
    if (relation->of_type)
        ddl_fail(ddl, "42809", new_name_span(ddl, statement),
                 "cannot rename column of typed table");
    if (statement->behavior != PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
        type_check_no_tables(ddl, relation, new_name_span(ddl, statement));
    family = family_of(ddl, relation, is_type || statement->relation->inh);
    if (family.members.n == 1 && inheritance_child(ddl, relation->oid, &next))
        ddl_fail(ddl, "42P16",
                 ddl_name_span(ddl, statement->relation->location, statement->subname),
                 "inherited column \"%s\" must be renamed in child tables too", statement->subname);
    rename_columns(ddl, statement, &family);
}

/* A CHECK has one name in all tables that inherit it. */
static void check_renames_everywhere(struct ddl *ddl, const PgQuery__RenameStmt *statement,
                                     const struct relation *relation,
                                     const struct constraint *constraint)
{
    const span at = ddl_name_span(ddl, statement->relation->location, statement->subname);
    size_t next = 0;

    if (constraint->kind != CONSTRAINT_CHECK || constraint->no_inherit)
        return;
    if (constraint_is_inherited(ddl, relation, constraint))
        ddl_fail(ddl, "42P16", at, "cannot rename inherited constraint \"%s\"", constraint->name);
    if (!statement->relation->inh && inheritance_child(ddl, relation->oid, &next))
        ddl_fail(ddl, "42P16", at,
                 "inherited constraint \"%s\" must be renamed in child tables too",
                 constraint->name);
}

/* Foreign keys of partitions have names of their own. */
static void rename_check(struct ddl *ddl, struct relation *relation, struct constraint *constraint,
                         const char *name)
{
    const bool recurses = constraint->kind == CONSTRAINT_CHECK && !constraint->no_inherit;
    const char *old = constraint->name;
    size_t next = 0;

    constraint_name_remove(ddl, relation->namespace_oid, old);
    constraint->name = name;
    constraint_name_put(ddl, relation->namespace_oid, constraint);
    for (struct relation *child;
         recurses && (child = inheritance_child(ddl, relation->oid, &next));) {
        struct constraint *inherited = constraint_find(child, old);
        if (inherited && inherited->kind == CONSTRAINT_CHECK)
            rename_check(ddl, child, inherited, name);
    }
}

static void rename_constraint(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    struct relation *relation = renamed_relation(ddl, statement);
    struct constraint *constraint = relation ? constraint_find(relation, statement->subname) : NULL;
    struct index *index;
    span at = new_name_span(ddl, statement);

    if (!relation)
        return;
    if (!strchr("rpf", relation->relkind))
        ddl_fail(ddl, "42809", range_var_span(ddl, statement->relation), "\"%s\" is not a table",
                 relation->name);
    if (!constraint)
        ddl_fail(ddl, "42704",
                 ddl_name_span(ddl, statement->relation->location, statement->subname),
                 "constraint \"%s\" for table \"%s\" does not exist", statement->subname,
                 relation->name);
    check_renames_everywhere(ddl, statement, relation, constraint);
    constraint_check_name_free(ddl, relation, statement->newname, at);
    index = relation_constraint_index(relation, constraint);
    if (index) {
        index_rename(ddl, relation, index, statement->newname, at);
        return;
    }
    rename_check(ddl, relation, constraint, statement->newname);
}

/* --- Types, functions, schemas ---------------------------------------------------------------- */

static void rename_type(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    struct qualified_name name = name_from_node(ddl, statement->object);
    span at = name_span(ddl, name);
    const struct type *type = type_get(ddl, name, at);
    const struct relation *row =
        type->relid ? catalog_get_relation(ddl->catalog, type->relid) : NULL;

    type_edit(ddl, type, at);
    type_check_no_array(ddl, type, at);
    if (row && row->relkind != 'c')
        ddl_fail_hint(ddl, "42809", at, "use ALTER TABLE instead", "%s is a table's row type",
                      name.name);
    type_name_check_free(ddl, type->namespace_oid, statement->newname,
                         new_name_span(ddl, statement));
    if (row)
        catalog_move_relation(ddl->catalog, row->oid, row->namespace_oid, statement->newname);
    else
        catalog_move_type(ddl->catalog, type->oid, type->namespace_oid, statement->newname);
}

static void rename_function(struct ddl *ddl, const PgQuery__RenameStmt *statement, char kind)
{
    const struct function *function =
        function_lookup(ddl, statement->object->object_with_args, kind, false);
    const struct function *old = function_find_in(ddl, function->namespace_oid, statement->newname,
                                                  function->arg_types, function->n_args);

    if (old)
        ddl_fail_exists(ddl, "42723", new_name_span(ddl, statement), old->name, old->defined_at,
                        "function %s already exists in schema \"%s\"",
                        signature_text(ddl, old->name, old->arg_types, old->n_args),
                        namespace_name(ddl, old->namespace_oid));
    catalog_move_function(ddl->catalog, function->oid, function->namespace_oid, statement->newname);
}

static void rename_schema(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    span at = ddl_name_span(ddl, -1, statement->subname);

    namespace_get(ddl, statement->subname, at);
    if (catalog_find_namespace(ddl->catalog, statement->newname))
        ddl_fail(ddl, "42P06", new_name_span(ddl, statement), "schema \"%s\" already exists",
                 statement->newname);
    if (strncmp(statement->newname, "pg_", 3) == 0)
        ddl_fail(ddl, "42939", new_name_span(ddl, statement), "unacceptable schema name \"%s\"",
                 statement->newname);
    catalog_rename_namespace(ddl->catalog, statement->subname, statement->newname);
}

void ddl_rename(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    switch (statement->rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        rename_relation(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
        rename_column(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
        rename_constraint(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
        domain_rename_constraint(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        rename_type(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
        rename_function(ddl, statement, routine_kind(statement->rename_type));
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        rename_schema(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS:
        ddl_rename_operator_class(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
        ddl_rename_rule(ddl, statement,
                        statement->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        ddl_rename_policy(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT:
        ddl_rename_statistics(ddl, statement);
        break;
    default:
        ddl_rename_other(ddl, statement);
        break;
    }
}
