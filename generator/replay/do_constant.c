/* Text that a DO block makes of constants only, as EXECUTE takes it (manual, 43.5.4 Executing
 * Dynamic Commands, and 9.4.1 format).
 */
#include "replay/do_constant.h"

#include <stdlib.h>
#include <string.h>

/* A value that is put together. */
struct constant {
    struct ddl *ddl;
    bool has_unknown_literal;
};

static const char *value_of(struct constant *constant, const PgQuery__Node *node);

const PgQuery__Node *do_expression(struct ddl *ddl, const char *text)
{
    struct sql *sql = arena_new(ddl->arena, struct sql);
    const size_t n_diags = ddl->diags->list.n;
    const PgQuery__SelectStmt *select;
    struct statement statement;

    *sql = *ddl->sql;
    sql->text = arena_printf(ddl->arena, "SELECT %s", text);
    sql->len = strlen(sql->text);
    if (!sql_parse_one(ddl->arena, sql, ddl->diags, &statement)) {
        diag_rewind(ddl->diags, n_diags);
        return NULL;
    }
    select = NODE_IS(statement.tree, SELECT_STMT) ? statement.tree->select_stmt : NULL;
    if (!select || select->n_target_list != 1 || select->n_from_clause || select->where_clause)
        return NULL;
    return select->target_list[0]->res_target->val;
}

/* What a literal says that nobody knows. This stands for it, which any type takes and which is no
 * NULL that a DEFAULT could do without; where the grammar wants a literal alone, as for a label of
 * an enum, it is a syntax error. */
static const char *unknown_literal(struct constant *constant)
{
    constant->has_unknown_literal = true;
    return "NULL::pg_catalog.unknown";
}

/* The argument of a specifier such as %I or %2$L, whose text is past the percent sign; NULL for
 * what is not known. */
static const char *formatted(struct constant *constant, const PgQuery__FuncCall *call, size_t *arg,
                             const char **spec)
{
    char *end;
    const unsigned long position = strtoul(*spec, &end, 10);
    const char *value;

    if (end > *spec && *end == '$' && position > 0) {
        *arg = position;
        *spec = end + 1;
    }
    if (!**spec || !strchr("sIL", **spec) || *arg >= call->n_args)
        return NULL;
    value = value_of(constant, call->args[(*arg)++]);
    if (!value && **spec == 'L')
        return unknown_literal(constant);
    if (!value || **spec == 's')
        return value;
    return **spec == 'I' ? catalog_quote_identifier(constant->ddl->arena, value)
                         : catalog_quote_literal(constant->ddl->arena, value);
}

static const char *format(struct constant *constant, const PgQuery__FuncCall *call)
{
    const char *text = value_of(constant, call->args[0]);
    struct buf result = buf_in(constant->ddl->arena);
    size_t arg = 1;

    for (; text && *text; text++) {
        const char *value;
        if (*text != '%' || *++text == '%') {
            buf_addc(&result, *text);
            continue;
        }
        value = formatted(constant, call, &arg, &text);
        if (!value)
            return NULL;
        buf_adds(&result, value);
    }
    return text ? buf_text(&result) : NULL;
}

static const char *concat(struct constant *constant, PgQuery__Node *const *args, size_t n)
{
    struct buf result = buf_in(constant->ddl->arena);

    for (size_t i = 0; i < n; i++) {
        const char *value = value_of(constant, args[i]);
        if (!value)
            return NULL;
        buf_adds(&result, value);
    }
    return buf_text(&result);
}

static const char *call_value(struct constant *constant, const PgQuery__FuncCall *call)
{
    const char *name = raw_string(call->funcname[call->n_funcname - 1]);
    const char *value;

    if (call->n_args == 0 || call->func_variadic)
        return NULL;
    if (strcmp(name, "format") == 0)
        return format(constant, call);
    if (strcmp(name, "concat") == 0)
        return concat(constant, call->args, call->n_args);
    value = call->n_args == 1 ? value_of(constant, call->args[0]) : NULL;
    if (value && strcmp(name, "quote_ident") == 0)
        return catalog_quote_identifier(constant->ddl->arena, value);
    if (strcmp(name, "quote_literal") != 0 && strcmp(name, "quote_nullable") != 0)
        return NULL;
    return value ? catalog_quote_literal(constant->ddl->arena, value) : unknown_literal(constant);
}

static const char *cast_value(struct constant *constant, const PgQuery__TypeCast *cast)
{
    const PgQuery__TypeName *type = cast->type_name;

    return type->n_array_bounds == 0 && type->n_names > 0 &&
                   strcmp(raw_string(type->names[type->n_names - 1]), "text") == 0
               ? value_of(constant, cast->arg)
               : NULL;
}

static const char *value_of(struct constant *constant, const PgQuery__Node *node)
{
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
        return node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL ||
                       node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL
                   ? raw_constant_text(constant->ddl->arena, node)
                   : NULL;
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return cast_value(constant, node->type_cast);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return call_value(constant, node->func_call);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP && node->a_expr->lexpr &&
                       node->a_expr->n_name == 1 &&
                       strcmp(raw_string(node->a_expr->name[0]), "||") == 0
                   ? concat(constant,
                            (PgQuery__Node *const[]){node->a_expr->lexpr, node->a_expr->rexpr}, 2)
                   : NULL;
    default:
        return NULL;
    }
}

const char *do_constant(struct ddl *ddl, const char *text, bool *has_unknown_literal)
{
    const PgQuery__Node *node = do_expression(ddl, text);
    struct constant constant = {.ddl = ddl};
    const char *value = node ? value_of(&constant, node) : NULL;

    *has_unknown_literal = value && constant.has_unknown_literal;
    return value;
}
