/* An annotated query from its parse tree to the IR: analysis, parameters, columns, the text that is
 * sent, cardinality, and last the warnings.
 */
#include "describe/query_ir.h"

#include "lint/lint.h"
#include "prove/cardinality.h"
#include "prove/effects.h"

const char *query_ir_sql(struct arena *arena, const struct sql *sql,
                         const struct analysis *analysis)
{
    struct buf out = buf_in(arena);
    int at = 0;

    for (size_t i = 0; i < analysis->n_stars; i++) {
        const struct star_expansion *star = &analysis->stars[i];

        if (star->from < at)
            continue;
        buf_add(&out, sql->text + at, (size_t)(star->from - at));
        buf_adds(&out, star->text);
        at = star->to;
    }
    buf_add(&out, sql->text + at, sql->len - (size_t)at);
    return buf_text(&out);
}

static bool is_column_or_param(const struct ir_query *ir, const char *name)
{
    for (size_t i = 0; i < ir->n_columns; i++)
        if (name_eq(ir->columns[i].name, name))
            return true;
    for (size_t i = 0; i < ir->n_params; i++)
        if (name_eq(ir->params[i].name, name))
            return true;
    return false;
}

/* A misspelt @nullable or @notnull would leave the column as it is, unnoticed. */
static bool check_null_overrides(const struct query_ir *build, struct diags *diags)
{
    size_t n_errors = diags->n_errors;

    for (size_t i = 0; i < build->annotated->null_overrides.n; i++) {
        const struct null_override *override = &build->annotated->null_overrides.items[i];

        if (!is_column_or_param(build->ir, override->name))
            diag_error(diags, "PL121", override->at, "the query has no column or parameter \"%s\"",
                       override->name);
    }
    return diags->n_errors == n_errors;
}

static const char *instead_of_transaction(PgQuery__TransactionStmtKind kind)
{
    switch (kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
        return "call tenon_begin() or tenon_transaction()";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
        return "call tenon_commit()";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
        return "call tenon_rollback()";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
        return "call tenon_begin() inside of the transaction: it sets a savepoint";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
        return "call tenon_commit(), which ends the innermost level";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
        return "call tenon_rollback(), which undoes the innermost level";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
        return "send it by tenon_db_conn(), in a transaction that the runtime did not begin";
    default:
        return NULL;
    }
}

/* The statements after which the connection is not as the runtime believes it to be. */
static const char *query_ir_instead(const PgQuery__Node *tree)
{
    if (tree->node_case == PG_QUERY__NODE__NODE_TRANSACTION_STMT)
        return instead_of_transaction(tree->transaction_stmt->kind);
    if (tree->node_case != PG_QUERY__NODE__NODE_COPY_STMT || *tree->copy_stmt->filename)
        return NULL;
    return tree->copy_stmt->is_from
               ? "write an INSERT … VALUES with the command :copyfrom"
               : "use :stream with a SELECT, or libpq's PQgetCopyData() on tenon_db_conn()";
}

static void describe_effects(const struct query_ir *build)
{
    const struct effects effects = effects_infer(
        build->arena, build->catalog, build->annotated->statement.tree, build->analysis->query);

    build->ir->reads_only = effects.reads_only;
    build->ir->may_commit = effects.may_commit;
    build->ir->changes_session = effects.changes_session;
}

struct ir_query *describe_query(struct arena *arena, const struct catalog *catalog,
                                struct ir_types *types, const struct annotated_query *query,
                                struct diags *diags)
{
    struct analysis *analysis = arena_new(arena, struct analysis);
    struct ir_query *ir = arena_new(arena, struct ir_query);
    struct query_ir build = {arena, catalog, types, query, analysis, ir, NULL};
    struct cardinality cardinality;

    if (!analyze_statement(arena, catalog, &query->statement, diags, analysis))
        return NULL;
    *ir = (struct ir_query){
        .name = query->name,
        .command = query->command,
        .file = query->sql.source->path,
        .line = query->line,
        .doc = query->doc,
        .sql = query_ir_sql(arena, &query->sql, analysis),
        .row_name = query->row_name,
        .params_name = query->params_name,
        .params_name_at = query->params_name_at,
        .is_positional = query->is_positional,
        .positional_at = query->positional_at,
        .returns_rows = analysis->returns_rows,
        .instead = query_ir_instead(query->statement.tree),
        .name_at = query->name_at,
    };
    query_ir_params(&build);
    query_ir_columns(&build);
    if (!check_null_overrides(&build, diags))
        return NULL;
    if (ir_commands[query->command].takes == TAKES_COPY)
        query_ir_copy(&build);
    cardinality = cardinality_infer(arena, catalog, analysis->query);
    ir->at_most_one = cardinality.at_most_one;
    ir->at_most_one_reason = cardinality.reason;
    describe_effects(&build);
    lint_query(arena, catalog, query, analysis, ir, diags);
    return ir;
}
