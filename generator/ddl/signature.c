/* Parameter lists: types, modes, names, defaults (the server's interpret_function_parameter_list).
 */
#include "ddl/signature.h"

#include <string.h>

#include "ddl/table.h"

bool is_builtin_type(const struct ddl *ddl, oid type, const char *name)
{
    const struct type *found = type < FIRST_USER_OID ? catalog_get_type(ddl->catalog, type) : NULL;

    return found && strcmp(found->name, name) == 0;
}

static oid builtin_type(const struct ddl *ddl, const char *name)
{
    return catalog_find_type(ddl->catalog, "pg_catalog", name)->oid;
}

/* provariadic: what the elements of a VARIADIC array are. */
static oid variadic_element(struct ddl *ddl, oid type, span at)
{
    oid element;

    if (is_builtin_type(ddl, type, "any"))
        return type;
    if (is_builtin_type(ddl, type, "anyarray"))
        return builtin_type(ddl, "anyelement");
    if (is_builtin_type(ddl, type, "anycompatiblearray"))
        return builtin_type(ddl, "anycompatible");
    element = catalog_element_type(ddl->catalog, type);
    if (!element)
        ddl_fail(ddl, "42P13", at, "VARIADIC parameter must be an array");
    return element;
}

static char mode_of(PgQuery__FunctionParameterMode mode)
{
    switch (mode) {
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT:
        return 'o';
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT:
        return 'b';
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC:
        return 'v';
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE:
        return 't';
    default:
        return 'i';
    }
}

static bool is_input(char mode)
{
    return mode == 'i' || mode == 'b' || mode == 'v';
}

static bool is_output(char mode)
{
    return mode == 'o' || mode == 'b' || mode == 't';
}

/* An input and an output parameter may share a name only if they are of different worlds. */
static void check_name(struct ddl *ddl, const struct signature *signature, const char *name,
                       char mode, span at)
{
    for (size_t i = 0; i < signature->names.n; i++) {
        char other = signature->modes.items[i];
        bool pure_in = (mode == 'i' || mode == 'v') && (other == 'o' || other == 't');
        bool pure_out = (other == 'i' || other == 'v') && (mode == 'o' || mode == 't');
        if (strcmp(signature->names.items[i], name) == 0 && !pure_in && !pure_out)
            ddl_fail(ddl, "42P13", at, "parameter name \"%s\" used more than once", name);
    }
}

static void add_input(struct ddl *ddl, struct signature *signature,
                      const PgQuery__FunctionParameter *parameter, char mode, oid type, span at)
{
    struct ddl_value value;

    if (signature->variadic && mode != 'b')
        ddl_fail(ddl, "42P13", at, "VARIADIC parameter must be the last input parameter");
    vec_push(ddl->arena, &signature->inputs, type);
    if (mode == 'v')
        signature->variadic = variadic_element(ddl, type, at);
    if (parameter->defexpr) {
        signature->n_defaults++;
        expression_evaluate(ddl,
                            &(struct ddl_expression){.place = DDL_FUNCTION_DEFAULT,
                                                     .node = parameter->defexpr,
                                                     .type = type,
                                                     .typmod = -1},
                            &value);
        vec_push(ddl->arena, &signature->default_types, value.type);
        vec_push(ddl->arena, &signature->defaults, value.expr);
    } else if (signature->n_defaults > 0 && mode != 'v')
        ddl_fail(ddl, "42P13", at,
                 "input parameters after one with a default value must also have default values");
}

static void add_output(struct ddl *ddl, struct signature *signature,
                       const PgQuery__FunctionParameter *parameter, char mode, oid type, span at)
{
    if (parameter->defexpr && mode != 'b')
        ddl_fail(ddl, "42P13", at, "only input parameters can have default values");
    if (signature->n_outputs++ == 0)
        signature->output_type = type;
    signature->returns_table |= mode == 't';
}

