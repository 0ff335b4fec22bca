/* FROM: tables, functions, sub-queries and VALUES under their aliases, and joins. */
#include "deparse/writer.h"

/* --- Lists of columns behind an alias --------------------------------------------------------- */

static void write_column_names(struct writer *writer, const struct entry_names *entry)
{
    if (!entry->shows_columns)
        return;
    for (size_t i = 0; i < entry->listed.n; i++) {
        write_text(writer, i ? ", " : "(");
        write_name(writer, entry->listed.items[i]);
    }
    if (entry->listed.n > 0)
        buf_addc(writer->out, ')');
}

/* (a integer, b text): of a function's columns from `first`. The names are those of the entry, or
 * in ROWS FROM the columns' own. */
static void write_definitions(struct writer *writer, const struct rte *rte,
                              const struct rte_function *function, size_t first,
                              const struct entry_names *entry)
{
    buf_addc(writer->out, '(');
    for (size_t i = first; i < first + function->n_columns; i++) {
        const struct rte_column *column = &rte->columns[i];
        const struct type *type = catalog_get_type(writer->catalog, column->type);

        write_text(writer, i > first ? ", " : "");
        write_name(writer, entry ? entry->columns.items[i] : function->defined[i - first]);
        buf_addc(writer->out, ' ');
        write_type(writer, column->type, column->typmod);
        if (column->collation && type && column->collation != type->collation) {
            write_text(writer, " COLLATE ");
            write_collation(writer, column->collation);
        }
    }
    buf_addc(writer->out, ')');
}

/* --- Functions -------------------------------------------------------------------------------- */

/* What is not written as a call, such as f(x)::text, is put into CAST(… AS …). */
static void write_function_call(struct writer *writer, const struct expr *call)
{
    if (is_written_as_call(call)) {
        write_expr(writer, call, true);
        return;
    }
    write_text(writer, "CAST(");
    write_expr(writer, call, false);
    write_text(writer, " AS ");
    write_type(writer, call->type, call->typmod);
    buf_addc(writer->out, ')');
}

static bool is_unnest(const struct rte_function *function)
{
    const struct expr *call = function->call;

    return call->kind == EXPR_FUNC && call->n_args == 1 && !function->defined &&
           call->u.call.function->namespace_oid == PG_CATALOG_OID &&
           name_eq(call->u.call.function->name, "unnest") &&
           call->u.call.function->arg_types[0] == ANYARRAYOID;
}

/* ROWS FROM (unnest(a), unnest(b)) is unnest(a, b). */
static bool are_all_unnest(const struct rte *rte)
{
    for (size_t i = 0; i < rte->n_functions; i++)
        if (!is_unnest(&rte->functions[i]))
            return false;
    return true;
}

static void write_unnests(struct writer *writer, const struct rte *rte)
{
    write_text(writer, "UNNEST(");
    for (size_t i = 0; i < rte->n_functions; i++) {
        write_text(writer, i ? ", " : "");
        write_expr(writer, rte->functions[i].call->args[0], true);
    }
    buf_addc(writer->out, ')');
}

static void write_rows_from(struct writer *writer, const struct rte *rte)
{
    size_t first = 0;

    write_text(writer, "ROWS FROM(");
    for (size_t i = 0; i < rte->n_functions; i++) {
        const struct rte_function *function = &rte->functions[i];

        write_text(writer, i ? ", " : "");
        write_function_call(writer, function->call);
        if (function->defined) {
            write_text(writer, " AS ");
            write_definitions(writer, rte, function, first, NULL);
        }
        first += function->n_columns;
    }
    buf_addc(writer->out, ')');
}

static bool is_one_function(const struct rte *rte)
{
    return rte->n_functions == 1 && (!rte->functions[0].defined || !rte->with_ordinality);
}

static void write_functions(struct writer *writer, const struct rte *rte)
{
    if (is_one_function(rte))
        write_function_call(writer, rte->functions[0].call);
    else if (are_all_unnest(rte))
        write_unnests(writer, rte);
    else
        write_rows_from(writer, rte);
    write_text(writer, rte->with_ordinality ? " WITH ORDINALITY" : "");
}

/* --- Tables ----------------------------------------------------------------------------------- */

void write_value_rows(struct writer *writer, const struct rte *values)
{
    write_text(writer, "VALUES ");
    for (size_t i = 0; i < values->n_values; i++) {
        write_text(writer, i ? ", " : "");
        for (size_t k = 0; k < values->n_columns; k++) {
            buf_addc(writer->out, k ? ',' : '(');
            write_value(writer, values->values[i][k], false);
        }
        buf_addc(writer->out, ')');
    }
}

static void write_sample(struct writer *writer, const struct rte *rte)
{
    static const oid handler_arg[] = {INTERNALOID};
    const struct call_shape shape = {.types = handler_arg, .n = 1};

    if (!rte->sample_method)
        return;
    write_text(writer, " TABLESAMPLE ");
    write_function(writer, rte->sample_method, &shape);
    write_text(writer, " (");
    write_expr(writer, rte->sample_args[0], false);
    if (rte->n_sample_args > 1) {
        write_text(writer, ") REPEATABLE (");
        write_expr(writer, rte->sample_args[1], false);
    }
    buf_addc(writer->out, ')');
}

