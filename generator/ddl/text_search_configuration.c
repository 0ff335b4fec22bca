/* Text search configurations: a parser, and for each type of token the dictionaries that are asked
 * in turn. A mapping is a clause for each of them, "MAPPING FOR word", all of one name in a row.
 */
#include <string.h>

#include "ddl/object.h"
#include "ddl/statements.h"
#include "ddl/text_search.h"

static const char *mapping_name(struct ddl *ddl, const char *token)
{
    return arena_printf(ddl->arena, "MAPPING FOR %s", token);
}

static bool is_mapping(const struct clause *clause)
{
    return strncmp(clause->name, "MAPPING FOR ", strlen("MAPPING FOR ")) == 0;
}

/* --- Those of the server ---------------------------------------------------------------------- */

/* The dictionary that the configuration of a language asks for its words; the server makes all of
 * them in one way (snowball_create.sql). */
static const char *builtin_stemmer(struct ddl *ddl, const char *language)
{
    return strcmp(language, "simple") == 0 ? "simple"
                                           : arena_printf(ddl->arena, "%s_stem", language);
}

/* Words of ASCII alone are English where the language is written in other letters and the server
 * says so. */
static const char *builtin_ascii_stemmer(struct ddl *ddl, const char *language)
{
    const bool is_english = strcmp(language, "russian") == 0 || strcmp(language, "hindi") == 0;

    return builtin_stemmer(ddl, is_english ? "english" : language);
}

static void add_builtin(struct ddl *ddl, struct other_object *draft, const char *token,
                        const char *dictionary)
{
    clause_add(ddl, &draft->clauses,
               (struct clause){.name = mapping_name(ddl, token), .text = dictionary});
}

static void copy_builtin(struct ddl *ddl, const char *language, struct other_object *draft)
{
    static const char *const plain[] = {"email", "file",     "float",   "host",   "hword_numpart",
                                        "int",   "numhword", "numword", "sfloat", "uint",
                                        "url",   "url_path", "version"};
    static const char *const ascii[] = {"asciihword", "asciiword", "hword_asciipart"};
    static const char *const words[] = {"hword", "hword_part", "word"};

    clause_add(ddl, &draft->clauses, (struct clause){.name = "PARSER", .text = "\"default\""});
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        add_builtin(ddl, draft, plain[i], "simple");
    for (size_t i = 0; i < sizeof ascii / sizeof *ascii; i++)
        add_builtin(ddl, draft, ascii[i], builtin_ascii_stemmer(ddl, language));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        add_builtin(ddl, draft, words[i], builtin_stemmer(ddl, language));
}

/* --- CREATE ----------------------------------------------------------------------------------- */

static void copy_mappings(struct ddl *ddl, const PgQuery__DefElem *item, struct other_object *draft)
{
    struct qualified_name name = definition_name(ddl, item);
    const struct other_object *source = other_search(ddl, OTHER_TS_CONFIGURATION, name, NULL);

    for (size_t i = 0; source && i < source->clauses.n; i++)
        clause_add(ddl, &draft->clauses, source->clauses.items[i]);
    if (source)
        return;
    if (catalog_knows_text_search_config(ddl->catalog, name.schema, name.name)) {
        copy_builtin(ddl, name.name, draft);
        return;
    }
    if (!catalog_is_incomplete(ddl->catalog))
        ddl_fail(ddl, "42704", ddl_span(ddl, item->location),
                 "text search configuration \"%s\" does not exist",
                 qualified_text(ddl->arena, name));
    clause_set_text(ddl, &draft->clauses, "COPY", catalog_quote_identifier(ddl->arena, name.name));
}

void text_search_create_configuration(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    struct other_object draft = text_search_draft(ddl, statement, OTHER_TS_CONFIGURATION);
    const PgQuery__DefElem *parser =
        definition_find(statement->definition, statement->n_definition, "parser");
    const PgQuery__DefElem *copy =
        definition_find(statement->definition, statement->n_definition, "copy");

    if (copy)
        copy_mappings(ddl, copy, &draft);
    else if (parser)
        clause_add(
            ddl, &draft.clauses,
            text_search_reference(ddl, "PARSER", OTHER_TS_PARSER, definition_name(ddl, parser)));
    else
        ddl_fail(ddl, "42P17", text_search_place(ddl, statement), "text search parser is required");
    other_create(ddl, draft, text_search_place(ddl, statement));
    catalog_add_text_search_config(ddl->catalog, draft.name);
}

/* --- ALTER … MAPPING -------------------------------------------------------------------------- */

static struct clause dictionary_clause(struct ddl *ddl, const char *mapping,
                                       const PgQuery__Node *node)
{
    return text_search_reference(ddl, mapping, OTHER_TS_DICTIONARY, name_from_node(ddl, node));
}

static bool is_same(const struct clause *a, const struct clause *b)
{
    return a->kind == b->kind && a->object == b->object &&
           (a->kind == CLAUSE_IS_OTHER || strcmp(a->text, b->text) == 0);
}

static bool is_meant(const struct clause *clause,
                     const PgQuery__AlterTSConfigurationStmt *statement)
{
    for (size_t i = 0; i < statement->n_tokentype; i++)
        if (strcmp(clause->name + strlen("MAPPING FOR "), raw_string(statement->tokentype[i])) == 0)
            return true;
    return statement->n_tokentype == 0;
}

static void replace_dictionary(struct ddl *ddl, struct other_object *configuration,
                               const PgQuery__AlterTSConfigurationStmt *statement)
{
    const struct clause old = dictionary_clause(ddl, "", statement->dicts[0]);
    const struct clause new = dictionary_clause(ddl, "", statement->dicts[1]);

    for (size_t i = 0; i < configuration->clauses.n; i++) {
        struct clause *clause = &configuration->clauses.items[i];
        const char *name = clause->name;
        if (!is_mapping(clause) || !is_meant(clause, statement) || !is_same(clause, &old))
            continue;
        *clause = new;
        clause->name = name;
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
        "uint",      "entity",        NULL};
    const struct clause *parser = clause_find(&configuration->clauses, "PARSER");

    if (parser && (!parser->text || strcmp(parser->text, "\"default\"") != 0))
        return;
    if (!name_is_one_of(token, known))
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
                           const PgQuery__AlterTSConfigurationStmt *statement, const char *token)
{
    const char *name = mapping_name(ddl, token);
    const bool is_there = clause_find(&configuration->clauses, name) != NULL;

    if (statement->kind == PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_ADD_MAPPING && is_there)
        ddl_fail(ddl, "23505", ddl_name_span(ddl, -1, token),
                 "mapping for token type \"%s\" already exists", token);
    if (statement->kind == PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_DROP_MAPPING &&
        !is_there && !statement->missing_ok)
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, token),
                 "mapping for token type \"%s\" does not exist", token);
    clause_remove(&configuration->clauses, name);
    for (size_t i = 0; i < statement->n_dicts; i++)
        clause_add(ddl, &configuration->clauses, dictionary_clause(ddl, name, statement->dicts[i]));
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
            change_mapping(ddl, configuration, statement, raw_string(statement->tokentype[i]));
}
