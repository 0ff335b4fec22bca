/* What a call does. Functions that are not volatile have no effects (manual, 38.7); what the
 * volatile ones leave in the session is known of the server's own and of contrib's, and seen in the
 * bodies of SQL functions. Of any other nothing is known.
 */
#include "prove/effects_internal.h"

#include <string.h>

#include "catalog/extension.h"

/* Built-in functions after which the session is not what it was: settings, session-level advisory
 * locks, open large objects, what replication and backups keep; and those that run a text. */
static const char *const leaving[] = {
    "cursor_to_xml",
    "lo_open",
    "pg_advisory_lock",
    "pg_advisory_lock_shared",
    "pg_advisory_unlock",
    "pg_advisory_unlock_all",
    "pg_advisory_unlock_shared",
    "pg_backup_start",
    "pg_backup_stop",
    "pg_copy_logical_replication_slot",
    "pg_copy_physical_replication_slot",
    "pg_create_logical_replication_slot",
    "pg_create_physical_replication_slot",
    "pg_replication_origin_session_reset",
    "pg_replication_origin_session_setup",
    "pg_try_advisory_lock",
    "pg_try_advisory_lock_shared",
    "query_to_xml",
    "query_to_xml_and_xmlschema",
    "query_to_xmlschema",
    "set_config",
    "setseed",
    "ts_rewrite",
    "ts_stat",
};

/* The same of contrib: its other volatile functions leave nothing. */
static const struct {
    const char *extension, *prefix;
} extensions_leaving[] = {
    {"dblink", "dblink"},
    {"pg_trgm", "set_limit"},
    {"postgres_fdw", "postgres_fdw_disconnect"},
};

static bool has_prefix(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

/* The contrib extension that the function is of; NULL when it is of none. Objects of an extension
 * have their place in its SQL. */
static const char *extension_of(const struct function *function)
{
    static const char prefix[] = "extension ";
    const char *path = function->defined_at.source ? function->defined_at.source->path : "";
    const char *name = has_prefix(path, prefix) ? path + strlen(prefix) : NULL;

    return name && catalog_extension_sql(name) ? name : NULL;
}

static bool extension_leaves(const char *extension, const char *function)
{
    for (size_t i = 0; i < sizeof extensions_leaving / sizeof *extensions_leaving; i++)
        if (strcmp(extensions_leaving[i].extension, extension) == 0 &&
            has_prefix(function, extensions_leaving[i].prefix))
            return true;
    return false;
}

/* set_config(name, value, true): until the end of the transaction. */
static bool is_local_setting(const char *name, const struct expr *call)
{
    const struct expr *is_local;

    if (strcmp(name, "set_config") != 0 || !call || call->n_args != 3)
        return false;
    is_local = expr_strip_casts(call->args[2]);
    return is_local->kind == EXPR_CONST && !is_local->u.constant.is_null &&
           is_local->u.constant.literal == 'B' && strcmp(is_local->u.constant.text, "t") == 0;
}

static bool builtin_leaves(const char *name, const struct expr *call)
{
    for (size_t i = 0; i < sizeof leaving / sizeof *leaving; i++)
        if (strcmp(leaving[i], name) == 0)
            return !is_local_setting(name, call);
    return false;
}

static void visit_body(struct effects_walk *walk, const struct function *function)
{
    const struct routine_body *body = function->body;

    if (!effects_see(walk, function))
        return;
    for (size_t i = 0; i < body->n_statements; i++)
        effects_visit_statement(walk, body->statements[i].tree, body->statements[i].query);
}

void effects_visit_function(struct effects_walk *walk, const struct function *function,
                            const struct expr *call)
{
    const char *extension;

    if (!function || function->volatility != 'v')
        return;
    walk->is_volatile = true;
    extension = extension_of(function);
    if (function->oid < FIRST_USER_OID)
        walk->changes_session |= builtin_leaves(function->name, call);
    else if (extension)
        walk->changes_session |= extension_leaves(extension, function->name);
    else if (function->body)
        visit_body(walk, function);
    else
        walk->changes_session = true;
}
