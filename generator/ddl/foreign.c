/* Foreign-data wrappers, servers and user mappings. A wrapper may be that of an extension, which is
 * not known then.
 */
#include <string.h>

#include "ddl/object.h"
#include "ddl/reloption.h"
#include "ddl/signature.h"
#include "ddl/statements.h"

/* --- Wrappers ----------------------------------------------------------------------------------
 */

static oid wrapper_function(struct ddl *ddl, const PgQuery__List *names, bool is_handler)
{
    struct qualified_name name = name_from_list(ddl, names->items, names->n_items);
    const oid arguments[] = {TEXTARRAYOID, OIDOID};
    span at = name_span(ddl, name);
    const struct function *function =
        exact_function_get(ddl, name, arguments, is_handler ? 0 : 2, at);

    if (is_handler && !is_builtin_type(ddl, function->return_type, "fdw_handler"))
        ddl_fail(ddl, "42809", at, "function %s must return type fdw_handler",
                 qualified_text(ddl->arena, name));
    return function->oid;
}

/* HANDLER f, NO HANDLER, VALIDATOR f, NO VALIDATOR. */
static void set_functions(struct ddl *ddl, PgQuery__Node **options, size_t n,
                          struct other_object *wrapper)
{
    for (size_t i = 0; i < n; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        const char *name = strcmp(option->defname, "handler") == 0 ? "HANDLER" : "VALIDATOR";
        definition_check_once(ddl, options, n, option);
        clause_remove(&wrapper->clauses, name);
        if (option->arg)
            clause_add(
                ddl, &wrapper->clauses,
                (struct clause){.name = name,
                                .kind = CLAUSE_IS_FUNCTION,
                                .object = wrapper_function(ddl, option->arg->list, *name == 'H')});
    }
}

void ddl_create_wrapper(struct ddl *ddl, const PgQuery__CreateFdwStmt *statement)
{
    struct other_object draft = {.class = OTHER_WRAPPER, .name = statement->fdwname};

    set_functions(ddl, statement->func_options, statement->n_func_options, &draft);
    foreign_options_change(ddl, &draft.about.foreign_options, statement->options,
                           statement->n_options);
    other_create(ddl, draft, ddl_name_span(ddl, -1, statement->fdwname));
}

void ddl_alter_wrapper(struct ddl *ddl, const PgQuery__AlterFdwStmt *statement)
{
    struct other_object *wrapper = other_get(ddl, OTHER_WRAPPER, statement->fdwname);

    if (!wrapper)
        return;
    set_functions(ddl, statement->func_options, statement->n_func_options, wrapper);
    foreign_options_change(ddl, &wrapper->about.foreign_options, statement->options,
                           statement->n_options);
}

/* --- Servers -----------------------------------------------------------------------------------
 */

static struct clause wrapper_clause(struct ddl *ddl, const char *name)
{
    const struct other_object *wrapper =
        catalog_find_other(ddl->catalog, OTHER_WRAPPER, 0, name, NULL);
    const struct other_object *extension =
        catalog_find_other(ddl->catalog, OTHER_EXTENSION, 0, name, NULL);
    struct clause clause = {.name = "FOREIGN DATA WRAPPER"};

    clause.text = wrapper || extension ? NULL : catalog_quote_identifier(ddl->arena, name);
    if (wrapper || extension) {
        clause.kind = CLAUSE_IS_OTHER;
        clause.object = wrapper ? wrapper->oid : extension->oid;
    }
    return clause;
}

void ddl_create_server(struct ddl *ddl, const PgQuery__CreateForeignServerStmt *statement)
{
    struct other_object draft = {.class = OTHER_SERVER, .name = statement->servername};

    if (statement->if_not_exists &&
        catalog_find_other(ddl->catalog, OTHER_SERVER, 0, draft.name, NULL))
        return;
    if (raw_optional(statement->servertype))
        clause_set_text(ddl, &draft.clauses, "TYPE",
                        catalog_quote_literal(ddl->arena, statement->servertype));
    if (raw_optional(statement->version))
        clause_set_text(ddl, &draft.clauses, "VERSION",
                        catalog_quote_literal(ddl->arena, statement->version));
    clause_add(ddl, &draft.clauses, wrapper_clause(ddl, statement->fdwname));
    foreign_options_change(ddl, &draft.about.foreign_options, statement->options,
                           statement->n_options);
    other_create(ddl, draft, ddl_name_span(ddl, -1, draft.name));
}

