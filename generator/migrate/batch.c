/* An UPDATE in batches is repeated until its WHERE finds nothing: so what it sets must make the
 * WHERE false, and it must leave the key alone along which the batches walk. Both are told from the
 * analysed statement, where what is assigned has the column's type already.
 */
#include "migrate/batch.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/analyze.h"
#include "migrate/settled.h"

/* --- The key ---------------------------------------------------------------------------------- */

static bool is_walkable(const struct query *query, const struct relation *table,
                        const struct index *index)
{
    if (!index->is_unique || index->is_partial || index->has_expressions || index->is_only)
        return false;
    for (size_t i = 0; i < index->n_columns; i++)
        if (!table->attributes.items[index->columns[i] - 1].not_null ||
            settled_target(query, index->columns[i]))
            return false;
    return true;
}

/* The index of a parent says nothing of its children, unless they are its partitions. */
static bool has_key(const struct query *query)
{
    const struct rte *entry = query->rtable[query->result_rte];
    const struct relation *table = entry->relation;

    if (table->relkind != 'p' && table->children.n && !entry->is_only)
        return false;
    for (size_t i = 0; i < table->indexes.n; i++)
        if (is_walkable(query, table, table->indexes.items[i]))
            return true;
    return false;
}

static void check_key(const struct query *query, span at, struct diags *diags)
{
    if (!has_key(query))
        diag_hint(diags,
                  diag_error(diags, "PL719", at, "\"%s\" has no key along which batches could walk",
                             query->rtable[query->result_rte]->relation->name),
                  "a primary key, or a unique index over NOT NULL columns, none of which the "
                  "statement sets");
}

/* --- The statement ---------------------------------------------------------------------------- */

static void check_size(const struct batch_mark *mark, struct diags *diags)
{
    const size_t n = strspn(mark->size, "0123456789");

    if (!n || n > 7 || mark->size[n] || mark->size[0] == '0' || atol(mark->size) > LARGEST_BATCH)
        diag_hint(diags,
                  diag_error(diags, "PL719", mark->at, "a batch is a number of rows, at most %d",
                             LARGEST_BATCH),
                  "write \"-- tenon: batch 5000\"");
}

static void check_end(const struct query *query, const struct catalog *catalog, span at,
                      struct diags *diags)
{
    const struct relation *table = query->rtable[query->result_rte]->relation;

    if (query->kind == QUERY_UPDATE && !settled_where(query, catalog, query->where))
        diag_hint(diags,
                  diag_error(diags, "PL719", at,
                             "it cannot be told that a row is not found again once it is done"),
                  "write in WHERE what is false afterwards: %s IS DISTINCT FROM the value that it "
                  "is set to, which comes from constants, columns of the row that stay, and "
                  "immutable functions; or %s IS NULL, where the value never is",
                  table->attributes.items[query->targets[0].target_column - 1].name,
                  table->attributes.items[query->targets[0].target_column - 1].name);
}

void batch_check(struct arena *arena, const struct statement *statement,
                 const struct batch_mark *mark, const struct catalog *catalog, struct diags *diags)
{
    const span at = sql_span(statement->sql, statement->location);
    struct analysis analysis;

    check_size(mark, diags);
    if (!analyze_statement(arena, catalog, statement, diags, &analysis))
        return;
    check_key(analysis.query, at, diags);
    check_end(analysis.query, catalog, at, diags);
}
