/* CREATE TYPE: composite, range, base and shell types (manual, CREATE TYPE). */
#include <stdlib.h>
#include <string.h>

#include "ddl/named_function.h"
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

void ddl_create_composite(struct ddl *ddl, const PgQuery__CompositeTypeStmt *statement)
{
    const PgQuery__RangeVar *name = statement->typevar;
    struct relation draft = {.name = name->relname, .relkind = 'c'};
    struct table_parts parts = {.table = draft.name};
    span at = range_var_span(ddl, name);
    const struct type *old;

    draft.namespace_oid = relation_namespace(ddl, name, &draft.is_temporary);
    old = type_find_in(ddl, draft.namespace_oid, draft.name);
    if (!old || !old->is_shell)
        type_name_check_free(ddl, draft.namespace_oid, draft.name, at);
    for (size_t i = 0; i < statement->n_coldeflist; i++)
        vec_push(ddl->arena, &parts.columns,
                 column_build(ddl, &parts, statement->coldeflist[i]->column_def));
    columns_add_own(ddl, &draft, &parts);
    relation_create(ddl, &draft, at);
}

/* --- Ranges ----------------------------------------------------------------------------------- */

static void drop_shell(struct ddl *ddl, oid namespace_oid, const char *name)
{
    const struct type *old = type_find_in(ddl, namespace_oid, name);

    if (old && old->is_shell && old->oid >= FIRST_USER_OID)
        catalog_drop_type(ddl->catalog, old->oid);
}

/* Of a collation, the type's own is no news; the default operator class neither. */
static void set_range_options(struct ddl *ddl, const PgQuery__CreateRangeStmt *statement,
                              struct type *range)
{
    static const char *const functions[][2] = {{"canonical", "CANONICAL"},
                                               {"subtype_diff", "SUBTYPE_DIFF"}};
    struct qualified_name collation =
        definition_name(ddl, definition_find(statement->params, statement->n_params, "collation"));
    struct qualified_name class = definition_name(
        ddl, definition_find(statement->params, statement->n_params, "subtype_opclass"));

    if (collation.name)
        range->range_collation =
            catalog_find_collation(ddl->catalog, collation.schema, collation.name);
    if (class.name)
        vec_push(
            ddl->arena, &range->clauses,
            (struct clause){.name = "SUBTYPE_OPCLASS", .text = qualified_text(ddl->arena, class)});
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        const PgQuery__DefElem *item =
            definition_find(statement->params, statement->n_params, functions[i][0]);
        if (item)
            vec_push(ddl->arena, &range->clauses,
                     (struct clause){.name = functions[i][1],
                                     .kind = CLAUSE_IS_FUNCTION,
                                     .object = function_called(ddl, definition_name(ddl, item),
                                                               ddl_span(ddl, item->location))});
    }
}

void ddl_create_range(struct ddl *ddl, const PgQuery__CreateRangeStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->type_name, statement->n_type_name);
    struct qualified_name multirange = definition_name(
        ddl, definition_find(statement->params, statement->n_params, "multirange_type_name"));
    span at = name_span(ddl, name);
    struct type range = {.name = name.name, .defined_at = at};
    oid multirange_namespace = 0;

    range.namespace_oid = namespace_for_creation(ddl, name.schema, at);
    drop_shell(ddl, range.namespace_oid, range.name);
    type_name_check_free(ddl, range.namespace_oid, range.name, at);
    range.range_subtype =
        definition_type(ddl, definition_find(statement->params, statement->n_params, "subtype"));
    if (!range.range_subtype)
        ddl_fail(ddl, "42601", at, "type attribute \"subtype\" is required");
    if (multirange.name) {
        span place = name_span(ddl, multirange);
        multirange_namespace = namespace_for_creation(ddl, multirange.schema, place);
        type_name_check_free(ddl, multirange_namespace, multirange.name, place);
    }
    set_range_options(ddl, statement, &range);
    catalog_add_range_type(ddl->catalog, &range, multirange_namespace, multirange.name);
}

/* --- Base types ------------------------------------------------------------------------------- */

static const PgQuery__DefElem *option(const PgQuery__DefineStmt *statement, const char *name)
{
    return definition_find(statement->definition, statement->n_definition, name);
}

