/* Operators (manual, 10.2; parse_oper.c).
 *
 * First the exact signature, where an unknown operand counts as the type of the other one; then
 * the candidates of the name. The chosen operator's declared types are made concrete and the
 * operands coerced to them.
 */
#include "resolve/resolve.h"

#include "catalog/catalog.h"
#include "resolve/candidates.h"
#include "resolve/coerce.h"
#include "resolve/params.h"
#include "resolve/places.h"
#include "resolve/suggest.h"
#include "tree/tree.h"
#include "types/conversion.h"
#include "types/polymorphic.h"

/* Operators of the name in the order of the search path. */
static struct operator_list find_operators(struct parse *parse, struct qualified_name name)
{
    return catalog_find_operators(parse->statement->catalog, parse->statement->arena, name.schema,
                                  name.name);
}

static const struct operator* exact(const struct operator_list *list, oid left, oid right)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i]->left == left && list->items[i]->right == right)
            return list->items[i];
    return NULL;
}

static const struct operator* binary_exact(const struct catalog *catalog,
                                           const struct operator_list *list, oid left, oid right)
{
    bool was_unknown = left == UNKNOWNOID || right == UNKNOWNOID;
    if (left == UNKNOWNOID)
        left = right;
    else if (right == UNKNOWNOID)
        right = left;
    const struct operator* found = exact(list, left, right);
    oid base = type_base(catalog, left);
    if (!found && was_unknown && base != left)
        found = exact(list, base, base);
    return found;
}

/* Prefix operators have one arg, the right operand. One of an earlier schema hides its likes. */
static struct candidates operator_candidates(struct parse *parse, const struct operator_list *list,
                                             bool is_prefix)
{
    struct candidates candidates = {0};
    for (size_t i = 0; i < list->n; i++) {
        const struct operator* op = list->items[i];
        if ((op->left == 0) != is_prefix || exact(list, op->left, op->right) != op)
            continue;
        oid *args = arena_array(parse->statement->arena, oid, 2);
        args[0] = is_prefix ? op->right : op->left;
        args[1] = is_prefix ? 0 : op->right;
        vec_push(parse->statement->arena, &candidates,
                 (struct candidate){.op = op, .n_args = is_prefix ? 1 : 2, .args = args});
    }
    return candidates;
}

static enum match find_operator(struct parse *parse, struct qualified_name name, oid left,
                                oid right, const struct operator** op)
{
    const struct catalog *catalog = parse->statement->catalog;
    struct operator_list list = find_operators(parse, name);
    const struct candidate *best = NULL;
    *op = left ? binary_exact(catalog, &list, left, right) : exact(&list, 0, right);
    if (*op)
        return MATCH_ONE;
    oid types[2] = {left ? left : right, right};
    struct candidates candidates = operator_candidates(parse, &list, left == 0);
    enum match match = candidates_choose(catalog, &candidates, types, left ? 2 : 1, &best);
    *op = match == MATCH_ONE ? best->op : NULL;
    return match;
}

static const char *signature(struct parse *parse, struct qualified_name name, oid left, oid right)
{
    return arena_printf(parse->statement->arena, "%s%s%s %s", left ? type_text(parse, left) : "",
                        left ? " " : "", qualified_name_text(parse, name), type_text(parse, right));
}

/* A parameter has one type, and the use that gave it one may be far away. */
static void note_other_use(struct parse *parse, struct diag *diag, const struct expr *operand)
{
    const struct statement_state *statement = parse->statement;
    const struct param_info *param;

    if (!operand || operand->kind != EXPR_PARAM || (size_t)operand->u.param > statement->params.n)
        return;
    param = &statement->params.items[operand->u.param - 1];
    if (param->location != operand->location && param->location >= 0)
        diag_note(statement->diags, diag, sql_span(statement->sql, param->location),
                  "parameter $%d is also used here, and can only have one type: %s",
                  operand->u.param, type_text(parse, operand->type));
}

static _Noreturn void operator_failed(struct parse *parse, enum match match,
                                      struct qualified_name name, oid left, oid right,
                                      const struct expr *const operands[2], int location)
{
    const char *hint = suggest_operators(parse, name, left);
    struct diag *diag;
    const char *text = signature(parse, name, left, right);
    if (match == MATCH_MANY)
        parse_error_hint(parse, "42725", location,
                         "could not choose a best candidate operator; you might need to add "
                         "explicit type casts",
                         "operator is not unique: %s", text);
    diag = parse_diag(parse, "42883", location, "operator does not exist: %s", text);
    for (size_t i = 0; operands && i < 2; i++)
        note_other_use(parse, diag, operands[i]);
    diag_hint(parse->statement->diags, diag, "%s", hint);
    parse_fail(parse);
}

