/* Range tables and the names that they put in view (parse_relation.c). */
#ifndef TENON_RESOLVE_SCOPE_H
#define TENON_RESOLVE_SCOPE_H

#include "resolve/state.h"
#include "sql/raw.h"
#include "tree/tree.h"

/* A query level below parse's, with a fresh query of its own. */
struct parse scope_open(struct parse *parse);
/* Ends the level: its range table, CTEs and so on become the query's. */
struct query *scope_close(struct parse *parse);
struct scope *scope_up(struct scope *scope, int levels);

/* --- Range-table entries (range_table.c) ------------------------------------------------------ */

/* Each returns the names of the new entry, all visible, not yet in view. `alias` may be NULL. */

struct name_item *range_add_relation(struct parse *parse, const struct relation *relation,
                                     const char *name, const PgQuery__Alias *alias, int location);
struct name_item *range_add_query(struct parse *parse, struct query *query, const char *name,
                                  const PgQuery__Alias *alias, bool is_lateral, int location);
struct name_item *range_add_cte(struct parse *parse, struct cte *cte, int levels_up,
                                const PgQuery__Alias *alias, int location);
struct name_item *range_add_values(struct parse *parse, struct expr ***rows, size_t n_rows,
                                   const struct rte_column *columns, size_t n_columns);
/* An entry whose kind, name, location and columns are set; `what` opens the error about too many
 * aliases ("table"). */
struct name_item *range_add(struct parse *parse, struct rte *rte, const PgQuery__Alias *alias,
                            const char *what);
struct rte *range_entry(const struct parse *parse, const struct expr *var);

/* The columns that a query's result has as a table. */
struct rte_column *range_columns_of_query(struct arena *arena, const struct query *query,
                                          size_t *n);

/* The relation that a FROM item or a changed table names; its error when there is none. */
const struct relation *range_find_relation(struct parse *parse, const PgQuery__RangeVar *name);
struct cte *range_find_cte(struct parse *parse, const char *name, int *levels_up);

/* Puts names in view: as qualifiers, as unqualified columns. */
void scope_add_names(struct parse *parse, struct name_item *item, bool rel_visible,
                     bool cols_visible);
/* Adds the entry to the query's FROM list. */
struct join_node *scope_add_from(struct parse *parse, struct join_node *node);
struct join_node *join_leaf(struct parse *parse, int rte);
/* 42712 when a name of `added` is already in `present`. */
void scope_check_conflicts(struct parse *parse, const struct name_items *present,
                           const struct name_items *added);

/* --- Names (names.c) -------------------------------------------------------------------------- */

struct expr *names_column_var(struct parse *parse, const struct name_column *column, int levels_up,
                              int location);
/* The variable that an unqualified name means, NULL when there is none. */
struct expr *names_find_column(struct parse *parse, const char *name, bool local_only,
                               int location);
struct expr *names_find_column_in(struct parse *parse, const struct name_item *item, int levels_up,
                                  const char *name, int location);
/* The FROM item that a qualifier means, NULL when there is none. */
const struct name_item *names_find_item(struct parse *parse, const char *schema, const char *name,
                                        int location, int *levels_up);
struct expr *names_whole_row(struct parse *parse, const struct name_item *item, int levels_up,
                             int location);

/* --- Errors about names (names_error.c) ------------------------------------------------------- */

_Noreturn void names_missing_table(struct parse *parse, const char *schema, const char *name,
                                   int location);
_Noreturn void names_missing_column(struct parse *parse, const char *qualifier, const char *name,
                                    int location);

#endif
