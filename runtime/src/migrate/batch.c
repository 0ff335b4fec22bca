/* An UPDATE or DELETE in slices of a key: each slice is a transaction that notes in the ledger how
 * far the walk has come, so that the next run goes on from there. That all is done is told by no
 * row matching any more; rows that came behind the walk meanwhile make it begin again. */
#include "migrator.h"

#include <stdlib.h>
#include <string.h>

enum { TELL_EACH_MS = 1000, LAG_PAUSE_MS = 500, MOST_WALKS_IN_VAIN = 3 };

struct walk {
    const tenon_migration *migration;
    const tenon_step *step;
    const char *columns, *texts; /* of the key: "t.a, t.b"; the same, as an array of texts */
    const char *above, *below;   /* "($1::text[])[1]::integer, …"; the same of $2 */
    const char *key;             /* where the walk is; NULL: at its start */
    int64_t n_rows, n_walked;    /* changed by the step; since the walk began */
    int64_t n_fewest;            /* changed by a whole walk, but for those in vain */
    int n_in_vain;               /* whole walks, one after another, that changed no fewer rows */
    int64_t told;
};

/* The primary key, or another unique one without NULLs; none of its columns is set. */
static const char find_key[] =
    "SELECT pg_catalog.string_agg($2 || '.' || pg_catalog.quote_ident(a.attname), ', ' ORDER BY "
    "k.n), pg_catalog.string_agg($2 || '.' || pg_catalog.quote_ident(a.attname) || '::text', ', ' "
    "ORDER BY k.n), "
    "pg_catalog.string_agg('($1::text[])[' || k.n || ']::' || t.name, ', ' ORDER BY k.n), "
    "pg_catalog.string_agg('($2::text[])[' || k.n || ']::' || t.name, ', ' ORDER BY k.n) "
    "FROM (SELECT * FROM pg_catalog.pg_index i WHERE i.indrelid = pg_catalog.to_regclass($1) AND "
    "i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND NOT EXISTS "
    "(SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY "
    "(i.indkey) AND (NOT a.attnotnull OR a.attname = ANY ($3::text[]))) "
    "ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid LIMIT 1) i, "
    "pg_catalog.unnest(i.indkey::smallint[]) WITH ORDINALITY AS k(attnum, n), "
    "pg_catalog.pg_attribute a, "
    "LATERAL (SELECT pg_catalog.format_type(a.atttypid, a.atttypmod)) AS t(name) "
    "WHERE a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.n <= i.indnkeyatts";

static const char no_key[] = "batches walk along a primary key, or a unique index over NOT NULL "
                             "columns, none of which the statement sets";
static const char in_vain[] = "rows match that the statement does not change";

static bool read_key(tenon_migrator *m, struct walk *walk)
{
    const tenon_step *step = walk->step;
    const char *values[] = {step->batch_table, step->batch_name, step->batch_sets};
    PGresult *result = tenon__ask(m, find_key, 3, values);

    if (result == NULL)
        return false;
    bool is_found = !PQgetisnull(result, 0, 0);
    walk->columns = tenon__text(m, "%s", PQgetvalue(result, 0, 0));
    walk->texts = tenon__text(m, "%s", PQgetvalue(result, 0, 1));
    walk->above = tenon__text(m, "%s", PQgetvalue(result, 0, 2));
    walk->below = tenon__text(m, "%s", PQgetvalue(result, 0, 3));
    PQclear(result);
    return is_found || tenon__reject(m, no_key, "%s has no key along which batches could walk",
                                     step->batch_table);
}

