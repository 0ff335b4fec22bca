/* Utility statements. The server analyses only those that contain a query or a call; of the others
 * Parse knows nothing but that they are well-formed. Few of them answer with rows: CALL with output
 * arguments, EXPLAIN and SHOW (UtilityReturnsTuples).
 */
#include <string.h>
#include <strings.h>

#include "analyze/transform.h"
#include "types/polymorphic.h"

static void add_column(struct parse *parse, struct target_list *list, const char *name,
                       struct expr *value)
{
    vec_push(parse->statement->arena, list,
             (struct target){.expr = value, .name = name, .location = -1});
}

/* A text that the server makes itself, so that there always is one. */
static void add_result(struct parse *parse, struct target_list *list, const char *name, oid type)
{
    struct expr *value = expr_make(parse->statement->arena, EXPR_CONST, type, -1);

    value->u.constant.literal = 's';
    value->u.constant.text = "";
    add_column(parse, list, name, value);
}

/* --- EXPLAIN, SHOW ------------------------------------------------------------------------------
 */

static oid explain_type(struct parse *parse, struct node_list options)
{
    oid type = TEXTOID;

    for (size_t i = 0; i < options.n; i++) {
        const PgQuery__DefElem *option = options.items[i]->def_elem;
        const char *value = option->arg ? raw_string(option->arg) : NULL;
        if (strcmp(option->defname, "format") != 0)
            continue;
        if (!option->arg)
            parse_error(parse, "42601", option->location, "%s requires a parameter",
                        option->defname);
        if (!value)
            continue;
        type = strcasecmp(value, "json") == 0  ? JSONOID
               : strcasecmp(value, "xml") == 0 ? XMLOID
                                               : TEXTOID;
    }
    return type;
}

static void transform_explain(struct parse *parse, const PgQuery__ExplainStmt *stmt,
                              struct target_list *list)
{
    parse->scope->query->inner = transform_sub_query(parse, stmt->query, false);
    add_result(parse, list, "QUERY PLAN", explain_type(parse, NODES(stmt, options)));
}

/* The setting's own spelling, which the result column has whatever was written. Those of extensions
 * and applications, with a dot, exist once a session has set them. */
static const char *setting_name(struct parse *parse, const char *written)
{
    const char *name = catalog_setting(written);

    if (!name && !strchr(written, '.'))
        parse_error(parse, "42704", -1, "unrecognized configuration parameter \"%s\"", written);
    return name ? name : written;
}

static void transform_show(struct parse *parse, const PgQuery__VariableShowStmt *stmt,
                           struct target_list *list)
{
    if (strcasecmp(stmt->name, "all") != 0) {
        add_result(parse, list, setting_name(parse, stmt->name), TEXTOID);
        parse->scope->query->answers_one_row = true;
        return;
    }
    add_result(parse, list, "name", TEXTOID);
    add_result(parse, list, "setting", TEXTOID);
    add_result(parse, list, "description", TEXTOID);
}

/* --- CALL ---------------------------------------------------------------------------------- */

/* The declared type of an output argument; of a polymorphic one, the type that was passed. */
static oid output_type(const struct function *procedure, const struct expr *call, size_t arg)
{
    oid declared = procedure->all_arg_types[arg];

    if (type_is_polymorphic(declared) && arg < call->n_args && call->args[arg])
        return call->args[arg]->type;
    return declared;
}

/* The outputs are fields of the row that the procedure answers with, NULL as it likes. */
static void add_outputs(struct parse *parse, struct expr *call, struct target_list *list)
{
    const struct function *procedure = call->u.call.function;
    struct expr *value;

    for (size_t i = 0; i < procedure->n_all_args; i++) {
        const char *name = procedure->arg_names ? procedure->arg_names[i] : NULL;
        char mode = procedure->arg_modes ? procedure->arg_modes[i] : 'i';
        if (mode != 'o' && mode != 'b' && mode != 't')
            continue;
        if (!name || !*name)
            name = arena_printf(parse->statement->arena, "column%zu", list->n + 1);
        value = expr_with_args(parse->statement->arena, EXPR_FIELD, output_type(procedure, call, i),
                               -1, 1, call);
        value->u.field.attno = (int)list->n + 1;
        value->u.field.name = name;
        add_column(parse, list, name, value);
    }
}

