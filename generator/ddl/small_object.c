/* Languages, event triggers, transforms and conversions: each a name with a few
 * functions.
 */
#include <string.h>
#include <strings.h>

#include "ddl/named_function.h"
#include "ddl/signature.h"
#include "ddl/statements.h"

oid function_called(struct ddl *ddl, struct qualified_name name, span at)
{
    struct function_list list =
        catalog_find_functions(ddl->catalog, ddl->arena, name.schema, name.name);

    for (size_t i = 0; i < list.n; i++)
        if (list.items[i]->kind != 'p')
            return list.items[i]->oid;
    ddl_fail(ddl, "42883", at, "function %s() does not exist", qualified_text(ddl->arena, name));
}

/* None when the list of names is empty. */
static void add_function(struct ddl *ddl, struct other_object *other, const char *clause,
                         PgQuery__Node **names, size_t n)
{
    struct qualified_name name;

    if (n == 0)
        return;
    name = name_from_list(ddl, names, n);
    clause_add(ddl, &other->clauses,
               (struct clause){.name = clause,
                               .kind = CLAUSE_IS_FUNCTION,
                               .object = function_called(ddl, name, name_span(ddl, name))});
}

/* --- Languages ---------------------------------------------------------------------------------
 */

/* What is called pl… may have come with an extension that the template of the database has. */
void language_check(struct ddl *ddl, const char *name)
{
    if (ddl->session->depth == 0 && strncmp(name, "pl", 2) != 0 && strcasecmp(name, "c") != 0 &&
        !catalog_find_other(ddl->catalog, OTHER_EXTENSION, 0, name, NULL))
        other_get(ddl, OTHER_LANGUAGE, name);
}

/* Without a handler it is that of the extension of that name. */
void ddl_create_language(struct ddl *ddl, const PgQuery__CreatePLangStmt *statement)
{
    struct other_object draft = {.class = OTHER_LANGUAGE, .name = statement->plname};
    struct other_object *old =
        catalog_find_other(ddl->catalog, OTHER_LANGUAGE, 0, draft.name, NULL);

    if (strcmp(draft.name, "plpgsql") == 0 || statement->n_plhandler == 0)
        return;
    if (statement->pltrusted)
        clause_add(ddl, &draft.clauses, (struct clause){.name = "TRUSTED"});
    add_function(ddl, &draft, "HANDLER", statement->plhandler, statement->n_plhandler);
    add_function(ddl, &draft, "INLINE", statement->plinline, statement->n_plinline);
    add_function(ddl, &draft, "VALIDATOR", statement->plvalidator, statement->n_plvalidator);
    if (old && statement->replace) {
        memcpy(&old->clauses, &draft.clauses, sizeof old->clauses);
        return;
    }
    other_create(ddl, draft, ddl_name_span(ddl, -1, draft.name));
}

/* --- Event triggers ----------------------------------------------------------------------------
 */

static const char *tags_text(struct ddl *ddl, const PgQuery__List *tags)
{
    struct buf text = buf_in(ddl->arena);

    for (size_t i = 0; i < tags->n_items; i++)
        buf_addf(&text, "%s%s", i ? ", " : "TAG IN (",
                 catalog_quote_literal(ddl->arena, raw_string(tags->items[i])));
    buf_addc(&text, ')');
    return buf_text(&text);
}

static void check_filters(struct ddl *ddl, const PgQuery__CreateEventTrigStmt *statement)
{
    for (size_t i = 0; i < statement->n_whenclause; i++) {
        const PgQuery__DefElem *filter = statement->whenclause[i]->def_elem;
        span at = ddl_span(ddl, filter->location);
        if (strcmp(filter->defname, "tag") != 0)
            ddl_fail(ddl, "42601", at, "unrecognized filter variable \"%s\"", filter->defname);
        if (i > 0)
            ddl_fail(ddl, "42601", at, "filter variable \"tag\" specified more than once");
    }
}

/* Only a few commands write a table anew; those on what databases share fire none. */
static void check_tag(struct ddl *ddl, const char *written, bool is_rewrite)
{
    static const char *const rewriting[] = {"ALTER MATERIALIZED VIEW", "ALTER TABLE", "ALTER TYPE"};
    static const char *const shared[] = {"DATABASE", "ROLE", "TABLESPACE", "EVENT TRIGGER"};
    const char *tag = name_capitals(ddl->arena, written);
    span at = ddl_name_span(ddl, -1, written);
    bool is_supported = !is_rewrite;

    for (size_t i = 0; is_rewrite && i < sizeof rewriting / sizeof *rewriting; i++)
        is_supported |= strcmp(tag, rewriting[i]) == 0;
    for (size_t i = 0; !is_rewrite && i < sizeof shared / sizeof *shared; i++) {
        const char *space = strchr(tag, ' ');
        is_supported &= !(space && strcmp(space + 1, shared[i]) == 0);
    }
    if (!is_supported)
        ddl_fail(ddl, "0A000", at, "event triggers are not supported for %s", written);
}

