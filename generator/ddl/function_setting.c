/* SET as a part of a function (proconfig). A value is kept as it stands behind TO: lists of names
 * as literals of their own, any other value as one.
 */
#include <string.h>

#include "ddl/reloption.h"
#include "ddl/signature.h"

static bool is_list_of_names(const char *name)
{
    static const char *const names[] = {"search_path",
                                        "temp_tablespaces",
                                        "local_preload_libraries",
                                        "session_preload_libraries",
                                        "shared_preload_libraries",
                                        "unix_socket_directories",
                                        NULL};

    return name_is_one_of(name, names);
}

static const char *value_of(struct ddl *ddl, const PgQuery__VariableSetStmt *statement,
                            const char *name)
{
    bool by_one = is_list_of_names(name);
    struct buf value = buf_in(ddl->arena);

    for (size_t i = 0; i < statement->n_args; i++) {
        const char *text = raw_constant_text(ddl->arena, statement->args[i]);
        if (!text)
            return NULL;
        buf_addf(&value, "%s%s", i ? ", " : "",
                 by_one ? catalog_quote_literal(ddl->arena, text) : text);
    }
    return by_one ? buf_text(&value) : catalog_quote_literal(ddl->arena, buf_text(&value));
}

/* Of what a session has, the search path is known. */
static const char *current_value(struct ddl *ddl, const char *name)
{
    struct buf value = buf_in(ddl->arena);

    if (strcmp(name, "search_path") != 0)
        return NULL;
    for (size_t i = 0; i < ddl->session->path.n; i++)
        buf_addf(&value, "%s%s", i ? ", " : "",
                 catalog_quote_literal(ddl->arena, ddl->session->path.names[i]));
    return ddl->session->path.n ? buf_text(&value) : "''";
}

void function_setting_apply(struct ddl *ddl, const PgQuery__VariableSetStmt *statement,
                            struct function *function)
{
    const char *known = catalog_setting(statement->name);
    const char *name = known ? known : statement->name;
    const char *value;

    if (!known && statement->kind != PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL &&
        !strchr(name, '.'))
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, name),
                 "unrecognized configuration parameter \"%s\"", name);
    switch (statement->kind) {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL:
        function->settings.n = 0;
        return;
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET:
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT:
        setting_remove(&function->settings, name);
        return;
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT:
        value = current_value(ddl, name);
        break;
    default:
        value = value_of(ddl, statement, name);
    }
    if (value)
        setting_put(ddl->arena, &function->settings, name, value);
}
