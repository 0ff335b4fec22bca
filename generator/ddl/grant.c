/* GRANT and REVOKE on objects (manual, GRANT). The grantor is not kept: who runs a script as a
 * superuser grants as the owner does.
 */
#include <string.h>

#include "ddl/object.h"
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

/* --- One privilege -----------------------------------------------------------------------------
 */

/* The owner is known as such. */
static const char *grantee_of(struct ddl *ddl, const PgQuery__RoleSpec *role,
                              const struct about *about)
{
    const char *name = role_named(ddl, role);

    if (role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC)
        return NULL;
    return !name || (about->owner && strcmp(name, about->owner) == 0) ? "" : name;
}

static void change_one(struct ddl *ddl, const PgQuery__GrantStmt *statement, struct about *about,
                       const char *name)
{
    for (size_t i = 0; i < statement->n_grantees; i++) {
        const PgQuery__RoleSpec *role = statement->grantees[i]->role_spec;
        const char *grantee = grantee_of(ddl, role, about);
        if (!statement->is_grant) {
            privilege_remove(about, grantee, name, statement->grant_option);
            continue;
        }
        if (statement->grant_option && !grantee)
            ddl_fail(ddl, "0LP01", ddl_span(ddl, role->location),
                     "grant options can only be granted to roles");
        privilege_add(ddl->arena, about,
                      (struct privilege){grantee, name, statement->grant_option});
    }
}

static const char *class_word(enum privilege_class class)
{
    static const char *const words[] = {
        [PRIVILEGES_OF_NOTHING] = "object",
        [PRIVILEGES_OF_COLUMN] = "column",
        [PRIVILEGES_OF_TABLE] = "relation",
        [PRIVILEGES_OF_SEQUENCE] = "sequence",
        [PRIVILEGES_OF_FUNCTION] = "function",
        [PRIVILEGES_OF_LANGUAGE] = "language",
        [PRIVILEGES_OF_SCHEMA] = "schema",
        [PRIVILEGES_OF_TYPE] = "type",
        [PRIVILEGES_OF_WRAPPER] = "foreign-data wrapper",
        [PRIVILEGES_OF_SERVER] = "foreign server",
    };

    return words[class];
}

/* The name in capitals, as it is kept; a name that is no privilege of anything is an error. */
static const char *privilege_named(struct ddl *ddl, const char *written)
{
    static const char *const known[] = {"INSERT",   "SELECT",     "UPDATE",      "DELETE",
                                        "TRUNCATE", "REFERENCES", "TRIGGER",     "EXECUTE",
                                        "USAGE",    "CREATE",     "TEMPORARY",   "TEMP",
                                        "CONNECT",  "SET",        "ALTER SYSTEM"};
    const char *name = name_capitals(ddl->arena, written);

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], name) == 0)
            return known[i];
    ddl_fail_hint(ddl, "42601", ddl_name_span(ddl, -1, written),
                  ddl_newer(ddl, strcmp(name, "MAINTAIN") == 0, "MAINTAIN", 17),
                  "unrecognized privilege type \"%s\"", written);
}

static void check_class(struct ddl *ddl, const char *name, enum privilege_class class)
{
    if (!privilege_is_of(class, name))
        ddl_fail(ddl, "0LP01", ddl_span(ddl, -1), "invalid privilege type %s for %s", name,
                 class_word(class));
}

static void change_all(struct ddl *ddl, const PgQuery__GrantStmt *statement, struct about *about,
                       enum privilege_class class)
{
    for (const char *const *name = privileges_of(class); *name; name++)
        change_one(ddl, statement, about, *name);
}

void privileges_change(struct ddl *ddl, const PgQuery__GrantStmt *statement, struct about *about,
                       enum privilege_class class)
{
    privileges_begin(ddl->arena, about, class);
    if (statement->n_privileges == 0)
        change_all(ddl, statement, about, class);
    for (size_t i = 0; i < statement->n_privileges; i++) {
        const PgQuery__AccessPriv *written = statement->privileges[i]->access_priv;
        const char *name;
        if (written->n_cols > 0)
            continue;
        name = privilege_named(ddl, written->priv_name);
        check_class(ddl, name, class);
        change_one(ddl, statement, about, name);
    }
}

/* --- Tables and their columns ------------------------------------------------------------------
 */

