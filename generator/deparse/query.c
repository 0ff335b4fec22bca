/* Queries: a level of names for each, then SELECT with its clauses, set operations and WITH. */
#include <string.h>

#include "deparse/writer.h"

const struct target *target_of_ref(const struct query *query, int group_ref)
{
    for (size_t i = 0; i < query->n_targets; i++)
        if (query->targets[i].group_ref == group_ref)
            return &query->targets[i];
    return NULL;
}

/* --- Select lists ----------------------------------------------------------------------------- */

struct item {
    struct writer *writer;
    const struct target *target;
    const char *name; /* the column's */
    bool matters;
};

/* A column of a table is called as it is; what else there is has a name that cannot be relied on.
 */
static void write_target(struct writer *writer, const void *what)
{
    const struct item *item = what;
    const struct expr *expr = item->target->expr;
    const char *natural = item->matters ? NULL : "?column?";

    if (expr->kind == EXPR_VAR)
        natural = write_variable(writer, expr, true);
    else
        write_expr(writer, expr, true);
    if (!item->name || (natural && strcmp(natural, item->name) == 0))
        return;
    write_text(writer, " AS ");
    write_name(writer, item->name);
}

/* The name of the n-th column of the relation, dropped ones counted out. */
static const char *column_name(const struct relation *relation, size_t n)
{
    return n < relation->attributes.n ? relation->attributes.items[n].name : NULL;
}

void write_targets(struct writer *writer, const struct target *targets, size_t n,
                   struct result_names names)
{
    const char *separator = " ";

    for (size_t i = 0; i < n; i++) {
        struct item item = {writer, &targets[i], targets[i].name, names.matter};
        const char *text;

        if (targets[i].is_junk)
            continue;
        if (names.relation && column_name(names.relation, i))
            item.name = column_name(names.relation, i);
        write_text(writer, separator);
        text = write_apart(writer, write_target, &item);
        if (i > 0 || (writer->has_layout && text[0] == '\n'))
            write_item(writer, text);
        else
            write_text(writer, text);
        separator = ", ";
    }
}

/* --- SELECT ----------------------------------------------------------------------------------- */

static void write_distinct_clause(struct writer *writer, const struct query *query)
{
    if (!query->is_distinct)
        return;
    write_text(writer, " DISTINCT");
    if (!query->is_distinct_on)
        return;
    write_text(writer, " ON (");
    for (size_t i = 0; i < query->n_distinct; i++) {
        write_text(writer, i ? ", " : "");
        write_sort_item(writer, target_of_ref(query, query->distinct[i].group_ref)->expr);
    }
    buf_addc(writer->out, ')');
}

/* A query that is nothing but VALUES, with the names that VALUES gives; NULL for any other. */
static const struct rte *only_values(const struct query *query, struct result_names names)
{
    const struct rte *values = query->n_rtable == 1 ? query->rtable[0] : NULL;

    if (!values || values->kind != RTE_VALUES || query->n_targets != values->n_columns)
        return NULL;
    for (size_t i = 0; i < query->n_targets; i++) {
        const char *name = names.relation ? column_name(names.relation, i) : query->targets[i].name;

        if (query->targets[i].is_junk || !name_eq(name, values->columns[i].name))
            return NULL;
    }
    return values;
}

static void write_condition(struct writer *writer, const char *keyword, int more,
                            const struct expr *condition)
{
    if (!condition)
        return;
    write_clause(writer, keyword, more);
    write_expr(writer, condition, false);
}

static void write_plain_select(struct writer *writer, const struct query *query,
                               struct result_names names)
{
    const struct rte *values = only_values(query, names);

    if (writer->has_layout) {
        writer->indent += INDENT_QUERY;
        buf_addc(writer->out, ' ');
    }
    if (values) {
        write_value_rows(writer, values);
        return;
    }
    if (query->is_return) {
        write_text(writer, "RETURN ");
        write_value(writer, query->targets[0].expr, true);
        return;
    }
    write_text(writer, "SELECT");
    write_distinct_clause(writer, query);
    write_targets(writer, query->targets, query->n_targets, names);
    write_from(writer, query, " FROM ");
    write_condition(writer, " WHERE ", 1, query->where);
    write_group_by(writer, query);
    write_condition(writer, " HAVING ", 0, query->having);
    write_windows(writer, query);
}

/* --- Set operations --------------------------------------------------------------------------- */

static void write_leaf(struct writer *writer, const struct query *query, struct result_names names)
{
    const bool needs_parens =
        query->n_ctes || query->n_order_by || query->n_locks || query->offset || query->limit;

    write_text(writer, needs_parens ? "(" : "");
    write_query(writer, query, names);
    write_text(writer, needs_parens ? ")" : "");
}

