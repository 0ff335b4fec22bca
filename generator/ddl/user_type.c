/* CREATE TYPE of composites and ranges (manual, CREATE TYPE). */
#include <string.h>

#include "ddl/object.h"
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

static const PgQuery__DefElem *parameter(const PgQuery__CreateRangeStmt *statement,
                                         const char *name)
{
    return definition_find(statement->params, statement->n_params, name);
}

static void check_parameters(struct ddl *ddl, const PgQuery__CreateRangeStmt *statement)
{
    static const char *const known[] = {"subtype",   "subtype_opclass", "collation",
                                        "canonical", "subtype_diff",    "multirange_type_name",
                                        NULL};

    for (size_t i = 0; i < statement->n_params; i++) {
        const PgQuery__DefElem *item = statement->params[i]->def_elem;
        if (!name_is_one_of(item->defname, known))
            ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                     "type attribute \"%s\" not recognized", item->defname);
        definition_check_once(ddl, statement->params, statement->n_params, item);
    }
}

static oid subtype_of(struct ddl *ddl, const PgQuery__CreateRangeStmt *statement, span at)
{
    const PgQuery__DefElem *item = parameter(statement, "subtype");
    oid type = definition_type(ddl, item);

    if (!type)
        ddl_fail(ddl, "42601", at, "type attribute \"subtype\" is required");
    if (catalog_get_type(ddl->catalog, type)->typtype == 'p')
        ddl_fail(ddl, "42804", ddl_span(ddl, item->location), "range subtype cannot be %s",
                 ddl_type_text(ddl, type));
    return type;
}

/* The default operator class is no news. */
static void set_class(struct ddl *ddl, const PgQuery__CreateRangeStmt *statement,
                      struct type *range, span at)
{
    const PgQuery__DefElem *item = parameter(statement, "subtype_opclass");
    struct qualified_name class = definition_name(ddl, item);
    const struct operator_class *found;

    if (!item) {
        range->range_class = operator_class_get(ddl, NULL, 0, "btree", range->range_subtype, at);
        return;
    }
    found = operator_class_named(ddl, class, "btree", false);
    operator_class_check(ddl, found, range->range_subtype, ddl_span(ddl, item->location));
    range->range_class = found;
}

/* Of a collation, the type's own is no news. */
static void set_collation(struct ddl *ddl, const PgQuery__CreateRangeStmt *statement,
                          struct type *range)
{
    const PgQuery__DefElem *item = parameter(statement, "collation");
    struct qualified_name name = definition_name(ddl, item);

    if (!item)
        return;
    if (!catalog_get_type(ddl->catalog, range->range_subtype)->collation)
        ddl_fail(ddl, "42809", ddl_span(ddl, item->location),
                 "range collation specified but subtype does not support collation");
    range->range_collation = catalog_find_collation(ddl->catalog, name.schema, name.name);
    if (!range->range_collation)
        ddl_fail(ddl, "42704", ddl_span(ddl, item->location),
                 "collation \"%s\" for encoding \"UTF8\" does not exist",
                 qualified_text(ddl->arena, name));
}

static void set_function(struct ddl *ddl, struct type *range, const PgQuery__DefElem *item,
                         const oid *types, size_t n, oid result)
{
    span at = ddl_span(ddl, item->location);
    struct qualified_name name = definition_name(ddl, item);
    const struct function *function = exact_function_get(ddl, name, types, n, at);

    if (function->return_type != result)
        ddl_fail(ddl, "42P17", at, "range function %s must return type %s", name.name,
                 ddl_type_text(ddl, result));
    if (function->volatility != 'i')
        ddl_fail(ddl, "42P17", at, "range function %s must be immutable", name.name);
    vec_push(ddl->arena, &range->clauses,
             (struct clause){.name = name_capitals(ddl->arena, item->defname),
                             .kind = CLAUSE_IS_FUNCTION,
                             .object = function->oid});
}

/* `shell` is the type that was declared before, which the functions are of; 0: none. */
static void set_functions(struct ddl *ddl, const PgQuery__CreateRangeStmt *statement,
                          struct type *range, oid shell)
{
    const PgQuery__DefElem *canonical = parameter(statement, "canonical");
    const PgQuery__DefElem *diff = parameter(statement, "subtype_diff");
    const oid subtypes[] = {range->range_subtype, range->range_subtype};

    if (canonical && !shell)
        ddl_fail(ddl, "42P17", ddl_span(ddl, canonical->location),
                 "cannot specify a canonical function without a pre-created shell type");
    if (canonical)
        set_function(ddl, range, canonical, &shell, 1, shell);
    if (diff)
        set_function(ddl, range, diff, subtypes, 2, FLOAT8OID);
}

void ddl_create_range(struct ddl *ddl, const PgQuery__CreateRangeStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->type_name, statement->n_type_name);
    struct qualified_name multirange = definition_name(
        ddl, definition_find(statement->params, statement->n_params, "multirange_type_name"));
    span at = name_span(ddl, name);
    struct type range = {.name = name.name, .defined_at = at};
    const struct type *shell;
    oid multirange_namespace = 0;

    range.namespace_oid = namespace_for_creation(ddl, name.schema, at);
    shell = type_find_in(ddl, range.namespace_oid, range.name);
    shell = shell && shell->is_shell ? shell : NULL;
    if (!shell)
        type_name_check_free(ddl, range.namespace_oid, range.name, at);
    check_parameters(ddl, statement);
    range.range_subtype = subtype_of(ddl, statement, at);
    set_class(ddl, statement, &range, at);
    set_collation(ddl, statement, &range);
    set_functions(ddl, statement, &range, shell ? shell->oid : 0);
    if (shell) { /* functions refer to its OID */
        range.oid = shell->oid;
        catalog_drop_type(ddl->catalog, shell->oid);
    }
    if (multirange.name) {
        span place = name_span(ddl, multirange);
        multirange_namespace = namespace_for_creation(ddl, multirange.schema, place);
        type_name_check_free(ddl, multirange_namespace, multirange.name, place);
    }
    catalog_add_range_type(ddl->catalog, &range, multirange_namespace, multirange.name);
}
