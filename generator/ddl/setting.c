/* SET, and what a SELECT or CALL may do to a session. */
#include <ctype.h>
#include <string.h>

#include "ddl/statements.h"
#include "ddl/view.h"
#include "session/session.h"
#include "sql/tree.h"

/* Values of a boolean setting may be cut short: "of" is off. */
static bool is_off(const char *value)
{
    char first = (char)tolower((unsigned char)*value);

    return first &&
           (strchr("fn0", first) || (first == 'o' && tolower((unsigned char)value[1]) == 'f'));
}

/* SET LOCAL is taken for SET: what is not checked is not refused. */
static void set_body_check(struct ddl *ddl, const PgQuery__VariableSetStmt *statement)
{
    const char *value =
        statement->n_args > 0 ? raw_constant_text(ddl->arena, statement->args[0]) : NULL;

    ddl->session->bodies_unchecked = value && is_off(value);
}

void ddl_set_variable(struct ddl *ddl, const PgQuery__VariableSetStmt *statement)
{
    bool is_reset_all = statement->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL;
    struct path path = default_path;

    if (is_reset_all || path_of_setting(ddl->arena, statement, &path))
        session_change_path(ddl->session, path, statement->is_local);
    if (strcmp(statement->name, "role") == 0 ||
        strcmp(statement->name, "session_authorization") == 0)
        session_set_role(ddl, statement);
    if (is_reset_all || strcmp(statement->name, "check_function_bodies") == 0)
        set_body_check(ddl, statement);
}

/* SELECT [pg_catalog.]set_config('search_path', value, is_local), as pg_dump writes it. */
static const PgQuery__FuncCall *set_config_call(const PgQuery__SelectStmt *select)
{
    const PgQuery__Node *value;
    const PgQuery__FuncCall *call;
    const char *name;

    if (select->n_target_list != 1 || select->n_from_clause > 0 ||
        !NODE_IS(select->target_list[0], RES_TARGET))
        return NULL;
    value = select->target_list[0]->res_target->val;
    if (!NODE_IS(value, FUNC_CALL))
        return NULL;
    call = value->func_call;
    name = raw_string(call->funcname[call->n_funcname - 1]);
    return name && strcmp(name, "set_config") == 0 && call->n_args == 3 ? call : NULL;
}

static bool is_true(const PgQuery__Node *node)
{
    if (NODE_IS(node, TYPE_CAST))
        node = node->type_cast->arg;
    if (!NODE_IS(node, A_CONST))
        return false;
    if (node->a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL)
        return node->a_const->boolval->boolval;
    return node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL &&
           strchr("tTyY1", *node->a_const->sval->sval) && *node->a_const->sval->sval;
}

/* The user's functions may run any DDL. */
static bool visit_call(void *context, const ProtobufCMessage *message)
{
    struct ddl *ddl = context;
    const PgQuery__FuncCall *call = (const PgQuery__FuncCall *)(const void *)message;
    struct function_list list;
    const char *name;

    if (message->descriptor != &pg_query__func_call__descriptor)
        return true;
    name = raw_string(call->funcname[call->n_funcname - 1]);
    list = catalog_find_functions(ddl->catalog, ddl->arena,
                                  call->n_funcname > 1 ? raw_string(call->funcname[0]) : NULL,
                                  name ? name : "");
    for (size_t i = 0; i < list.n; i++)
        if (list.items[i]->oid >= FIRST_USER_OID)
            catalog_set_incomplete(ddl->catalog);
    return true;
}

void ddl_call(struct ddl *ddl, const PgQuery__CallStmt *statement)
{
    tree_walk(&statement->base, visit_call, ddl);
}

void ddl_select(struct ddl *ddl, const PgQuery__SelectStmt *statement)
{
    const PgQuery__FuncCall *call = set_config_call(statement);
    const char *variable = call ? raw_constant_text(ddl->arena, call->args[0]) : NULL;
    const char *value = call ? raw_constant_text(ddl->arena, call->args[1]) : NULL;

    if (variable && value && strcmp(variable, "search_path") == 0)
        session_change_path(ddl->session, path_of_text(ddl->arena, value), is_true(call->args[2]));
    else if (variable && value && strcmp(variable, "check_function_bodies") == 0)
        ddl->session->bodies_unchecked = is_off(value);
    else
        select_into(ddl, statement);
    tree_walk(&statement->base, visit_call, ddl);
}
