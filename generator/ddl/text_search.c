/* Text search parsers, templates, dictionaries and configurations. Those of the server are known by
 * name at most, and written as they were.
 */
#include <string.h>

#include "ddl/named_function.h"
#include "ddl/object.h"
#include "ddl/statements.h"

static struct other_object draft_of(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                                    enum other_class class)
{
    struct qualified_name name = name_from_list(ddl, statement->defnames, statement->n_defnames);

    return (struct other_object){.class = class,
                                 .namespace_oid =
                                     namespace_for_creation(ddl, name.schema, name_span(ddl, name)),
                                 .name = name.name};
}

static span place_of(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    return name_span(ddl, name_from_list(ddl, statement->defnames, statement->n_defnames));
}

/* The parameters are spelt in small letters. */
static void check_parameters(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                             enum other_class class, const char *const *names)
{
    for (size_t i = 0; i < statement->n_definition; i++) {
        const PgQuery__DefElem *item = statement->definition[i]->def_elem;
        size_t k = 0;
        while (names[k] && strcmp(names[k], item->defname) != 0)
            k++;
        if (!names[k])
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
            ddl_fail(ddl, "42P17", place_of(ddl, statement), "%s %s method is required",
                     other_word(class), *names);
    }
}

static void create_of_functions(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                                enum other_class class, const char *const *names)
{
    struct other_object draft = draft_of(ddl, statement, class);

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
    other_create(ddl, draft, place_of(ddl, statement));
}

/* Another object of text search, which may be the server's. */
static struct clause reference(struct ddl *ddl, const char *clause, enum other_class class,
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
    struct other_object draft = draft_of(ddl, statement, OTHER_TS_DICTIONARY);

    for (size_t i = 0; i < statement->n_definition; i++) {
        const PgQuery__DefElem *item = statement->definition[i]->def_elem;
        if (strcmp(item->defname, "template") == 0)
            clause_put(ddl, &draft.clauses,
                       reference(ddl, "TEMPLATE", OTHER_TS_TEMPLATE, definition_name(ddl, item)));
        else
            clause_set_text(ddl, &draft.clauses,
                            catalog_quote_identifier(ddl->arena, item->defname),
                            dictionary_option(ddl, item));
    }
    if (!clause_find(&draft.clauses, "TEMPLATE"))
        ddl_fail(ddl, "42P17", place_of(ddl, statement), "text search template is required");
    other_create(ddl, draft, place_of(ddl, statement));
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

/* --- Configurations ----------------------------------------------------------------------------
 */

static void copy_mappings(struct ddl *ddl, const PgQuery__DefElem *item, struct other_object *draft)
{
    struct qualified_name name = definition_name(ddl, item);
    const struct other_object *source = other_search(ddl, OTHER_TS_CONFIGURATION, name, NULL);

    for (size_t i = 0; source && i < source->clauses.n; i++)
        clause_add(ddl, &draft->clauses, source->clauses.items[i]);
    if (!source)
        clause_set_text(ddl, &draft->clauses, "COPY",
                        catalog_quote_identifier(ddl->arena, name.name));
}

static void create_configuration(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    struct other_object draft = draft_of(ddl, statement, OTHER_TS_CONFIGURATION);
    const PgQuery__DefElem *parser =
        definition_find(statement->definition, statement->n_definition, "parser");
    const PgQuery__DefElem *copy =
        definition_find(statement->definition, statement->n_definition, "copy");

    if (copy)
        copy_mappings(ddl, copy, &draft);
    else if (parser)
        clause_add(ddl, &draft.clauses,
                   reference(ddl, "PARSER", OTHER_TS_PARSER, definition_name(ddl, parser)));
    else
        ddl_fail(ddl, "42P17", place_of(ddl, statement), "text search parser is required");
    other_create(ddl, draft, place_of(ddl, statement));
    catalog_add_text_search_config(ddl->catalog, draft.name);
}

static const char *dictionary_name(struct ddl *ddl, const PgQuery__Node *node)
{
    struct qualified_name name = name_from_node(ddl, node);
    const struct other_object *found = other_search(ddl, OTHER_TS_DICTIONARY, name, NULL);

    if (!found)
        return catalog_quote_identifier(ddl->arena, name.name);
    return arena_printf(
        ddl->arena, "%s.%s",
        catalog_quote_identifier(ddl->arena, namespace_name(ddl, found->namespace_oid)),
        catalog_quote_identifier(ddl->arena, found->name));
}

static const char *dictionaries_text(struct ddl *ddl,
                                     const PgQuery__AlterTSConfigurationStmt *statement)
{
    struct buf text = buf_in(ddl->arena);

    for (size_t i = 0; i < statement->n_dicts; i++)
        buf_addf(&text, "%s%s", i ? ", " : "", dictionary_name(ddl, statement->dicts[i]));
    return buf_text(&text);
}

static const char *mapping_name(struct ddl *ddl, const PgQuery__Node *token)
{
    return arena_printf(ddl->arena, "MAPPING FOR %s", raw_string(token));
}

/* Puts another dictionary in the place of one, in a list. */
static const char *replaced(struct ddl *ddl, const char *list, const char *old, const char *new)
{
    struct buf text = buf_in(ddl->arena);

    while (*list) {
        const char *end = strstr(list, ", ");
        size_t len = end ? (size_t)(end - list) : strlen(list);
        if (len == strlen(old) && strncmp(list, old, len) == 0)
            buf_adds(&text, new);
        else
            buf_addf(&text, "%.*s", (int)len, list);
        list += len;
        if (end) {
            buf_adds(&text, ", ");
            list += 2;
        }
    }
    return buf_text(&text);
}

static void replace_dictionary(struct ddl *ddl, struct other_object *configuration,
                               const PgQuery__AlterTSConfigurationStmt *statement)
{
    const char *old = dictionary_name(ddl, statement->dicts[0]);
    const char *new = dictionary_name(ddl, statement->dicts[1]);

    for (size_t i = 0; i < configuration->clauses.n; i++) {
        struct clause *clause = &configuration->clauses.items[i];
        bool is_meant = strncmp(clause->name, "MAPPING", 7) == 0 && statement->n_tokentype == 0;
        for (size_t k = 0; k < statement->n_tokentype; k++)
            is_meant |= strcmp(clause->name, mapping_name(ddl, statement->tokentype[k])) == 0;
        if (is_meant)
            clause->text = replaced(ddl, clause->text, old, new);
    }
}

/* Those of the server's parser; of another one they are not known. */
static void check_token(struct ddl *ddl, const struct other_object *configuration,
                        const char *token)
{
    static const char *const known[] = {
        "asciiword", "word",          "numword",    "email",           "url",   "host",  "sfloat",
        "version",   "hword_numpart", "hword_part", "hword_asciipart", "blank", "tag",   "protocol",
        "numhword",  "asciihword",    "hword",      "url_path",        "file",  "float", "int",
        "uint",      "entity"};
    const struct clause *parser = clause_find(&configuration->clauses, "PARSER");

    if (parser && (!parser->text || strcmp(parser->text, "\"default\"") != 0))
        return;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], token) == 0)
            return;
    ddl_fail(ddl, "22023", ddl_name_span(ddl, -1, token), "token type \"%s\" does not exist",
             token);
}

