/* Functions, procedures and aggregates, in the server's words: pg_get_function_arguments(),
 * pg_get_function_result(), pg_get_functiondef().
 */
#include <string.h>

#include "inventory/collect.h"
#include "support/buf.h"

/* --- Arguments and result ----------------------------------------------------------------------
 */

static size_t n_arguments(const struct function *function)
{
    return function->n_all_args ? function->n_all_args : function->n_args;
}

static char mode_of(const struct function *function, size_t i)
{
    return function->n_all_args ? function->arg_modes[i] : 'i';
}

static const char *mode_word(char mode, bool is_procedure)
{
    switch (mode) {
    case 'o':
        return "OUT ";
    case 'b':
        return "INOUT ";
    case 'v':
        return "VARIADIC ";
    default:
        return is_procedure ? "IN " : "";
    }
}

static void add_default(struct collector *collector, struct buf *text,
                        const struct function *function, size_t input)
{
    size_t first = (size_t)function->n_args - function->n_defaults;
    const struct expr *expr =
        function->defaults && input >= first ? function->defaults[input - first] : NULL;
    const char *value = expr ? deparse_expression(collector->arena, collector->catalog, expr, NULL,
                                                  DEPARSE_RUNNABLE)
                                   .text
                             : NULL;

    if (value)
        buf_addf(text, " DEFAULT %s", value);
}

static void add_argument(struct collector *collector, struct buf *text,
                         const struct function *function, size_t i)
{
    const oid type = function->n_all_args ? function->all_arg_types[i] : function->arg_types[i];
    const char *name = function->arg_names ? function->arg_names[i] : "";

    buf_adds(text, mode_word(mode_of(function, i), function->kind == 'p'));
    if (name && *name)
        buf_addf(text, "%s ", catalog_quote_identifier(collector->arena, name));
    buf_adds(text, type_name_text(collector, type));
}

static bool is_input(char mode)
{
    return strchr("ibv", mode) != NULL;
}

static const char *arguments_text(struct collector *collector, const struct function *function)
{
    bool is_ordered = function->agg_kind == 'o' || function->agg_kind == 'h';
    size_t input = 0, written = 0;
    struct buf text = buf_in(collector->arena);

    for (size_t i = 0; i < n_arguments(function); i++) {
        if (mode_of(function, i) == 't')
            continue;
        if (is_ordered && input == (size_t)function->agg_direct_args)
            buf_addf(&text, "%sORDER BY ", written ? " " : "");
        else if (written > 0)
            buf_adds(&text, ", ");
        add_argument(collector, &text, function, i);
        if (is_input(mode_of(function, i)))
            add_default(collector, &text, function, input++);
        written++;
    }
    /* The direct VARIADIC argument of such an aggregate is the aggregated one too. */
    if (is_ordered && input == (size_t)function->agg_direct_args && function->variadic) {
        buf_adds(&text, " ORDER BY ");
        add_argument(collector, &text, function, n_arguments(function) - 1);
    }
    return buf_text(&text);
}

static const char *table_text(struct collector *collector, const struct function *function)
{
    struct buf text = buf_in(collector->arena);
    size_t n = 0;

    for (size_t i = 0; i < function->n_all_args; i++) {
        if (function->arg_modes[i] != 't')
            continue;
        buf_adds(&text, n++ ? ", " : "TABLE(");
        add_argument(collector, &text, function, i);
    }
    if (n > 0)
        buf_addc(&text, ')');
    return n > 0 ? buf_text(&text) : NULL;
}

static const char *result_text(struct collector *collector, const struct function *function)
{
    const char *table = table_text(collector, function);

    if (table)
        return table;
    return arena_printf(collector->arena, "%s%s", function->returns_set ? "SETOF " : "",
                        type_name_text(collector, function->return_type));
}

/* --- Attributes --------------------------------------------------------------------------------
 */

static const char *default_cost(const struct function *function)
{
    return function->language && (strcmp(function->language, "c") == 0 ||
                                  strcmp(function->language, "internal") == 0)
               ? "1"
               : "100";
}

static void set_attributes(struct collector *collector, struct item *item,
                           const struct function *function)
{
    const struct {
        const char *word;
        bool is_set;
    } words[] = {
        {"WINDOW", function->kind == 'w'},
        {"IMMUTABLE", function->volatility == 'i' && function->kind != 'a'},
        {"STABLE", function->volatility == 's'},
        {"STRICT", function->is_strict},
        {"SECURITY DEFINER", function->is_definer},
        {"LEAKPROOF", function->is_leakproof},
        {"PARALLEL SAFE", function->parallel == 's'},
        {"PARALLEL RESTRICTED", function->parallel == 'r'},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].is_set)
            item_set(collector, item, PROPERTY_ATTRIBUTE, words[i].word);
    if (function->cost && strcmp(function->cost, default_cost(function)) != 0)
        item_setf(collector, item, PROPERTY_ATTRIBUTE, "COST %s", function->cost);
    if (function->rows && strcmp(function->rows, "1000") != 0)
        item_setf(collector, item, PROPERTY_ATTRIBUTE, "ROWS %s", function->rows);
    if (function->support)
        item_setf(collector, item, PROPERTY_ATTRIBUTE, "SUPPORT %s",
                  function_text(collector, function->support));
    item_need(collector, item, function_item(collector, function->support));
}

