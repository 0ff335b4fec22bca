/* INSERT, UPDATE, DELETE and MERGE, as they stand in the bodies of functions. */
#include "deparse/writer.h"

static const struct rte *changed_entry(const struct query *query)
{
    return query->rtable[query->result_rte];
}

/* Its name of today. */
static const char *column_name(const struct rte *rte, const struct target *target)
{
    return rte->relation->attributes.items[target->target_column - 1].name;
}

static void write_start(struct writer *writer, const char *words)
{
    if (writer->has_layout) {
        writer->indent += INDENT_QUERY;
        buf_addc(writer->out, ' ');
    }
    write_text(writer, words);
}

static void write_changed(struct writer *writer, const struct query *query)
{
    const struct rte *rte = changed_entry(query);

    write_text(writer, rte->is_only ? "ONLY " : "");
    write_relation(writer, rte->relation);
    if (!rte->has_alias &&
        name_eq(writer->level->entries[query->result_rte].name, rte->relation->name))
        return;
    write_text(writer, " AS ");
    write_name(writer, writer->level->entries[query->result_rte].name);
}

static void write_where(struct writer *writer, const struct expr *where)
{
    if (!where)
        return;
    write_clause(writer, " WHERE ", 1);
    write_expr(writer, where, false);
}

static void write_returning(struct writer *writer, const struct query *query)
{
    if (!query->has_returning)
        return;
    write_clause(writer, " RETURNING", 1);
    write_targets(writer, query->returning, query->n_returning, (struct result_names){NULL, false});
}

/* --- SET -------------------------------------------------------------------------------------- */

static bool is_multiple(const struct target *target)
{
    return target->expr->kind == EXPR_SUBLINK && target->expr->u.sublink.kind == SUBLINK_MULTI;
}

/* How many targets from the first one take their values from its sub-query. */
static size_t n_of_query(const struct target *targets, size_t n)
{
    size_t i = 1;

    while (i < n && is_multiple(&targets[i]) &&
           targets[i].expr->u.sublink.query == targets[0].expr->u.sublink.query)
        i++;
    return i;
}

/* (a, b) = (SELECT …) */
static size_t write_multiple(struct writer *writer, const struct rte *rte,
                             const struct target *targets, size_t n)
{
    const size_t n_columns = n_of_query(targets, n);

    for (size_t i = 0; i < n_columns; i++) {
        write_text(writer, i ? ", " : "(");
        write_name(writer, column_name(rte, &targets[i]));
    }
    write_text(writer, ") = ");
    write_expr(writer, targets[0].expr, false);
    return n_columns;
}

static void write_assignments(struct writer *writer, const struct rte *rte,
                              const struct target *targets, size_t n)
{
    for (size_t i = 0; i < n;) {
        write_text(writer, i ? ", " : "");
        if (is_multiple(&targets[i])) {
            i += write_multiple(writer, rte, targets + i, n - i);
            continue;
        }
        write_name(writer, column_name(rte, &targets[i]));
        write_text(writer, " = ");
        write_expr(writer, targets[i].expr, false);
        i++;
    }
}

/* --- INSERT ----------------------------------------------------------------------------------- */

static void write_columns(struct writer *writer, const struct rte *rte,
                          const struct target *targets, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        write_text(writer, i ? ", " : "(");
        write_name(writer, column_name(rte, &targets[i]));
    }
    write_text(writer, n ? ")" : "");
}

static const char *overriding_words(char overriding)
{
    switch (overriding) {
    case 's':
        return "OVERRIDING SYSTEM VALUE ";
    case 'u':
        return "OVERRIDING USER VALUE ";
    default:
        return "";
    }
}

static void write_values_row(struct writer *writer, const struct target *targets, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        write_text(writer, i ? ", " : "");
        write_value(writer, targets[i].expr, false);
    }
    buf_addc(writer->out, ')');
}

static const struct rte *values_of(const struct query *query)
{
    for (size_t i = 0; i < query->n_rtable; i++)
        if (query->rtable[i]->kind == RTE_VALUES)
            return query->rtable[i];
    return NULL;
}

static void check_parts(struct writer *writer, const struct target *targets, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (targets[i].expr->kind == EXPR_ASSIGN_PART)
            write_refuse(writer, "the assignment to a part of a column");
}

static void write_source(struct writer *writer, const struct query *query)
{
    const struct rte *values = values_of(query);

    check_parts(writer, query->targets, query->n_targets);
    if (query->source) {
        write_query(writer, query->source, (struct result_names){NULL, false});
    } else if (values) {
        write_value_rows(writer, values);
    } else if (query->n_targets) {
        write_clause(writer, "VALUES (", 2);
        write_values_row(writer, query->targets, query->n_targets);
    } else {
        write_text(writer, "DEFAULT VALUES");
    }
}