/* A token that was named before counts once. */
static bool is_repeated(const PgQuery__AlterTSConfigurationStmt *statement, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(raw_string(statement->tokentype[i]), raw_string(statement->tokentype[at])) == 0)
            return true;
    return false;
}

static void change_mapping(struct ddl *ddl, struct other_object *configuration,
                           const PgQuery__AlterTSConfigurationStmt *statement,
                           const PgQuery__Node *token)
{
    const char *name = mapping_name(ddl, token);

    switch (statement->kind) {
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_DROP_MAPPING:
        if (!clause_find(&configuration->clauses, name) && !statement->missing_ok &&
            !clause_find(&configuration->clauses, "COPY"))
            ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, raw_string(token)),
                     "mapping for token type \"%s\" does not exist", raw_string(token));
        clause_remove(&configuration->clauses, name);
        break;
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_ADD_MAPPING:
        if (clause_find(&configuration->clauses, name))
            ddl_fail(ddl, "23505", ddl_name_span(ddl, -1, raw_string(token)),
                     "mapping for token type \"%s\" already exists", raw_string(token));
        clause_set_text(ddl, &configuration->clauses, name, dictionaries_text(ddl, statement));
        break;
    default:
        clause_set_text(ddl, &configuration->clauses, name, dictionaries_text(ddl, statement));
    }
}

void ddl_alter_ts_configuration(struct ddl *ddl, const PgQuery__AlterTSConfigurationStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->cfgname, statement->n_cfgname);
    struct other_object *configuration = other_search(ddl, OTHER_TS_CONFIGURATION, name, NULL);

    if (!configuration && !catalog_knows_text_search_config(ddl->catalog, name.schema, name.name))
        ddl_fail(ddl, "42704", name_span(ddl, name),
                 "text search configuration \"%s\" does not exist",
                 qualified_text(ddl->arena, name));
    if (!configuration)
        return;
    if (statement->replace) {
        replace_dictionary(ddl, configuration, statement);
        return;
    }
    for (size_t i = 0; i < statement->n_tokentype; i++)
        check_token(ddl, configuration, raw_string(statement->tokentype[i]));
    for (size_t i = 0; i < statement->n_tokentype; i++)
        if (!is_repeated(statement, i))
            change_mapping(ddl, configuration, statement, statement->tokentype[i]);
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
        create_configuration(ddl, statement);
        break;
    default:
        break;
    }
}
