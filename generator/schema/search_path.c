/* SET search_path in its spellings, and what else a SELECT or CALL may do. */
#include <ctype.h>
#include <string.h>

#include "schema/session.h"
#include "schema/statements.h"
#include "schema/view.h"
#include "sql/tree.h"

static const char *const default_names[] = {"$user", "public"};

const struct path default_path = {default_names, sizeof default_names / sizeof *default_names};

void session_set_path(struct session *session, struct path path)
{
    session->path = path;
    catalog_set_search_path(session->catalog, path.names, path.n);
}

static void set_path(struct session *session, struct path path, bool is_local)
{
    if (is_local && !session->in_transaction)
        return;
    if (is_local && !session->path_is_local)
        session->path_after = session->path;
    session->path_is_local = is_local;
    session_set_path(session, path);
}

static const char *quoted_name(struct buf *name, const char *text)
{
    for (text++; *text && !(*text == '"' && text[1] != '"'); text++) {
        text += *text == '"';
        buf_addc(name, *text);
    }
    return *text ? text + 1 : text;
}

static const char *plain_name(struct buf *name, const char *text)
{
    for (; *text && *text != ',' && !isspace((unsigned char)*text); text++)
        buf_addc(name, (char)tolower((unsigned char)*text));
    return text;
}

/* A string such as `a, "B c"`: identifiers are folded unless quoted. */
static struct path parse_path(struct ddl *ddl, const char *text)
{
    VEC(const char *) names = {0};

    for (;;) {
        struct buf name = buf_in(ddl->arena);
        while (*text == ',' || isspace((unsigned char)*text))
            text++;
        if (!*text)
            return (struct path){names.items, names.n};
        text = *text == '"' ? quoted_name(&name, text) : plain_name(&name, text);
        vec_push(ddl->arena, &names, buf_text(&name));
    }
}

bool path_of_setting(struct ddl *ddl, const PgQuery__VariableSetStmt *setting, struct path *path)
{
    VEC(const char *) names = {0};

    if (!setting->name || strcmp(setting->name, "search_path") != 0)
        return false;
    *path = default_path;
    if (setting->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET ||
        setting->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT)
        return true;
    if (setting->kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE)
        return false;
    for (size_t i = 0; i < setting->n_args; i++) {
        const char *name = constant_text(ddl->arena, setting->args[i]);
        if (name)
            vec_push(ddl->arena, &names, name);
    }
    *path = (struct path){names.items, names.n};
    return true;
}

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
        statement->n_args > 0 ? constant_text(ddl->arena, statement->args[0]) : NULL;

    ddl->session->bodies_unchecked = value && is_off(value);
}

void ddl_set_variable(struct ddl *ddl, const PgQuery__VariableSetStmt *statement)
{
    bool is_reset_all = statement->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL;
    struct path path = default_path;

    if (is_reset_all || path_of_setting(ddl, statement, &path))
        set_path(ddl->session, path, statement->is_local);
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
    name = node_string(call->funcname[call->n_funcname - 1]);
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
    name = node_string(call->funcname[call->n_funcname - 1]);
    list = catalog_find_functions(ddl->catalog, ddl->arena,
                                  call->n_funcname > 1 ? node_string(call->funcname[0]) : NULL,
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
    const char *variable = call ? constant_text(ddl->arena, call->args[0]) : NULL;
    const char *value = call ? constant_text(ddl->arena, call->args[1]) : NULL;

    if (variable && value && strcmp(variable, "search_path") == 0)
        set_path(ddl->session, parse_path(ddl, value), is_true(call->args[2]));
    else if (variable && value && strcmp(variable, "check_function_bodies") == 0)
        ddl->session->bodies_unchecked = is_off(value);
    else
        select_into(ddl, statement);
    tree_walk(&statement->base, visit_call, ddl);
}
