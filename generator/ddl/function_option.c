/* What is said of a function behind its parameters: LANGUAGE, AS, volatility and the like, in
 * CREATE and ALTER FUNCTION.
 */
#include <stdlib.h>
#include <string.h>

#include "ddl/object.h"
#include "ddl/signature.h"
#include "ddl/statements.h"

static const char *number_of(struct ddl *ddl, const PgQuery__DefElem *option, const char *word)
{
    const char *text = definition_string(ddl, option);
    double value = text ? strtod(text, NULL) : 0;

    if (value <= 0)
        ddl_fail(ddl, "22023", ddl_span(ddl, option->location), "%s must be positive", word);
    return arena_printf(ddl->arena, "%g", (double)(float)value);
}

static void set_rows(struct ddl *ddl, const PgQuery__DefElem *option, struct function *function)
{
    function->rows = number_of(ddl, option, "ROWS");
    if (!function->returns_set)
        ddl_fail(ddl, "22023", ddl_span(ddl, option->location),
                 "ROWS is not applicable when function does not return a set");
}

static void set_parallel(struct ddl *ddl, const PgQuery__DefElem *option, struct function *function)
{
    const char *word = definition_string(ddl, option);

    if (strcmp(word, "safe") != 0 && strcmp(word, "restricted") != 0 && strcmp(word, "unsafe") != 0)
        ddl_fail(ddl, "42601", ddl_span(ddl, option->location),
                 "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE");
    function->parallel = *word;
}

static void set_language(struct ddl *ddl, const PgQuery__DefElem *option, struct function *function)
{
    const char *name = definition_string(ddl, option);
    char *lower = arena_strdup(ddl->arena, name);

    for (char *c = lower; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    language_check(ddl, name);
    function->language = strcmp(lower, "c") == 0 ? lower : name;
    function->may_inline = strcmp(function->language, "sql") == 0;
}

/* AS 'body', or AS 'file', 'symbol'. */
static void set_source(struct ddl *ddl, const PgQuery__DefElem *option, struct function *function)
{
    const PgQuery__List *list = NODE_IS(option->arg, LIST) ? option->arg->list : NULL;

    if (!list || list->n_items == 0)
        return;
    function->source = raw_string(list->items[list->n_items - 1]);
    if (list->n_items == 2)
        function->library = raw_string(list->items[0]);
    (void)ddl;
}

static void set_support(struct ddl *ddl, const PgQuery__DefElem *option, struct function *function)
{
    static const oid internal = INTERNALOID;

    function->support = exact_function_get(ddl, definition_name(ddl, option), &internal, 1,
                                           ddl_span(ddl, option->location))
                            ->oid;
}

static void set_transforms(struct ddl *ddl, const PgQuery__DefElem *option,
                           struct function *function)
{
    const PgQuery__List *list = option->arg->list;
    oid *types = arena_array(ddl->arena, oid, list->n_items);

    for (size_t i = 0; i < list->n_items; i++)
        types[i] = type_resolve(ddl, list->items[i]->type_name, NULL);
    function->transforms = types;
    function->n_transforms = list->n_items;
}

/* A procedure has a body, a language, SECURITY, SET and TRANSFORM only. */
static void check_of_procedure(struct ddl *ddl, const PgQuery__DefElem *option,
                               const struct function *function)
{
    static const char *const of_functions[] = {"volatility", "strict", "leakproof", "window",
                                               "cost",       "rows",   "support",   "parallel"};

    for (size_t i = 0; function->kind == 'p' && i < sizeof of_functions / sizeof *of_functions; i++)
        if (strcmp(option->defname, of_functions[i]) == 0)
            ddl_fail(ddl, "42P13", ddl_span(ddl, option->location),
                     "invalid attribute in procedure definition");
}

static void set_option(struct ddl *ddl, const PgQuery__DefElem *option, struct function *function)
{
    const char *name = option->defname;

    check_of_procedure(ddl, option, function);
    if (strcmp(name, "strict") == 0)
        function->is_strict = definition_bool(ddl, option);
    else if (strcmp(name, "volatility") == 0)
        function->volatility = *definition_string(ddl, option);
    else if (strcmp(name, "language") == 0)
        set_language(ddl, option, function);
    else if (strcmp(name, "window") == 0 && definition_bool(ddl, option))
        function->kind = 'w';
    else if (strcmp(name, "as") == 0)
        set_source(ddl, option, function);
    else if (strcmp(name, "security") == 0)
        function->is_definer = definition_bool(ddl, option);
    else if (strcmp(name, "leakproof") == 0)
        function->is_leakproof = definition_bool(ddl, option);
    else if (strcmp(name, "cost") == 0)
        function->cost = number_of(ddl, option, "COST");
    else if (strcmp(name, "rows") == 0)
        set_rows(ddl, option, function);
    else if (strcmp(name, "parallel") == 0)
        set_parallel(ddl, option, function);
    else if (strcmp(name, "support") == 0)
        set_support(ddl, option, function);
    else if (strcmp(name, "transform") == 0)
        set_transforms(ddl, option, function);
    else if (strcmp(name, "set") == 0 && NODE_IS(option->arg, VARIABLE_SET_STMT))
        function_setting_apply(ddl, option->arg->variable_set_stmt, function);
}

void function_options_set(struct ddl *ddl, PgQuery__Node **options, size_t n,
                          struct function *function)
{
    for (size_t i = 0; i < n; i++)
        if (NODE_IS(options[i], DEF_ELEM)) {
            if (strcmp(options[i]->def_elem->defname, "set") != 0)
                definition_check_once(ddl, options, n, options[i]->def_elem);
            set_option(ddl, options[i]->def_elem, function);
        }
    /* The symbol of a C or internal function is its name when none is written. */
    if (function->language && strcmp(function->language, "c") == 0 && function->source &&
        !function->library) {
        function->library = function->source;
        function->source = function->name;
    }
}