static void write_set_node(struct writer *writer, const struct set_node *node,
                           struct result_names names);

/* Left sides of the same operation need no parentheses. */
static void write_left_side(struct writer *writer, const struct set_node *node,
                            struct result_names names)
{
    const struct set_node *left = node->left;
    const bool needs_parens =
        left->op != SET_OP_NONE && (left->op != node->op || left->all != node->all);

    if (needs_parens) {
        buf_addc(writer->out, '(');
        write_line(writer, "", INDENT_QUERY, 0, 0);
    }
    write_set_node(writer, left, names);
    if (needs_parens)
        write_line(writer, ") ", -INDENT_QUERY, 0, 0);
    else if (writer->has_layout)
        write_line(writer, "", 0, 0, 0);
    else
        buf_addc(writer->out, ' ');
}

/* The names of its columns are of no interest. */
static void write_right_side(struct writer *writer, const struct set_node *node,
                             const struct relation *relation)
{
    const bool needs_parens = node->right->op != SET_OP_NONE;
    const int indent = needs_parens ? INDENT_QUERY : 0;

    write_text(writer, needs_parens ? "(" : "");
    write_line(writer, "", indent, 0, 0);
    write_set_node(writer, node->right, (struct result_names){relation, false});
    if (writer->has_layout)
        writer->indent -= indent;
    if (needs_parens)
        write_line(writer, ")", 0, 0, 0);
}

static void write_set_node(struct writer *writer, const struct set_node *node,
                           struct result_names names)
{
    static const char *const words[] = {
        [SET_OP_UNION] = "UNION ", [SET_OP_INTERSECT] = "INTERSECT ", [SET_OP_EXCEPT] = "EXCEPT "};

    if (node->op == SET_OP_NONE) {
        write_leaf(writer, node->query, names);
        return;
    }
    write_left_side(writer, node, names);
    write_text(writer, words[node->op]);
    write_text(writer, node->all ? "ALL " : "");
    write_right_side(writer, node, names.relation);
}

/* --- The end of a query ----------------------------------------------------------------------- */

static void write_limits(struct writer *writer, const struct query *query)
{
    write_condition(writer, " OFFSET ", 0, query->offset);
    if (!query->limit)
        return;
    if (query->limit_with_ties) {
        write_clause(writer, " FETCH FIRST (", 0);
        write_expr(writer, query->limit, false);
        write_text(writer, ") ROWS WITH TIES");
        return;
    }
    write_clause(writer, " LIMIT ", 0);
    if (query->limit->kind == EXPR_CONST && query->limit->u.constant.is_null)
        write_text(writer, "ALL");
    else
        write_expr(writer, query->limit, false);
}

static void write_locks(struct writer *writer, const struct query *query)
{
    static const char *const strengths[] = {
        [LOCK_KEY_SHARE] = " FOR KEY SHARE",
        [LOCK_SHARE] = " FOR SHARE",
        [LOCK_NO_KEY_UPDATE] = " FOR NO KEY UPDATE",
        [LOCK_UPDATE] = " FOR UPDATE",
    };
    static const char *const waits[] = {
        [LOCK_WAITS] = "", [LOCK_SKIPS] = " SKIP LOCKED", [LOCK_FAILS] = " NOWAIT"};

    for (size_t i = 0; i < query->n_locks; i++) {
        const struct row_lock *lock = &query->locks[i];

        if (lock->is_inherited)
            continue;
        write_clause(writer, strengths[lock->strength], 0);
        write_text(writer, " OF ");
        write_name(writer, writer->level->entries[lock->rte].name);
        write_text(writer, waits[lock->wait]);
    }
}

static void write_select(struct writer *writer, const struct query *query,
                         struct result_names names)
{
    write_with(writer, query);
    if (query->set_ops)
        write_set_node(writer, query->set_ops, names);
    else
        write_plain_select(writer, query, names);
    write_order_by(writer, query);
    write_limits(writer, query);
    write_locks(writer, query);
}

/* A query inside of another one begins where that one stands, and leaves its indentation alone. */
void write_query(struct writer *writer, const struct query *query, struct result_names names)
{
    struct writer inner = *writer;
    const bool is_body_of_view = names.relation && !writer->level;

    inner.level = names_of_query(writer->arena, query, writer->level, is_body_of_view);
    if (query->kind == QUERY_SELECT)
        write_select(&inner, query, names);
    else
        write_change(&inner, query);
    if (inner.refused)
        writer->refused = inner.refused;
}