/* --- Bodies ------------------------------------------------------------------------------------
 */

/* As pg_get_functiondef() chooses the quotes. */
static const char *dollar_quoted(struct collector *collector, const char *text, const char *tag)
{
    struct buf quote = buf_in(collector->arena);

    buf_addf(&quote, "$%s", tag);
    while (strstr(text, buf_text(&quote)))
        buf_addc(&quote, 'x');
    return arena_printf(collector->arena, "%s$%s%s$", buf_text(&quote), text, buf_text(&quote));
}

static const char *body_text(struct collector *collector, const struct function *function)
{
    if (!function->source)
        return function->body && function->body->is_atomic
                   ? deparse_body(collector->arena, collector->catalog, function, DEPARSE_RUNNABLE)
                         .text
                   : NULL;
    if (function->library)
        return arena_printf(collector->arena, "%s, %s",
                            catalog_quote_literal(collector->arena, function->library),
                            catalog_quote_literal(collector->arena, function->source));
    return dollar_quoted(collector, function->source,
                         function->kind == 'p' ? "procedure" : "function");
}

static void set_body(struct collector *collector, struct item *item,
                     const struct function *function)
{
    const struct routine_body *body = function->body;

    struct item names = {.key = item->key};

    item_set(collector, item, PROPERTY_BODY, body_text(collector, function));
    for (size_t i = 0; body && i < body->n_statements; i++)
        item_need_query(collector, body->is_atomic ? item : &names, body->statements[i].query);
    for (size_t i = 0; i < names.needs.n; i++)
        vec_push(collector->arena, &item->uses, names.needs.items[i]);
}

/* --- All of one --------------------------------------------------------------------------------
 */

static void need_types(struct collector *collector, struct item *item,
                       const struct function *function)
{
    item_need(collector, item, type_item(collector, function->return_type));
    for (size_t i = 0; i < function->n_args; i++)
        item_need(collector, item, type_item(collector, function->arg_types[i]));
    for (size_t i = 0; i < function->n_all_args; i++)
        item_need(collector, item, type_item(collector, function->all_arg_types[i]));
    for (size_t i = 0; function->defaults && i < function->n_defaults; i++)
        item_need_expression(collector, item, function->defaults[i]);
    for (size_t i = 0; i < function->n_transforms; i++)
        item_need(collector, item, type_item(collector, function->transforms[i]));
}

static void set_function(struct collector *collector, struct item *item,
                         const struct function *function)
{
    const struct other_object *language;

    item_set(collector, item, PROPERTY_LANGUAGE,
             catalog_quote_identifier(collector->arena, function->language));
    language = catalog_find_other(collector->catalog, OTHER_LANGUAGE, 0, function->language, NULL);
    if (language)
        item_need(collector, item, other_item(collector, language->oid));
    set_attributes(collector, item, function);
    for (size_t i = 0; i < function->settings.n; i++)
        item_setf(collector, item, PROPERTY_SETTING, "SET %s TO %s",
                  catalog_quote_identifier(collector->arena, function->settings.items[i].name),
                  function->settings.items[i].value);
    for (size_t i = 0; i < function->n_transforms; i++)
        item_setf(collector, item, PROPERTY_TRANSFORM, "FOR TYPE %s",
                  type_name_text(collector, function->transforms[i]));
    set_body(collector, item, function);
}

static void collect(struct collector *collector, const struct function *function)
{
    struct item *item = function_item(collector, function->oid);

    item->at = function->defined_at;
    item->object = function;
    item_need(collector, item, schema_item(collector, function->namespace_oid));
    item_about(collector, item, &function->about);
    item_set(collector, item, PROPERTY_ARGUMENTS, arguments_text(collector, function));
    if (function->kind != 'p')
        item_set(collector, item, PROPERTY_RESULT, result_text(collector, function));
    need_types(collector, item, function);
    if (function->kind != 'a')
        set_function(collector, item, function);
    for (size_t i = 0; i < function->clauses.n; i++)
        item_clause(collector, item, &function->clauses.items[i]);
}

void collect_functions(struct collector *collector)
{
    size_t n;
    struct function *const *functions = catalog_functions(collector->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (functions[i] && !functions[i]->about.extension &&
            !is_constructor(collector, functions[i]) &&
            strcmp(schema_name(collector, functions[i]->namespace_oid), "pg_temp") != 0)
            collect(collector, functions[i]);
}
