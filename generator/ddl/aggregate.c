/* CREATE AGGREGATE: the result is that of the final function, else the state. */
#include <string.h>

#include "ddl/aggregate.h"
#include "ddl/named_function.h"
#include "ddl/signature.h"
#include "ddl/statements.h"

/* basetype = type, the syntax from before 8.2; "any" means no argument. */
static void read_old_style(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                           struct signature *signature, span at)
{
    const PgQuery__DefElem *base = aggregate_option(statement, "basetype", NULL);
    const char *name = definition_name(ddl, base).name;

    if (!name)
        ddl_fail(ddl, "42P13", at, "aggregate input type must be specified");
    if (strcmp(name, "any") == 0 || strcmp(name, "ANY") == 0)
        return;
    vec_push(ddl->arena, &signature->inputs, definition_type(ddl, base));
}

/* The arguments of the final function: the state, then with `extra` the aggregate's own; those of
 * an ordered-set aggregate get its direct arguments anyway. */
static oid final_result(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                        struct function *aggregate, oid state, span at)
{
    const PgQuery__DefElem *final = aggregate_option(statement, "finalfunc", NULL);
    bool extra = definition_bool(ddl, aggregate_option(statement, "finalfunc_extra", NULL));
    size_t n = extra                        ? aggregate->n_args
               : aggregate->agg_kind == 'n' ? 0
                                            : (size_t)aggregate->agg_direct_args;
    oid *types = arena_array(ddl->arena, oid, n + 1);
    const struct function *function;

    if (!final)
        return state;
    types[0] = state;
    if (n > 0)
        memcpy(types + 1, aggregate->arg_types, n * sizeof *types);
    function = support_function_get(ddl, definition_name(ddl, final), types, n + 1, at);
    aggregate->agg_final = function->oid;
    return function_result(ddl, function, types, n + 1, at);
}

static void check_state(struct ddl *ddl, const struct function *aggregate, oid state, span at)
{
    if (!type_is_determined(state, aggregate->arg_types, aggregate->n_args))
        ddl_fail_hint(ddl, "42P13", at, "a polymorphic state needs a polymorphic input to follow",
                      "cannot determine transition data type");
}

/* The transition function takes the state and the aggregated arguments. */
static oid *transition_types(struct ddl *ddl, const struct function *aggregate, oid state,
                             size_t *n)
{
    size_t direct = (size_t)aggregate->agg_direct_args;
    size_t n_aggregated = aggregate->n_args - (aggregate->agg_kind == 'o' ? direct : 0);
    oid *types = arena_array(ddl->arena, oid, n_aggregated + 1);

    types[0] = state;
    if (n_aggregated > 0)
        memcpy(types + 1, aggregate->arg_types + (aggregate->n_args - n_aggregated),
               n_aggregated * sizeof *types);
    *n = n_aggregated + 1;
    return types;
}

static const struct function *transition(struct ddl *ddl, const struct function *aggregate,
                                         const PgQuery__DefElem *item,
                                         const PgQuery__DefElem *first, oid state, span at)
{
    size_t n;
    oid *types = transition_types(ddl, aggregate, state, &n);
    const struct function *function =
        support_function_get(ddl, definition_name(ddl, item), types, n, at);

    aggregate_check_transition(ddl, aggregate, function, types, n, first != NULL, at);
    return function;
}

static void set_transition(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                           struct function *aggregate, oid state, span at)
{
    aggregate->agg_transition =
        transition(ddl, aggregate, aggregate_option(statement, "sfunc", "sfunc1"),
                   aggregate_option(statement, "initcond", "initcond1"), state, at)
            ->oid;
}

static void check_moving_functions(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                                   const struct function *aggregate, oid state, span at)
{
    const PgQuery__DefElem *inverse = aggregate_option(statement, "minvfunc", NULL);
    size_t n;
    oid *types = transition_types(ddl, aggregate, state, &n);
    const struct function *forward =
        transition(ddl, aggregate, aggregate_option(statement, "msfunc", NULL),
                   aggregate_option(statement, "minitcond", NULL), state, at);

    aggregate_check_inverse(ddl, forward,
                            support_function_get(ddl, definition_name(ddl, inverse), types, n, at),
                            types, n, at);
}

