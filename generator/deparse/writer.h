/* The text under construction, for the files of this room.
 *
 * Layout is the server's: a clause begins a line, indented by the depth of queries, and text that
 * is not laid out (the body RETURN …) is one line. What cannot be written is noted once, and the
 * rest of the text is of no interest then.
 */
#ifndef TENON_DEPARSE_WRITER_H
#define TENON_DEPARSE_WRITER_H

#include "deparse/names.h"
#include "support/buf.h"

struct writer {
    struct arena *arena;
    const struct catalog *catalog;
    struct buf *out;
    const struct names_level *level; /* what variables mean; the outer ones above it */
    const struct function *body_of;  /* whose parameters are named; NULL: they are numbered */
    bool is_pretty;                  /* without the parentheses that are not needed */
    bool is_runnable;                /* DEPARSE_RUNNABLE */
    bool has_layout;                 /* lines and indentation */
    int indent;
    const char *refused; /* the first thing that cannot be written; NULL: none */
};

/* How far clauses are indented: a query, a join, an item of a list. */
enum { INDENT_QUERY = 8, INDENT_JOIN = 4, INDENT_ITEM = 4 };

void write_text(struct writer *writer, const char *text);
void write_name(struct writer *writer, const char *identifier); /* in quotes if it needs them */
void write_string(struct writer *writer, const char *text);     /* '…' */
void write_type(struct writer *writer, oid type, int32_t typmod);
/* The text on a line of its own: the level changes by `before` in front of it and by `after` behind
 * it; `more` indents this line alone. */
void write_line(struct writer *writer, const char *text, int before, int after, int more);
/* A clause of the query. */
void write_clause(struct writer *writer, const char *keyword, int more);
/* An item of a list, which has a line of its own; text that begins a line by itself stays so. */
void write_item(struct writer *writer, const char *item);
void write_trim(struct writer *writer); /* spaces at the end go */
/* What the function writes, apart: to be looked at before it is put in. */
const char *write_apart(struct writer *writer,
                        void (*write)(struct writer *writer, const void *what), const void *what);
void write_refuse(struct writer *writer, const char *what);

/* --- Expressions (expr.c) --------------------------------------------------------------------- */

/* shows_casts: a conversion that nobody wrote, at the top of the expression, is shown. */
void write_expr(struct writer *writer, const struct expr *expr, bool shows_casts);
/* A part of parent, in parentheses where pretty text needs them. */
void write_operand(struct writer *writer, const struct expr *expr, bool shows_casts,
                   const struct expr *parent);
/* An item of a list, where `t.*` would be taken for several. */
void write_value(struct writer *writer, const struct expr *expr, bool shows_casts);
void write_list(struct writer *writer, struct expr *const *exprs, size_t n, bool shows_casts);
/* As write_list(), by write_value(). */
void write_values(struct writer *writer, struct expr *const *exprs, size_t n, bool shows_casts);
void write_open(struct writer *writer);  /* ( unless the text is pretty */
void write_close(struct writer *writer); /* ) */
/* A variable; `t.*` as one value where it would be taken for several. The name of its column; NULL
 * for a whole row. */
const char *write_variable(struct writer *writer, const struct expr *var, bool is_item);
/* Whether the expression is written name(…). */
bool is_written_as_call(const struct expr *expr);

/* How much of its type a literal shows. */
enum literal_label { LABEL_NEVER, LABEL_NEEDED, LABEL_ALWAYS };
void write_constant(struct writer *writer, const struct expr *constant, enum literal_label label);
/* name(a, b, …) of the expression's arguments. */
void write_named_list(struct writer *writer, const char *name, const struct expr *expr);
typedef void write_fn(struct writer *writer, const struct expr *expr);
/* operator.c */
write_fn write_op, write_distinct, write_nullif, write_array_op, write_row_compare, write_bool,
    write_null_test, write_bool_test;
/* construct.c */
write_fn write_case, write_coalesce, write_minmax, write_grouping, write_array, write_row,
    write_field;
void write_subscript(struct writer *writer, const struct expr *expr, bool shows_casts);
/* call.c, xml.c, sublink.c */
write_fn write_call, write_aggregate, write_window_call, write_xml, write_sublink;
/* EXTRACT(… FROM …) and its like; false when the function has no syntax of its own. */
bool write_syntax(struct writer *writer, const struct expr *call);
/* Whether an operand of that parent needs no parentheses (pretty.c). */
bool is_simple_operand(const struct expr *expr, const struct expr *parent);

/* --- Objects by name (object.c) --------------------------------------------------------------- */

void write_relation(struct writer *writer, const struct relation *relation);
void write_collation(struct writer *writer, oid collation);
void write_operator(struct writer *writer, const struct operator* op, oid left, oid right);
/* The arguments of a call as they decide which function its name means. */
struct call_shape {
    const oid *types;
    size_t n;
    const char *const *names; /* of the last n_names */
    size_t n_names;
    bool is_variadic;
};
void write_function(struct writer *writer, const struct function *function,
                    const struct call_shape *shape);
/* The text of a literal that names an object. (object_literal.c) */
const char *object_literal(struct writer *writer, const struct expr *constant);
/* schema.name, the schema where the search path does not find the relation. */
const char *relation_text(struct writer *writer, const struct relation *relation);

/* --- Queries ---------------------------------------------------------------------------------- */

/* The names that a query's result has where it stands. */
struct result_names {
    const struct relation *relation; /* of this relation's columns; NULL: the query's own */
    bool matter; /* else a name is written only when it is not what the server would make up */
};
void write_query(struct writer *writer, const struct query *query, struct result_names names);
void write_change(struct writer *writer, const struct query *query);
void write_with(struct writer *writer, const struct query *query);
void write_targets(struct writer *writer, const struct target *targets, size_t n,
                   struct result_names names);
void write_from(struct writer *writer, const struct query *query, const char *keyword);
void write_value_rows(struct writer *writer, const struct rte *values);
void write_table_func(struct writer *writer, const struct rte *rte);
void write_group_by(struct writer *writer, const struct query *query);
void write_windows(struct writer *writer, const struct query *query);
void write_window(struct writer *writer, const struct window_def *window);
void write_order_by(struct writer *writer, const struct query *query);
/* Items of ORDER BY: exprs[i] in the way of order[i]. */
void write_sorted(struct writer *writer, struct expr *const *exprs, const struct sort_clause *order,
                  size_t n);
/* The target with that reference, as an item of ORDER BY or GROUP BY. */
void write_sort_item(struct writer *writer, const struct expr *expr);
const struct target *target_of_ref(const struct query *query, int group_ref);

#endif
