/* libpg_query's parse trees. The one place that includes its headers and knows its versions: it
 * is compiled against libpg_query 15, 16 or 17, whichever the include path gives.
 *
 * Trees are protobuf-c messages (PgQuery__SelectStmt, …) as in pg_query.proto; every `location`
 * is a 0-based byte offset into the text that was parsed. What the versions name differently is
 * asked here. What only newer servers understand is refused by sql/newer.h.
 */
#ifndef TENON_SQL_PG_H
#define TENON_SQL_PG_H

#include <stdbool.h>
#include <string.h>

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#if PG_VERSION_NUM < 150000 || PG_VERSION_NUM >= 180000
#error "libpg_query 15, 16 or 17 is needed"
#endif

/* MERGE: WHEN MATCHED, not WHEN NOT MATCHED. */
static inline bool pg_when_matched(const PgQuery__MergeWhenClause *when)
{
#if PG_VERSION_NUM >= 170000
    return when->match_kind == PG_QUERY__MERGE_MATCH_KIND__MERGE_WHEN_MATCHED;
#else
    return when->matched;
#endif
}

/* PARTITION BY: l list, r range, h hash; 0 for any other word. */
static inline char pg_partition_strategy(const PgQuery__PartitionSpec *spec)
{
#if PG_VERSION_NUM >= 160000
    switch (spec->strategy) {
    case PG_QUERY__PARTITION_STRATEGY__PARTITION_STRATEGY_LIST:
        return 'l';
    case PG_QUERY__PARTITION_STRATEGY__PARTITION_STRATEGY_RANGE:
        return 'r';
    case PG_QUERY__PARTITION_STRATEGY__PARTITION_STRATEGY_HASH:
        return 'h';
    default:
        return 0;
    }
#else
    static const char *const names[] = {"list", "range", "hash"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(spec->strategy, names[i]) == 0)
            return *names[i];
    return 0;
#endif
}

#endif
