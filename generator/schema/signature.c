/* Parameter lists: types, modes, names, defaults (the server's interpret_function_parameter_list).
 */
#include "schema/signature.h"

#include <string.h>

static bool is_named(const struct ddl *ddl, oid type, const char *name)
{
    const struct type *found = type < FIRST_USER_OID ? catalog_get_type(ddl->catalog, type) : NULL;

    return found && strcmp(found->name, name) == 0;
}

bool is_polymorphic(const struct ddl *ddl, oid type)
{
    static const char *const names[] = {"anyelement",
                                        "anyarray",
                                        "anynonarray",
                                        "anyenum",
                                        "anyrange",
                                        "anymultirange",
                                        "anycompatible",
                                        "anycompatiblearray",
                                        "anycompatiblenonarray",
                                        "anycompatiblerange",
                                        "anycompatiblemultirange"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_named(ddl, type, names[i]))
            return true;
    return false;
}

static oid builtin_type(const struct ddl *ddl, const char *name)
{
    return catalog_find_type(ddl->catalog, "pg_catalog", name)->oid;
}

/* provariadic: what the elements of a VARIADIC array are. */
static oid variadic_element(struct ddl *ddl, oid type, span at)
{
    oid element;

    if (is_named(ddl, type, "any"))
        return type;
    if (is_named(ddl, type, "anyarray"))
        return builtin_type(ddl, "anyelement");
    if (is_named(ddl, type, "anycompatiblearray"))
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
    if (signature->variadic && mode != 'b')
        ddl_fail(ddl, "42P13", at, "VARIADIC parameter must be the last input parameter");
    vec_push(ddl->arena, &signature->inputs, type);
    if (mode == 'v')
        signature->variadic = variadic_element(ddl, type, at);
    if (parameter->defexpr)
        signature->n_defaults++;
    else if (signature->n_defaults > 0 && mode != 'v')
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
    span at = dotted_span(ddl->sql, parameter->arg_type->location);
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

struct signature signature_read(struct ddl *ddl, PgQuery__Node **parameters, size_t n,
                                bool is_aggregate)
{
    struct signature signature = {0};

    for (size_t i = 0; i < n; i++)
        if (NODE_IS(parameters[i], FUNCTION_PARAMETER))
            add_parameter(ddl, &signature, parameters[i]->function_parameter, is_aggregate);
    return signature;
}

void signature_apply(struct ddl *ddl, const struct signature *signature, struct function *function)
{
    function->n_args = (uint16_t)signature->inputs.n;
    function->arg_types = signature->inputs.items;
    function->n_defaults = signature->n_defaults;
    function->variadic = signature->variadic;
    if (signature->has_modes) {
        function->n_all_args = (uint16_t)signature->all.n;
        function->all_arg_types = signature->all.items;
        function->arg_modes = arena_strndup(ddl->arena, signature->modes.items, signature->modes.n);
    }
    function->arg_names = signature->has_names ? signature->names.items : NULL;
}

/* --- Finding functions ------------------------------------------------------------------------ */

bool same_arguments(const struct function *function, const oid *types, size_t n)
{
    if (function->n_args != n)
        return false;
    return n == 0 || memcmp(function->arg_types, types, n * sizeof *types) == 0;
}

const char *signature_text(const struct ddl *ddl, const char *name, const oid *types, size_t n)
{
    struct buf text = buf_in(ddl->arena);

    buf_addf(&text, "%s(", name);
    for (size_t i = 0; i < n; i++)
        buf_addf(&text, "%s%s", i ? ", " : "", ddl_type_text(ddl, types[i]));
    buf_adds(&text, ")");
    return buf_text(&text);
}

const struct function *function_find_in(struct ddl *ddl, oid namespace_oid, const char *name,
                                        const oid *types, size_t n)
{
    struct function_list list =
        catalog_find_functions(ddl->catalog, ddl->arena, namespace_name(ddl, namespace_oid), name);

    for (size_t i = 0; i < list.n; i++)
        if (same_arguments(list.items[i], types, n))
            return list.items[i];
    return NULL;
}

static bool is_of_kind(const struct function *function, char kind)
{
    if (kind == 'f')
        return function->kind == 'f' || function->kind == 'w';
    return kind == 'r' || function->kind == kind;
}

static const char *kind_word(char kind)
{
    return kind == 'p' ? "procedure" : kind == 'a' ? "aggregate" : "function";
}

/* f without arguments must be the only one of its name. */
static const struct function *find_unique(struct ddl *ddl, struct function_list list, char kind,
                                          struct qualified_name name, span at)
{
    const struct function *found = NULL;
    struct diag *diag;

    for (size_t i = 0; i < list.n; i++) {
        if (!is_of_kind(list.items[i], kind))
            continue;
        if (found && found->namespace_oid == list.items[i]->namespace_oid) {
            diag = diag_error(ddl->diags, "42725", at, "%s name \"%s\" is not unique",
                              kind_word(kind), qualified_text(ddl->arena, name));
            diag_hint(ddl->diags, diag, "specify the argument list to select the %s unambiguously",
                      kind_word(kind));
            ddl_stop(ddl);
        }
        if (!found)
            found = list.items[i];
    }
    return found;
}

/* The arguments of DROP PROCEDURE may list OUT parameters too. */
static bool same_all_arguments(const struct function *function, const oid *types, size_t n)
{
    return function->n_all_args == n &&
           memcmp(function->all_arg_types, types, n * sizeof *types) == 0;
}

static const struct function *find_exact(struct function_list list, char kind, const oid *types,
                                         size_t n)
{
    for (size_t i = 0; i < list.n; i++)
        if (is_of_kind(list.items[i], kind) && same_arguments(list.items[i], types, n))
            return list.items[i];
    for (size_t i = 0; i < list.n; i++)
        if (list.items[i]->kind == 'p' && is_of_kind(list.items[i], kind) && n > 0 &&
            same_all_arguments(list.items[i], types, n))
            return list.items[i];
    return NULL;
}

/* The input types of an argument list; false when one does not exist and that is no error. */
static bool argument_types(struct ddl *ddl, const PgQuery__ObjectWithArgs *object, bool missing_ok,
                           oid *types, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < object->n_objargs; i++) {
        const PgQuery__TypeName *name =
            NODE_IS(object->objargs[i], TYPE_NAME) ? object->objargs[i]->type_name : NULL;
        if (!name)
            continue;
        types[*n] = missing_ok ? type_resolve_quietly(ddl, name) : type_resolve(ddl, name, NULL);
        if (!types[(*n)++])
            return false;
    }
    return true;
}

