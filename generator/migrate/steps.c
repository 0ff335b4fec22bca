/* Each statement becomes a step with its text and its place; parts of a file that have none are no
 * parts.
 */
#include "migrate/steps.h"

#include <stdlib.h>
#include <string.h>

#include "migrate/footprint.h"
#include "migrate/needs.h"
#include "migrate/outside.h"
#include "migrate/reader.h"
#include "sql/lexer.h"
#include "sql/raw.h"
#include "support/file.h"
#include "support/sha256.h"

static const char *quoted(struct arena *arena, const char *name)
{
    return catalog_quote_identifier(arena, name);
}

static str text_of(const struct move *move)
{
    return (str){move->statement.sql->text + move->statement.location, (size_t)move->statement.len};
}

/* --- Batches ---------------------------------------------------------------------------------- */

/* The condition: from behind the WHERE that is in no parentheses to RETURNING or the end. */
static void find_condition(str text, tenon_step *step)
{
    int depth = 0;

    step->where_from = step->where_to = text.len;
    for (struct token token = lex_next(text, 0); token.kind != TOKEN_END;
         token = lex_next(text, token.to)) {
        depth += token_is(text, token, "(") - token_is(text, token, ")");
        if (depth == 0 && token_is_word(text, token, "where"))
            step->where_from = token.to;
        if (depth == 0 && token_is_word(text, token, "returning")) {
            step->where_to = token.from;
            break;
        }
    }
    if (step->where_from > step->where_to)
        step->where_from = step->where_to;
}

/* {"a","b"} */
static const char *array_of_targets(struct arena *arena, struct node_list targets)
{
    struct buf buf = buf_in(arena);

    buf_addc(&buf, '{');
    for (size_t i = 0; i < targets.n; i++) {
        buf_adds(&buf, i > 0 ? ",\"" : "\"");
        for (const char *at = targets.items[i]->res_target->name; *at; at++) {
            if (*at == '"' || *at == '\\')
                buf_addc(&buf, '\\');
            buf_addc(&buf, *at);
        }
        buf_addc(&buf, '"');
    }
    buf_addc(&buf, '}');
    return buf_text(&buf);
}

static void fill_batch(struct arena *arena, const struct move *move, const struct mark *mark,
                       tenon_step *step)
{
    const PgQuery__Node *tree = move->statement.tree;
    const bool is_update = NODE_IS(tree, UPDATE_STMT);
    const PgQuery__RangeVar *table =
        is_update ? tree->update_stmt->relation : tree->delete_stmt->relation;
    const struct node_list none = {NULL, 0};
    const char *schema = raw_optional(table->schemaname);

    step->kind = TENON_STEP_BATCH;
    step->batch_rows = atoi(mark->value);
    step->batch_table = arena_printf(arena, "%s%s%s", schema ? quoted(arena, schema) : "",
                                     schema ? "." : "", quoted(arena, table->relname));
    step->batch_from =
        table->inh ? step->batch_table : arena_printf(arena, "ONLY %s", step->batch_table);
    step->batch_name = quoted(arena, table->alias ? table->alias->aliasname : table->relname);
    step->batch_sets =
        array_of_targets(arena, is_update ? NODES(tree->update_stmt, target_list) : none);
    find_condition(text_of(move), step);
}

/* --- Steps ------------------------------------------------------------------------------------ */

static void fill_outside(struct arena *arena, const struct move *move, tenon_step *step)
{
    const struct mark *batch = marks_find(&move->marks, MARK_BATCH);
    const struct mark *done = marks_find(&move->marks, MARK_DONE);
    const struct outside outside = outside_of(arena, &move->statement, batch != NULL);

    step->kind = outside.is_concurrent ? TENON_STEP_CONCURRENT : TENON_STEP_OUTSIDE;
    step->done = done ? done->value : outside.done;
    step->half = outside.half;
    step->clean_up = outside.clean_up;
    if (batch)
        fill_batch(arena, move, batch, step);
}

static tenon_step step_of(struct arena *arena, const struct migration *migration, size_t i,
                          int part)
{
    const struct move *move = &migration->moves.items[i];
    const span at = sql_span(move->statement.sql, move->statement.location);
    const struct place place = source_place(migration->source, at.offset);
    const str text = text_of(move);
    tenon_step step = {.kind = TENON_STEP_IN_TRANSACTION,
                       .sql = arena_strndup(arena, text.data, text.len),
                       .line = (int)place.line,
                       .column = (int)place.column,
                       .part = part};

    if (migration->is_outside)
        fill_outside(arena, move, &step);
    return step;
}

/* A file without statements has one part, which is empty. */
static void fill_steps(struct arena *arena, const struct migration *migration,
                       tenon_migration *result)
{
    const size_t n = migration->moves.n;
    tenon_step *steps = arena_array(arena, tenon_step, n);
    const char **checksums = arena_array(arena, const char *, n + 1);
    struct buf texts = buf_in(arena);
    size_t n_parts = 1;

    for (size_t i = 0; i < n; i++) {
        const struct move *move = &migration->moves.items[i];
        if (i > 0 && move->section != migration->moves.items[i - 1].section)
            checksums[n_parts++ - 1] = sha256_hex(arena, buf_str(&texts));
        steps[i] = step_of(arena, migration, i, (int)n_parts);
        buf_add(&texts, text_of(move).data, text_of(move).len);
        buf_addc(&texts, ';');
    }
    checksums[n_parts - 1] = sha256_hex(arena, buf_str(&texts));
    result->steps = steps;
    result->n_steps = n;
    result->part_checksums = checksums;
    result->n_parts = n_parts;
}

static tenon_migration compile_one(struct arena *arena, const struct migration *migration,
                                   const char *root)
{
    const struct footprint footprint = footprint_of(arena, migration);
    need_list needs = {0};
    tenon_migration result = {
        .name = migration->name,
        .file = file_relative(arena, root, migration->source->path),
        .parent = migration->parent,
        .checksum = sha256_hex(arena, migration->source->text),
        .catalog_hash = migration->hash ? migration->hash : "",
        .is_outside = migration->is_outside,
    };

    if (footprint.is_known) {
        result.footprint = footprint.names;
        result.n_footprint = footprint.n;
    }
    fill_steps(arena, migration, &result);
    needs_collect(arena, migration, &needs);
    result.needs = needs.items;
    result.n_needs = needs.n;
    return result;
}

tenon_migrations folder_steps(struct arena *arena, const struct folder *folder, const char *root)
{
    const size_t n = folder->items.n;
    tenon_migration *items = arena_array(arena, tenon_migration, n);

    for (size_t i = 0; i < n; i++)
        items[i] = compile_one(arena, folder->items.items[i], root);
    return (tenon_migrations){
        .items = items,
        .n = n,
        .server_version = n ? folder->items.items[0]->source->release.major : 0,
    };
}