/* What is taken from the table is taken from its columns too. */
static void revoke_of_columns(struct ddl *ddl, const PgQuery__GrantStmt *statement,
                              struct relation *relation)
{
    for (size_t i = 0; i < relation->attributes.n; i++) {
        struct about about = relation->attributes.items[i].about;
        about.owner = relation->about.owner;
        for (size_t k = 0; k < statement->n_privileges; k++) {
            const PgQuery__AccessPriv *written = statement->privileges[k]->access_priv;
            if (written->n_cols == 0)
                change_one(ddl, statement, &about, privilege_named(ddl, written->priv_name));
        }
        if (statement->n_privileges == 0)
            change_all(ddl, statement, &about, PRIVILEGES_OF_COLUMN);
        relation->attributes.items[i].about.privileges.n = about.privileges.n;
    }
}

static void change_column(struct ddl *ddl, const PgQuery__GrantStmt *statement,
                          struct relation *relation, const PgQuery__AccessPriv *written,
                          const char *column)
{
    struct about *kept =
        &attribute_get(ddl, relation, column, ddl_name_span(ddl, -1, column))->about;
    struct about about = *kept;
    const char *name = raw_optional(written->priv_name);

    about.owner = relation->about.owner;
    about.has_privileges = true;
    if (!name) {
        change_all(ddl, statement, &about, PRIVILEGES_OF_COLUMN);
    } else {
        name = privilege_named(ddl, name);
        check_class(ddl, name, PRIVILEGES_OF_COLUMN);
        change_one(ddl, statement, &about, name);
    }
    about.owner = kept->owner;
    *kept = about;
}

static void change_columns(struct ddl *ddl, const PgQuery__GrantStmt *statement,
                           struct relation *relation)
{
    for (size_t i = 0; i < statement->n_privileges; i++) {
        const PgQuery__AccessPriv *written = statement->privileges[i]->access_priv;
        for (size_t k = 0; k < written->n_cols; k++)
            if (!is_system_column(raw_string(written->cols[k]))) /* nothing is kept of those */
                change_column(ddl, statement, relation, written, raw_string(written->cols[k]));
    }
}

/* GRANT … ON TABLE may name a sequence, which has other privileges. */
static void change_relation(struct ddl *ddl, const PgQuery__GrantStmt *statement,
                            struct relation *relation)
{
    bool is_whole = statement->n_privileges == 0;

    if (relation->relkind == 'S') {
        privileges_change(ddl, statement, &relation->about, PRIVILEGES_OF_SEQUENCE);
        return;
    }
    for (size_t i = 0; i < statement->n_privileges; i++)
        is_whole |= statement->privileges[i]->access_priv->n_cols == 0;
    if (is_whole) {
        privileges_change(ddl, statement, &relation->about, PRIVILEGES_OF_TABLE);
        if (!statement->is_grant)
            revoke_of_columns(ddl, statement, relation);
    }
    change_columns(ddl, statement, relation);
}

static void change_relation_named(struct ddl *ddl, const PgQuery__GrantStmt *statement,
                                  const PgQuery__RangeVar *name)
{
    struct qualified_name qualified = name_from_range_var(name);
    const struct relation *found = relation_find(ddl, name);
    struct relation *relation;

    if (!found && index_find(ddl, qualified.schema, qualified.name))
        ddl_fail(ddl, "42809", range_var_span(ddl, name), "\"%s\" is an index", qualified.name);
    found = relation_get(ddl, name);
    if (found->relkind == 'c')
        ddl_fail(ddl, "42809", range_var_span(ddl, name), "\"%s\" is a composite type",
                 found->name);
    if (statement->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE && found->relkind != 'S')
        ddl_fail(ddl, "42809", range_var_span(ddl, name), "\"%s\" is not a sequence", found->name);
    relation = catalog_edit_relation(ddl->catalog, found->oid);
    if (relation)
        change_relation(ddl, statement, relation);
}

/* --- Objects of other kinds --------------------------------------------------------------------
 */

static enum privilege_class class_of(PgQuery__ObjectType type)
{
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
        return PRIVILEGES_OF_FUNCTION;
    case PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE:
        return PRIVILEGES_OF_LANGUAGE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        return PRIVILEGES_OF_SCHEMA;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        return PRIVILEGES_OF_TYPE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FDW:
        return PRIVILEGES_OF_WRAPPER;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER:
        return PRIVILEGES_OF_SERVER;
    default:
        return PRIVILEGES_OF_NOTHING;
    }
}

