/* CREATE COLLATION and the statements that share DefineStmt. */
#include <string.h>

#include "ddl/object.h"
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

/* COLLATION and ICU's locale; FROM takes those of another one. */
static void set_locale(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                       struct other_object *collation)
{
    static const struct {
        const char *option, *name;
    } texts[] = {{"locale", "LOCALE"}, {"lc_collate", "LC_COLLATE"}, {"lc_ctype", "LC_CTYPE"}};
    const PgQuery__DefElem *deterministic =
        definition_find(statement->definition, statement->n_definition, "deterministic");
    const char *provider = definition_string(
        ddl, definition_find(statement->definition, statement->n_definition, "provider"));

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *value = definition_string(
            ddl, definition_find(statement->definition, statement->n_definition, texts[i].option));
        if (value)
            clause_set_text(ddl, &collation->clauses, texts[i].name,
                            catalog_quote_literal(ddl->arena, value));
    }
    if (provider && strcmp(provider, "libc") != 0)
        clause_set_text(ddl, &collation->clauses, "PROVIDER", provider);
    if (deterministic && !definition_bool(ddl, deterministic))
        clause_set_text(ddl, &collation->clauses, "DETERMINISTIC", "false");
}

static void copy_locale(struct ddl *ddl, const PgQuery__DefElem *from,
                        struct other_object *collation)
{
    struct qualified_name name = definition_name(ddl, from);
    oid found = catalog_find_collation(ddl->catalog, name.schema, name.name);
    const struct other_object *other = catalog_get_other(ddl->catalog, found);

    if (!found)
        ddl_fail(ddl, "42704", name_span(ddl, name),
                 "collation \"%s\" for encoding \"UTF8\" does not exist",
                 qualified_text(ddl->arena, name));
    for (size_t i = 0; other && i < other->clauses.n; i++)
        clause_add(ddl, &collation->clauses, other->clauses.items[i]);
    if (!other)
        clause_set_text(ddl, &collation->clauses, "LOCALE",
                        catalog_quote_literal(ddl->arena, name.name));
}

void ddl_create_collation(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->defnames, statement->n_defnames);
    const PgQuery__DefElem *from =
        definition_find(statement->definition, statement->n_definition, "from");
    span at = name_span(ddl, name);
    oid namespace_oid = namespace_for_creation(ddl, name.schema, at);
    struct other_object draft = {
        .class = OTHER_COLLATION, .namespace_oid = namespace_oid, .name = name.name};

    collation_check_definition(ddl, statement, at);
    if (catalog_find_collation(ddl->catalog, namespace_name(ddl, namespace_oid), name.name)) {
        if (statement->if_not_exists)
            return;
        ddl_fail(ddl, "42710", at, "collation \"%s\" already exists", name.name);
    }
    if (from)
        copy_locale(ddl, from, &draft);
    set_locale(ddl, statement, &draft);
    draft.oid = catalog_add_collation(ddl->catalog, namespace_oid, name.name);
    other_create(ddl, draft, at);
}

void ddl_define(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    switch (statement->kind) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        ddl_create_base_type(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        ddl_create_aggregate(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        ddl_create_operator(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION:
        ddl_create_collation(ddl, statement);
        break;
    default:
        ddl_create_text_search(ddl, statement);
        break;
    }
}