static void check_function(struct ddl *ddl, const PgQuery__DefElem *item, const oid *types,
                           size_t n, span at)
{
    if (item)
        support_function_get(ddl, definition_name(ddl, item), types, n, at);
}

/* What parallel aggregation calls. */
static void check_parallel_functions(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                                     oid state, span at)
{
    check_function(ddl, aggregate_option(statement, "combinefunc", NULL),
                   (const oid[]){state, state}, 2, at);
    check_function(ddl, aggregate_option(statement, "serialfunc", NULL), (const oid[]){INTERNALOID},
                   1, at);
    check_function(ddl, aggregate_option(statement, "deserialfunc", NULL),
                   (const oid[]){BYTEAOID, INTERNALOID}, 2, at);
}

static void set_kind(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                     struct function *aggregate)
{
    const PgQuery__Node *direct = statement->n_args > 1 ? statement->args[1] : NULL;
    const PgQuery__DefElem *item = aggregate_option(statement, "hypothetical", NULL);
    const bool is_hypothetical = definition_bool(ddl, item);

    aggregate->agg_kind = 'n';
    if (!NODE_IS(direct, INTEGER) || direct->integer->ival < 0) {
        if (is_hypothetical)
            ddl_fail(ddl, "42P13", ddl_span(ddl, item->location),
                     "only ordered-set aggregates can be hypothetical");
        return;
    }
    aggregate->agg_kind = is_hypothetical ? 'h' : 'o';
    aggregate->agg_direct_args = (int16_t)direct->integer->ival;
}

struct aggregate_option {
    const char *name, *old_name, *clause;
    enum { OF_FUNCTION, OF_WORD, OF_LITERAL, OF_TYPE, OF_FLAG, OF_OPERATOR } of;
};

static const struct aggregate_option options[] = {
    {"sfunc", "sfunc1", "SFUNC", OF_FUNCTION},
    {"stype", "stype1", "STYPE", OF_TYPE},
    {"sspace", NULL, "SSPACE", OF_WORD},
    {"finalfunc", NULL, "FINALFUNC", OF_FUNCTION},
    {"finalfunc_extra", NULL, "FINALFUNC_EXTRA", OF_FLAG},
    {"finalfunc_modify", NULL, "FINALFUNC_MODIFY", OF_WORD},
    {"combinefunc", NULL, "COMBINEFUNC", OF_FUNCTION},
    {"serialfunc", NULL, "SERIALFUNC", OF_FUNCTION},
    {"deserialfunc", NULL, "DESERIALFUNC", OF_FUNCTION},
    {"initcond", "initcond1", "INITCOND", OF_LITERAL},
    {"msfunc", NULL, "MSFUNC", OF_FUNCTION},
    {"minvfunc", NULL, "MINVFUNC", OF_FUNCTION},
    {"mstype", NULL, "MSTYPE", OF_TYPE},
    {"msspace", NULL, "MSSPACE", OF_WORD},
    {"mfinalfunc", NULL, "MFINALFUNC", OF_FUNCTION},
    {"mfinalfunc_extra", NULL, "MFINALFUNC_EXTRA", OF_FLAG},
    {"mfinalfunc_modify", NULL, "MFINALFUNC_MODIFY", OF_WORD},
    {"minitcond", NULL, "MINITCOND", OF_LITERAL},
    {"sortop", NULL, "SORTOP", OF_OPERATOR},
    {"parallel", NULL, "PARALLEL", OF_WORD},
    {"hypothetical", NULL, "HYPOTHETICAL", OF_FLAG},
};

static oid sort_operator(struct ddl *ddl, const struct function *aggregate,
                         const PgQuery__DefElem *item)
{
    struct qualified_name name = definition_name(ddl, item);
    oid type = aggregate->n_args > 0 ? aggregate->arg_types[0] : 0;
    const struct operator* found = operator_find(ddl, name.schema, name.name, type, type);

    if (!found)
        ddl_fail(ddl, "42883", ddl_span(ddl, item->location), "operator does not exist: %s %s %s",
                 ddl_type_text(ddl, type), name.name, ddl_type_text(ddl, type));
    return found->oid;
}

