/* Expressions that build or choose values, and that take them apart. */
#include "deparse/writer.h"

/* --- Choices ---------------------------------------------------------------------------------- */

/* CASE x WHEN y is kept as a comparison of a placeholder for x with y, which alone was written. */
static const struct expr *compared_value(const struct expr *condition)
{
    const struct expr *left = condition->n_args == 2 ? condition->args[0] : NULL;

    while (left && left->kind == EXPR_CAST && left->u.cast.form != FORM_EXPLICIT)
        left = left->args[0];
    return condition->kind == EXPR_OP && left && left->kind == EXPR_CASE_TEST ? condition->args[1]
                                                                              : condition;
}

static void write_case_line(struct writer *writer, const char *keyword)
{
    if (!writer->has_layout)
        buf_addc(writer->out, ' ');
    write_line(writer, keyword, 0, 0, 0);
}

void write_case(struct writer *writer, const struct expr *expr)
{
    const bool has_operand = expr->u.case_.has_operand;
    size_t i = has_operand ? 1 : 0;

    write_line(writer, "CASE", 0, INDENT_ITEM, 0);
    if (has_operand) {
        buf_addc(writer->out, ' ');
        write_expr(writer, expr->args[0], true);
    }
    for (; i + 1 < expr->n_args; i += 2) {
        write_case_line(writer, "WHEN ");
        write_expr(writer, has_operand ? compared_value(expr->args[i]) : expr->args[i], false);
        write_text(writer, " THEN ");
        write_expr(writer, expr->args[i + 1], true);
    }
    write_case_line(writer, "ELSE ");
    write_expr(writer, expr->args[i], true);
    if (!writer->has_layout)
        buf_addc(writer->out, ' ');
    write_line(writer, "END", -INDENT_ITEM, 0, 0);
}

void write_coalesce(struct writer *writer, const struct expr *expr)
{
    write_named_list(writer, "COALESCE", expr);
}

void write_minmax(struct writer *writer, const struct expr *expr)
{
    write_named_list(writer, expr->u.minmax_is_least ? "LEAST" : "GREATEST", expr);
}

void write_grouping(struct writer *writer, const struct expr *expr)
{
    write_named_list(writer, "GROUPING", expr);
}

/* --- Arrays and rows -------------------------------------------------------------------------- */

void write_array(struct writer *writer, const struct expr *expr)
{
    write_text(writer, "ARRAY[");
    write_list(writer, expr->args, expr->n_args, true);
    buf_addc(writer->out, ']');
    if (expr->n_args > 0)
        return;
    write_text(writer, "::");
    write_type(writer, expr->type, -1);
}

void write_row(struct writer *writer, const struct expr *expr)
{
    const struct relation *relation = catalog_type_relation(writer->catalog, expr->type);
    size_t n_columns = 0;

    for (size_t i = 0; relation && i < relation->attributes.n; i++)
        n_columns += !relation->attributes.items[i].is_dropped;
    if (relation && n_columns != expr->n_args)
        write_refuse(writer, "a row of a type whose columns have changed");
    write_text(writer, "ROW(");
    write_values(writer, expr->args, expr->n_args, true);
    buf_addc(writer->out, ')');
    if (!expr->u.row.is_cast)
        return;
    write_text(writer, "::");
    write_type(writer, expr->type, -1);
}

/* The field's name of today; a row without a type has those that it was given. */
static const char *field_name(const struct writer *writer, const struct expr *expr)
{
    const struct relation *relation = catalog_type_relation(writer->catalog, expr->args[0]->type);

    if (!relation)
        return expr->u.field.name;
    return relation->attributes.items[expr->u.field.attno - 1].name;
}

void write_field(struct writer *writer, const struct expr *expr)
{
    const struct expr *row = expr->args[0];
    const bool needs_parens = row->kind != EXPR_SUBSCRIPT && row->kind != EXPR_FIELD;

    write_text(writer, needs_parens ? "(" : "");
    write_expr(writer, row, true);
    write_text(writer, needs_parens ? ")." : ".");
    write_name(writer, field_name(writer, expr));
}

/* [lower:upper], or [index]. */
static void write_subscripts(struct writer *writer, const struct expr *expr)
{
    const size_t step = expr->u.subscript.is_slice ? 2 : 1;

    for (size_t i = 1; i + step <= expr->n_args; i += step) {
        buf_addc(writer->out, '[');
        for (size_t k = 0; k < step; k++) {
            write_text(writer, k ? ":" : "");
            if (expr->args[i + k])
                write_expr(writer, expr->args[i + k], false);
        }
        buf_addc(writer->out, ']');
    }
}

void write_subscript(struct writer *writer, const struct expr *expr, bool shows_casts)
{
    const struct expr *container = expr->args[0];
    const bool needs_parens = container->kind != EXPR_VAR && container->kind != EXPR_FIELD;

    write_text(writer, needs_parens ? "(" : "");
    write_expr(writer, container, shows_casts);
    write_text(writer, needs_parens ? ")" : "");
    write_subscripts(writer, expr);
}