/* Operands that are known help to explain a failure; NULL when there are only types. */
static const struct operator* existing_operator(struct parse *parse, struct qualified_name name,
                                                oid left, oid right,
                                                const struct expr *const operands[2], int location)
{
    const struct operator* op;
    enum match match;

    qualified_name_check(parse, name, location);
    match = find_operator(parse, name, left, right, &op);
    if (!op)
        operator_failed(parse, match, name, left, right, operands, location);
    return op;
}

const struct operator* resolve_operator_for(struct parse *parse, struct qualified_name name,
                                            oid left, oid right, bool quiet, int location)
{
    const struct operator* op;

    if (!quiet)
        return existing_operator(parse, name, left, right, NULL, location);
    find_operator(parse, name, left, right, &op);
    return op;
}

static const struct operator* usable_operator(struct parse *parse, struct qualified_name name,
                                              oid left, oid right,
                                              const struct expr *const operands[2], int location)
{
    const struct operator* op = existing_operator(parse, name, left, right, operands, location);
    if (op->function == 0)
        parse_error(parse, "42883", location, "operator is only a shell: %s",
                    signature(parse, name, op->left, op->right));
    return op;
}

void resolve_coerce_args(struct parse *parse, struct expr **args, const oid *actual,
                         const oid *declared, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (actual[i] == declared[i])
            continue;
        struct expr **arg = args[i]->kind == EXPR_NAMED_ARG ? &args[i]->args[0] : &args[i];
        *arg = coerce_type(parse, *arg, actual[i], declared[i], -1, COERCE_IMPLICIT, FORM_IMPLICIT,
                           -1);
    }
}

static struct expr *make_operator(struct parse *parse, enum expr_kind kind,
                                  const struct operator* op, struct qualified_name name, oid result,
                                  int location)
{
    struct expr *expr = expr_make(parse->statement->arena, kind, result, location);
    const struct type *type = catalog_get_type(parse->statement->catalog, result);
    expr->typmod = -1;
    expr->collation = type ? type->collation : 0;
    expr->args = arena_array(parse->statement->arena, struct expr *, 2);
    expr->u.op.op = op;
    expr->u.op.name = name.name;
    return expr;
}

struct expr *resolve_operator(struct parse *parse, struct qualified_name name, struct expr *left,
                              struct expr *right, int location)
{
    const struct expr *const operands[2] = {left, right};
    const struct operator* op =
        usable_operator(parse, name, left ? left->type : 0, right->type, operands, location);
    oid actual[2] = {left ? left->type : right->type, right->type};
    oid declared[2] = {left ? op->left : op->right, op->right};
    size_t n = left ? 2 : 1;
    oid result = coerce_generic(parse, actual, declared, n, op->result, false);
    struct expr *expr = make_operator(parse, EXPR_OP, op, name, result, location);
    const struct function *code = catalog_get_function(parse->statement->catalog, op->function);
    expr->args[0] = left ? left : right;
    expr->args[1] = left ? right : NULL;
    expr->n_args = n;
    resolve_coerce_args(parse, expr->args, actual, declared, n);
    if (code && code->returns_set)
        check_set_returning(parse, expr, parse->scope->last_set_returning);
    return expr;
}

/* The array type that the right side must have, given the operator's declared right type. */
static oid array_operand_type(struct parse *parse, oid declared, oid actual, int location)
{
    if (type_is_polymorphic(declared))
        return actual;
    oid array = catalog_array_type(parse->statement->catalog, declared);
    if (!array)
        parse_error(parse, "42704", location, "could not find array type for data type %s",
                    type_text(parse, declared));
    return array;
}

struct expr *resolve_array_operator(struct parse *parse, struct qualified_name name, bool use_or,
                                    struct expr *scalar, struct expr *array, int location)
{
    const struct catalog *catalog = parse->statement->catalog;
    oid element = UNKNOWNOID;
    if (array->type != UNKNOWNOID)
        element = catalog_element_type(catalog, type_base(catalog, array->type));
    if (!element)
        parse_error(parse, "42809", location, "op ANY/ALL (array) requires array on right side");
    const struct expr *const operands[2] = {scalar, array};
    const struct operator* op =
        usable_operator(parse, name, scalar->type, element, operands, location);
    oid actual[2] = {scalar->type, element};
    oid declared[2] = {op->left, op->right};
    if (coerce_generic(parse, actual, declared, 2, op->result, false) != BOOLOID)
        parse_error(parse, "42809", location,
                    "op ANY/ALL (array) requires operator to yield boolean");
    const struct function *code = catalog_get_function(catalog, op->function);
    if (code && code->returns_set)
        parse_error(parse, "42809", location,
                    "op ANY/ALL (array) requires operator not to return a set");
    actual[1] = array->type;
    declared[1] = array_operand_type(parse, declared[1], array->type, location);
    struct expr *expr = make_operator(parse, EXPR_ARRAY_OP, op, name, BOOLOID, location);
    expr->u.op.use_or = use_or;
    expr->args[0] = scalar;
    expr->args[1] = array;
    expr->n_args = 2;
    resolve_coerce_args(parse, expr->args, actual, declared, 2);
    return expr;
}
