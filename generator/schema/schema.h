/* DDL → catalog. Statements are replayed in order, so that ALTER, DROP and RENAME work as on a
 * server. What cannot change a query's types never stops the load; what can and is not understood
 * is an error with its place.
 */
#ifndef TENON_SCHEMA_SCHEMA_H
#define TENON_SCHEMA_SCHEMA_H

#include "catalog/catalog.h"
#include "sql/statement.h"

/* A column of a query's result, as a view or CREATE TABLE AS needs it. */
struct view_column {
    const char *name;
    oid type;
    int32_t typmod;
    oid collation;
    bool not_null;
};

struct view_description {
    struct view_column *columns;
    size_t n_columns;
    const void *query; /* const struct query *: kept in the relation for later proofs */
};

/* How the schema room asks for the analysis of a view's body without depending on it. */
struct schema_analyzer {
    void *context;
    /* Analyses the SELECT at `tree`; false after diagnostics were added. */
    bool (*describe)(void *context, struct catalog *catalog, const struct sql *sql,
                     const PgQuery__Node *tree, struct diags *diags, struct view_description *out);
};

/* Replays the statements of one schema file. It begins with the default search path, as a session
 * of psql does, and leaves it behind. A table whose constraint is wrong exists afterwards, so that
 * its uses are no errors too. relation.view_not_null belongs to this room: it is a part of what is
 * kept of a view (view.h). */
void schema_load(struct catalog *catalog, struct statements statements,
                 const struct schema_analyzer *analyzer, struct diags *diags);

/* The same for SQL text that is not a file of the user's; `name` stands in for its path. */
void schema_load_text(struct catalog *catalog, const char *name, const char *text,
                      const struct schema_analyzer *analyzer, struct diags *diags);

/* The type that a TypeName of a parse tree means: name, %TYPE, SETOF is ignored, array bounds,
 * typmods (*typmod may be NULL). 0 after a diagnostic (42704, 42P01, 22023, …). */
oid schema_resolve_type_name(const struct catalog *catalog, const struct sql *sql,
                             const PgQuery__TypeName *name, struct diags *diags, int32_t *typmod);

#endif
