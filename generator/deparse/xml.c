/* XML expressions, and XMLTABLE. */
#include "deparse/writer.h"

/* Its name in SQL is that of the function. */
static void write_head(struct writer *writer, const struct expr *expr)
{
    write_text(writer, name_capitals(writer->arena, expr->u.xml.op));
    buf_addc(writer->out, '(');
}

static const char *write_named(struct writer *writer, const struct expr *expr, const char *before)
{
    const bool is_forest = name_eq(expr->u.xml.op, "xmlforest");
    const size_t n = expr->u.xml.n_named;

    if (n == 0)
        return before;
    write_text(writer, before);
    write_text(writer, is_forest ? "" : "XMLATTRIBUTES(");
    for (size_t i = 0; i < n; i++) {
        write_text(writer, i ? ", " : "");
        write_expr(writer, expr->args[i], true);
        write_text(writer, " AS ");
        write_name(writer, expr->u.xml.names[i]);
    }
    write_text(writer, is_forest ? "" : ")");
    return ", ";
}

/* XMLELEMENT, XMLFOREST, XMLPI, XMLCONCAT. */
static void write_plain(struct writer *writer, const struct expr *expr)
{
    const size_t n = expr->u.xml.n_named;
    const char *before = "";

    if (expr->u.xml.name) {
        write_text(writer, "NAME ");
        write_name(writer, expr->u.xml.name);
        before = ", ";
    }
    before = write_named(writer, expr, before);
    if (expr->n_args > n)
        write_text(writer, before);
    write_list(writer, expr->args + n, expr->n_args - n, true);
}

static void write_option(struct writer *writer, const struct expr *expr)
{
    write_text(writer, expr->u.xml.is_document ? "DOCUMENT " : "CONTENT ");
    write_expr(writer, expr->args[0], true);
}

static bool is_true(const struct expr *expr)
{
    return expr->u.constant.text[0] == 't';
}

static void write_parse(struct writer *writer, const struct expr *expr)
{
    write_option(writer, expr);
    write_text(writer, is_true(expr->args[1]) ? " PRESERVE WHITESPACE" : " STRIP WHITESPACE");
}

static void write_serialize(struct writer *writer, const struct expr *expr)
{
    write_option(writer, expr);
    write_text(writer, " AS ");
    write_type(writer, expr->u.xml.as, expr->u.xml.as_typmod);
}

/* Of the grammar's XML_STANDALONE_…: yes, no, no value, omitted. */
static void write_root(struct writer *writer, const struct expr *expr)
{
    static const char *const standalone[] = {", STANDALONE YES", ", STANDALONE NO",
                                             ", STANDALONE NO VALUE", ""};
    const struct expr *version = expr->args[1], *flag = expr->args[2];

    write_expr(writer, expr->args[0], true);
    write_text(writer, ", VERSION ");
    if (version->kind == EXPR_CONST && version->u.constant.is_null)
        write_text(writer, "NO VALUE");
    else
        write_expr(writer, version, false);
    if (!flag->u.constant.is_null)
        write_text(writer, standalone[flag->u.constant.text[0] - '0']);
}

void write_xml(struct writer *writer, const struct expr *expr)
{
    static const struct {
        const char *op;
        void (*write)(struct writer *writer, const struct expr *expr);
    } forms[] = {
        {"xmlparse", write_parse}, {"xmlserialize", write_serialize}, {"xmlroot", write_root}};
    void (*write)(struct writer * writer, const struct expr *expr) = write_plain;

    if (name_eq(expr->u.xml.op, "is document")) {
        write_open(writer);
        write_operand(writer, expr->args[0], false, expr);
        write_text(writer, " IS DOCUMENT");
        write_close(writer);
        return;
    }
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (name_eq(forms[i].op, expr->u.xml.op))
            write = forms[i].write;
    write_head(writer, expr);
    write(writer, expr);
    buf_addc(writer->out, ')');
}

/* --- XMLTABLE --------------------------------------------------------------------------------- */

static void write_namespaces(struct writer *writer, const struct table_func *func)
{
    if (func->n_namespaces == 0)
        return;
    write_text(writer, "XMLNAMESPACES (");
    for (size_t i = 0; i < func->n_namespaces; i++) {
        write_text(writer, i ? ", " : "");
        write_text(writer, func->namespace_names[i] ? "" : "DEFAULT ");
        write_expr(writer, func->namespaces[i], true);
        if (!func->namespace_names[i])
            continue;
        write_text(writer, " AS ");
        write_name(writer, func->namespace_names[i]);
    }
    write_text(writer, "), ");
}

static void write_option_of_column(struct writer *writer, const char *keyword,
                                   const struct expr *expr)
{
    if (!expr)
        return;
    write_text(writer, keyword);
    write_expr(writer, expr, true);
    buf_addc(writer->out, ')');
}

static void write_table_column(struct writer *writer, const struct rte_column *column,
                               const struct table_func_column *kept)
{
    write_name(writer, kept->name);
    buf_addc(writer->out, ' ');
    if (kept->for_ordinality) {
        write_text(writer, "FOR ORDINALITY");
        return;
    }
    write_type(writer, column->type, column->typmod);
    write_option_of_column(writer, " DEFAULT (", column->source);
    write_option_of_column(writer, " PATH (", kept->path);
    write_text(writer, kept->not_null ? " NOT NULL" : "");
}

void write_table_func(struct writer *writer, const struct rte *rte)
{
    const struct table_func *func = rte->table_func;

    write_text(writer, "XMLTABLE(");
    write_namespaces(writer, func);
    buf_addc(writer->out, '(');
    write_expr(writer, func->row, true);
    write_text(writer, ") PASSING (");
    write_expr(writer, func->document, true);
    buf_addc(writer->out, ')');
    for (size_t i = 0; i < rte->n_columns; i++) {
        write_text(writer, i ? ", " : " COLUMNS ");
        write_table_column(writer, &rte->columns[i], &func->columns[i]);
    }
    buf_addc(writer->out, ')');
}