/* The table's columns stand alone in what infers an index. */
static void write_arbiter(struct writer *writer, const struct on_conflict *conflict)
{
    struct names_level unqualified = *writer->level;
    const struct names_level *level = writer->level;

    unqualified.is_qualified = false;
    writer->level = &unqualified;
    if (conflict->arbiter_has_options)
        write_refuse(writer, "ON CONFLICT with an operator class or a collation");
    for (size_t i = 0; i < conflict->n_arbiter; i++) {
        const bool has_parens =
            conflict->arbiter[i]->kind != EXPR_VAR && !is_written_as_call(conflict->arbiter[i]);

        write_text(writer, i ? ", " : "(");
        write_text(writer, has_parens ? "(" : "");
        write_expr(writer, conflict->arbiter[i], false);
        write_text(writer, has_parens ? ")" : "");
    }
    buf_addc(writer->out, ')');
    write_where(writer, conflict->arbiter_where);
    writer->level = level;
}

static void write_conflict(struct writer *writer, const struct query *query)
{
    const struct on_conflict *conflict = query->on_conflict;

    if (!conflict)
        return;
    write_text(writer, " ON CONFLICT");
    if (conflict->constraint) {
        write_text(writer, " ON CONSTRAINT ");
        write_name(writer, conflict->constraint->name);
    } else if (conflict->n_arbiter) {
        write_arbiter(writer, conflict);
    }
    if (!conflict->do_update) {
        write_text(writer, " DO NOTHING");
        return;
    }
    write_text(writer, " DO UPDATE SET ");
    write_assignments(writer, changed_entry(query), conflict->set, conflict->n_set);
    write_where(writer, conflict->where);
}

static void write_insert(struct writer *writer, const struct query *query)
{
    write_start(writer, "INSERT INTO ");
    write_changed(writer, query);
    buf_addc(writer->out, ' ');
    write_columns(writer, changed_entry(query), query->targets, query->n_targets);
    write_text(writer, query->n_targets ? " " : "");
    write_text(writer, overriding_words(query->overriding));
    write_source(writer, query);
    write_conflict(writer, query);
}

/* --- UPDATE, DELETE --------------------------------------------------------------------------- */

static void write_update(struct writer *writer, const struct query *query)
{
    write_start(writer, "UPDATE ");
    write_changed(writer, query);
    write_text(writer, " SET ");
    write_assignments(writer, changed_entry(query), query->targets, query->n_targets);
    write_from(writer, query, " FROM ");
    write_where(writer, query->where);
}

static void write_delete(struct writer *writer, const struct query *query)
{
    write_start(writer, "DELETE FROM ");
    write_changed(writer, query);
    write_from(writer, query, " USING ");
    write_where(writer, query->where);
}

/* --- MERGE ------------------------------------------------------------------------------------ */

static void write_merge_insert(struct writer *writer, const struct query *query,
                               const struct merge_action *action)
{
    check_parts(writer, action->targets, action->n_targets);
    write_text(writer, action->n_targets ? "INSERT " : "INSERT");
    write_columns(writer, changed_entry(query), action->targets, action->n_targets);
    if (action->overriding) {
        buf_addc(writer->out, ' ');
        write_text(writer, overriding_words(action->overriding));
        write_trim(writer);
    }
    if (action->n_targets == 0) {
        write_text(writer, " DEFAULT VALUES");
        return;
    }
    write_clause(writer, " VALUES (", 4);
    write_values_row(writer, action->targets, action->n_targets);
}

static void write_action(struct writer *writer, const struct query *query,
                         const struct merge_action *action)
{
    write_clause(writer, " WHEN ", 2);
    write_text(writer, action->matched ? "MATCHED" : "NOT MATCHED");
    if (action->condition) {
        write_clause(writer, " AND ", 3);
        write_expr(writer, action->condition, false);
    }
    write_clause(writer, " THEN ", 3);
    switch (action->kind) {
    case QUERY_INSERT:
        write_merge_insert(writer, query, action);
        break;
    case QUERY_UPDATE:
        write_text(writer, "UPDATE SET ");
        write_assignments(writer, changed_entry(query), action->targets, action->n_targets);
        break;
    case QUERY_DELETE:
        write_text(writer, "DELETE");
        break;
    default:
        write_text(writer, "DO NOTHING");
    }
}

static void write_merge(struct writer *writer, const struct query *query)
{
    write_start(writer, "MERGE INTO ");
    write_changed(writer, query);
    write_from(writer, query, " USING ");
    write_clause(writer, " ON ", 2);
    write_expr(writer, query->where, false);
    for (size_t i = 0; i < query->n_merge_actions; i++)
        write_action(writer, query, &query->merge_actions[i]);
}

void write_change(struct writer *writer, const struct query *query)
{
    static void (*const writers[])(struct writer * writer, const struct query *query) = {
        [QUERY_INSERT] = write_insert, [QUERY_UPDATE] = write_update, [QUERY_DELETE] = write_delete,
        [QUERY_MERGE] = write_merge,   [QUERY_UTILITY] = NULL,
    };

    if (!writers[query->kind]) {
        write_refuse(writer, "a utility statement");
        return;
    }
    write_with(writer, query);
    writers[query->kind](writer, query);
    write_returning(writer, query);
}