static void check_tags(struct ddl *ddl, const PgQuery__CreateEventTrigStmt *statement)
{
    const bool is_rewrite = strcmp(statement->eventname, "table_rewrite") == 0;

    for (size_t i = 0; i < statement->n_whenclause; i++) {
        const PgQuery__List *tags = statement->whenclause[i]->def_elem->arg->list;
        for (size_t k = 0; k < tags->n_items; k++)
            check_tag(ddl, raw_string(tags->items[k]), is_rewrite);
    }
}

static void set_event_function(struct ddl *ddl, const PgQuery__CreateEventTrigStmt *statement,
                               struct other_object *trigger)
{
    struct qualified_name name = name_from_list(ddl, statement->funcname, statement->n_funcname);
    span at = name_span(ddl, name);
    const struct function *function = exact_function_get(ddl, name, NULL, 0, at);

    if (!is_builtin_type(ddl, function->return_type, "event_trigger"))
        ddl_fail(ddl, "42P17", at, "function %s must return type %s", name.name, "event_trigger");
    clause_add(
        ddl, &trigger->clauses,
        (struct clause){.name = "FUNCTION", .kind = CLAUSE_IS_FUNCTION, .object = function->oid});
}

static void check_event(struct ddl *ddl, const char *event)
{
    static const char *const events[] = {"ddl_command_start", "ddl_command_end", "sql_drop",
                                         "table_rewrite"};

    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (strcmp(events[i], event) == 0)
            return;
    ddl_fail(ddl, "42601", ddl_name_span(ddl, -1, event), "unrecognized event name \"%s\"", event);
}

void ddl_create_event_trigger(struct ddl *ddl, const PgQuery__CreateEventTrigStmt *statement)
{
    struct other_object draft = {.class = OTHER_EVENT_TRIGGER, .name = statement->trigname};

    check_event(ddl, statement->eventname);
    check_filters(ddl, statement);
    check_tags(ddl, statement);
    other_check_free(ddl, &draft, ddl_name_span(ddl, -1, draft.name));
    clause_add(ddl, &draft.clauses, (struct clause){.name = "ON", .text = statement->eventname});
    for (size_t i = 0; i < statement->n_whenclause; i++)
        clause_add(
            ddl, &draft.clauses,
            (struct clause){.name = "WHEN",
                            .text = tags_text(ddl, statement->whenclause[i]->def_elem->arg->list)});
    set_event_function(ddl, statement, &draft);
    other_create(ddl, draft, ddl_name_span(ddl, -1, draft.name));
}

void ddl_alter_event_trigger(struct ddl *ddl, const PgQuery__AlterEventTrigStmt *statement)
{
    struct other_object *trigger = other_get(ddl, OTHER_EVENT_TRIGGER, statement->trigname);

    if (!trigger)
        return;
    clause_remove(&trigger->clauses, "ENABLED");
    if (*statement->tgenabled != 'O')
        clause_set_text(ddl, &trigger->clauses, "ENABLED",
                        *statement->tgenabled == 'D'   ? "DISABLE"
                        : *statement->tgenabled == 'R' ? "ENABLE REPLICA"
                                                       : "ENABLE ALWAYS");
}

/* --- Transforms --------------------------------------------------------------------------------
 */

/* Whether it can be half of a transform: a function of one internal argument. (functioncmds.c,
 * check_transform_function) */
static bool is_half(const struct function *function, oid result)
{
    return function->return_type == result && function->volatility != 'v' &&
           function->kind == 'f' && !function->returns_set && function->n_args == 1 &&
           function->arg_types[0] == INTERNALOID;
}

/* result: the type that the function has to return. */
static void add_half(struct ddl *ddl, struct other_object *transform, const char *clause,
                     const PgQuery__ObjectWithArgs *node, oid result)
{
    const struct function *function = node ? function_lookup(ddl, node, 'f', false) : NULL;

    if (!function)
        return;
    if (!is_half(function, result))
        ddl_fail(ddl, "42P17", ddl_span(ddl, -1),
                 "the %s function of a transform must take internal, return %s and not be volatile",
                 clause, ddl_type_text(ddl, result));
    clause_add(
        ddl, &transform->clauses,
        (struct clause){.name = clause, .kind = CLAUSE_IS_SIGNATURE, .object = function->oid});
}