static void note_grantees(struct ddl *ddl, const PgQuery__GrantStmt *statement)
{
    for (size_t i = 0; i < statement->n_grantees; i++)
        role_named(ddl, statement->grantees[i]->role_spec);
}

static void check_no_columns(struct ddl *ddl, const PgQuery__GrantStmt *statement)
{
    for (size_t i = 0; i < statement->n_privileges; i++)
        if (statement->privileges[i]->access_priv->n_cols > 0)
            ddl_fail(ddl, "0LP01", ddl_span(ddl, -1),
                     "column privileges are only valid for relations");
}

static void check_grantable(struct ddl *ddl, PgQuery__ObjectType kind, const PgQuery__Node *object)
{
    if (kind == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) {
        struct qualified_name name = name_from_node(ddl, object);
        const struct type *type = type_get(ddl, name, name_span(ddl, name));
        const oid element = catalog_element_type(ddl->catalog, type->oid);
        if (element && catalog_array_type(ddl->catalog, element) == type->oid)
            ddl_fail(ddl, "0LP01", name_span(ddl, name), "cannot set privileges of array types");
    }
    if (kind == PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE &&
        (strcmp(raw_string(object), "c") == 0 || strcmp(raw_string(object), "internal") == 0))
        ddl_fail(ddl, "42809", ddl_name_span(ddl, -1, raw_string(object)),
                 "language \"%s\" is not trusted", raw_string(object));
}

static void change_object(struct ddl *ddl, const PgQuery__GrantStmt *statement,
                          const PgQuery__Node *object)
{
    enum privilege_class class = class_of(statement->objtype);
    struct about *about;

    if (NODE_IS(object, RANGE_VAR)) {
        change_relation_named(ddl, statement, object->range_var);
        return;
    }
    if (class == PRIVILEGES_OF_NOTHING)
        return;
    check_no_columns(ddl, statement);
    check_grantable(ddl, statement->objtype, object);
    about = object_about(ddl, statement->objtype, object);
    if (about)
        privileges_change(ddl, statement, about, class);
}

/* --- ALL … IN SCHEMA ---------------------------------------------------------------------------
 */

static void change_relations_in(struct ddl *ddl, const PgQuery__GrantStmt *statement,
                                oid namespace_oid)
{
    const char *kinds =
        statement->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE ? "S" : "rvmfp";
    size_t n;
    struct relation *const *relations = catalog_relations(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->namespace_oid == namespace_oid &&
            strchr(kinds, relations[i]->relkind))
            change_relation(ddl, statement, catalog_edit_relation(ddl->catalog, relations[i]->oid));
}

static void change_functions_in(struct ddl *ddl, const PgQuery__GrantStmt *statement,
                                oid namespace_oid)
{
    const char *kinds = statement->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE ? "p"
                        : statement->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE ? "fawp"
                                                                                      : "faw";
    size_t n;
    struct function *const *functions = catalog_functions(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (functions[i] && functions[i]->namespace_oid == namespace_oid &&
            strchr(kinds, functions[i]->kind))
            privileges_change(ddl, statement, &functions[i]->about, PRIVILEGES_OF_FUNCTION);
}

static void change_all_in(struct ddl *ddl, const PgQuery__GrantStmt *statement, const char *schema)
{
    oid namespace_oid = namespace_get(ddl, schema, ddl_name_span(ddl, -1, schema));

    check_no_columns(ddl, statement);
    if (class_of(statement->objtype) == PRIVILEGES_OF_FUNCTION)
        change_functions_in(ddl, statement, namespace_oid);
    else
        change_relations_in(ddl, statement, namespace_oid);
}

void ddl_grant(struct ddl *ddl, const PgQuery__GrantStmt *statement)
{
    note_grantees(ddl, statement);
    for (size_t i = 0; i < statement->n_objects; i++)
        if (statement->targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA)
            change_all_in(ddl, statement, raw_string(statement->objects[i]));
        else
            change_object(ddl, statement, statement->objects[i]);
}

/* GRANT role TO role is the server's affair. */
void ddl_grant_role(struct ddl *ddl, const PgQuery__GrantRoleStmt *statement)
{
    for (size_t i = 0; i < statement->n_grantee_roles; i++)
        role_named(ddl, statement->grantee_roles[i]->role_spec);
}