static void transform_call_statement(struct parse *parse, const PgQuery__CallStmt *stmt,
                                     struct target_list *list)
{
    struct expr *call = transform_procedure_call(parse, stmt->funccall);

    parse->scope->query->answers_one_row = true;
    parse->scope->query->called = call;
    if (call->type != VOIDOID)
        add_outputs(parse, call, list);
}

/* --- Statements that contain a query ------------------------------------------------------- */

static void refuse_modifying_with(struct parse *parse, const struct query *query, const char *what)
{
    for (size_t i = 0; i < query->n_ctes; i++)
        if (query->ctes[i]->query && query->ctes[i]->query->kind != QUERY_SELECT)
            parse_error(parse, "0A000", query->ctes[i]->location,
                        "%s must not contain data-modifying statements in WITH", what);
}

/* DeclareCursorStmt.options, bits of the server's parsenodes.h. */
enum {
    CURSOR_SCROLL = 0x02,
    CURSOR_NO_SCROLL = 0x04,
    CURSOR_INSENSITIVE = 0x08,
    CURSOR_ASENSITIVE = 0x10,
    CURSOR_HOLD = 0x20,
};

static void refuse_both(struct parse *parse, int options, int both, const char *names)
{
    if ((options & both) == both)
        parse_error(parse, "42P11", -1, "cannot specify both %s", names);
}

static void check_cursor_locking(struct parse *parse, int options)
{
    if (options & CURSOR_HOLD)
        parse_error_hint(parse, "0A000", -1, "holdable cursors must be READ ONLY",
                         "DECLARE CURSOR WITH HOLD ... FOR UPDATE is not supported");
    if (options & CURSOR_SCROLL)
        parse_error_hint(parse, "0A000", -1, "scrollable cursors must be READ ONLY",
                         "DECLARE SCROLL CURSOR ... FOR UPDATE is not supported");
    if (options & CURSOR_INSENSITIVE)
        parse_error_hint(parse, "42P11", -1, "insensitive cursors must be READ ONLY",
                         "DECLARE INSENSITIVE CURSOR ... FOR UPDATE is not valid");
}

static void transform_declare_cursor(struct parse *parse, const PgQuery__DeclareCursorStmt *stmt)
{
    struct query *query;

    refuse_both(parse, stmt->options, CURSOR_SCROLL | CURSOR_NO_SCROLL, "SCROLL and NO SCROLL");
    refuse_both(parse, stmt->options, CURSOR_INSENSITIVE | CURSOR_ASENSITIVE,
                "INSENSITIVE and ASENSITIVE");
    query = transform_sub_query(parse, stmt->query, false);
    parse->scope->query->inner = query;
    if (query->kind == QUERY_SELECT)
        refuse_modifying_with(parse, query, "DECLARE CURSOR");
    if (query->has_locking)
        check_cursor_locking(parse, stmt->options);
}

static void transform_create_table_as(struct parse *parse, const PgQuery__CreateTableAsStmt *stmt)
{
    struct query *query = transform_sub_query(parse, stmt->query, false);

    parse->scope->query->inner = query;
    if (stmt->objtype != PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW)
        return;
    refuse_modifying_with(parse, query, "materialized views");
    if (parse->statement->params.n > 0)
        parse_error(parse, "0A000", parse->statement->params.items[0].location,
                    "materialized views may not be defined using bound parameters");
}

struct query *transform_utility(struct parse *parse, const PgQuery__Node *node)
{
    struct target_list list = {0};
    struct query *query = parse->scope->query;

    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_EXPLAIN_STMT:
        transform_explain(parse, node->explain_stmt, &list);
        break;
    case PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT:
        transform_show(parse, node->variable_show_stmt, &list);
        break;
    case PG_QUERY__NODE__NODE_CALL_STMT:
        transform_call_statement(parse, node->call_stmt, &list);
        break;
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT:
        transform_declare_cursor(parse, node->declare_cursor_stmt);
        break;
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
        transform_create_table_as(parse, node->create_table_as_stmt);
        break;
    default:
        break;
    }
    query->kind = QUERY_UTILITY;
    query->targets = list.items;
    query->n_targets = list.n;
    return scope_close(parse);
}