/* The words that are not worth saying: what the server takes when nothing is said. */
static bool is_default(const struct aggregate_option *option, const char *text,
                       const struct function *aggregate)
{
    if (!text)
        return false;
    if (strcmp(option->name, "parallel") == 0)
        return strcmp(text, "UNSAFE") == 0;
    if (strstr(option->name, "_modify"))
        return strcmp(text, aggregate->agg_kind == 'n' ? "READ_ONLY" : "READ_WRITE") == 0;
    return strstr(option->name, "space") && strcmp(text, "0") == 0;
}

static void set_clause(struct ddl *ddl, const struct aggregate_option *option,
                       const PgQuery__DefElem *item, struct function *aggregate)
{
    struct clause clause = {.name = option->clause};
    const char *text;

    switch (option->of) {
    case OF_FUNCTION:
        clause.kind = CLAUSE_IS_FUNCTION;
        clause.object =
            strcmp(option->name, "sfunc") == 0 ? aggregate->agg_transition
            : strcmp(option->name, "finalfunc") == 0
                ? aggregate->agg_final
                : function_called(ddl, definition_name(ddl, item), ddl_span(ddl, item->location));
        break;
    case OF_TYPE:
        clause.kind = CLAUSE_IS_TYPE;
        clause.object = definition_type(ddl, item);
        break;
    case OF_OPERATOR:
        clause.kind = CLAUSE_IS_OPERATOR_NAME;
        clause.object = sort_operator(ddl, aggregate, item);
        break;
    case OF_LITERAL:
        clause.text = catalog_quote_literal(ddl->arena, definition_string(ddl, item));
        break;
    case OF_WORD:
        text = definition_string(ddl, item);
        clause.text = text ? name_capitals(ddl->arena, text) : "";
        break;
    default:
        if (!definition_bool(ddl, item))
            return;
    }
    if (!is_default(option, clause.text, aggregate))
        vec_push(ddl->arena, &aggregate->clauses, clause);
}

static void set_clauses(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                        struct function *aggregate)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const PgQuery__DefElem *item =
            aggregate_option(statement, options[i].name, options[i].old_name);
        if (item)
            set_clause(ddl, &options[i], item, aggregate);
    }
}

void ddl_create_aggregate(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->defnames, statement->n_defnames);
    const PgQuery__DefElem *state = aggregate_option(statement, "stype", "stype1");
    span at = name_span(ddl, name);
    struct function aggregate = {
        .name = name.name, .kind = 'a', .volatility = 'i', .defined_at = at};
    struct signature signature = {0};
    const struct function *old;
    oid state_type, moving_type;

    aggregate.namespace_oid = namespace_for_creation(ddl, name.schema, at);
    aggregate_check_options(ddl, statement, at);
    if (statement->oldstyle)
        read_old_style(ddl, statement, &signature, at);
    else if (statement->n_args > 0 && NODE_IS(statement->args[0], LIST))
        signature = signature_read(ddl, statement->args[0]->list->items,
                                   statement->args[0]->list->n_items, true);
    signature_apply(ddl, &signature, &aggregate);
    set_kind(ddl, statement, &aggregate);
    state_type = definition_type(ddl, state);
    moving_type = definition_type(ddl, aggregate_option(statement, "mstype", NULL));
    aggregate_check_states(ddl, statement, state_type, moving_type, at);
    check_state(ddl, &aggregate, state_type, at);
    set_transition(ddl, statement, &aggregate, state_type, at);
    if (moving_type)
        check_moving_functions(ddl, statement, &aggregate, moving_type, at);
    aggregate.return_type = final_result(ddl, statement, &aggregate, state_type, at);
    check_parallel_functions(ddl, statement, state_type, at);
    signature_check_types(ddl, &aggregate, at);
    if (ddl->session->depth == 0)
        set_clauses(ddl, statement, &aggregate);
    old = function_find_in(ddl, aggregate.namespace_oid, aggregate.name, aggregate.arg_types,
                           aggregate.n_args);
    if (old && statement->replace)
        aggregate_check_replaces(ddl, old, &aggregate, at);
    else if (old)
        ddl_fail_exists(ddl, "42723", at, old->name, old->defined_at,
                        "function \"%s\" already exists with same argument types", old->name);
    if (old) {
        aggregate.about = old->about;
        catalog_drop_function(ddl->catalog, old->oid);
    }
    catalog_add_function(ddl->catalog, &aggregate);
}
