/* Expressions: a table of writers, one for each kind of node. A kind without one is refused. */
#include "deparse/writer.h"

/* --- What they share -------------------------------------------------------------------------- */

void write_operand(struct writer *writer, const struct expr *expr, bool shows_casts,
                   const struct expr *parent)
{
    const bool needs_parens = writer->is_pretty && !is_simple_operand(expr, parent);

    if (needs_parens)
        buf_addc(writer->out, '(');
    write_expr(writer, expr, shows_casts);
    if (needs_parens)
        buf_addc(writer->out, ')');
}

void write_list(struct writer *writer, struct expr *const *exprs, size_t n, bool shows_casts)
{
    for (size_t i = 0; i < n; i++) {
        write_text(writer, i ? ", " : "");
        write_expr(writer, exprs[i], shows_casts);
    }
}

void write_value(struct writer *writer, const struct expr *expr, bool shows_casts)
{
    if (expr->kind == EXPR_VAR)
        write_variable(writer, expr, true);
    else
        write_expr(writer, expr, shows_casts);
}

void write_values(struct writer *writer, struct expr *const *exprs, size_t n, bool shows_casts)
{
    for (size_t i = 0; i < n; i++) {
        write_text(writer, i ? ", " : "");
        write_value(writer, exprs[i], shows_casts);
    }
}

/* name(a, b, …) */
void write_named_list(struct writer *writer, const char *name, const struct expr *expr)
{
    write_text(writer, name);
    buf_addc(writer->out, '(');
    write_list(writer, expr->args, expr->n_args, true);
    buf_addc(writer->out, ')');
}

bool is_written_as_call(const struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_FUNC:
    case EXPR_AGG:
    case EXPR_GROUPING:
    case EXPR_WINDOW:
    case EXPR_COALESCE:
    case EXPR_MINMAX:
    case EXPR_NULLIF:
    case EXPR_SQL_VALUE:
    case EXPR_XML:
        return true;
    default:
        return false;
    }
}

/* --- Leaves ----------------------------------------------------------------------------------- */

static void write_const(struct writer *writer, const struct expr *expr)
{
    write_constant(writer, expr, LABEL_NEEDED);
}

/* Inside of a function its parameters have names, which its own name makes unmistakable. */
static void write_param(struct writer *writer, const struct expr *expr)
{
    const struct function *function = writer->body_of;
    const char *name = NULL;

    if (function && function->arg_names)
        name = function_input_name(function, (size_t)expr->u.param - 1);
    if (!name || !name[0]) {
        buf_addf(writer->out, "$%d", expr->u.param);
        return;
    }
    for (const struct names_level *level = writer->level; level; level = level->parent)
        if (level->n > 0) {
            write_name(writer, function->name);
            buf_addc(writer->out, '.');
            break;
        }
    write_name(writer, name);
}

static void write_whole_row(struct writer *writer, const struct expr *var, bool is_item)
{
    buf_addc(writer->out, '*');
    if (!is_item)
        return;
    write_text(writer, "::");
    write_type(writer, var->type, var->typmod);
}

static const char *column_of(const struct entry_names *entry, int attno)
{
    const char *name;

    if (attno < 0)
        return relation_system_column_name(attno);
    name = (size_t)attno <= entry->columns.n ? entry->columns.items[attno - 1] : NULL;
    return name ? name : "?dropped?column?";
}

/* A variable of that level. A join without a name has no columns of its own: what is not merged is
 * that of the table below. */
static const char *write_variable_of(struct writer *writer, const struct names_level *level,
                                     const struct expr *var, bool is_item)
{
    const int index = var->u.var.via ? var->u.var.via - 1 : var->u.var.rte;
    const int attno = var->u.var.via ? var->u.var.via_attno : var->u.var.attno;
    const struct rte *rte = level->query ? level->query->rtable[index] : NULL;
    const struct entry_names *entry = &level->entries[index];
    const char *column;

    if (rte && rte->kind == RTE_JOIN && !entry->name && attno > 0 &&
        rte->columns[attno - 1].alias->kind == EXPR_VAR)
        return write_variable_of(writer, level, rte->columns[attno - 1].alias, is_item);
    if (!level->query && !entry->name) {
        write_text(writer, "VALUE"); /* of a domain */
        return NULL;
    }
    if (entry->name && (level->is_qualified || writer->level->is_qualified || attno == 0)) {
        write_name(writer, entry->name);
        buf_addc(writer->out, '.');
    }
    if (attno == 0) {
        write_whole_row(writer, var, is_item);
        return NULL;
    }
    column = column_of(entry, attno);
    write_name(writer, column);
    return column;
}

const char *write_variable(struct writer *writer, const struct expr *var, bool is_item)
{
    const struct names_level *level = names_level_up(writer->level, var->u.var.levels_up);

    if (level && (size_t)var->u.var.rte < level->n)
        return write_variable_of(writer, level, var, is_item);
    write_refuse(writer, "a column of nothing that is in view");
    return NULL;
}

