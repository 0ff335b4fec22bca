/* Rows on their way into a table: shared by INSERT and MERGE. */
#ifndef TENON_ANALYZE_INSERT_H
#define TENON_ANALYZE_INSERT_H

#include "analyze/transform.h"

struct insert_column {
    const char *name;
    int attno;
    struct node_list indirection;
    int location;
};

struct insert_columns {
    struct insert_column *items;
    size_t n;
    bool is_listed; /* INSERT INTO t (…): then no expression may be missing */
};

/* query.overriding for the clause. */
char overriding_of(PgQuery__OverridingKind kind);

/* The columns that are written, or all of the table's (checkInsertTargets). */
struct insert_columns insert_target_columns(struct parse *parse, struct node_list nodes);

/* The expressions as values of the columns (transformInsertRow). */
void insert_row(struct parse *parse, const struct expr_list *exprs,
                const struct insert_columns *columns, struct expr **out);

struct target *insert_targets(struct parse *parse, struct expr **exprs, size_t n,
                              const struct insert_columns *columns);

void transform_on_conflict(struct parse *parse, const PgQuery__OnConflictClause *clause);

#endif