static _Noreturn void fail_missing(struct ddl *ddl, char kind, const char *text, span at)
{
    if (kind == 'p' || kind == 'a')
        ddl_fail(ddl, "42883", at, "%s %s does not exist", kind_word(kind), text);
    ddl_fail(ddl, "42883", at, "function %s does not exist", text);
}

const struct function *function_lookup(struct ddl *ddl, const PgQuery__ObjectWithArgs *object,
                                       char kind, bool missing_ok)
{
    struct qualified_name name = name_from_list(ddl, object->objname, object->n_objname);
    oid *types = arena_array(ddl->arena, oid, object->n_objargs);
    span at = name_span(ddl, name);
    const struct function *found;
    struct function_list list;
    size_t n;

    if (name.schema && !missing_ok)
        namespace_get(ddl, name.schema, at);
    list = catalog_find_functions(ddl->catalog, ddl->arena, name.schema, name.name);
    if (object->args_unspecified) {
        found = find_unique(ddl, list, kind, name, at);
        if (!found && !missing_ok)
            ddl_fail(ddl, "42883", at, "could not find a %s named \"%s\"", kind_word(kind),
                     qualified_text(ddl->arena, name));
        return found;
    }
    if (!argument_types(ddl, object, missing_ok, types, &n))
        return NULL;
    found = find_exact(list, kind, types, n);
    if (!found && find_exact(list, 'r', types, n))
        ddl_fail(ddl, "42809", at, "%s is not a%s %s",
                 signature_text(ddl, qualified_text(ddl->arena, name), types, n),
                 kind == 'a' ? "n" : "", kind_word(kind));
    if (!found && !missing_ok)
        fail_missing(ddl, kind, signature_text(ddl, qualified_text(ddl->arena, name), types, n),
                     at);
    return found;
}

/* --- Functions behind operators, aggregates and casts ----------------------------------------- */

static bool accepts(struct ddl *ddl, oid parameter, oid actual)
{
    if (parameter == actual || is_named(ddl, parameter, "any"))
        return true;
    if (is_polymorphic(ddl, parameter))
        return !is_polymorphic(ddl, actual);
    return catalog_is_binary_coercible(ddl->catalog, actual, parameter);
}

static bool accepts_all(struct ddl *ddl, const struct function *function, const oid *types,
                        size_t n)
{
    size_t fixed = (size_t)function->n_args - (function->variadic ? 1U : 0U);

    if (n < fixed || (n > fixed && !function->variadic))
        return false;
    for (size_t i = 0; i < n; i++) {
        oid parameter = i < fixed ? function->arg_types[i] : function->variadic;
        if (!accepts(ddl, parameter, types[i]))
            return false;
    }
    return true;
}

const struct function *support_function_get(struct ddl *ddl, struct qualified_name name,
                                            const oid *types, size_t n, span at)
{
    struct function_list list =
        catalog_find_functions(ddl->catalog, ddl->arena, name.schema, name.name);

    for (size_t i = 0; i < list.n; i++)
        if (same_arguments(list.items[i], types, n))
            return list.items[i];
    for (size_t i = 0; i < list.n; i++)
        if (accepts_all(ddl, list.items[i], types, n))
            return list.items[i];
    ddl_fail(ddl, "42883", at, "function %s does not exist",
             signature_text(ddl, qualified_text(ddl->arena, name), types, n));
}

/* The element type that the actual arguments give the polymorphic parameters. */
static oid polymorphic_element(struct ddl *ddl, const struct function *function, const oid *types,
                               size_t n)
{
    for (size_t i = 0; i < n && i < function->n_args; i++) {
        const struct type *parameter = catalog_get_type(ddl->catalog, function->arg_types[i]);
        const struct type *actual = catalog_get_type(ddl->catalog, types[i]);
        if (!actual || !is_polymorphic(ddl, parameter->oid) || is_polymorphic(ddl, actual->oid))
            continue;
        if (strstr(parameter->name, "array") && !strstr(parameter->name, "nonarray"))
            return catalog_element_type(ddl->catalog, types[i]);
        if (strstr(parameter->name, "range"))
            return actual->range_subtype;
        return types[i];
    }
    return 0;
}

oid function_result(struct ddl *ddl, const struct function *function, const oid *types, size_t n)
{
    const struct type *result = catalog_get_type(ddl->catalog, function->return_type);
    oid element;

    if (!is_polymorphic(ddl, function->return_type))
        return function->return_type;
    for (size_t i = 0; i < n && i < function->n_args; i++)
        if (function->arg_types[i] == function->return_type)
            return types[i];
    element = polymorphic_element(ddl, function, types, n);
    if (!element)
        return function->return_type;
    if (strstr(result->name, "array") && !strstr(result->name, "nonarray"))
        return catalog_array_type(ddl->catalog, element);
    return element;
}