void ddl_alter_server(struct ddl *ddl, const PgQuery__AlterForeignServerStmt *statement)
{
    struct other_object *server = other_get(ddl, OTHER_SERVER, statement->servername);

    if (!server)
        return;
    if (statement->has_version) {
        clause_remove(&server->clauses, "VERSION");
        if (raw_optional(statement->version))
            clause_set_text(ddl, &server->clauses, "VERSION",
                            catalog_quote_literal(ddl->arena, statement->version));
    }
    foreign_options_change(ddl, &server->about.foreign_options, statement->options,
                           statement->n_options);
}

static void check_handler(struct ddl *ddl, const struct other_object *server)
{
    const struct clause *clause = clause_find(&server->clauses, "FOREIGN DATA WRAPPER");
    const struct other_object *wrapper =
        clause && clause->object ? catalog_get_other(ddl->catalog, clause->object) : NULL;

    if (wrapper && wrapper->class == OTHER_WRAPPER && !clause_find(&wrapper->clauses, "HANDLER"))
        ddl_fail(ddl, "55000", ddl_name_span(ddl, -1, server->name),
                 "foreign-data wrapper \"%s\" has no handler", wrapper->name);
}

void ddl_import_foreign_schema(struct ddl *ddl, const PgQuery__ImportForeignSchemaStmt *statement)
{
    const struct other_object *server = other_get(ddl, OTHER_SERVER, statement->server_name);
    struct diag *diag;

    namespace_for_creation(ddl, statement->local_schema,
                           ddl_name_span(ddl, -1, statement->local_schema));
    if (server)
        check_handler(ddl, server);
    diag = diag_warning(ddl->diags, "PL305", ddl_name_span(ddl, -1, statement->remote_schema),
                        "the tables of the foreign schema \"%s\" are not known",
                        statement->remote_schema);

    catalog_set_incomplete(ddl->catalog);
    diag_hint(ddl->diags, diag, "write a CREATE FOREIGN TABLE for each table that is used");
}

/* --- User mappings -----------------------------------------------------------------------------
 */

static const char *user_named(struct ddl *ddl, const PgQuery__RoleSpec *role)
{
    const char *name = role_named(ddl, role);

    if (role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC)
        return "";
    return name ? name : "current_user";
}

static struct other_object *mapping_find(struct ddl *ddl, const PgQuery__RoleSpec *role,
                                         const char *server)
{
    return catalog_find_other(ddl->catalog, OTHER_USER_MAPPING, 0, user_named(ddl, role), server);
}

static struct other_object *mapping_get(struct ddl *ddl, const PgQuery__RoleSpec *role,
                                        const char *server)
{
    struct other_object *mapping = mapping_find(ddl, role, server);

    if (!mapping)
        ddl_fail(ddl, "42704", ddl_span(ddl, role->location),
                 "user mapping for \"%s\" does not exist for server \"%s\"", user_named(ddl, role),
                 server);
    return mapping;
}

void ddl_create_user_mapping(struct ddl *ddl, const PgQuery__CreateUserMappingStmt *statement)
{
    struct other_object draft = {.class = OTHER_USER_MAPPING,
                                 .name = user_named(ddl, statement->user),
                                 .detail = statement->servername};
    const struct other_object *server = other_get(ddl, OTHER_SERVER, statement->servername);

    if (mapping_find(ddl, statement->user, statement->servername)) {
        if (statement->if_not_exists)
            return;
        ddl_fail(ddl, "42710", ddl_span(ddl, statement->user->location),
                 "user mapping for \"%s\" already exists for server \"%s\"", draft.name,
                 statement->servername);
    }
    if (server)
        clause_add(
            ddl, &draft.clauses,
            (struct clause){.name = "SERVER", .kind = CLAUSE_IS_OTHER, .object = server->oid});
    foreign_options_change(ddl, &draft.about.foreign_options, statement->options,
                           statement->n_options);
    other_create(ddl, draft, ddl_span(ddl, statement->user->location));
}

void ddl_alter_user_mapping(struct ddl *ddl, const PgQuery__AlterUserMappingStmt *statement)
{
    foreign_options_change(
        ddl, &mapping_get(ddl, statement->user, statement->servername)->about.foreign_options,
        statement->options, statement->n_options);
}

void ddl_drop_user_mapping(struct ddl *ddl, const PgQuery__DropUserMappingStmt *statement)
{
    const struct other_object *mapping =
        statement->missing_ok ? mapping_find(ddl, statement->user, statement->servername)
                              : mapping_get(ddl, statement->user, statement->servername);

    if (mapping)
        catalog_drop_other(ddl->catalog, mapping->oid);
}
