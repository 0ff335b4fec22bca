/* The names of range-table entries and of their columns in the text of a query.
 *
 * Every entry has a name of its own among those in view, so that variables can be written with it;
 * columns of one entry differ too. The names are those that the user gave and those that the
 * catalog has now, with _1, _2, … where they clash; USING merges columns by name, so both sides get
 * the name that the merged column has.
 */
#ifndef TENON_DEPARSE_NAMES_H
#define TENON_DEPARSE_NAMES_H

#include "tree/query.h"

struct name_vec {
    const char **items;
    size_t n, cap;
};

struct entry_names {
    const char *name;         /* NULL: a join without a name */
    struct name_vec columns;  /* [attno - 1]; NULL: dropped */
    struct name_vec listed;   /* the columns that there are today, for t (a, b, …) */
    size_t n_kept;            /* of listed: were there when the query was written */
    bool shows_columns;       /* they must be listed */
    struct name_vec merged;   /* of a join: the names in USING */
    struct name_vec reserved; /* names of the merged columns of the joins around it */
};

/* One query, or the entries of an expression. */
struct names_level {
    const struct names_level *parent;
    const struct query *query; /* NULL: an expression of DDL */
    struct entry_names *entries;
    size_t n;
    bool is_qualified;      /* columns are written with the name of their entry */
    bool is_rule;           /* as the body of a view it has OLD and NEW in its range table */
    bool merges_are_unique; /* no two USING of the query may use one name */
    struct name_vec merged; /* those of all of them, then */
};

/* Names for the query's entries, below parent, which may be NULL. */
struct names_level *names_of_query(struct arena *arena, const struct query *query,
                                   const struct names_level *parent, bool is_rule);
/* The level at which a variable that many levels up is. */
const struct names_level *names_level_up(const struct names_level *level, int levels_up);

#endif
