/* The typed IR: what the analysis found, in terms that need no SQL tree and no catalog.
 *
 * It is what `tenon describe` prints and what emit/ turns into C. Everything is in source order.
 */
#ifndef TENON_IR_IR_H
#define TENON_IR_IR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ir/command.h"
#include "support/source.h"

enum ir_type_kind {
    IR_BASE,       /* a built-in or extension base type; `name` says which */
    IR_ENUM,       /* labels */
    IR_COMPOSITE,  /* fields */
    IR_ARRAY,      /* of elem */
    IR_DOMAIN,     /* over elem (parameters only: results are described by the base type) */
    IR_RANGE,      /* of elem */
    IR_MULTIRANGE, /* elem is the range's subtype */
    IR_PSEUDO,     /* record, void, anyarray: no value can be decoded from it */
};

struct ir_label {
    const char *name;
};

struct ir_type;

struct ir_field {
    const char *name;
    const struct ir_type *type;
    const char *comment; /* NULL when absent */
};

/* One object per type: pointers can be compared. */
struct ir_type {
    uint32_t oid; /* 0 where servers differ: of the schema, extensions, information_schema */
    enum ir_type_kind kind;
    const char *schema;   /* "pg_catalog", "public" */
    const char *name;     /* pg_type.typname: "int4", "order_side", "_int4" */
    const char *sql_name; /* format_type(oid, NULL): "integer", "order_side", "integer[]" */
    const struct ir_type *elem;
    const struct ir_label *labels;
    size_t n_labels;
    const struct ir_field *fields;
    size_t n_fields;
    bool not_null;       /* domains: NOT NULL */
    int32_t typmod;      /* domains: of elem; else -1 */
    const char *comment; /* COMMENT ON TYPE / TABLE, NULL when absent */
    span defined_at;
};

struct ir_column {
    const char *name;
    const struct ir_type *type;   /* as the server describes it: of a domain, what it is over */
    const struct ir_type *domain; /* NULL: it has none */
    int32_t typmod;
    bool nullable;
    const char *table; /* "public.orders" when it is a column of a table, else NULL */
    const char *column;
    const char *embed;   /* t of sqlc.embed(t), else NULL */
    bool embed_nullable; /* the embedded table is on the nullable side of an outer join */
    const char *comment; /* COMMENT ON COLUMN */
    const char *reason;  /* why it is (not) nullable, for `explain` */
    span at;             /* in the query; no place for a table's column */
};

struct ir_param {
    int number;
    const char *name; /* from the file, else from the column it meets, else "arg1"; unique */
    bool is_named;    /* the name is the user's or a column's, not made up */
    const struct ir_type *type;
    bool nullable;
    const char *doc;    /* NULL when absent */
    const char *reason; /* why it has its type and nullability */
};

struct ir_query {
    const char *name; /* "FindOrder" */
    enum ir_command command;
    const char *file;
    int line;
    const char *doc; /* NULL when absent */
    const char *sql; /* what is sent: $n, `*` expanded */
    bool at_most_one;
    /* What it does beside giving rows (prove/effects.h). */
    bool reads_only, may_commit, changes_session;
    const char *at_most_one_reason; /* "primary key orders_pkey"; NULL when not proved */
    const char *row_name;           /* -- @row NAME, NULL when absent */
    const char *params_name;        /* -- @params NAME, NULL when absent */
    span params_name_at;
    bool is_positional; /* -- @positional */
    span positional_at;
    const struct ir_table *row_table; /* the columns are exactly this table's row, else NULL */
    struct ir_param *params;
    size_t n_params;
    struct ir_column *columns;
    size_t n_columns;
    /* :copyfrom: COPY … FROM STDIN of the parameters in their order, and a SELECT of the same
     * columns; or why the INSERT cannot be done so, and what to write. Else NULL. */
    const char *copy_sql, *copy_check;
    const char *copy_problem, *copy_hint;
    span copy_at;
    bool returns_rows;   /* the statement answers with rows, even of zero columns */
    const char *instead; /* of a statement that would disturb the runtime, such as COMMIT: what a
                            program does in its place; NULL as a rule */
    span name_at;
};

/* What only a column of a table or view has: how a value comes into it. */
struct ir_attribute {
    bool has_default;  /* also identity, serial and generated columns */
    char identity;     /* 0, 'a' always, 'd' by default */
    bool is_generated; /* GENERATED ALWAYS AS (…) STORED */
};

/* A table or view of the schema, for models.h and for row types. */
struct ir_table {
    const char *schema, *name;
    const char *path; /* "public.orders": as columns and constraints name it */
    char relkind;     /* r table, p partitioned, v view, m materialized view, f foreign table */
    const char *comment;
    struct ir_column *columns;
    struct ir_attribute *attributes; /* one for each column */
    size_t n_columns;
    span defined_at;
};

/* A constraint or unique index whose violation a program can branch on. */
struct ir_constraint {
    const char *name;
    const char *table;  /* "public.orders"; NULL of a domain's */
    const char *domain; /* "public.email"; NULL of a table's */
    char kind;          /* p u c f x */
    bool is_index;      /* a unique index that is behind no constraint */
    bool is_partial;    /* a unique index with WHERE */
    bool is_deferrable;
    bool nulls_not_distinct;
    const char *const *columns; /* NULL in it: an expression of an index */
    size_t n_columns;
    const char *ref_table; /* foreign keys: "public.accounts"; else NULL */
    const char *const *ref_columns;
    size_t n_ref_columns;
    span defined_at;
};

struct ir_file {
    const char *path;   /* "queries/orders.sql" */
    const char *module; /* "orders": base name without suffix */
    struct ir_query **queries;
    size_t n_queries;
};

/* Another C name for something of the schema. `from` is "orders", "public.orders",
 * "orders.class" (a column), "order_side" (a type), "order_side.+" (a label) or the name of a
 * constraint, with or without the schema; `to` is used as if the SQL name were that. */
struct ir_rename {
    const char *from;
    const char *to;
};

/* Another C type for the values of an SQL type or of a column. The functions convert from and to
 * the C type that tenon would use, which is `wire` here:
 *     bool decode(wire value, c_type *result);    false is TENON_BAD_VALUE
 *     wire encode(c_type value);
 */
struct ir_override {
    const char *match;   /* "numeric", "public.price", "public.orders.price" */
    const char *c_type;  /* "price" */
    const char *include; /* as in the file: "<domain/price.h>"; NULL when there is none */
    const char *decode;  /* NULL when no result needs it */
    const char *encode;  /* NULL when no parameter needs it */
};

/* What the configuration says to those who make code from the IR. */
struct ir_settings {
    unsigned server_version;  /* major version of PostgreSQL: 15 */
    bool repositories, fakes; /* fakes imply repositories */
    const struct ir_rename *renames;
    size_t n_renames;
    const struct ir_override *overrides;
    size_t n_overrides;
};

struct ir_package {
    const char *name; /* C prefix: "ledger" */
    struct ir_settings settings;
    struct ir_file *files;
    size_t n_files;
    const struct ir_type **types; /* enums and composites of the schema, in order of creation */
    size_t n_types;
    const struct ir_type **domains; /* of the schema, in order of creation */
    size_t n_domains;
    const struct ir_table **tables;
    size_t n_tables;
    struct ir_constraint *constraints;
    size_t n_constraints;
};

#endif
