/* Parameter lists of functions, procedures and aggregates; finding a function by its arguments. */
#ifndef TENON_DDL_SIGNATURE_H
#define TENON_DDL_SIGNATURE_H

#include "ddl/ddl.h"
#include "types/polymorphic.h"

/* The part of struct function that a parameter list decides. */
struct signature {
    VEC(oid) inputs; /* proargtypes */
    VEC(oid) all;    /* proallargtypes */
    VEC(char) modes; /* i o b v t */
    VEC(const char *) names;
    bool has_modes, has_names;
    uint16_t n_defaults;
    VEC(oid) default_types; /* as written */
    VEC(const struct expr *) defaults;
    oid variadic;     /* element type */
    size_t n_outputs; /* OUT, INOUT and TABLE parameters */
    oid output_type;  /* of the only one */
    bool returns_table;
};

struct signature signature_read(struct ddl *ddl, PgQuery__Node **parameters, size_t n,
                                bool is_aggregate);
void signature_apply(struct ddl *ddl, const struct signature *signature, struct function *function);

bool same_arguments(const struct function *function, const oid *types, size_t n);
/* "f(integer, text)". */
const char *signature_text(const struct ddl *ddl, const char *name, const oid *types, size_t n);

/* The function in the namespace with exactly these input arguments. */
const struct function *function_find_in(struct ddl *ddl, oid namespace_oid, const char *name,
                                        const oid *types, size_t n);

/* The kind of routine that a statement names, as function_lookup() takes it. */
char routine_kind(PgQuery__ObjectType type);

/* The function that a name with or without arguments means, of a kind that fits: 'f' function of
 * any kind, aggregates too, 'p' procedure, 'a' aggregate, 'r' any routine. Errors: 42883, 42725,
 * 42809; NULL when missing_ok and there is none. */
const struct function *function_lookup(struct ddl *ddl, const PgQuery__ObjectWithArgs *object,
                                       char kind, bool missing_ok);
/* 42809 for an aggregate, where FUNCTION does not mean those. The hint may be NULL. */
void check_no_aggregate(struct ddl *ddl, const struct function *function, span at,
                        const char *hint);

/* A function that is a part of an aggregate: visible, no aggregate itself, with arguments that take
 * these types as they are or by a polymorphic type. 42883 when there is none. */
const struct function *support_function_get(struct ddl *ddl, struct qualified_name name,
                                            const oid *types, size_t n, span at);

/* The operator of that name and these operand types (left 0: a prefix operator), or NULL. */
const struct operator*
    operator_find(struct ddl *ddl, const char *schema, const char *name, oid left, oid right);
/* The one that a statement names; 42883 when there is none, NULL when missing_ok. */
const struct operator*
    operator_lookup(struct ddl *ddl, const PgQuery__ObjectWithArgs *object, bool missing_ok);

/* The visible function with exactly these arguments, no procedure: what an operator stands on.
 * 42883 when there is none. */
const struct function *exact_function_get(struct ddl *ddl, struct qualified_name name,
                                          const oid *types, size_t n, span at);

/* The return type for these actual argument types: polymorphic types are resolved. Fails when they
 * do not go together. */
oid function_result(struct ddl *ddl, const struct function *function, const oid *types, size_t n,
                    span at);

/* Whether the input tells what a polymorphic result and OUT parameter is, and whether nothing but a
 * function that takes internal gives it: 42P13. */
void signature_check_types(struct ddl *ddl, const struct function *function, span at);

/* --- function_option.c ------------------------------------------------------------------------ */

/* Everything behind the parameters and the result, but for the body in SQL's own grammar. */
void function_options_set(struct ddl *ddl, PgQuery__Node **options, size_t n,
                          struct function *function);
/* SET name TO …, FROM CURRENT and RESET, as a part of a function. */
void function_setting_apply(struct ddl *ddl, const PgQuery__VariableSetStmt *statement,
                            struct function *function);

/* --- function_body.c -------------------------------------------------------------------------- */

/* Checks the body of a SQL function, and keeps it in the function: one in the grammar before the
 * function is made, a string after. */
void function_body_check(struct ddl *ddl, const PgQuery__CreateFunctionStmt *statement,
                         struct function *function, bool is_made);

/* Whether it is the built-in type of that pg_type name. */
bool is_builtin_type(const struct ddl *ddl, oid type, const char *name);

#endif
