/* Expressions of DDL: each is analysed at the moment of its statement, with the catalog as it is
 * then. What is missing is an error, unless the schema may have made it where
 * nobody could look (an unknown extension, a DO block), or an extension that the schema leaves to
 * others to create has it: then it is a warning, and the expression is taken as it is.
 */
#include <string.h>

#include "catalog/extension.h"
#include "ddl/table.h"
#include "sql/tree.h"

bool is_missing(const char *code)
{
    static const char *const codes[] = {"42883", "42704", "42P01", "42703", "3F000"};

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(code, codes[i]) == 0)
            return true;
    return false;
}

const char *missing_function_hint(struct ddl *ddl, const char *name)
{
    return catalog_find_functions(ddl->catalog, ddl->arena, NULL, name).n == 0
               ? extension_hint_for_function(ddl->arena, name)
               : NULL;
}

struct call_search {
    struct ddl *ddl;
    const char *hint;
};

static bool visit_call(void *context, const ProtobufCMessage *message)
{
    struct call_search *search = context;
    const PgQuery__FuncCall *call = (const PgQuery__FuncCall *)(const void *)message;
    const char *name;

    if (message->descriptor != &pg_query__func_call__descriptor || search->hint)
        return !search->hint;
    name = raw_string(call->funcname[call->n_funcname - 1]);
    if (name)
        search->hint = missing_function_hint(search->ddl, name);
    return true;
}

const char *missing_call_hint(struct ddl *ddl, const ProtobufCMessage *tree)
{
    struct call_search search = {.ddl = ddl};

    tree_walk(tree, visit_call, &search);
    return search.hint;
}

bool missing_is_forgiven(struct ddl *ddl, size_t n_before, const char *hint)
{
    struct diag *diag = ddl->diags->list.items[n_before], *warning;

    if (diag->severity != SEVERITY_ERROR || !is_missing(diag->code) ||
        (!hint && !catalog_is_incomplete(ddl->catalog)))
        return false;
    diag_rewind(ddl->diags, n_before);
    warning = diag_warning(ddl->diags, "PL306", diag->at, "%s, as far as is known", diag->message);
    diag_hint(ddl->diags, warning, "%s",
              hint ? hint : "write DDL for what an extension, a function or a DO block makes");
    return true;
}

bool expression_evaluate(struct ddl *ddl, const struct ddl_expression *expression,
                         struct ddl_value *value)
{
    size_t n_before = ddl->diags->list.n;
    bool quiet = false;

    *value = (struct ddl_value){0};
    if (ddl->session->depth == 0) {
        if (analyze_expression(ddl->arena, ddl->catalog, ddl->sql, expression, ddl->diags, value))
            return true;
        *value = (struct ddl_value){0};
        if (!missing_is_forgiven(ddl, n_before,
                                 expression->node ? missing_call_hint(ddl, &expression->node->base)
                                                  : NULL))
            ddl_stop(ddl);
        quiet = true;
    }
    if (expression->relation && expression->node)
        value->columns = expression_columns(ddl, expression->relation, expression->node, quiet,
                                            &value->n_columns);
    return false;
}

/* --- DEFAULT and GENERATED -------------------------------------------------------------------- */

void default_evaluate(struct ddl *ddl, const struct relation *relation, struct attribute *column,
                      const PgQuery__Node *node)
{
    bool is_generated = column->generated != 0;
    struct ddl_value value;

    expression_evaluate(ddl,
                        &(struct ddl_expression){
                            .place = is_generated ? DDL_GENERATED : DDL_DEFAULT,
                            .node = node,
                            .relation = is_generated ? relation : NULL,
                            .column = column->name,
                            .type = column->type,
                            .typmod = column->typmod,
                        },
                        &value);
    column->default_expr = value.expr;
    column->default_type = value.type;
    column->generated_from = is_generated ? value.columns : NULL;
    column->n_generated_from = is_generated ? value.n_columns : 0;
}

void defaults_evaluate(struct ddl *ddl, struct relation *relation, const struct table_parts *parts)
{
    for (size_t i = 0; i < parts->defaults.n; i++)
        default_evaluate(ddl, relation, attribute_find(relation, parts->defaults.items[i].column),
                         parts->defaults.items[i].node);
}

/* --- Copies ----------------------------------------------------------------------------------- */

const struct expr *expression_translated(struct ddl *ddl, const struct relation *from,
                                         const struct relation *to, const struct expr *expr)
{
    int16_t *numbers = arena_array(ddl->arena, int16_t, from->attributes.n + 1);
    bool same = true;

    if (!expr)
        return NULL;
    for (size_t i = 0; i < from->attributes.n; i++) {
        const struct attribute *column = &from->attributes.items[i];
        const struct attribute *target =
            column->is_dropped ? NULL : attribute_find(to, column->name);
        numbers[i] = target ? target->number : column->number;
        same &= numbers[i] == column->number;
    }
    return same ? expr : expr_renumbered(ddl->arena, expr, numbers, from->attributes.n);
}

/* --- Extensions ------------------------------------------------------------------------------- */

void called_extension_load(struct ddl *ddl, const PgQuery__Node *expr)
{
    const PgQuery__FuncCall *call;
    const char *name;

    while (NODE_IS(expr, TYPE_CAST))
        expr = expr->type_cast->arg;
    call = NODE_IS(expr, FUNC_CALL) ? expr->func_call : NULL;
    name = call && call->n_funcname == 1 ? raw_string(call->funcname[0]) : NULL;
    if (name && catalog_find_functions(ddl->catalog, ddl->arena, NULL, name).n == 0)
        ddl->session->load_extension(ddl, extension_of_function(ddl->arena, name),
                                     ddl_span(ddl, call->location), name);
}
