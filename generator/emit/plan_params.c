/* How a function takes its parameters. One is passed as it is. From two on they are the members of
 * a struct, so that none can be mistaken for its neighbour and one more changes no call; `--
 * @params Name` gives queries that take the same ones a struct together. `-- @positional` passes
 * them in the order of the SQL, where no two of them could change places without an error of the
 * compiler.
 */
#include "emit/planner.h"

#include <string.h>

/* Names that generated functions use themselves; a parameter gets out of their way. */
static const char *const taken[] = {
    "call", "context", "db", "each", "fake", "found", "hook_context", "mem", "params", "row",
    "rows", "rows_affected", "self", "stream", "value", "values",
    /* variables of POSIX, which a parameter would hide */
    "daylight", "environ", "optarg", "opterr", "optind", "optopt", "signgam", "timezone", "tzname"};

static const char *param_name(struct arena *arena, const char *member)
{
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (name_eq(member, taken[i]))
            return arena_printf(arena, "%s_", member);
    return member;
}

bool plan_params(struct planner *planner, struct c_function *function)
{
    struct arena *arena = planner->arena;
    const struct ir_query *query = function->query;
    struct names scope = names_in(arena, planner->diags);
    bool ok = true;

    function->n_params = query->n_params;
    function->params = arena_array(arena, struct c_param, query->n_params);
    for (size_t i = 0; i < query->n_params; i++) {
        const struct ir_param *param = &query->params[i];
        const char *member = c_member(arena, param->name);
        struct type_site site = {.what = quoted(arena, "parameter", param->name),
                                 .use = param->nullable ? USE_BIND_OPT : USE_BIND,
                                 .at = query->name_at};
        struct claim claim = {
            .what = site.what, .hint = "give one of them another @name", .at = query->name_at};

        function->params[i] = (struct c_param){
            .name = param_name(arena, member),
            .member = member,
            .sql_name = param->name,
            .doc = param->doc,
            .type = plan_type(planner, param->type, &site),
            .nullable = param->nullable,
        };
        ok = function->params[i].type && names_claim(&scope, member, claim) && ok;
    }
    return ok;
}

/* --- Structs --- */

struct c_field *param_fields(struct arena *arena, const struct c_function *function)
{
    struct c_field *fields = arena_array(arena, struct c_field, function->n_params);

    for (size_t i = 0; i < function->n_params; i++)
        fields[i] = (struct c_field){.name = function->params[i].member,
                                     .sql_name = function->params[i].sql_name,
                                     .doc = function->params[i].doc,
                                     .type = function->params[i].type,
                                     .nullable = function->params[i].nullable};
    return fields;
}

static bool has_member(const struct c_params *params, const struct c_param *wanted)
{
    for (size_t i = 0; i < params->n_fields; i++)
        if (name_eq(params->fields[i].name, wanted->member))
            return params->fields[i].type == wanted->type &&
                   params->fields[i].nullable == wanted->nullable;
    return false;
}

/* The same ones, in any order. */
static bool are_alike(const struct c_params *params, const struct c_function *function)
{
    if (params->n_fields != function->n_params)
        return false;
    for (size_t i = 0; i < function->n_params; i++)
        if (!has_member(params, &function->params[i]))
            return false;
    return true;
}

static bool refuse_others(struct planner *planner, const struct c_function *function,
                          const struct c_params *params)
{
    const struct ir_query *query = function->query;
    struct diag *diag =
        diag_error(planner->diags, "PL503", query->params_name_at,
                   "the parameters of %s are not those of %s, which have the same name",
                   query->name, params->query);

    diag_note(planner->diags, diag, params->at, "those of %s are here", params->query);
    diag_hint(planner->diags, diag,
              "the parameters must have the same names, types and nullability; "
              "or choose another name");
    return false;
}

static bool declare_shared(struct planner *planner, struct c_function *function)
{
    struct arena *arena = planner->arena;
    const struct ir_query *query = function->query;
    const char *stem = c_name(arena, query->params_name);
    struct c_params *params = map_find(&planner->params, stem);
    struct claim claim = {.what = arena_printf(arena, "the parameters %s", query->params_name),
                          .hint = "rename one of them",
                          .at = query->params_name_at};

    if (params && !are_alike(params, function))
        return refuse_others(planner, function, params);
    if (!params) {
        params = arena_new(arena, struct c_params);
        *params = (struct c_params){
            .name = plan_global(planner, stem, claim),
            .doc = arena_printf(arena, "The parameters of %s and the queries that share them.",
                                query->name),
            .query = query->name,
            .fields = param_fields(arena, function),
            .n_fields = function->n_params,
            .at = query->params_name_at,
        };
        map_put(&planner->params, stem, params);
        vec_push(arena, &planner->package->params, params);
    }
    function->params_type = params->name;
    function->shares_params = true;
    return params->name != NULL;
}

/* --- By position --- */

static bool is_number(const struct c_type *type)
{
    static const char *const numbers[] = {"bool",     "char",     "int16_t", "int32_t", "int64_t",
                                          "uint32_t", "uint64_t", "float",   "double"};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (name_eq(type->decl, numbers[i]))
            return true;
    return type->enumeration != NULL;
}

/* Whether C would take the one for the other: numbers convert into each other, and of a type of the
 * user nothing is known. */
static bool may_be_swapped(const struct c_param *a, const struct c_param *b)
{
    if (name_eq(a->nullable ? a->type->opt : a->type->decl,
                b->nullable ? b->type->opt : b->type->decl))
        return true;
    return !a->nullable && !b->nullable && (is_number(a->type) || a->type->custom) &&
           (is_number(b->type) || b->type->custom);
}

static bool check_positions(struct planner *planner, const struct c_function *function)
{
    for (size_t i = 0; i < function->n_params; i++)
        for (size_t k = 0; k < i; k++)
            if (may_be_swapped(&function->params[k], &function->params[i])) {
                struct diag *diag = diag_error(
                    planner->diags, "PL512", function->query->positional_at,
                    "\"%s\" and \"%s\" could change places without a word of the compiler",
                    function->params[k].sql_name, function->params[i].sql_name);
                diag_hint(planner->diags, diag, "without @positional they are members of a struct");
                return false;
            }
    return true;
}

static bool refuse_directive(struct planner *planner, span at, const char *problem)
{
    diag_error(planner->diags, "PL512", at, "%s", problem);
    return false;
}

bool plan_passing(struct planner *planner, struct c_function *function)
{
    const struct ir_query *query = function->query;
    const bool repeats = c_command_repeats(function->command);

    if (query->params_name && query->n_params == 0)
        return refuse_directive(planner, query->params_name_at, "the query has no parameters");
    if (query->is_positional && query->params_name)
        return refuse_directive(planner, query->positional_at,
                                "@positional and @params exclude each other");
    if (query->is_positional && (repeats || query->n_params < 2))
        return refuse_directive(planner, query->positional_at,
                                repeats
                                    ? "a command that takes many sets of parameters takes structs"
                                    : "a single parameter is passed by itself anyway");
    if (query->params_name)
        return declare_shared(planner, function);
    if (query->is_positional)
        return check_positions(planner, function);
    if (query->n_params < 2 && !repeats)
        return true;
    function->params_type =
        plan_global(planner, arena_printf(planner->arena, "%s_params", function->stem),
                    claim_of_query(planner, query));
    return function->params_type != NULL;
}