static void add_parameter(struct ddl *ddl, struct signature *signature,
                          const PgQuery__FunctionParameter *parameter, bool is_aggregate)
{
    span at = sql_dotted_span(ddl->sql, parameter->arg_type->location);
    const char *name = parameter->name ? parameter->name : "";
    char mode = mode_of(parameter->mode);
    oid type;

    if (parameter->arg_type->setof)
        ddl_fail(ddl, "42P13", at, "%s cannot accept set arguments",
                 is_aggregate ? "aggregates" : "functions");
    if (is_aggregate && is_output(mode))
        ddl_fail(ddl, "0A000", at, "aggregates cannot have output arguments");
    type = type_resolve(ddl, parameter->arg_type, NULL);
    if (is_input(mode))
        add_input(ddl, signature, parameter, mode, type, at);
    if (is_output(mode))
        add_output(ddl, signature, parameter, mode, type, at);
    if (*name)
        check_name(ddl, signature, name, mode, at);
    vec_push(ddl->arena, &signature->all, type);
    vec_push(ddl->arena, &signature->modes, mode);
    vec_push(ddl->arena, &signature->names, name);
    signature->has_modes |= mode != 'i';
    signature->has_names |= *name != '\0';
}

enum { MAX_ARGUMENTS = 100 };

struct signature signature_read(struct ddl *ddl, PgQuery__Node **parameters, size_t n,
                                bool is_aggregate)
{
    struct signature signature = {0};

    for (size_t i = 0; i < n; i++)
        if (NODE_IS(parameters[i], FUNCTION_PARAMETER))
            add_parameter(ddl, &signature, parameters[i]->function_parameter, is_aggregate);
    if (signature.inputs.n > MAX_ARGUMENTS)
        ddl_fail(ddl, "54023", ddl_span(ddl, -1), "%s cannot have more than %d arguments",
                 is_aggregate ? "aggregates" : "functions", MAX_ARGUMENTS - is_aggregate);
    return signature;
}

void signature_apply(struct ddl *ddl, const struct signature *signature, struct function *function)
{
    function->n_args = (uint16_t)signature->inputs.n;
    function->arg_types = signature->inputs.items;
    function->n_defaults = signature->n_defaults;
    function->default_types = signature->default_types.items;
    function->defaults = signature->defaults.items;
    function->variadic = signature->variadic;
    if (signature->has_modes) {
        function->n_all_args = (uint16_t)signature->all.n;
        function->all_arg_types = signature->all.items;
        function->arg_modes = arena_strndup(ddl->arena, signature->modes.items, signature->modes.n);
    }
    function->arg_names = signature->has_names ? signature->names.items : NULL;
}

/* --- Pseudo-types ----------------------------------------------------------------------------- */

static bool is_internal_safe(oid type, const oid *inputs, size_t n)
{
    if (type != INTERNALOID)
        return true;
    for (size_t i = 0; i < n; i++)
        if (inputs[i] == INTERNALOID)
            return true;
    return false;
}

void signature_check_types(struct ddl *ddl, const struct function *function, span at)
{
    bool determined =
        type_is_determined(function->return_type, function->arg_types, function->n_args);
    bool safe = is_internal_safe(function->return_type, function->arg_types, function->n_args);

    for (size_t i = 0; i < function->n_all_args; i++) {
        if (function->arg_modes[i] == 'i' || function->arg_modes[i] == 'v')
            continue;
        determined &=
            type_is_determined(function->all_arg_types[i], function->arg_types, function->n_args);
        safe &= is_internal_safe(function->all_arg_types[i], function->arg_types, function->n_args);
    }
    if (!determined)
        ddl_fail_hint(ddl, "42P13", at, "a polymorphic result needs a polymorphic input to follow",
                      "cannot determine result data type");
    if (!safe)
        ddl_fail_hint(ddl, "42P13", at,
                      "a function returning internal must have at least one internal argument",
                      "unsafe use of pseudo-type \"internal\"");
}