static void create_shell(struct ddl *ddl, struct type *shell, span at)
{
    type_name_check_free(ddl, shell->namespace_oid, shell->name, at);
    shell->typtype = 'p';
    shell->category = 'P';
    shell->len = 4;
    shell->is_shell = true;
    catalog_add_type(ddl->catalog, shell);
}

static oid function_named(struct ddl *ddl, const PgQuery__DefElem *item)
{
    struct qualified_name name = definition_name(ddl, item);
    struct function_list list;

    if (!name.name)
        return 0;
    list = catalog_find_functions(ddl->catalog, ddl->arena, name.schema, name.name);
    return list.n > 0 ? list.items[0]->oid : 0;
}

static int16_t length_of(struct ddl *ddl, const PgQuery__DefElem *item)
{
    const char *text = definition_string(ddl, item);
    long value = text ? strtol(text, NULL, 10) : -1;

    return (int16_t)(value > 0 && value < INT16_MAX ? value : -1);
}

static bool is_collatable(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                          const struct type *like)
{
    const PgQuery__DefElem *item = option(statement, "collatable");

    return item ? definition_bool(ddl, item) : like && like->collation != 0;
}

static void set_base_options(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                             struct type *type)
{
    const PgQuery__DefElem *like_option = option(statement, "like");
    oid like_oid = definition_type(ddl, like_option);
    const struct type *like = like_oid ? catalog_get_type(ddl->catalog, like_oid) : NULL;
    const char *category = definition_string(ddl, option(statement, "category"));
    const struct type *text = catalog_find_type(ddl->catalog, "pg_catalog", "text");

    type->typtype = 'b';
    type->is_shell = false;
    type->category = category && *category ? *category : 'U';
    type->is_preferred = definition_bool(ddl, option(statement, "preferred"));
    type->len = like ? like->len : -1;
    if (option(statement, "internallength"))
        type->len = length_of(ddl, option(statement, "internallength"));
    type->elem = definition_type(ddl, option(statement, "element"));
    type->subscript = function_named(ddl, option(statement, "subscript"));
    type->collation = is_collatable(ddl, statement, like) && text ? text->collation : 0;
}

struct base_option {
    const char *name, *clause;
    enum { OF_FUNCTION, OF_WORD, OF_LITERAL, OF_TYPE, OF_FLAG } of;
};

static const struct base_option base_options[] = {
    {"input", "INPUT", OF_FUNCTION},
    {"output", "OUTPUT", OF_FUNCTION},
    {"receive", "RECEIVE", OF_FUNCTION},
    {"send", "SEND", OF_FUNCTION},
    {"typmod_in", "TYPMOD_IN", OF_FUNCTION},
    {"typmod_out", "TYPMOD_OUT", OF_FUNCTION},
    {"analyze", "ANALYZE", OF_FUNCTION},
    {"subscript", "SUBSCRIPT", OF_FUNCTION},
    {"internallength", "INTERNALLENGTH", OF_WORD},
    {"passedbyvalue", "PASSEDBYVALUE", OF_FLAG},
    {"alignment", "ALIGNMENT", OF_WORD},
    {"storage", "STORAGE", OF_WORD},
    {"like", "LIKE", OF_TYPE},
    {"category", "CATEGORY", OF_LITERAL},
    {"preferred", "PREFERRED", OF_WORD},
    {"default", "DEFAULT", OF_LITERAL},
    {"element", "ELEMENT", OF_TYPE},
    {"delimiter", "DELIMITER", OF_LITERAL},
    {"collatable", "COLLATABLE", OF_WORD},
};

static struct clause base_clause(struct ddl *ddl, const struct base_option *option,
                                 const PgQuery__DefElem *item)
{
    struct clause clause = {.name = option->clause};
    const char *text = definition_string(ddl, item);

    switch (option->of) {
    case OF_FUNCTION:
        clause.kind = CLAUSE_IS_FUNCTION;
        clause.object =
            function_called(ddl, definition_name(ddl, item), ddl_span(ddl, item->location));
        break;
    case OF_TYPE:
        clause.kind = CLAUSE_IS_TYPE;
        clause.object = definition_type(ddl, item);
        break;
    case OF_LITERAL:
        clause.text = catalog_quote_literal(ddl->arena, text ? text : "");
        break;
    case OF_WORD:
        clause.text = text ? text : "true";
        break;
    default:
        break;
    }
    return clause;
}

