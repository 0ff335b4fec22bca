/* A query → the C function that runs it: its command and its names. */
#include "emit/planner.h"
#include "support/bug.h"

/* The function of a command. */
static const enum c_command of_command[] = {
#define COMMAND(id, name, takes, gives) [COMMAND_##id] = C_##id,
#define SYNONYM(id, name, takes, gives, as) [COMMAND_##id] = C_##as,
#define REFUSED(id, name, takes, gives)
#include "ir/commands.def"
};

static const struct {
    enum ir_takes takes;
    enum ir_gives gives;
} shapes[] = {
#define COMMAND(id, name, takes, gives) [C_##id] = {TAKES_##takes, GIVES_##gives},
#define SYNONYM(id, name, takes, gives, as)
#define REFUSED(id, name, takes, gives)
#include "ir/commands.def"
    [C_COPY_ROWS] = {TAKES_ONCE, GIVES_COUNT},
};

enum c_output c_command_output(enum c_command command)
{
    const bool is_batch = shapes[command].takes == TAKES_BATCH;

    switch (shapes[command].gives) {
    case GIVES_NOTHING:
        return OUTPUT_NOTHING;
    case GIVES_COUNT:
        return OUTPUT_COUNT;
    case GIVES_ROW:
        return is_batch ? OUTPUT_LIST : OUTPUT_ITEM;
    case GIVES_ROW_OR_NONE:
        return OUTPUT_FOUND;
    case GIVES_ROWS:
        return is_batch ? OUTPUT_LISTS : OUTPUT_LIST;
    case GIVES_STREAM:
        return OUTPUT_EACH;
    case GIVES_LAST_ID:
        break;
    }
    BUG("a command that is refused");
}

bool c_command_reads(enum c_command command)
{
    return c_command_output(command) >= OUTPUT_ITEM;
}

bool c_command_repeats(enum c_command command)
{
    return shapes[command].takes != TAKES_ONCE;
}

struct claim claim_of_query(struct planner *planner, const struct ir_query *query)
{
    return (struct claim){
        .what = arena_printf(planner->arena, "query %s", query->name),
        .hint = "rename one of them",
        .at = query->name_at,
    };
}

static bool refuse_command(struct planner *planner, const struct ir_query *query, const char *code,
                           const char *needs, const char *hint)
{
    struct diag *diag = diag_error(planner->diags, code, query->name_at, ":%s needs %s",
                                   ir_commands[query->command].name, needs);

    diag_hint(planner->diags, diag, "%s", hint);
    return false;
}

static bool check_copy(struct planner *planner, const struct ir_query *query)
{
    struct diag *diag;

    if (query->copy_sql)
        return true;
    diag = diag_error(planner->diags, "PL510", query->copy_at, ":copyfrom %s", query->copy_problem);
    diag_hint(planner->diags, diag, "%s", query->copy_hint);
    return false;
}

static bool refuse_statement(struct planner *planner, const struct ir_query *query)
{
    struct diag *diag = diag_error(planner->diags, "PL511", query->name_at,
                                   "a generated function cannot send this statement");

    diag_hint(planner->diags, diag, "%s", query->instead);
    return false;
}

static bool plan_command(struct planner *planner, struct c_function *function)
{
    const struct ir_query *query = function->query;

    if (query->command == COMMAND_EXECLASTID)
        return refuse_command(planner, query, "PL504", "a last insert id, which PostgreSQL lacks",
                              "use :one with RETURNING");
    function->command = of_command[query->command];
    if (query->instead)
        return refuse_statement(planner, query);
    if (function->command == C_COPYFROM)
        return check_copy(planner, query);
    if (c_command_repeats(function->command) && query->n_params == 0)
        return refuse_command(planner, query, "PL505", "parameters, one set for each item",
                              "use the command without \"batch\"");
    if (c_command_reads(function->command) && !(query->returns_rows && query->n_columns > 0))
        return refuse_command(planner, query, "PL504", "a statement that returns columns",
                              c_command_repeats(function->command)
                                  ? "use :batchexec, or add RETURNING"
                                  : "use :exec or :execrows, or add RETURNING");
    return true;
}

/* A port has two members of its own. */
static bool check_member(struct planner *planner, const struct c_function *function)
{
    struct diag *diag;

    if (!planner->settings->repositories && !planner->settings->fakes)
        return true;
    if (!name_eq(function->member, "self") && !name_eq(function->member, "last_constraint"))
        return true;
    diag = diag_error(planner->diags, "PL501", function->query->name_at,
                      "query %s and a member of every port are both called %s in C",
                      function->query->name, function->member);
    diag_hint(planner->diags, diag, "rename the query");
    return false;
}

/* The name of the function with a suffix, claimed; NULL after an error was added. */
static const char *plan_part(struct planner *planner, const struct c_function *function,
                             const char *suffix)
{
    return plan_global(planner, arena_printf(planner->arena, "%s_%s", function->stem, suffix),
                       claim_of_query(planner, function->query));
}

static bool plan_stream_names(struct planner *planner, struct c_function *function)
{
    static const char *const suffixes[] = {"begin", "next", "end"};

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (!plan_part(planner, function, suffixes[i]))
            return false;
    function->each = plan_part(planner, function, "each");
    return function->each != NULL;
}

/* The names of a COPY row by row. */
static bool plan_copy_names(struct planner *planner, struct c_function *function)
{
    static const char *const suffixes[] = {"begin", "row", "end", "abandon", "from"};

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (!plan_part(planner, function, suffixes[i]))
            return false;
    function->copy = plan_part(planner, function, "copy");
    function->next = plan_part(planner, function, "next");
    function->add = arena_printf(planner->arena, "add_%s", function->stem);
    return function->copy && function->next &&
           plan_static(planner, function->add, claim_of_query(planner, function->query));
}

/* A port has the :copyfrom once more: its rows come from a callback. */
static const struct c_function *copy_rows(struct arena *arena, const struct c_function *function)
{
    struct c_function *rows = arena_new(arena, struct c_function);

    *rows = *function;
    rows->command = C_COPY_ROWS;
    rows->stem = arena_printf(arena, "%s_from", function->stem);
    rows->member = arena_printf(arena, "%s_from", function->stem);
    return rows;
}

static bool plan_names(struct planner *planner, struct c_function *function)
{
    struct arena *arena = planner->arena;
    struct claim claim = claim_of_query(planner, function->query);

    function->stem = c_name(arena, function->query->name);
    function->statement = arena_printf(arena, "%s_statement", function->stem);
    function->member = c_member(arena, function->query->name);
    function->name = plan_global(planner, function->stem, claim);
    if (!function->name || !plan_static(planner, function->statement, claim))
        return false;
    if (function->command == C_STREAM && !plan_stream_names(planner, function))
        return false;
    if (function->command == C_COPYFROM && !plan_copy_names(planner, function))
        return false;
    return true;
}

bool plan_function(struct planner *planner, struct c_module *module, struct c_function *function)
{
    bool ok = plan_command(planner, function);

    ok = ok && plan_names(planner, function) && check_member(planner, function);
    ok = plan_params(planner, function) && ok;
    ok = ok && plan_passing(planner, function);
    if (ok && function->command == C_COPYFROM)
        function->rows = copy_rows(planner->arena, function);
    return ok && plan_result(planner, module, function);
}
