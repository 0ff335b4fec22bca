/* Operators, what the grammar makes of them, and tests. */
#include "deparse/writer.h"

/* --- Operators -------------------------------------------------------------------------------- */

void write_op(struct writer *writer, const struct expr *expr)
{
    const bool is_binary = expr->n_args == 2;
    const struct expr *right = expr->args[is_binary ? 1 : 0];

    write_open(writer);
    if (is_binary) {
        write_operand(writer, expr->args[0], true, expr);
        buf_addc(writer->out, ' ');
    }
    write_operator(writer, expr->u.op.op, expr->args[0]->type, right->type);
    buf_addc(writer->out, ' ');
    write_operand(writer, right, true, expr);
    write_close(writer);
}

void write_distinct(struct writer *writer, const struct expr *expr)
{
    if (expr->u.op.negated) {
        write_open(writer);
        write_text(writer, "NOT ");
    }
    write_open(writer);
    write_operand(writer, expr->args[0], true, expr);
    write_text(writer, " IS DISTINCT FROM ");
    write_operand(writer, expr->args[1], true, expr);
    write_close(writer);
    if (expr->u.op.negated)
        write_close(writer);
}

void write_nullif(struct writer *writer, const struct expr *expr)
{
    write_named_list(writer, "NULLIF", expr);
}

static bool is_scalar_query(const struct expr *expr)
{
    return expr->kind == EXPR_SUBLINK && expr->u.sublink.kind == SUBLINK_EXPR;
}

/* The elements of a list are converted together when the operator asks for it, and a conversion
 * that is written goes to each of them (transformArrayExpr): so it is left to the operator. */
static const struct expr *runnable_array(const struct writer *writer, const struct expr *array)
{
    return writer->is_runnable && array->kind == EXPR_CAST && array->u.cast.form == FORM_IMPLICIT &&
                   array->args[0]->kind == EXPR_ARRAY
               ? array->args[0]
               : array;
}

/* A bare query behind ANY would be one of rows; a cast says that it is one of an array. */
void write_array_op(struct writer *writer, const struct expr *expr)
{
    const struct expr *array = runnable_array(writer, expr->args[1]);
    const oid element = catalog_element_type(writer->catalog,
                                             catalog_base_type(writer->catalog, array->type, NULL));

    write_open(writer);
    write_operand(writer, expr->args[0], true, expr);
    buf_addc(writer->out, ' ');
    write_operator(writer, expr->u.op.op, expr->args[0]->type, element);
    write_text(writer, expr->u.op.use_or ? " ANY (" : " ALL (");
    write_operand(writer, array, true, expr);
    if (is_scalar_query(array)) {
        write_text(writer, "::");
        write_type(writer, array->type, array->typmod);
    }
    buf_addc(writer->out, ')');
    write_close(writer);
}

void write_row_compare(struct writer *writer, const struct expr *expr)
{
    const size_t n = expr->n_args / 2;

    write_text(writer, "(ROW(");
    write_values(writer, expr->args, n, true);
    write_text(writer, ") ");
    write_operator(writer, expr->u.op.op, expr->args[0]->type, expr->args[n]->type);
    write_text(writer, " ROW(");
    write_values(writer, expr->args + n, n, true);
    write_text(writer, "))");
}

void write_bool(struct writer *writer, const struct expr *expr)
{
    write_open(writer);
    if (expr->u.bool_op == BOOL_NOT)
        write_text(writer, "NOT ");
    for (size_t i = 0; i < expr->n_args; i++) {
        if (i > 0)
            write_text(writer, expr->u.bool_op == BOOL_AND ? " AND " : " OR ");
        write_operand(writer, expr->args[i], false, expr);
    }
    write_close(writer);
}

/* --- Tests ------------------------------------------------------------------------------------ */

/* Of a row IS NULL asks about its fields, IS NOT DISTINCT FROM NULL about itself. */
void write_null_test(struct writer *writer, const struct expr *expr)
{
    const bool is_not_null = expr->u.null_test.is_not_null;

    write_open(writer);
    write_operand(writer, expr->args[0], true, expr);
    if (expr->u.null_test.of_value)
        write_text(writer, is_not_null ? " IS DISTINCT FROM NULL" : " IS NOT DISTINCT FROM NULL");
    else
        write_text(writer, is_not_null ? " IS NOT NULL" : " IS NULL");
    write_close(writer);
}

void write_bool_test(struct writer *writer, const struct expr *expr)
{
    static const char *const tests[] = {
        [IS_TRUE] = " IS TRUE",       [IS_NOT_TRUE] = " IS NOT TRUE",
        [IS_FALSE] = " IS FALSE",     [IS_NOT_FALSE] = " IS NOT FALSE",
        [IS_UNKNOWN] = " IS UNKNOWN", [IS_NOT_UNKNOWN] = " IS NOT UNKNOWN",
    };

    write_open(writer);
    write_operand(writer, expr->args[0], false, expr);
    write_text(writer, tests[expr->u.bool_test]);
    write_close(writer);
}