static void set_base_clauses(struct ddl *ddl, PgQuery__Node **items, size_t n, struct type *type)
{
    for (size_t i = 0; i < sizeof base_options / sizeof *base_options; i++) {
        const PgQuery__DefElem *item = definition_find(items, n, base_options[i].name);
        size_t at = 0;
        if (!item)
            continue;
        while (at < type->clauses.n &&
               strcmp(type->clauses.items[at].name, base_options[i].clause) != 0)
            at++;
        if (at == type->clauses.n)
            vec_push(ddl->arena, &type->clauses, (struct clause){0});
        type->clauses.items[at] = base_clause(ddl, &base_options[i], item);
    }
}

/* ALTER TYPE … SET (…). */
void ddl_alter_type(struct ddl *ddl, const PgQuery__AlterTypeStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->type_name, statement->n_type_name);
    span at = name_span(ddl, name);
    struct type *type = type_edit(ddl, type_get(ddl, name, at), at);

    if (type->typtype != 'b')
        ddl_fail(ddl, "42809", at, "%s is not a base type", ddl_type_text(ddl, type->oid));
    set_base_clauses(ddl, statement->options, statement->n_options, type);
}

/* A shell becomes the type in place: functions refer to its OID. */
static void complete_shell(struct ddl *ddl, const struct type *shell,
                           const PgQuery__DefineStmt *statement, span at)
{
    struct type draft = *shell;

    set_base_options(ddl, statement, &draft);
    draft.input = definition_name(ddl, option(statement, "input")).name;
    draft.has_typmod = option(statement, "typmod_in") != NULL;
    if (ddl->session->depth == 0)
        set_base_clauses(ddl, statement->definition, statement->n_definition, &draft);
    draft.defined_at = at;
    catalog_drop_type(ddl->catalog, shell->oid);
    catalog_add_type_with_array(ddl->catalog, &draft);
}

/* The input function may also take the element's OID and the typmod. */
static void check_io_functions(struct ddl *ddl, const PgQuery__DefineStmt *statement, oid type,
                               span at)
{
    const oid text = catalog_find_type(ddl->catalog, "pg_catalog", "cstring")->oid;
    const oid id = catalog_find_type(ddl->catalog, "pg_catalog", "oid")->oid;
    const oid integer = catalog_find_type(ddl->catalog, "pg_catalog", "int4")->oid;
    const oid inputs[] = {text, id, integer};
    struct qualified_name name = definition_name(ddl, option(statement, "input"));
    struct function_list list =
        catalog_find_functions(ddl->catalog, ddl->arena, name.schema, name.name);
    bool found = false;

    for (size_t i = 0; i < list.n; i++)
        found |= same_arguments(list.items[i], inputs, 3);
    if (!found)
        support_function_get(ddl, name, inputs, 1, at);
    support_function_get(ddl, definition_name(ddl, option(statement, "output")), &type, 1, at);
}

void ddl_create_base_type(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->defnames, statement->n_defnames);
    span at = name_span(ddl, name);
    struct type shell = {.name = name.name, .typmod = -1, .defined_at = at};
    const struct type *old;

    shell.namespace_oid = namespace_for_creation(ddl, name.schema, at);
    if (statement->n_definition == 0) {
        create_shell(ddl, &shell, at);
        return;
    }
    old = type_find_in(ddl, shell.namespace_oid, shell.name);
    if (old && !old->is_shell)
        type_name_check_free(ddl, shell.namespace_oid, shell.name, at);
    if (!old)
        ddl_fail_hint(ddl, "42710", at,
                      "create the type as a shell type, then create its I/O functions, then do a "
                      "full CREATE TYPE",
                      "type \"%s\" does not exist", name.name);
    if (!option(statement, "input"))
        ddl_fail(ddl, "42P17", at, "type input function must be specified");
    if (!option(statement, "output"))
        ddl_fail(ddl, "42P17", at, "type output function must be specified");
    check_io_functions(ddl, statement, old->oid, at);
    complete_shell(ddl, old, statement, at);
}
