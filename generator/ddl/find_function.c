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

static bool is_of_kind(const struct function *function, char kind)
{
    if (kind == 'f')
        return function->kind != 'p';
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

void function_refuse_aggregate(struct ddl *ddl, const struct function *found, char kind, span at)
{
    if (kind == 'f' && found->kind == 'a')
        ddl_fail(ddl, "42809", at, "\"%s\" is an aggregate function", found->name);
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

static const struct function *with_arguments(struct function_list list, const oid *types, size_t n)
{
    for (size_t i = 0; i < list.n; i++)
        if (same_arguments(list.items[i], types, n))
            return list.items[i];
    return NULL;
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

    if (!found)
        fail_no_function(ddl, name, types, n, at);
    return found;
}

const struct function *support_function_get(struct ddl *ddl, struct qualified_name name,
                                            const oid *types, size_t n, span at)
{
    struct function_list list = functions_of(ddl, name, at);
    const struct function *found = with_arguments(list, types, n);

    for (size_t i = 0; i < list.n && !found; i++)
        if (accepts_all(ddl, list.items[i], types, n))
            found = list.items[i];
    if (!found)
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