static void write_source(struct writer *writer, const struct rte *rte)
{
    switch (rte->kind) {
    case RTE_RELATION:
        write_text(writer, rte->is_only ? "ONLY " : "");
        write_relation(writer, rte->relation);
        break;
    case RTE_SUBQUERY:
        buf_addc(writer->out, '(');
        write_query(writer, rte->subquery, (struct result_names){NULL, true});
        buf_addc(writer->out, ')');
        break;
    case RTE_FUNCTION:
        write_functions(writer, rte);
        break;
    case RTE_VALUES:
        buf_addc(writer->out, '(');
        write_value_rows(writer, rte);
        buf_addc(writer->out, ')');
        break;
    case RTE_CTE:
        write_name(writer, rte->cte->name);
        break;
    case RTE_TABLE_FUNC:
        write_table_func(writer, rte);
        break;
    default:
        write_refuse(writer, "this kind of FROM item");
    }
}

/* An alias that was written, and one without which the entry would have another name or none. */
static bool shows_alias(const struct rte *rte, const struct entry_names *entry)
{
    if (rte->has_alias || entry->shows_columns)
        return true;
    switch (rte->kind) {
    case RTE_RELATION:
        return !name_eq(entry->name, rte->relation->name);
    case RTE_CTE:
        return !name_eq(entry->name, rte->cte->name);
    case RTE_TABLE_FUNC:
        return false;
    default:
        return true;
    }
}

static void write_entry(struct writer *writer, int index)
{
    const struct rte *rte = writer->level->query->rtable[index];
    const struct entry_names *entry = &writer->level->entries[index];

    write_text(writer, rte->is_lateral ? "LATERAL " : "");
    write_source(writer, rte);
    if (shows_alias(rte, entry)) {
        buf_addc(writer->out, ' ');
        write_name(writer, entry->name);
    }
    if (rte->kind == RTE_FUNCTION && rte->functions[0].defined && is_one_function(rte))
        write_definitions(writer, rte, &rte->functions[0], 0, entry);
    else
        write_column_names(writer, entry);
    if (rte->kind == RTE_RELATION)
        write_sample(writer, rte);
}

/* --- Joins ------------------------------------------------------------------------------------ */

static void write_from_node(struct writer *writer, const struct join_node *node);

static const char *join_words(const struct join_node *node, bool has_condition)
{
    static const char *const words[] = {[JOIN_KIND_INNER] = " JOIN ",
                                        [JOIN_KIND_LEFT] = " LEFT JOIN ",
                                        [JOIN_KIND_RIGHT] = " RIGHT JOIN ",
                                        [JOIN_KIND_FULL] = " FULL JOIN "};

    return node->kind == JOIN_KIND_INNER && !has_condition ? " CROSS JOIN " : words[node->kind];
}

static void write_using(struct writer *writer, const struct rte *rte,
                        const struct entry_names *entry)
{
    write_text(writer, " USING (");
    for (size_t i = 0; i < entry->merged.n; i++) {
        write_text(writer, i ? ", " : "");
        write_name(writer, entry->merged.items[i]);
    }
    buf_addc(writer->out, ')');
    if (!rte->using_alias)
        return;
    write_text(writer, " AS ");
    write_name(writer, rte->using_alias);
}

static void write_condition(struct writer *writer, const struct join_node *node,
                            const struct rte *rte, const struct entry_names *entry)
{
    if (rte->join_columns.n_merged > 0) {
        write_using(writer, rte, entry);
    } else if (node->on) {
        write_text(writer, " ON ");
        write_open(writer);
        write_expr(writer, node->on, false);
        write_close(writer);
    } else if (node->kind != JOIN_KIND_INNER) {
        write_text(writer, " ON TRUE"); /* NATURAL of nothing in common */
    }
}

static void write_right(struct writer *writer, const struct join_node *right)
{
    const bool needs_parens =
        writer->is_pretty && right->is_join && !writer->level->query->rtable[right->rte]->has_alias;

    write_text(writer, needs_parens ? "(" : "");
    write_from_node(writer, right);
    write_text(writer, needs_parens ? ")" : "");
}

static void write_join(struct writer *writer, const struct join_node *node)
{
    const struct rte *rte = writer->level->query->rtable[node->rte];
    const struct entry_names *entry = &writer->level->entries[node->rte];
    const bool has_parens = !writer->is_pretty || rte->has_alias;

    write_text(writer, has_parens ? "(" : "");
    write_from_node(writer, node->left);
    write_line(writer, join_words(node, node->on), -INDENT_QUERY, INDENT_QUERY, INDENT_JOIN);
    write_right(writer, node->right);
    write_condition(writer, node, rte, entry);
    write_text(writer, has_parens ? ")" : "");
    if (!rte->has_alias)
        return;
    buf_addc(writer->out, ' ');
    write_name(writer, entry->name);
    write_column_names(writer, entry);
}

static void write_from_node(struct writer *writer, const struct join_node *node)
{
    if (node->is_join)
        write_join(writer, node);
    else
        write_entry(writer, node->rte);
}

static void write_node(struct writer *writer, const void *what)
{
    write_from_node(writer, what);
}

void write_from(struct writer *writer, const struct query *query, const char *keyword)
{
    bool is_first = true;

    for (size_t i = 0; i < query->n_from; i++) {
        if (!query->from[i]->is_join && query->from[i]->rte == query->result_rte)
            continue; /* the table that is changed */
        if (is_first) {
            write_clause(writer, keyword, 2);
            write_from_node(writer, query->from[i]);
        } else {
            write_text(writer, ", ");
            write_item(writer, write_apart(writer, write_node, query->from[i]));
        }
        is_first = false;
    }
}
