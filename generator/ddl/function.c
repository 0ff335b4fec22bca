/* CREATE FUNCTION, CREATE PROCEDURE, ALTER FUNCTION. Only the signature types a query; bodies of
 * SQL functions are checked by function_body.c, others are not looked at.
 */
#include <stdlib.h>
#include <string.h>

#include "ddl/signature.h"
#include "ddl/statements.h"

static oid builtin_type(const struct ddl *ddl, const char *name)
{
    return catalog_find_type(ddl->catalog, "pg_catalog", name)->oid;
}

static const char *language_of(struct ddl *ddl, const PgQuery__CreateFunctionStmt *statement)
{
    const char *language = definition_string(
        ddl, definition_find(statement->options, statement->n_options, "language"));

    return language ? language : "sql";
}

/* RETURNS of an unknown type: the I/O functions of a base type come before it. */
static oid shell_for(struct ddl *ddl, const PgQuery__TypeName *name)
{
    struct qualified_name qualified = name_from_list(ddl, name->names, name->n_names);
    span at = sql_dotted_span(ddl->sql, name->location);
    struct type shell = {.name = qualified.name,
                         .typtype = 'p',
                         .category = 'P',
                         .len = 4,
                         .typmod = -1,
                         .is_shell = true,
                         .defined_at = at};

    shell.namespace_oid = namespace_for_creation(ddl, qualified.schema, at);
    return catalog_add_type(ddl->catalog, &shell)->oid;
}

static oid declared_result(struct ddl *ddl, const PgQuery__CreateFunctionStmt *statement)
{
    const PgQuery__TypeName *name = statement->return_type;
    const char *language = language_of(ddl, statement);
    oid found;

    if (name->n_names <= 2 && !name->pct_type && name->n_array_bounds == 0 &&
        (strcmp(language, "c") == 0 || strcmp(language, "internal") == 0) &&
        !type_resolve_quietly(ddl, name))
        return shell_for(ddl, name);
    found = type_resolve(ddl, name, NULL);
    if (catalog_get_type(ddl->catalog, found)->is_shell && strcmp(language, "sql") == 0)
        ddl_fail(ddl, "42P13", sql_dotted_span(ddl->sql, name->location),
                 "SQL function cannot return shell type %s", ddl_type_text(ddl, found));
    return found;
}

/* The type that OUT parameters imply; 0 without them. */
static oid implied_result(struct ddl *ddl, const struct signature *signature, bool is_procedure)
{
    if (signature->n_outputs == 0)
        return 0;
    return signature->n_outputs == 1 && !is_procedure ? signature->output_type
                                                      : builtin_type(ddl, "record");
}

static void set_result(struct ddl *ddl, const PgQuery__CreateFunctionStmt *statement,
                       const struct signature *signature, struct function *function)
{
    oid implied = implied_result(ddl, signature, statement->is_procedure);
    span at;

    if (statement->is_procedure) {
        function->return_type = implied ? implied : builtin_type(ddl, "void");
        return;
    }
    if (!statement->return_type && !implied)
        ddl_fail(ddl, "42P13", function->defined_at, "function result type must be specified");
    function->return_type = implied;
    function->returns_set = signature->returns_table;
    if (!statement->return_type)
        return;
    at = sql_dotted_span(ddl->sql, statement->return_type->location);
    function->returns_set |= statement->return_type->setof;
    if (signature->returns_table)
        return;
    function->return_type = declared_result(ddl, statement);
    if (implied && implied != function->return_type)
        ddl_fail(ddl, "42P13", at, "function result type must be %s because of OUT parameters",
                 ddl_type_text(ddl, implied));
}

/* Only C functions have a file besides their name. A dump of the functions of an extension leaves
 * out where they are. */
static void check_source(struct ddl *ddl, const PgQuery__CreateFunctionStmt *statement)
{
    const PgQuery__DefElem *language =
        definition_find(statement->options, statement->n_options, "language");
    const PgQuery__DefElem *source =
        definition_find(statement->options, statement->n_options, "as");
    const bool is_c = language && strcmp(definition_string(ddl, language), "c") == 0;

    if (ddl->session->depth > 0)
        return;
    if (!source && !statement->sql_body && !is_c)
        ddl_fail(ddl, "42P13", ddl_span(ddl, -1), "no function body specified");
    if (!language && !statement->sql_body)
        ddl_fail(ddl, "42P13", ddl_span(ddl, -1), "no language specified");
    if (source && NODE_IS(source->arg, LIST) && source->arg->list->n_items > 1 && language && !is_c)
        ddl_fail(ddl, "42P13", ddl_span(ddl, source->location),
                 "only one AS item needed for language \"%s\"", definition_string(ddl, language));
}

/* OUT parameters of a procedure take part in a call, which matches them by their places. */
static void check_procedure_parameters(struct ddl *ddl,
                                       const PgQuery__CreateFunctionStmt *statement)
{
    const char *before = NULL;

    for (size_t i = 0; i < statement->n_parameters; i++) {
        const PgQuery__FunctionParameter *parameter = statement->parameters[i]->function_parameter;
        const bool is_out = parameter->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT;
        if (is_out && before)
            ddl_fail(ddl, "42P13", ddl_name_span(ddl, -1, parameter->name),
                     "procedure OUT parameters cannot appear after one %s", before);
        if (parameter->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC)
            before = "that is VARIADIC";
        else if (parameter->defexpr)
            before = "with a default value";
    }
}

