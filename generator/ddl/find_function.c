/* The function that a name with argument types means: exactly, for DROP and ALTER, or by what it
 * accepts, for the functions behind operators, aggregates and casts.
 */
#include <string.h>

#include "ddl/signature.h"

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

static const struct function *with_arguments(struct function_list list, const oid *types, size_t n)
{
    for (size_t i = 0; i < list.n; i++)
        if (same_arguments(list.items[i], types, n))
            return list.items[i];
    return NULL;
}

/* --- The routine that a statement names (LookupFuncWithArgs) ---------------------------------- */

/* What it says of the routine. */
struct wanted {
    struct qualified_name name;
    char kind; /* as function_lookup() takes it */
    const oid *types;
    size_t n;
    bool may_list_outputs;
};

static const char *kind_word(char kind)
{
    return kind == 'p'   ? "procedure"
           : kind == 'a' ? "aggregate"
           : kind == 'r' ? "routine"
                         : "function";
}

/* Aggregates and window functions are functions too. */
static bool is_of_kind(const struct function *function, char kind)
{
    if (kind == 'f')
        return function->kind != 'p';
    return kind == 'r' || function->kind == kind;
}

static const char *wanted_text(struct ddl *ddl, const struct wanted *wanted)
{
    const char *name = qualified_text(ddl->arena, wanted->name);

    if (wanted->kind == 'a' && wanted->n == 0)
        return arena_printf(ddl->arena, "%s(*)", name);
    return signature_text(ddl, name, wanted->types, wanted->n);
}

/* Whether one with the same arguments stands in front of it on the search path. */
static bool is_shadowed(struct function_list list, size_t i)
{
    const struct function *function = list.items[i];

    for (size_t k = 0; k < i; k++)
        if (list.items[k]->namespace_oid != function->namespace_oid &&
            same_arguments(list.items[k], function->arg_types, function->n_args))
            return true;
    return false;
}

static const struct function *find_without_arguments(struct ddl *ddl, struct function_list list,
                                                     const struct wanted *wanted)
{
    const struct function *found = NULL;
    const char *word = kind_word(wanted->kind);

    for (size_t i = 0; i < list.n; i++) {
        if (!is_of_kind(list.items[i], wanted->kind) || is_shadowed(list, i))
            continue;
        if (found)
            ddl_fail_hint(
                ddl, "42725", name_span(ddl, wanted->name),
                arena_printf(ddl->arena, "specify the argument list to select the %s unambiguously",
                             word),
                "%s name \"%s\" is not unique", word, qualified_text(ddl->arena, wanted->name));
        found = list.items[i];
    }
    return found;
}

static bool same_all_arguments(const struct function *function, const oid *types, size_t n)
{
    if (function->n_all_args == 0)
        return same_arguments(function, types, n);
    return function->n_all_args == n &&
           memcmp(function->all_arg_types, types, n * sizeof *types) == 0;
}

/* The list may be that of the input arguments and, for procedures, that of all: when both mean
 * something, they must mean the same. */
static const struct function *find_exact(struct ddl *ddl, struct function_list list,
                                         const struct wanted *wanted)
{
    const struct function *by_input = with_arguments(list, wanted->types, wanted->n),
                          *by_all = NULL;
    bool is_unique = true;

    for (size_t i = 0; wanted->may_list_outputs && i < list.n; i++) {
        if (!same_all_arguments(list.items[i], wanted->types, wanted->n))
            continue;
        if (by_all && by_all->namespace_oid == list.items[i]->namespace_oid)
            is_unique = false;
        if (!by_all)
            by_all = list.items[i];
    }
    if (!is_unique || (by_input && by_all && by_input != by_all))
        ddl_fail(ddl, "42725", name_span(ddl, wanted->name), "%s name \"%s\" is not unique",
                 kind_word(wanted->kind), qualified_text(ddl->arena, wanted->name));
    return by_all ? by_all : by_input;
}

static void check_kind(struct ddl *ddl, const struct function *found, const struct wanted *wanted)
{
    const char *text = signature_text(ddl, qualified_text(ddl->arena, wanted->name),
                                      found->arg_types, found->n_args);

    if (is_of_kind(found, wanted->kind))
        return;
    if (wanted->kind == 'a')
        ddl_fail(ddl, "42809", name_span(ddl, wanted->name), "function %s is not an aggregate",
                 text);
    ddl_fail(ddl, "42809", name_span(ddl, wanted->name), "%s is not a %s", text,
             kind_word(wanted->kind));
}

