/* The scenarios that write a few rows, and those that read. */
#include "scenarios.h"

#include <string.h>

#include "digest.h"

static tenon_status get_every(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    app_every_row row;
    tenon_status status = app_get_every(db, mem, 2, &row);

    (void)mark;
    if (status == TENON_OK)
        digest_every(digest, &row);
    return status;
}

static tenon_status find_every(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    app_every_row row;
    bool found;
    tenon_status status = app_find_every(db, mem, 3, &found, &row);

    (void)mark;
    if (status == TENON_OK && found)
        digest_every(digest, &row);
    return status;
}

static tenon_status list_every(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    app_every_row_list rows;
    tenon_status status = app_list_every(db, mem, &rows);

    (void)mark;
    for (size_t i = 0; status == TENON_OK && i < rows.count; i++)
        digest_every(digest, &rows.items[i]);
    return status;
}

static tenon_status stream_every(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    app_stream_every *stream = app_stream_every_begin(db);
    const app_every_row *row;

    (void)mem;
    (void)mark;
    while ((row = app_stream_every_next(stream)))
        digest_every(digest, row);
    return app_stream_every_end(stream);
}

static tenon_status stream_ends_early(tenon_db *db, tenon_arena *mem, int64_t mark,
                                      uint64_t *digest)
{
    app_stream_every *stream = app_stream_every_begin(db);
    const app_every_row *row = app_stream_every_next(stream);

    (void)mem;
    (void)mark;
    if (row)
        digest_every(digest, row);
    return app_stream_every_end(stream);
}

static tenon_status read_batch_one(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    static const app_read_batch_one_params items[] = {{1}, {3}, {2}};
    app_read_batch_one_row_list rows;
    tenon_status status = app_read_batch_one(db, mem, items, 3, &rows);

    (void)mark;
    for (size_t i = 0; status == TENON_OK && i < rows.count; i++)
        digest_text(digest, rows.items[i].a_text);
    return status;
}

static tenon_status read_batch_many(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    static const app_read_batch_many_params items[] = {{1}, {3}};
    app_read_batch_many_lists lists;
    tenon_status status = app_read_batch_many(db, mem, items, 2, &lists);

    (void)mark;
    for (size_t i = 0; status == TENON_OK && i < lists.count; i++)
        for (size_t j = 0; j < lists.items[i].count; j++)
            digest_text(digest, lists.items[i].items[j].a_text);
    return status;
}

static tenon_status add_every(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    app_add_every_params params = every_params(mark);

    (void)mem;
    (void)digest;
    return app_add_every(db, &params);
}

static tenon_status add_entry(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    (void)mem;
    (void)digest;
    return app_add_entry(db, &(app_add_entry_params){.mark = mark, .item = 0, .note = "exec"});
}

static tenon_status add_one(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    app_add_entry_one_row row;
    tenon_status status = app_add_entry_one(
        db, mem, &(app_add_entry_one_params){.mark = mark, .item = 7, .note = "one"}, &row);

    if (status == TENON_OK)
        digest_entry(digest, row.mark - mark, row.item, row.note);
    return status;
}

static tenon_status add_opt(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    app_add_entry_opt_row row;
    bool found;
    tenon_status status = app_add_entry_opt(
        db, mem, &(app_add_entry_opt_params){.mark = mark, .wanted = true}, &found, &row);

    if (status == TENON_OK && found)
        digest_entry(digest, row.mark - mark, row.item, row.note);
    return status;
}

static tenon_status add_many(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    app_add_entry_many_row_list rows;
    tenon_status status = app_add_entry_many(db, mem, mark, &rows);

    for (size_t i = 0; status == TENON_OK && i < rows.count; i++)
        digest_entry(digest, rows.items[i].mark - mark, rows.items[i].item, rows.items[i].note);
    return status;
}

static tenon_status add_stream(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    app_add_entry_stream *stream = app_add_entry_stream_begin(db, mark);
    const app_add_entry_stream_row *row;

    (void)mem;
    while ((row = app_add_entry_stream_next(stream)))
        digest_entry(digest, row->mark - mark, row->item, row->note);
    return app_add_entry_stream_end(stream);
}

static tenon_status add_rows(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    int64_t rows;
    tenon_status status = app_add_entry_rows(db, mark, &rows);

    (void)mem;
    if (status == TENON_OK)
        digest_number(digest, (uint64_t)rows);
    return status;
}

static tenon_status add_batch(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    const app_add_entry_batch_params items[] = {{mark, 0, "a"}, {mark, 1, "b"}, {mark, 2, "c"}};

    (void)mem;
    (void)digest;
    return app_add_entry_batch(db, items, 3);
}

static tenon_status add_batch_one(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    const app_add_entry_batch_one_params items[] = {{mark, 0, "a"}, {mark, 1, "b"}};
    app_add_entry_batch_one_row_list rows;
    tenon_status status = app_add_entry_batch_one(db, mem, items, 2, &rows);

    for (size_t i = 0; status == TENON_OK && i < rows.count; i++)
        digest_entry(digest, rows.items[i].mark - mark, rows.items[i].item, rows.items[i].note);
    return status;
}

static tenon_status add_batch_many(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    const app_add_entry_batch_many_params items[] = {{mark, 1}, {mark, 0}, {mark, 3}};
    app_add_entry_batch_many_lists lists;
    tenon_status status = app_add_entry_batch_many(db, mem, items, 3, &lists);

    for (size_t i = 0; status == TENON_OK && i < lists.count; i++)
        for (size_t j = 0; j < lists.items[i].count; j++)
            digest_entry(digest, (int64_t)i, lists.items[i].items[j].item,
                         lists.items[i].items[j].note);
    return status;
}

static tenon_status load(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    const app_load_entries_params items[] = {{mark, 0, "a"}, {mark, 1, "b"}, {mark, 2, "c"}};
    int64_t rows;
    tenon_status status = app_load_entries(db, items, 3, &rows);

    (void)mem;
    if (status == TENON_OK)
        digest_number(digest, (uint64_t)rows);
    return status;
}

static tenon_status run_sql(tenon_db *db, tenon_arena *mem, int64_t mark, uint64_t *digest)
{
    char sql[120];

    (void)mem;
    (void)digest;
    snprintf(sql, sizeof sql,
             "INSERT INTO entries (mark, item, note) VALUES (%" PRId64 ", 0, 'sql')", mark);
    return tenon_exec(db, sql);
}

const struct scenario scenarios[] = {
    {"one", 0, get_every},
    {"opt", 0, find_every},
    {"many", 0, list_every},
    {"stream", 0, stream_every},
    {"stream that ends early", 0, stream_ends_early},
    {"batchone", 0, read_batch_one},
    {"batchmany", 0, read_batch_many},
    {"exec of every type", 1, add_every},
    {"exec", 1, add_entry},
    {"one that writes", 1, add_one},
    {"opt that writes", 1, add_opt},
    {"many that writes", 3, add_many},
    {"stream that writes", 3, add_stream},
    {"execrows", 3, add_rows},
    {"batchexec", 3, add_batch},
    {"batchone that writes", 2, add_batch_one},
    {"batchmany that writes", 4, add_batch_many},
    {"copyfrom", 3, load},
    {"tenon_exec", 1, run_sql},
};
const size_t n_scenarios = sizeof scenarios / sizeof scenarios[0];
