/* Annotated query files: `-- name: FindOrder :opt`, comments, directives, and the lowering of
 * named parameters and macros to plain PostgreSQL with $n.
 */
#ifndef TENON_SQL_QUERY_FILE_H
#define TENON_SQL_QUERY_FILE_H

#include "ir/command.h"
#include "sql/statement.h"

/* A parameter that the file names: @x, sqlc.arg(x), sqlc.narg(x), sqlc.slice(x). */
struct named_param {
    int number;       /* n of $n */
    const char *name; /* NULL for a bare $n */
    bool nullable;    /* sqlc.narg or -- @nullable */
    bool slice;       /* sqlc.slice */
    const char *doc;  /* from `-- @param name: text`, NULL when absent */
    span at;          /* first use */
};

/* sqlc.embed(t), lowered to `t.*`. */
struct embed {
    const char *table; /* t: a range-table alias */
    int location;      /* byte offset of the lowered `t.*` in sql.text */
};

/* `-- @nullable col`, `-- @notnull col`: the user's word on a result column or parameter. */
struct null_override {
    const char *name;
    bool nullable;
    span at;
};

/* `-- @param price: the limit price`. Those of parameters that the file names are moved to
 * named_param.doc; the rest is for parameters that the analysis names after a column. */
struct param_doc {
    const char *name;
    const char *text;
    span at;
};

/* `-- @allow lint-name` */
struct allowed_lint {
    const char *name;
    span at;
};

struct annotated_query {
    const char *name;
    span name_at;
    enum ir_command command;
    int line;             /* 1-based line of the annotation */
    const char *doc;      /* comment lines under the name, joined by \n; NULL when absent */
    const char *row_name; /* `-- @row OrderRow`, NULL when absent */
    span row_name_at;
    const char *params_name; /* `-- @params OrderKey`, NULL when absent */
    span params_name_at;
    bool is_positional; /* `-- @positional` */
    span positional_at;
    VEC(struct null_override) null_overrides;
    VEC(struct param_doc) param_docs;
    VEC(struct allowed_lint) allowed_lints;
    VEC(struct named_param) params; /* by number; one for each $n that occurs */
    VEC(struct embed) embeds;
    struct sql sql; /* the lowered text, without annotation, comment lines and `;` */
    struct statement statement;
};

struct annotated_queries {
    struct annotated_query **items;
    size_t n;
};

struct query_reader;

/* Reads a file query by query. `is_operator` tells whether the catalog has an operator of that name
 * (for `=@x`). The reader and what it has to remember are in the arena. */
struct query_reader *query_reader_create(struct arena *arena, const struct source *source,
                                         bool (*is_operator)(void *context, const char *name),
                                         void *context, struct diags *diags);

/* The next annotated query, parsed, all of it in the arena given here; NULL at the end of the file.
 * A query with an error is reported and left out. */
struct annotated_query *query_reader_next(struct query_reader *reader, struct arena *arena);

/* Reads all of them. */
struct annotated_queries query_file_parse(struct arena *arena, const struct source *source,
                                          bool (*is_operator)(void *context, const char *name),
                                          void *context, struct diags *diags);

#endif