/* --- OR REPLACE ------------------------------------------------------------------------------- */

static const char *routine_text(struct ddl *ddl, const struct function *function)
{
    return signature_text(ddl, function->name, function->arg_types, function->n_args);
}

static bool same_outputs(const struct function *a, const struct function *b)
{
    size_t i = 0, k = 0;

    for (;; i++, k++) {
        while (i < a->n_all_args && strchr("iv", a->arg_modes[i]))
            i++;
        while (k < b->n_all_args && strchr("iv", b->arg_modes[k]))
            k++;
        if (i >= a->n_all_args || k >= b->n_all_args)
            return i >= a->n_all_args && k >= b->n_all_args;
        if (a->all_arg_types[i] != b->all_arg_types[k])
            return false;
        if (a->arg_names && b->arg_names && *a->arg_names[i] &&
            strcmp(a->arg_names[i], b->arg_names[k]) != 0)
            return false;
    }
}

static void check_replacement(struct ddl *ddl, const struct function *old,
                              const struct function *new)
{
    const char *hint =
        arena_printf(ddl->arena, "use DROP %s %s first",
                     old->kind == 'p' ? "PROCEDURE" : "FUNCTION", routine_text(ddl, old));

    if (old->kind != new->kind)
        ddl_fail_exists(ddl, "42809", new->defined_at, old->name, old->defined_at,
                        "cannot change routine kind");
    /* A single OUT parameter is the result, and may change its name. */
    if (old->return_type != new->return_type || old->returns_set != new->returns_set ||
        (old->return_type == builtin_type(ddl, "record") && !same_outputs(old, new)))
        ddl_fail_hint(ddl, "42P13", new->defined_at, hint,
                      "cannot change return type of existing function");
    for (size_t i = 0; i < old->n_args; i++)
        if (*function_input_name(old, i) &&
            strcmp(function_input_name(old, i), function_input_name(new, i)) != 0)
            ddl_fail_hint(ddl, "42P13", new->defined_at, hint,
                          "cannot change name of input parameter \"%s\"",
                          function_input_name(old, i));
    if (new->n_defaults < old->n_defaults)
        ddl_fail_hint(ddl, "42P13", new->defined_at, hint,
                      "cannot remove parameter defaults from existing function");
}

static struct function *replace(struct ddl *ddl, const struct function *old,
                                const struct function *new)
{
    struct function *editable = catalog_edit_function(ddl->catalog, old->oid);
    oid id = old->oid;
    struct about about;

    check_replacement(ddl, old, new);
    if (!editable)
        ddl_fail(ddl, "42501", new->defined_at, "must be owner of function %s", old->name);
    if (editable->is_strict != new->is_strict)
        ddl->session->all_weakened = true;
    about = editable->about;
    *editable = *new;
    editable->oid = id;
    editable->about = about;
    return editable;
}

void ddl_create_function(struct ddl *ddl, const PgQuery__CreateFunctionStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->funcname, statement->n_funcname);
    span at = name_span(ddl, name);
    struct function function = {.name = name.name,
                                .kind = statement->is_procedure ? 'p' : 'f',
                                .volatility = 'v',
                                .may_inline = statement->sql_body != NULL,
                                .namespace_oid = namespace_for_creation(ddl, name.schema, at),
                                .language = "sql",
                                .defined_at = at};
    struct signature signature =
        signature_read(ddl, statement->parameters, statement->n_parameters, false);
    const struct function *old;
    struct function *made;

    if (statement->is_procedure)
        check_procedure_parameters(ddl, statement);
    signature_apply(ddl, &signature, &function);
    set_result(ddl, statement, &signature, &function);
    signature_check_types(
        ddl, &function,
        statement->return_type ? sql_dotted_span(ddl->sql, statement->return_type->location) : at);
    function_options_set(ddl, statement->options, statement->n_options, &function);
    check_source(ddl, statement);
    old = function_find_in(ddl, function.namespace_oid, function.name, function.arg_types,
                           function.n_args);
    function_body_check(ddl, statement, &function, false);
    if (old && !statement->replace)
        ddl_fail_exists(ddl, "42723", at, old->name, old->defined_at,
                        "function \"%s\" already exists with same argument types", old->name);
    made = old ? replace(ddl, old, &function) : catalog_add_function(ddl->catalog, &function);
    function_body_check(ddl, statement, made, true);
}

void ddl_alter_function(struct ddl *ddl, const PgQuery__AlterFunctionStmt *statement)
{
    const struct function *found =
        function_lookup(ddl, statement->func, routine_kind(statement->objtype), false);
    struct function *function = catalog_edit_function(ddl->catalog, found->oid);
    struct qualified_name name =
        name_from_list(ddl, statement->func->objname, statement->func->n_objname);
    bool was_strict = found->is_strict;

    check_no_aggregate(ddl, found, name_span(ddl, name), NULL);
    if (!function)
        return;
    function_options_set(ddl, statement->actions, statement->n_actions, function);
    if (function->is_strict != was_strict)
        ddl->session->all_weakened = true;
}