static struct other_object *transform_find(struct ddl *ddl, oid type, const char *language)
{
    size_t at = 0;

    for (struct other_object *other; (other = catalog_next_other(ddl->catalog, &at));)
        if (other->class == OTHER_TRANSFORM && strcmp(other->detail, language) == 0 &&
            other->clauses.items[0].object == type)
            return other;
    return NULL;
}

void ddl_create_transform(struct ddl *ddl, const PgQuery__CreateTransformStmt *statement)
{
    oid type = type_resolve(ddl, statement->type_name, NULL);
    span at = sql_dotted_span(ddl->sql, statement->type_name->location);
    struct other_object *old = transform_find(ddl, type, statement->lang);
    struct other_object draft = {.class = OTHER_TRANSFORM,
                                 .name = arena_printf(ddl->arena, "%u", (unsigned)type),
                                 .detail = statement->lang};

    clause_add(ddl, &draft.clauses,
               (struct clause){.name = "TYPE", .kind = CLAUSE_IS_TYPE, .object = type});
    language_check(ddl, statement->lang);
    add_half(ddl, &draft, "FROM SQL", statement->fromsql, INTERNALOID);
    add_half(ddl, &draft, "TO SQL", statement->tosql, type);
    if (old && !statement->replace)
        ddl_fail_exists(ddl, "42710", at, draft.name, old->defined_at,
                        "transform for type %s language \"%s\" already exists",
                        ddl_type_text(ddl, type), statement->lang);
    if (old)
        memcpy(&old->clauses, &draft.clauses, sizeof old->clauses);
    else
        other_create(ddl, draft, at);
}

/* --- Conversions -------------------------------------------------------------------------------
 */

/* The encodings of a server (pg_enc2name_tbl), and what else they are called (pg_encname_tbl). */
static const char *const encodings[] = {
    "SQL_ASCII", "EUC_JP",        "EUC_CN",     "EUC_KR",     "EUC_TW",     "EUC_JIS_2004",
    "UTF8",      "MULE_INTERNAL", "LATIN1",     "LATIN2",     "LATIN3",     "LATIN4",
    "LATIN5",    "LATIN6",        "LATIN7",     "LATIN8",     "LATIN9",     "LATIN10",
    "WIN1250",   "WIN1251",       "WIN1252",    "WIN1253",    "WIN1254",    "WIN1255",
    "WIN1256",   "WIN1257",       "WIN1258",    "WIN866",     "WIN874",     "KOI8R",
    "KOI8U",     "ISO_8859_5",    "ISO_8859_6", "ISO_8859_7", "ISO_8859_8", "SJIS",
    "BIG5",      "GBK",           "UHC",        "GB18030",    "JOHAB",      "SHIFT_JIS_2004"};
static const struct {
    const char *alias, *name;
} encoding_aliases[] = {{"ABC", "WIN1258"},      {"ALT", "WIN866"},       {"ISO88591", "LATIN1"},
                        {"ISO88592", "LATIN2"},  {"ISO88593", "LATIN3"},  {"ISO88594", "LATIN4"},
                        {"ISO88599", "LATIN5"},  {"ISO885910", "LATIN6"}, {"ISO885913", "LATIN7"},
                        {"ISO885914", "LATIN8"}, {"ISO885915", "LATIN9"}, {"ISO885916", "LATIN10"},
                        {"KOI8", "KOI8R"},       {"MSKANJI", "SJIS"},     {"SHIFTJIS", "SJIS"},
                        {"TCVN", "WIN1258"},     {"TCVN5712", "WIN1258"}, {"UNICODE", "UTF8"},
                        {"VSCII", "WIN1258"},    {"WIN", "WIN1251"},      {"WIN932", "SJIS"},
                        {"WIN936", "GBK"},       {"WIN949", "UHC"},       {"WIN950", "BIG5"}};