/* The last key of the next slice; NULL: fewer rows than that are left. */
static bool find_end(tenon_migrator *m, struct walk *walk, const char **end)
{
    const tenon_step *step = walk->step;
    const char *condition = walk->key == NULL
                                ? "$1::text[] IS NULL"
                                : tenon__text(m, "(%s) > (%s)", walk->columns, walk->above);
    const char *sql = tenon__text(
        m, "SELECT ARRAY[%s]::text FROM %s AS %s WHERE %s ORDER BY %s OFFSET %d LIMIT 1",
        walk->texts, step->batch_from, step->batch_name, condition, walk->columns,
        step->batch_rows - 1);
    PGresult *result = tenon__ask(m, sql, 1, &walk->key);

    *end = NULL;
    if (result != NULL && PQntuples(result) > 0)
        *end = tenon__text(m, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    return result != NULL;
}

/* The statement up to the end of its condition, to which another can be added. */
static const char *slice_before(tenon_migrator *m, const struct walk *walk)
{
    const tenon_step *step = walk->step;

    if (step->where_from == step->where_to)
        return tenon__text(m, "%.*s\nWHERE true", (int)step->where_from, step->sql);
    /* a comment may be at its end */
    return tenon__text(m, "%.*s(%.*s\n)", (int)step->where_from, step->sql,
                       (int)(step->where_to - step->where_from), step->sql + step->where_from);
}

/* The statement, for the rows between two keys. */
static const char *slice_of(tenon_migrator *m, const struct walk *walk, const char *end)
{
    const char *above = walk->key == NULL
                            ? "$1::text[] IS NULL"
                            : tenon__text(m, "(%s) > (%s)", walk->columns, walk->above);
    const char *below = end == NULL ? "$2::text[] IS NULL"
                                    : tenon__text(m, "(%s) <= (%s)", walk->columns, walk->below);
    return tenon__text(m, "%s AND %s AND %s %s", slice_before(m, walk), above, below,
                       walk->step->sql + walk->step->where_to);
}

static bool run_slice(tenon_migrator *m, struct walk *walk, const char *end)
{
    const char *values[] = {walk->key, end};
    int64_t n_rows = 0;
    bool is_done =
        tenon__do(m, "BEGIN", 0, NULL) &&
        tenon__run_step(m, slice_of(m, walk, end), 2, values, walk->step->where_from, &n_rows) &&
        tenon__ledger_slice(m, walk->migration, end, n_rows) && tenon__do(m, "COMMIT", 0, NULL);

    if (is_done) {
        walk->n_rows += n_rows;
        walk->n_walked += n_rows;
        return true;
    }
    tenon__roll_back_part(m);
    return false;
}

static void tell(tenon_migrator *m, struct walk *walk)
{
    int64_t now = tenon__now_ms();

    if (now - walk->told < TELL_EACH_MS)
        return;
    walk->told = now;
    tenon__tell_progress(m, (tenon_migrate_event){.kind = TENON_MIGRATE_STEP,
                                                  .elapsed_ms = now - m->step_started + 1,
                                                  .done = walk->n_rows,
                                                  .text = "rows"});
}

/* --- Standbys -------------------------------------------------------------------------------- */

static const char find_lag[] =
    "SELECT pg_catalog.count(*) FILTER (WHERE state IS NULL), "
    "coalesce(pg_catalog.max(extract(epoch FROM replay_lag) * 1000), 0)::bigint "
    "FROM pg_catalog.pg_stat_replication";

static bool ask_lag(tenon_migrator *m, int64_t *lag_ms)
{
    PGresult *result = tenon__ask(m, find_lag, 0, NULL);

    if (result == NULL)
        return false;
    bool is_hidden = atoi(PQgetvalue(result, 0, 0)) > 0;
    *lag_ms = strtoll(PQgetvalue(result, 0, 1), NULL, 10);
    PQclear(result);
    return !is_hidden ||
           tenon__reject(m, "GRANT pg_monitor to the role, or do without: --max-lag never",
                         "there are standbys, and this role can not see how far behind they are");
}

/* Waits until no standby is too far behind. */
static bool wait_for_standbys(tenon_migrator *m)
{
    int64_t began = tenon__now_ms(), lag_ms = 0;

    while (m->options.max_lag_ms >= 0) {
        if (!ask_lag(m, &lag_ms))
            return false;
        if (lag_ms <= m->options.max_lag_ms)
            return true;
        if (m->options.wait_timeout_ms >= 0 && tenon__now_ms() - began > m->options.wait_timeout_ms)
            return tenon__reject(m, "apply again when it has caught up",
                                 "a standby is %lld ms behind", (long long)lag_ms);
        tenon__tell(m, TENON_MIGRATE_WAITS, tenon__now_ms() - began, "a standby is behind");
        tenon__pause(LAG_PAUSE_MS);
    }
    return true;
}

/* --- The walk -------------------------------------------------------------------------------- */

static bool next_slice(tenon_migrator *m, struct walk *walk, bool *is_end)
{
    const char *end;

    if (!wait_for_standbys(m) || !find_end(m, walk, &end))
        return false;
    for (int attempt = 1; !run_slice(m, walk, end); attempt++)
        if (!tenon__may_retry(m, attempt))
            return false;
    walk->key = end;
    *is_end = end == NULL;
    tell(m, walk);
    if (!*is_end)
        tenon__pause(m->options.batch_pause_ms);
    return true;
}

/* From its key to the end of the table. */
static bool walk_on(tenon_migrator *m, struct walk *walk, bool *is_done)
{
    bool is_end = false;

    walk->n_walked = 0;
    while (!is_end)
        if (!next_slice(m, walk, &is_end))
            return false;
    return tenon__ask_bool(m, walk->step->done, 0, NULL, is_done);
}

/* Behind a whole walk that left rows: some of them are new, but each walk has to leave fewer. */
static bool comes_to_an_end(struct walk *walk)
{
    if (walk->n_walked < walk->n_fewest) {
        walk->n_fewest = walk->n_walked;
        walk->n_in_vain = 0;
    } else {
        walk->n_in_vain++;
    }
    return walk->n_walked > 0 && walk->n_in_vain < MOST_WALKS_IN_VAIN;
}

bool tenon__apply_batch(tenon_migrator *m, const tenon_migration *migration, const char *from_key)
{
    struct walk walk = {
        .migration = migration, .step = m->step, .key = from_key, .n_fewest = INT64_MAX};
    bool is_done = false;

    if (!read_key(m, &walk))
        return false;
    while (!is_done) {
        bool is_whole = walk.key == NULL;
        if (!walk_on(m, &walk, &is_done))
            return false;
        if (!is_done && is_whole && !comes_to_an_end(&walk))
            return tenon__reject(m,
                                 "a trigger may undo the change, the WHERE is still true behind "
                                 "it, or rows are added faster than they are changed",
                                 "%s", in_vain);
    }
    return true;
}

/* --- Written down ---------------------------------------------------------------------------- */

/* The same walk in PL/pgSQL. %s: the key to begin with, FIND_KEY, its values, the table, its rows,
 * the statement in three pieces, the ledger's UPDATE, the refusals, DONE, the lag and the pause. */
static const char block_head[] =
    "DECLARE\n"
    "    k_columns text; k_texts text; k_above text; k_below text;\n"
    "    k_from text := %s; k_to text;\n"
    "    n_rows bigint; n_walked bigint; n_fewest bigint := 9223372036854775807;\n"
    "    n_in_vain integer := 0; is_whole boolean; is_above text; is_below text;\n"
    "BEGIN\n"
    "    EXECUTE %s INTO k_columns, k_texts, k_above, k_below USING %s::text, %s::text, "
    "%s::text[];\n"
    "    IF k_columns IS NULL THEN\n"
    "        RAISE EXCEPTION USING MESSAGE = %s;\n"
    "    END IF;\n";

static const char block_walk[] =
    "    LOOP\n"
    "        is_whole := k_from IS NULL; n_walked := 0;\n"
    "        LOOP\n"
    "            is_above := CASE WHEN k_from IS NULL THEN '$1::text[] IS NULL'\n"
    "                ELSE '(' || k_columns || ') > (' || k_above || ')' END;\n"
    "            EXECUTE 'SELECT ARRAY[' || k_texts || ']::text FROM ' || %s || ' WHERE ' || "
    "is_above\n"
    "                || ' ORDER BY ' || k_columns || ' OFFSET %d LIMIT 1' INTO k_to USING k_from;\n"
    "            is_below := CASE WHEN k_to IS NULL THEN '$2::text[] IS NULL'\n"
    "                ELSE '(' || k_columns || ') <= (' || k_below || ')' END;\n"
    "            EXECUTE %s || ' AND ' || is_above || ' AND ' || is_below || ' ' || %s\n"
    "                USING k_from, k_to;\n"
    "            GET DIAGNOSTICS n_rows = ROW_COUNT;\n"
    "            n_walked := n_walked + n_rows;\n"
    "            UPDATE %s SET batch_key = k_to, batch_rows = coalesce(batch_rows, 0) + n_rows\n"
    "                WHERE target = %s AND name = %s AND %s;\n"
    "            IF NOT FOUND THEN\n"
    "                RAISE EXCEPTION USING MESSAGE = %s;\n"
    "            END IF;\n"
    "            COMMIT;\n"
    "            k_from := k_to;\n"
    "            EXIT WHEN k_from IS NULL;\n";

static const char block_tail[] =
    "        END LOOP;\n"
    "        EXIT WHEN (%s\n);\n"
    "        n_in_vain := CASE WHEN n_walked < n_fewest THEN 0 ELSE n_in_vain + 1 END;\n"
    "        n_fewest := least(n_fewest, n_walked);\n"
    "        IF is_whole AND (n_walked = 0 OR n_in_vain = %d) THEN\n"
    "            RAISE EXCEPTION USING MESSAGE = %s;\n"
    "        END IF;\n"
    "    END LOOP;\n"
    "END";

static const char *head_of(tenon_migrator *m, const tenon_step *step, const char *from_key)
{
    return tenon__text(m, block_head, tenon__literal(m, from_key), tenon__literal(m, find_key),
                       tenon__literal(m, step->batch_table), tenon__literal(m, step->batch_name),
                       tenon__literal(m, step->batch_sets), tenon__literal(m, no_key));
}

static const char *walk_of(tenon_migrator *m, const tenon_migration *migration)
{
    const tenon_step *step = m->step;
    const struct walk walk = {.step = step};
    const char *table = tenon__text(m, "%s AS %s", step->batch_from, step->batch_name);

    return tenon__text(m, block_walk, tenon__literal(m, table), step->batch_rows - 1,
                       tenon__literal(m, slice_before(m, &walk)),
                       tenon__literal(m, step->sql + step->where_to), m->table,
                       tenon__literal(m, m->options.target), tenon__literal(m, migration->name),
                       m->holds_lock, tenon__literal(m, "the lock of the migrations was lost"));
}

static const char *pause_of(tenon_migrator *m)
{
    if (m->options.batch_pause_ms <= 0)
        return "";
    return tenon__text(m, "            PERFORM pg_catalog.pg_sleep(%d / 1000.0);\n",
                       m->options.batch_pause_ms);
}

static const char *wait_of(tenon_migrator *m)
{
    if (m->options.max_lag_ms < 0)
        return "";
    return tenon__text(m,
                       "            WHILE (SELECT coalesce(max(extract(epoch FROM replay_lag) * "
                       "1000), 0) FROM pg_catalog.pg_stat_replication) > %d LOOP\n"
                       "                COMMIT;\n"
                       "                PERFORM pg_catalog.pg_sleep(%d / 1000.0);\n"
                       "            END LOOP;\n",
                       m->options.max_lag_ms, LAG_PAUSE_MS);
}

static const char *tail_of(tenon_migrator *m)
{
    return tenon__text(m, block_tail, m->step->done, MOST_WALKS_IN_VAIN,
                       tenon__literal(m, in_vain));
}

void tenon__script_batch(tenon_migrator *m, const tenon_migration *migration, const char *from_key)
{
    tenon__script(m, "SET statement_timeout = 0;\n");
    tenon__script_block(m, tenon__text(m, "%s%s%s%s%s", head_of(m, m->step, from_key),
                                       walk_of(m, migration), pause_of(m), wait_of(m), tail_of(m)));
}
