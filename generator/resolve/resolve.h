/* Operators and functions (manual, 10.2 and 10.3; parse_oper.c, parse_func.c): from a name and
 * typed arguments to the one catalog object that the server would call, or its error.
 */
#ifndef TENON_RESOLVE_RESOLVE_H
#define TENON_RESOLVE_RESOLVE_H

#include "resolve/state.h"
#include "sql/raw.h"

struct qualified_name qualified_name_of(struct parse *parse, PgQuery__Node *const *names, size_t n,
                                        int location);

/* left op right; left is NULL for a prefix operator (make_op). */
struct expr *resolve_operator(struct parse *parse, struct qualified_name name, struct expr *left,
                              struct expr *right, int location);
/* scalar op ANY/ALL (array) (make_scalar_array_op). */
struct expr *resolve_array_operator(struct parse *parse, struct qualified_name name, bool use_or,
                                    struct expr *scalar, struct expr *array, int location);
/* The operator that `left op right` means for operand types; NULL without error when quiet. */
const struct operator* resolve_operator_for(struct parse *parse, struct qualified_name name,
                                            oid left, oid right, bool quiet, int location);
/* Default btree = / < of a type, for GROUP BY, ORDER BY, DISTINCT (get_sort_group_operators).
 * Errors 42883 "could not identify an ordering operator for type …". */
const struct operator* resolve_sort_operator(struct parse *parse, oid type, bool need_less_than,
                                             bool need_equal, int location);

/* What a call looked like. */
struct call_site {
    struct qualified_name name;
    struct expr **args; /* already transformed; EXPR_NAMED_ARG for name => value */
    size_t n_args;
    bool is_procedure; /* CALL */
    bool variadic, star, distinct, within_group, has_filter, has_over, has_order_by;
    size_t n_direct_args;    /* WITHIN GROUP: args before the ordered ones */
    bool is_column_notation; /* name(x) may be x.name and the reverse */
    int location;
};

struct resolved_call {
    enum {
        CALL_NOT_FOUND, /* nothing fits; call resolve_function_failed() for the error */
        CALL_FUNCTION,  /* function, procedure, aggregate, window: see function->kind */
        CALL_CAST,      /* typename(x) or 'typename literal': a coercion of args[0] */
        CALL_FIELD,     /* function notation for a column: x.name */
    } kind;
    const struct function *function;
    oid result_type; /* polymorphism resolved */
    bool returns_set;
    struct expr **args; /* coerced, named ones in place, defaults left out at the end
                           (n_args < function->n_args) or NULL in the middle */
    size_t n_args;
    bool variadic_call;
    const struct argument_order *order; /* named notation; else NULL */
    oid cast_target;                    /* CALL_CAST */
    int field_attno;                    /* CALL_FIELD */
};

/* func_get_detail + ParseFuncOrColumn's checks of kind (42883, 42725, 42809, 42803 …). */
struct resolved_call resolve_call(struct parse *parse, struct call_site *site);
_Noreturn void resolve_function_failed(struct parse *parse, const struct call_site *site);

/* name(arg) as the column `name` of a row; NULL when it has none. */
struct expr *project_field(struct parse *parse, const char *name, struct expr *arg, int location);

#endif