static void write_var(struct writer *writer, const struct expr *expr)
{
    write_variable(writer, expr, false);
}

static void write_default(struct writer *writer, const struct expr *expr)
{
    (void)expr;
    write_text(writer, "DEFAULT");
}

/* CURRENT_DATE, …: with the precision that was written. */
static void write_sql_value(struct writer *writer, const struct expr *expr)
{
    write_text(writer, name_capitals(writer->arena, expr->u.sql_value.name));
    if (expr->typmod >= 0)
        buf_addf(writer->out, "(%d)", (int)expr->typmod);
}

static void write_current_of(struct writer *writer, const struct expr *expr)
{
    if (!expr->u.cursor) {
        write_refuse(writer, "CURRENT OF a parameter");
        return;
    }
    write_text(writer, "CURRENT OF ");
    write_name(writer, expr->u.cursor);
}

/* --- Conversions ------------------------------------------------------------------------------ */

/* 'a'::character(5) is a literal of the type, and then of the length: the type is shown once. */
static void write_coercion(struct writer *writer, const struct expr *arg, oid type, int32_t typmod,
                           const struct expr *parent)
{
    if (arg->kind == EXPR_CONST && arg->type == type && arg->typmod == -1) {
        write_constant(writer, arg, LABEL_NEVER);
    } else {
        write_open(writer);
        write_operand(writer, arg, false, parent);
        write_close(writer);
    }
    write_text(writer, "::");
    write_type(writer, type, typmod);
}

static void write_cast(struct writer *writer, const struct expr *expr, bool shows_casts)
{
    if (expr->u.cast.form != FORM_EXPLICIT && !shows_casts)
        write_operand(writer, expr->args[0], false, expr);
    else
        write_coercion(writer, expr->args[0], expr->type, expr->typmod, expr);
}

static void write_collate(struct writer *writer, const struct expr *expr, bool shows_casts)
{
    write_open(writer);
    write_operand(writer, expr->args[0], shows_casts, expr);
    write_text(writer, " COLLATE ");
    write_collation(writer, expr->collation);
    write_close(writer);
}

/* --- The table -------------------------------------------------------------------------------- */

/* A kind has a writer of one of two forms; the second is for what may be a conversion that nobody
 * wrote. */
static const struct {
    write_fn *write;
    void (*write_converted)(struct writer *writer, const struct expr *expr, bool shows_casts);
} writers[] = {
    [EXPR_CONST] = {.write = write_const},
    [EXPR_PARAM] = {.write = write_param},
    [EXPR_VAR] = {.write = write_var},
    [EXPR_FUNC] = {.write = write_call},
    [EXPR_AGG] = {.write = write_aggregate},
    [EXPR_WINDOW] = {.write = write_window_call},
    [EXPR_OP] = {.write = write_op},
    [EXPR_DISTINCT] = {.write = write_distinct},
    [EXPR_NULLIF] = {.write = write_nullif},
    [EXPR_ARRAY_OP] = {.write = write_array_op},
    [EXPR_BOOL] = {.write = write_bool},
    [EXPR_SUBLINK] = {.write = write_sublink},
    [EXPR_FIELD] = {.write = write_field},
    [EXPR_SUBSCRIPT] = {.write_converted = write_subscript},
    [EXPR_CAST] = {.write_converted = write_cast},
    [EXPR_COLLATE] = {.write_converted = write_collate},
    [EXPR_CASE] = {.write = write_case},
    [EXPR_ARRAY] = {.write = write_array},
    [EXPR_ROW] = {.write = write_row},
    [EXPR_ROW_COMPARE] = {.write = write_row_compare},
    [EXPR_COALESCE] = {.write = write_coalesce},
    [EXPR_MINMAX] = {.write = write_minmax},
    [EXPR_SQL_VALUE] = {.write = write_sql_value},
    [EXPR_XML] = {.write = write_xml},
    [EXPR_NULL_TEST] = {.write = write_null_test},
    [EXPR_BOOL_TEST] = {.write = write_bool_test},
    [EXPR_DEFAULT] = {.write = write_default},
    [EXPR_GROUPING] = {.write = write_grouping},
    [EXPR_CURRENT_OF] = {.write = write_current_of},
    /* Others stand inside of these (EXPR_CASE_TEST, EXPR_SUBLINK_COLUMN), or are refused. */
    [EXPR_ASSIGN_PART] = {.write = NULL},
};

void write_expr(struct writer *writer, const struct expr *expr, bool shows_casts)
{
    if (writers[expr->kind].write)
        writers[expr->kind].write(writer, expr);
    else if (writers[expr->kind].write_converted)
        writers[expr->kind].write_converted(writer, expr, shows_casts);
    else
        write_refuse(writer, expr->kind == EXPR_ASSIGN_PART ? "the assignment to a part of a column"
                                                            : "a part of an expression alone");
}
