/* What the parameters of CREATE AGGREGATE ask of each other (DefineAggregate, AggregateCreate). */
#include <string.h>

#include "ddl/aggregate.h"
#include "ddl/signature.h"
#include "types/polymorphic.h"
#include "value/value.h"

const PgQuery__DefElem *aggregate_option(const PgQuery__DefineStmt *statement, const char *name,
                                         const char *old_name)
{
    const PgQuery__DefElem *found =
        definition_find(statement->definition, statement->n_definition, name);

    return found || !old_name
               ? found
               : definition_find(statement->definition, statement->n_definition, old_name);
}

/* --- Words ------------------------------------------------------------------------------------ */

static void check_modify(struct ddl *ddl, const PgQuery__DefineStmt *statement, const char *name)
{
    const PgQuery__DefElem *item = aggregate_option(statement, name, NULL);
    const char *value = definition_string(ddl, item);

    if (item && (!value || (strcmp(value, "read_only") != 0 && strcmp(value, "shareable") != 0 &&
                            strcmp(value, "read_write") != 0)))
        ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                 "parameter \"%s\" must be READ_ONLY, SHAREABLE, or READ_WRITE", name);
}

static void check_parallel(struct ddl *ddl, const PgQuery__DefElem *item)
{
    const char *value = definition_string(ddl, item);

    if (value && strcmp(value, "safe") != 0 && strcmp(value, "unsafe") != 0 &&
        strcmp(value, "restricted") != 0)
        ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                 "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE");
}

/* --- Which of them go together ---------------------------------------------------------------- */

/* A moving aggregate is defined in full or not at all. */
static void check_moving(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    static const char *const names[] = {"msfunc", "minvfunc", "mfinalfunc", "msspace", "minitcond"};
    const PgQuery__DefElem *type = aggregate_option(statement, "mstype", NULL);

    for (size_t i = 0; i < 2 && type; i++)
        if (!aggregate_option(statement, names[i], NULL))
            ddl_fail(ddl, "42P13", ddl_span(ddl, type->location),
                     "aggregate %s must be specified when mstype is specified", names[i]);
    for (size_t i = 0; i < sizeof names / sizeof *names && !type; i++) {
        const PgQuery__DefElem *item = aggregate_option(statement, names[i], NULL);
        if (item)
            ddl_fail(ddl, "42P13", ddl_span(ddl, item->location),
                     "aggregate %s must not be specified without mstype", names[i]);
    }
}

static void check_serial(struct ddl *ddl, const PgQuery__DefineStmt *statement, oid state, span at)
{
    const bool serial = aggregate_option(statement, "serialfunc", NULL) != NULL;
    const bool deserial = aggregate_option(statement, "deserialfunc", NULL) != NULL;

    if (serial != deserial)
        ddl_fail(ddl, "42P13", at,
                 "must specify both or neither of serialization and deserialization functions");
    if (serial && state != INTERNALOID)
        ddl_fail(ddl, "42P13", at,
                 "serialization functions may be specified only when the aggregate transition "
                 "data type is internal");
}

static void check_state(struct ddl *ddl, oid state, span at)
{
    if (catalog_get_type(ddl->catalog, state)->typtype == 'p' && state != INTERNALOID &&
        !type_is_polymorphic(state))
        ddl_fail(ddl, "42P13", at, "aggregate transition data type cannot be %s",
                 ddl_type_text(ddl, state));
}

static void check_initial(struct ddl *ddl, const PgQuery__DefElem *item, oid state)
{
    const char *text = definition_string(ddl, item);
    struct refusal why;

    if (text && catalog_get_type(ddl->catalog, state)->typtype != 'p' &&
        !value_check(ddl->arena, ddl->catalog, state, -1, text, &why))
        ddl_fail(ddl, why.sqlstate, ddl_span(ddl, item->location), "%s", why.message);
}

void aggregate_check_options(struct ddl *ddl, const PgQuery__DefineStmt *statement, span at)
{
    check_modify(ddl, statement, "finalfunc_modify");
    check_modify(ddl, statement, "mfinalfunc_modify");
    if (!aggregate_option(statement, "stype", "stype1"))
        ddl_fail(ddl, "42P13", at, "aggregate stype must be specified");
    if (!aggregate_option(statement, "sfunc", "sfunc1"))
        ddl_fail(ddl, "42P13", at, "aggregate sfunc must be specified");
    check_moving(ddl, statement);
    if (!statement->oldstyle && aggregate_option(statement, "basetype", NULL))
        ddl_fail(ddl, "42P13", at, "basetype is redundant with aggregate input type specification");
}

void aggregate_check_states(struct ddl *ddl, const PgQuery__DefineStmt *statement, oid state,
                            oid moving, span at)
{
    check_state(ddl, state, at);
    check_serial(ddl, statement, state, at);
    if (moving)
        check_state(ddl, moving, at);
    check_initial(ddl, aggregate_option(statement, "initcond", "initcond1"), state);
    if (moving)
        check_initial(ddl, aggregate_option(statement, "minitcond", NULL), moving);
    check_parallel(ddl, aggregate_option(statement, "parallel", NULL));
}

/* --- Transition functions --------------------------------------------------------------------- */

void aggregate_check_transition(struct ddl *ddl, const struct function *aggregate,
                                const struct function *function, const oid *types, size_t n,
                                bool has_initial, span at)
{
    const oid result = function_result(ddl, function, types, n, at);

    if (result != types[0] && !type_is_polymorphic(types[0]))
        ddl_fail(ddl, "42804", at, "return type of transition function %s is not %s",
                 function->name, ddl_type_text(ddl, types[0]));
    if (function->is_strict && !has_initial &&
        (aggregate->n_args == 0 ||
         !catalog_is_binary_coercible(ddl->catalog, aggregate->arg_types[0], types[0])))
        ddl_fail(ddl, "42P13", at,
                 "must not omit initial value when transition function is strict and transition "
                 "type is not compatible with input type");
}

void aggregate_check_inverse(struct ddl *ddl, const struct function *forward,
                             const struct function *inverse, const oid *types, size_t n, span at)
{
    if (function_result(ddl, inverse, types, n, at) != types[0] && !type_is_polymorphic(types[0]))
        ddl_fail(ddl, "42804", at, "return type of inverse transition function %s is not %s",
                 inverse->name, ddl_type_text(ddl, types[0]));
    if (forward->is_strict != inverse->is_strict)
        ddl_fail(ddl, "42P13", at,
                 "strictness of aggregate's forward and inverse transition functions must match");
}

/* --- CREATE OR REPLACE ------------------------------------------------------------------------ */

void aggregate_check_replaces(struct ddl *ddl, const struct function *old,
                              const struct function *new, span at)
{
    if (old->kind != 'a' || old->agg_kind != new->agg_kind)
        ddl_fail_exists(ddl, "42809", at, old->name, old->defined_at, "cannot change routine kind");
    if (old->return_type != new->return_type)
        ddl_fail_exists(ddl, "42P13", at, old->name, old->defined_at,
                        "cannot change return type of existing function");
}