static _Noreturn void fail_missing(struct ddl *ddl, const struct wanted *wanted,
                                   bool without_arguments)
{
    const char *word = kind_word(wanted->kind == 'r' ? 'f' : wanted->kind);
    span at = name_span(ddl, wanted->name);

    if (without_arguments)
        ddl_fail(ddl, "42883", at, "could not find a %s named \"%s\"", word,
                 qualified_text(ddl->arena, wanted->name));
    ddl_fail(ddl, "42883", at, "%s %s does not exist", word, wanted_text(ddl, wanted));
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

/* Only where no argument says which it is. */
static bool may_list_outputs(const PgQuery__ObjectWithArgs *object, char kind)
{
    if (kind != 'p' && kind != 'r')
        return false;
    for (size_t i = 0; i < object->n_objfuncargs; i++)
        if (object->objfuncargs[i]->function_parameter->mode !=
            PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_DEFAULT)
            return false;
    return object->n_objfuncargs > 0;
}

const struct function *function_lookup(struct ddl *ddl, const PgQuery__ObjectWithArgs *object,
                                       char kind, bool missing_ok)
{
    oid *types = arena_array(ddl->arena, oid, object->n_objargs);
    struct wanted wanted = {.name = name_from_list(ddl, object->objname, object->n_objname),
                            .kind = kind,
                            .types = types,
                            .may_list_outputs = may_list_outputs(object, kind)};
    const struct function *found;
    struct function_list list;

    if (wanted.name.schema && !missing_ok)
        namespace_get(ddl, wanted.name.schema, name_span(ddl, wanted.name));
    if (!argument_types(ddl, object, missing_ok, types, &wanted.n))
        return NULL;
    list = catalog_find_functions(ddl->catalog, ddl->arena, wanted.name.schema, wanted.name.name);
    found = object->args_unspecified ? find_without_arguments(ddl, list, &wanted)
                                     : find_exact(ddl, list, &wanted);
    if (found)
        check_kind(ddl, found, &wanted);
    else if (!missing_ok)
        fail_missing(ddl, &wanted, object->args_unspecified);
    return found;
}

void check_no_aggregate(struct ddl *ddl, const struct function *function, span at, const char *hint)
{
    if (function->kind == 'a')
        ddl_fail_hint(ddl, "42809", at, hint, "\"%s\" is an aggregate function", function->name);
}

/* --- Functions behind operators, aggregates and casts ----------------------------------------- */

static bool accepts(struct ddl *ddl, oid parameter, oid actual)
{
    if (parameter == actual || is_builtin_type(ddl, parameter, "any"))
        return true;
    if (type_is_polymorphic(parameter))
        return !type_is_polymorphic(actual);
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

static struct function_list functions_of(struct ddl *ddl, struct qualified_name name, span at)
{
    if (name.schema)
        namespace_get(ddl, name.schema, at);
    return catalog_find_functions(ddl->catalog, ddl->arena, name.schema, name.name);
}

static _Noreturn void fail_no_function(struct ddl *ddl, struct qualified_name name,
                                       const oid *types, size_t n, span at)
{
    ddl_fail(ddl, "42883", at, "function %s does not exist",
             signature_text(ddl, qualified_text(ddl->arena, name), types, n));
}

const struct function *exact_function_get(struct ddl *ddl, struct qualified_name name,
                                          const oid *types, size_t n, span at)
{
    const struct function *found = with_arguments(functions_of(ddl, name, at), types, n);

    if (!found || found->kind == 'p')
        fail_no_function(ddl, name, types, n, at);
    return found;
}

const struct function *support_function_get(struct ddl *ddl, struct qualified_name name,
                                            const oid *types, size_t n, span at)
{
    struct function_list list = functions_of(ddl, name, at);
    const struct function *found = with_arguments(list, types, n);

    for (size_t i = 0; i < list.n && !found; i++)
        if (list.items[i]->kind == 'f' && accepts_all(ddl, list.items[i], types, n))
            found = list.items[i];
    if (!found || found->kind != 'f')
        fail_no_function(ddl, name, types, n, at);
    return found;
}

/* What is declared of each of n arguments: the last one stands for all that follow it. */
static oid *declared_types(struct ddl *ddl, const struct function *function, size_t n)
{
    size_t fixed = (size_t)function->n_args - (function->variadic ? 1U : 0U);
    oid *declared = arena_array(ddl->arena, oid, n + 1);

    for (size_t i = 0; i < n; i++)
        declared[i] = i < fixed ? function->arg_types[i] : function->variadic;
    return declared;
}

oid function_result(struct ddl *ddl, const struct function *function, const oid *types, size_t n,
                    span at)
{
    oid result = function->return_type;
    struct refusal why;

    if (!types_solve(ddl->arena, ddl->catalog, types, declared_types(ddl, function, n), n, true,
                     &result, &why))
        ddl_fail(ddl, why.sqlstate, at, "%s", why.message);
    return result;
}

char routine_kind(PgQuery__ObjectType type)
{
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
        return 'p';
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        return 'a';
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
        return 'r';
    default:
        return 'f';
    }
}
