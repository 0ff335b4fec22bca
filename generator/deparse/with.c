/* WITH. */
#include "deparse/writer.h"

static void write_names(struct writer *writer, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        write_text(writer, i ? ", " : "");
        write_name(writer, names[i]);
    }
}

static void write_column_aliases(struct writer *writer, const struct cte *cte)
{
    if (cte->n_aliased == 0)
        return;
    buf_addc(writer->out, '(');
    for (size_t i = 0; i < cte->n_aliased; i++) {
        write_text(writer, i ? ", " : "");
        write_name(writer, cte->columns[i].name);
    }
    buf_addc(writer->out, ')');
}

static void write_search(struct writer *writer, const struct cte_search *search)
{
    write_text(writer,
               search->breadth_first ? " SEARCH BREADTH FIRST BY " : " SEARCH DEPTH FIRST BY ");
    write_names(writer, search->columns, search->n_columns);
    write_text(writer, " SET ");
    write_name(writer, search->sequence);
}

static bool is_boolean(const struct expr *expr, char value)
{
    return expr->kind == EXPR_CONST && expr->type == BOOLOID && !expr->u.constant.is_null &&
           expr->u.constant.text[0] == value;
}

/* true and false are what the marks are when none are given. */
static void write_cycle(struct writer *writer, const struct cte_cycle *cycle)
{
    write_text(writer, " CYCLE ");
    write_names(writer, cycle->columns, cycle->n_columns);
    write_text(writer, " SET ");
    write_name(writer, cycle->mark);
    if (!is_boolean(cycle->value, 't') || !is_boolean(cycle->otherwise, 'f')) {
        write_text(writer, " TO ");
        write_expr(writer, cycle->value, false);
        write_text(writer, " DEFAULT ");
        write_expr(writer, cycle->otherwise, false);
    }
    write_text(writer, " USING ");
    write_name(writer, cycle->path);
}

static void write_cte(struct writer *writer, const struct cte *cte)
{
    static const char *const kept[] = {[CTE_BY_DEFAULT] = "",
                                       [CTE_MATERIALIZED] = "MATERIALIZED ",
                                       [CTE_NOT_MATERIALIZED] = "NOT MATERIALIZED "};

    write_name(writer, cte->name);
    write_column_aliases(writer, cte);
    write_text(writer, " AS ");
    write_text(writer, kept[cte->kept]);
    buf_addc(writer->out, '(');
    write_line(writer, "", 0, 0, 0);
    write_query(writer, cte->query, (struct result_names){NULL, true});
    write_line(writer, "", 0, 0, 0);
    buf_addc(writer->out, ')');
    if (cte->search)
        write_search(writer, cte->search);
    if (cte->cycle)
        write_cycle(writer, cte->cycle);
}

void write_with(struct writer *writer, const struct query *query)
{
    if (query->n_ctes == 0)
        return;
    if (writer->has_layout) {
        writer->indent += INDENT_QUERY;
        buf_addc(writer->out, ' ');
    }
    write_text(writer, query->with_recursive ? "WITH RECURSIVE " : "WITH ");
    for (size_t i = 0; i < query->n_ctes; i++) {
        write_text(writer, i ? ", " : "");
        write_cte(writer, query->ctes[i]);
    }
    if (writer->has_layout)
        write_line(writer, "", -INDENT_QUERY, 0, 0);
    else
        buf_addc(writer->out, ' ');
}
