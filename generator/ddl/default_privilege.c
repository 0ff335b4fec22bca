/* ALTER DEFAULT PRIVILEGES: kept as an object of its own for each role, schema and kind of objects;
 * the catalog gives them to what is made later (catalog/other.c). REASSIGN OWNED and DROP OWNED.
 */
#include <string.h>

#include "ddl/depend.h"
#include "ddl/object.h"
#include "ddl/statements.h"

/* --- ALTER DEFAULT PRIVILEGES ------------------------------------------------------------------
 */

struct promise_kind {
    const char *kind; /* "TABLES" */
    enum privilege_class class;
};

static struct promise_kind target_of(PgQuery__ObjectType type)
{
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        return (struct promise_kind){"SEQUENCES", PRIVILEGES_OF_SEQUENCE};
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
        return (struct promise_kind){"FUNCTIONS", PRIVILEGES_OF_FUNCTION};
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        return (struct promise_kind){"TYPES", PRIVILEGES_OF_TYPE};
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        return (struct promise_kind){"SCHEMAS", PRIVILEGES_OF_SCHEMA};
    default:
        return (struct promise_kind){"TABLES", PRIVILEGES_OF_TABLE};
    }
}

/* What is as if nothing was said is not kept: for all schemas the privileges that an object begins
 * with, for one schema none. */
static bool says_nothing(struct ddl *ddl, const struct other_object *promise,
                         enum privilege_class class)
{
    return promise->namespace_oid ? promise->about.privileges.n == 0
                                  : privileges_are_default(ddl->arena, &promise->about, class);
}

static void change(struct ddl *ddl, const PgQuery__AlterDefaultPrivilegesStmt *statement,
                   const char *role, oid namespace_oid)
{
    struct promise_kind target = target_of(statement->action->objtype);
    struct other_object *promise =
        catalog_find_other(ddl->catalog, OTHER_DEFAULT_PRIVILEGE, namespace_oid, target.kind, role);

    if (namespace_oid && target.class == PRIVILEGES_OF_SCHEMA)
        ddl_fail(ddl, "0LP01", ddl_span(ddl, -1),
                 "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS");
    if (!promise)
        promise = catalog_add_other(
            ddl->catalog, &(struct other_object){.class = OTHER_DEFAULT_PRIVILEGE,
                                                 .namespace_oid = namespace_oid,
                                                 .name = target.kind,
                                                 .detail = role,
                                                 .about.has_privileges = namespace_oid != 0,
                                                 .defined_at = ddl_span(ddl, -1)});
    promise->about.owner = *role ? role : NULL;
    privileges_change(ddl, statement->action, &promise->about, target.class);
    if (says_nothing(ddl, promise, target.class))
        catalog_drop_other(ddl->catalog, promise->oid);
}

static void change_in_schemas(struct ddl *ddl, const PgQuery__AlterDefaultPrivilegesStmt *statement,
                              const char *role)
{
    const PgQuery__DefElem *schemas =
        definition_find(statement->options, statement->n_options, "schemas");

    if (!schemas) {
        change(ddl, statement, role, 0);
        return;
    }
    for (size_t i = 0; i < schemas->arg->list->n_items; i++) {
        const char *name = raw_string(schemas->arg->list->items[i]);
        change(ddl, statement, role, namespace_get(ddl, name, ddl_name_span(ddl, -1, name)));
    }
}

void ddl_alter_default_privileges(struct ddl *ddl,
                                  const PgQuery__AlterDefaultPrivilegesStmt *statement)
{
    const PgQuery__DefElem *roles =
        definition_find(statement->options, statement->n_options, "roles");
    const char *self = catalog_role(ddl->catalog);

    if (!roles)
        change_in_schemas(ddl, statement, self ? self : "");
    for (size_t i = 0; roles && i < roles->arg->list->n_items; i++) {
        const char *role = role_named(ddl, roles->arg->list->items[i]->role_spec);
        change_in_schemas(ddl, statement, role ? role : "");
    }
}

/* --- REASSIGN OWNED, DROP OWNED ----------------------------------------------------------------
 */

struct reassignment {
    const char *from, *to;
};

static bool is_owner(const struct about *about, const char *role)
{
    return role && about->owner && strcmp(about->owner, role) == 0;
}

static void reassign(void *context, struct about *about, enum privilege_class class)
{
    const struct reassignment *reassignment = context;

    (void)class;
    if (is_owner(about, reassignment->from))
        about_set_owner(about, reassignment->to);
}

void ddl_reassign_owned(struct ddl *ddl, const PgQuery__ReassignOwnedStmt *statement)
{
    struct reassignment reassignment = {.to = role_named(ddl, statement->newrole)};

    for (size_t i = 0; i < statement->n_roles; i++) {
        reassignment.from = role_named(ddl, statement->roles[i]->role_spec);
        each_about(ddl, reassign, &reassignment);
    }
}

static void revoke_all(void *context, struct about *about, enum privilege_class class)
{
    const char *role = *(const char **)context;

    for (const char *const *name = privileges_of(class); *name; name++)
        privilege_remove(about, role, *name, false);
}

static void add_owned(struct removal *removal, const char *role)
{
    const struct catalog *catalog = removal->ddl->catalog;
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i] && is_owner(&relations[i]->about, role))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_RELATION,
                                                         .id = relations[i]->oid});
    struct type *const *types = catalog_types(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (types[i] && !types[i]->relid && types[i]->category != 'A' && types[i]->typtype != 'm' &&
            is_owner(&types[i]->about, role))
            removal_add(removal,
                        (struct dropped_object){.class = OBJECT_IS_TYPE, .id = types[i]->oid});
    struct function *const *functions = catalog_functions(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (functions[i] && is_owner(&functions[i]->about, role))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_FUNCTION,
                                                         .id = functions[i]->oid});
    struct operator* const * operators = catalog_operators(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (operators[i] && is_owner(&operators[i]->about, role))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_OPERATOR,
                                                         .id = operators[i]->oid});
}

static void drop_others(struct ddl *ddl, const char *role)
{
    size_t at = 0;

    for (struct other_object *other; (other = catalog_next_other(ddl->catalog, &at));)
        if (is_owner(&other->about, role) ||
            (other->class == OTHER_DEFAULT_PRIVILEGE && strcmp(other->detail, role) == 0))
            catalog_drop_other(ddl->catalog, other->oid);
}

static void drop_schemas(struct ddl *ddl, const char *role, bool cascade)
{
    size_t at = 0;

    for (const struct namespace *schema; (schema = catalog_next_namespace(ddl->catalog, &at));) {
        if (!is_owner(&schema->about, role))
            continue;
        if (cascade)
            drop_contents(ddl, schema->oid);
        catalog_drop_namespace(ddl->catalog, schema->name);
    }
}

void ddl_drop_owned(struct ddl *ddl, const PgQuery__DropOwnedStmt *statement)
{
    bool cascade = statement->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;

    for (size_t i = 0; i < statement->n_roles; i++) {
        const char *role = role_named(ddl, statement->roles[i]->role_spec);
        struct removal removal = {.ddl = ddl, .cascade = cascade};
        if (!role)
            continue;
        add_owned(&removal, role);
        removal_run(&removal);
        drop_others(ddl, role);
        drop_schemas(ddl, role, cascade);
        each_about(ddl, revoke_all, &role);
    }
}
