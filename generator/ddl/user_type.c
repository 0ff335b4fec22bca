/* CREATE TYPE of composites and ranges (manual, CREATE TYPE). */
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
