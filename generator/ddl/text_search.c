/* Text search parsers, templates and dictionaries. Those of the server are known by
 * name at most, and written as they were.
 */
#include <string.h>

#include "ddl/named_function.h"
#include "ddl/object.h"
#include "ddl/statements.h"
#include "ddl/text_search.h"

struct other_object text_search_draft(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                                      enum other_class class)
{
    struct qualified_name name = name_from_list(ddl, statement->defnames, statement->n_defnames);

    return (struct other_object){.class = class,
                                 .namespace_oid =
                                     namespace_for_creation(ddl, name.schema, name_span(ddl, name)),
                                 .name = name.name};
}

span text_search_place(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    return name_span(ddl, name_from_list(ddl, statement->defnames, statement->n_defnames));
}

/* The parameters are spelt in small letters. */
static void check_parameters(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                             enum other_class class, const char *const *names)
{
    for (size_t i = 0; i < statement->n_definition; i++) {
        const PgQuery__DefElem *item = statement->definition[i]->def_elem;
        if (!name_is_one_of(item->defname, names))
            ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                     "%s parameter \"%s\" not recognized", other_word(class), item->defname);
    }
}

static void check_required(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                           enum other_class class, const char *const *names)
{
    for (; *names; names++) {
        const bool is_optional = strcmp(*names, "headline") == 0 || strcmp(*names, "init") == 0;
        if (!is_optional &&
            !definition_find(statement->definition, statement->n_definition, *names))
            ddl_fail(ddl, "42P17", text_search_place(ddl, statement), "%s %s method is required",
                     other_word(class), *names);
    }
}

static void create_of_functions(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                                enum other_class class, const char *const *names)
{
    struct other_object draft = text_search_draft(ddl, statement, class);

    check_parameters(ddl, statement, class, names);
    check_required(ddl, statement, class, names);
    for (; *names; names++) {
        const PgQuery__DefElem *item =
            definition_find(statement->definition, statement->n_definition, *names);
        if (item)
            clause_add(ddl, &draft.clauses,
                       (struct clause){.name = name_capitals(ddl->arena, *names),
                                       .kind = CLAUSE_IS_FUNCTION,
                                       .object = function_called(ddl, definition_name(ddl, item),
                                                                 ddl_span(ddl, item->location))});
    }
    other_create(ddl, draft, text_search_place(ddl, statement));
}

/* Another object of text search, which may be the server's. */
struct clause text_search_reference(struct ddl *ddl, const char *clause, enum other_class class,
                                    struct qualified_name name)
{
    const struct other_object *other = other_search(ddl, class, name, NULL);

    if (other)
        return (struct clause){.name = clause, .kind = CLAUSE_IS_OTHER, .object = other->oid};
    return (struct clause){.name = clause, .text = catalog_quote_identifier(ddl->arena, name.name)};
}

/* --- Dictionaries ------------------------------------------------------------------------------
 */

static const char *dictionary_option(struct ddl *ddl, const PgQuery__DefElem *item)
{
    return catalog_quote_literal(ddl->arena, definition_string(ddl, item));
}

static void create_dictionary(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    struct other_object draft = text_search_draft(ddl, statement, OTHER_TS_DICTIONARY);

    for (size_t i = 0; i < statement->n_definition; i++) {
        const PgQuery__DefElem *item = statement->definition[i]->def_elem;
        if (strcmp(item->defname, "template") == 0)
            clause_put(ddl, &draft.clauses,
                       text_search_reference(ddl, "TEMPLATE", OTHER_TS_TEMPLATE,
                                             definition_name(ddl, item)));
        else
            clause_set_text(ddl, &draft.clauses,
                            catalog_quote_identifier(ddl->arena, item->defname),
                            dictionary_option(ddl, item));
    }
    if (!clause_find(&draft.clauses, "TEMPLATE"))
        ddl_fail(ddl, "42P17", text_search_place(ddl, statement),
                 "text search template is required");
    other_create(ddl, draft, text_search_place(ddl, statement));
    catalog_add_text_search_dictionary(ddl->catalog, draft.name);
}

void ddl_alter_ts_dictionary(struct ddl *ddl, const PgQuery__AlterTSDictionaryStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->dictname, statement->n_dictname);
    struct other_object *dictionary = other_search(ddl, OTHER_TS_DICTIONARY, name, NULL);

    if (!dictionary && !catalog_knows_text_search_dictionary(ddl->catalog, name.schema, name.name))
        ddl_fail(ddl, "42704", name_span(ddl, name), "text search dictionary \"%s\" does not exist",
                 qualified_text(ddl->arena, name));
    for (size_t i = 0; dictionary && i < statement->n_options; i++) {
        const PgQuery__DefElem *item = statement->options[i]->def_elem;
        const char *option = catalog_quote_identifier(ddl->arena, item->defname);
        clause_remove(&dictionary->clauses, option);
        if (item->arg)
            clause_set_text(ddl, &dictionary->clauses, option, dictionary_option(ddl, item));
    }
}

void ddl_create_text_search(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    static const char *const of_parser[] = {"start",    "gettoken", "end",
                                            "headline", "lextypes", NULL};
    static const char *const of_template[] = {"init", "lexize", NULL};

    switch (statement->kind) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER:
        create_of_functions(ddl, statement, OTHER_TS_PARSER, of_parser);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE:
        create_of_functions(ddl, statement, OTHER_TS_TEMPLATE, of_template);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY:
        create_dictionary(ddl, statement);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION:
        text_search_create_configuration(ddl, statement);
        break;
    default:
        break;
    }
}