/* Names of encodings are compared by their letters and digits, in any case; WINDOWS is WIN. */
static const char *encoding_key(struct arena *arena, const char *name)
{
    struct buf key = buf_in(arena);

    for (const char *c = name_capitals(arena, name); *c; c++)
        if ((*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9'))
            buf_addc(&key, *c);
    if (strncmp(buf_text(&key), "WINDOWS", 7) == 0 && key.len > 7)
        return arena_printf(arena, "WIN%s", buf_text(&key) + 7);
    return buf_text(&key);
}

/* The server's own name of it; NULL: there is none. */
static const char *encoding_name(struct ddl *ddl, const char *written)
{
    const char *key = encoding_key(ddl->arena, written);

    for (size_t i = 0; i < sizeof encoding_aliases / sizeof *encoding_aliases; i++)
        if (strcmp(encoding_aliases[i].alias, key) == 0)
            return encoding_aliases[i].name;
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        if (strcmp(encoding_key(ddl->arena, encodings[i]), key) == 0)
            return encodings[i];
    return NULL;
}

static void check_encoding(struct ddl *ddl, const char *written, const char *which)
{
    if (!encoding_name(ddl, written))
        ddl_fail(ddl, "42704", ddl_string_span(ddl, written), "%s encoding \"%s\" does not exist",
                 which, written);
}

static void check_encodings(struct ddl *ddl, const PgQuery__CreateConversionStmt *statement)
{
    const char *const names[] = {statement->for_encoding_name, statement->to_encoding_name};

    check_encoding(ddl, names[0], "source");
    check_encoding(ddl, names[1], "destination");
    for (size_t i = 0; i < 2; i++)
        if (strcmp(encoding_name(ddl, names[i]), "SQL_ASCII") == 0)
            ddl_fail(ddl, "42P17", ddl_string_span(ddl, names[i]),
                     "encoding conversion to or from \"SQL_ASCII\" is not supported");
}

static oid conversion_function(struct ddl *ddl, const PgQuery__CreateConversionStmt *statement)
{
    const oid types[] = {INT4OID, INT4OID, CSTRINGOID, INTERNALOID, INT4OID, BOOLOID};
    struct qualified_name name = name_from_list(ddl, statement->func_name, statement->n_func_name);
    span at = name_span(ddl, name);
    const struct function *function = exact_function_get(ddl, name, types, 6, at);

    if (function->return_type != INT4OID)
        ddl_fail(ddl, "42P17", at, "encoding conversion function %s must return type integer",
                 qualified_text(ddl->arena, name));
    return function->oid;
}

/* A schema has one default conversion between two encodings. */
static void check_only_default(struct ddl *ddl, const struct other_object *draft, span at)
{
    size_t next = 0;

    if (!clause_find(&draft->clauses, "DEFAULT"))
        return;
    for (const struct other_object *other; (other = catalog_next_other(ddl->catalog, &next));)
        if (other->class == OTHER_CONVERSION && other->namespace_oid == draft->namespace_oid &&
            clause_find(&other->clauses, "DEFAULT") &&
            strcmp(clause_find(&other->clauses, "FOR")->text,
                   clause_find(&draft->clauses, "FOR")->text) == 0 &&
            strcmp(clause_find(&other->clauses, "TO")->text,
                   clause_find(&draft->clauses, "TO")->text) == 0)
            ddl_fail(ddl, "42710", at, "default conversion for %s to %s already exists",
                     clause_find(&draft->clauses, "FOR")->text,
                     clause_find(&draft->clauses, "TO")->text);
}

void ddl_create_conversion(struct ddl *ddl, const PgQuery__CreateConversionStmt *statement)
{
    struct qualified_name name =
        name_from_list(ddl, statement->conversion_name, statement->n_conversion_name);
    span at = name_span(ddl, name);
    struct other_object draft = {.class = OTHER_CONVERSION,
                                 .namespace_oid = namespace_for_creation(ddl, name.schema, at),
                                 .name = name.name};

    check_encodings(ddl, statement);
    if (statement->def)
        clause_add(ddl, &draft.clauses, (struct clause){.name = "DEFAULT"});
    clause_set_text(
        ddl, &draft.clauses, "FOR",
        catalog_quote_literal(ddl->arena, encoding_name(ddl, statement->for_encoding_name)));
    clause_set_text(
        ddl, &draft.clauses, "TO",
        catalog_quote_literal(ddl->arena, encoding_name(ddl, statement->to_encoding_name)));
    clause_add(ddl, &draft.clauses,
               (struct clause){.name = "FROM",
                               .kind = CLAUSE_IS_FUNCTION,
                               .object = conversion_function(ddl, statement)});
    other_check_free(ddl, &draft, at);
    check_only_default(ddl, &draft, at);
    other_create(ddl, draft, at);
}
