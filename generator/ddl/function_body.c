/* Bodies of SQL functions, when CREATE FUNCTION is replayed: a string is read after the function is
 * made, unless check_function_bodies is off; BEGIN ATOMIC and RETURN before. Bodies in other
 * languages are not looked at.
 */
#include <string.h>

#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"
#include "session/session.h"

static void check_types(struct ddl *ddl, const struct function *function)
{
    const struct type *result = catalog_get_type(ddl->catalog, function->return_type);

    if (result->typtype == 'p' && !result->is_shell && result->oid != RECORDOID &&
        result->oid != VOIDOID && !type_is_polymorphic(result->oid))
        ddl_fail(ddl, "42P13", function->defined_at, "SQL functions cannot return type %s",
                 ddl_type_text(ddl, result->oid));
    for (size_t i = 0; i < function->n_args; i++) {
        const struct type *type = catalog_get_type(ddl->catalog, function->arg_types[i]);

        if (type->typtype == 'p' && !type->is_shell && !type_is_polymorphic(type->oid))
            ddl_fail(ddl, "42P13", function->defined_at,
                     "SQL functions cannot have arguments of type %s",
                     ddl_type_text(ddl, type->oid));
    }
}

static bool has_polymorphic(const struct function *function)
{
    for (size_t i = 0; i < function->n_args; i++)
        if (type_is_polymorphic(function->arg_types[i]))
            return true;
    return false;
}

/* A dollar-quoted body stands in the text as it is; another has the function's name for a place. */
static const struct sql *sql_of_text(struct ddl *ddl, const struct function *function,
                                     const char *text)
{
    struct sql *sql = arena_new(ddl->arena, struct sql);
    struct sql_segment *segment = arena_new(ddl->arena, struct sql_segment);
    const char *start = ddl->sql->text + ddl->statement.location;
    const char *found = *text ? strstr(start, text) : NULL;
    size_t len = strlen(text);
    span at = function->defined_at;

    *sql = (struct sql){
        .source = at.source, .text = text, .len = len, .segments = segment, .n_segments = 1};
    segment->synthetic = !found || found + len > start + ddl->statement.len;
    if (!segment->synthetic)
        at = sql_range_span(ddl->sql, (int)(found - ddl->sql->text),
                            (int)(found - ddl->sql->text + (ptrdiff_t)len));
    segment->source_offset = at.offset;
    segment->source_len = at.len;
    return sql;
}

/* SET search_path of the function holds for its body. */
static void set_path_of(struct ddl *ddl, const PgQuery__CreateFunctionStmt *statement)
{
    for (size_t i = 0; i < statement->n_options; i++) {
        const PgQuery__DefElem *option = statement->options[i]->def_elem;
        struct path path;

        if (strcmp(option->defname, "set") == 0 && NODE_IS(option->arg, VARIABLE_SET_STMT) &&
            path_of_setting(ddl->arena, option->arg->variable_set_stmt, &path))
            catalog_set_search_path(ddl->catalog, path.names, path.n);
    }
}

static const char *missing_hint(struct ddl *ddl, const struct statements *statements)
{
    const char *hint = NULL;

    for (size_t i = 0; i < statements->n && !hint; i++)
        hint = missing_call_hint(ddl, &statements->items[i].tree->base);
    return hint;
}

/* What is forgiven was not understood in full: such a body counts as not known. */
static bool is_good(struct ddl *ddl, struct ddl_body *body)
{
    size_t n_before = ddl->diags->list.n;

    if (analyze_body(ddl->arena, ddl->catalog, body, ddl->diags))
        return true;
    body->analysed = NULL;
    return missing_is_forgiven(ddl, n_before, missing_hint(ddl, &body->statements));
}

static void check_string(struct ddl *ddl, const PgQuery__CreateFunctionStmt *statement,
                         struct function *function, const char *text)
{
    struct ddl_body body = {
        .function = function, .sql = sql_of_text(ddl, function, text), .start = -1};
    struct session *session = ddl->session;
    bool good;

    if (!sql_parse_body(ddl->arena, body.sql, ddl->diags, &body.statements))
        ddl_stop(ddl);
    if (has_polymorphic(function))
        return;
    set_path_of(ddl, statement);
    good = is_good(ddl, &body);
    session_set_path(session, session->path);
    if (!good)
        ddl_stop(ddl);
    function->body = body.analysed;
}

static void check_atomic(struct ddl *ddl, PgQuery__Node *node, struct function *function)
{
    struct ddl_body body = {.function = function,
                            .sql = ddl->sql,
                            .start = ddl->statement.location,
                            .is_atomic = true,
                            .any_result = ddl->session->bodies_unchecked};
    PgQuery__Node **items = &node;
    size_t n = 1;

    if (has_polymorphic(function))
        ddl_fail(ddl, "42P13", function->defined_at,
                 "SQL function with unquoted function body cannot have polymorphic arguments");
    if (NODE_IS(node, LIST)) {
        const PgQuery__Node *list = node->list->n_items > 0 ? node->list->items[0] : NULL;

        n = NODE_IS(list, LIST) ? list->list->n_items : 0;
        items = n > 0 ? list->list->items : NULL;
    }
    body.statements.items = arena_array(ddl->arena, struct statement, n);
    for (size_t i = 0; i < n; i++)
        if (items[i]->node_case != PG_QUERY__NODE__NODE__NOT_SET)
            body.statements.items[body.statements.n++] =
                (struct statement){ddl->sql, ddl->statement.location, ddl->statement.len, items[i]};
    if (!is_good(ddl, &body))
        ddl_stop(ddl);
    function->body = body.analysed;
}

/* A function without a body is let through: catalogs are written down without them. */
static void check_only_one(struct ddl *ddl, const PgQuery__CreateFunctionStmt *statement,
                           const struct function *function, bool has_text)
{
    if (statement->sql_body && has_text)
        ddl_fail(ddl, "42P13", function->defined_at, "duplicate function body specified");
    if (statement->sql_body && !function->may_inline)
        ddl_fail(ddl, "42P13", function->defined_at,
                 "inline SQL function body only valid for language SQL");
}

void function_body_check(struct ddl *ddl, const PgQuery__CreateFunctionStmt *statement,
                         struct function *function, bool is_made)
{
    const struct session *session = ddl->session;
    const PgQuery__DefElem *as = definition_find(statement->options, statement->n_options, "as");
    const char *text = as && NODE_IS(as->arg, LIST) && as->arg->list->n_items == 1
                           ? raw_string(as->arg->list->items[0])
                           : NULL;

    if (session->depth > 0)
        return;
    if (!is_made)
        check_only_one(ddl, statement, function, as != NULL);
    if (!function->may_inline) /* not LANGUAGE sql */
        return;
    if (is_made)
        check_types(ddl, function);
    if (!is_made && statement->sql_body)
        check_atomic(ddl, statement->sql_body, function);
    if (is_made && text && !session->bodies_unchecked)
        check_string(ddl, statement, function, text);
}
