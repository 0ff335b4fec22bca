/* The grammar of a release stops at the first token of what it does not know. So the tokens around
 * that place are compared with those of newer syntax; inside the parentheses of SQL/JSON, where
 * anything may be new, the name in front of them tells.
 */
#include "sql/newer_hint.h"

#include <string.h>

#include "support/vec.h"

/* `pattern`: tokens, of which the one behind ^ is where the parser stopped; NAME is any name. */
static const struct {
    const char *pattern;
    int since;
    const char *what, *instead;
} additions[] = {
    {"IS ^JSON", 16, "IS JSON", NULL},
    {"NOT ^JSON", 16, "IS JSON", NULL},
    {"^INDENT", 16, "XMLSERIALIZE with INDENT", "leave it out"},
    {"^STORAGE NAME", 16, "STORAGE in a column definition",
     "write ALTER TABLE ... ALTER COLUMN ... SET STORAGE"},
    {"WITH ^INHERIT", 16, "WITH INHERIT", "leave it out"},
    {"WITH ^SET", 16, "WITH SET", "leave it out"},
    {"MATCHED ^BY SOURCE", 17, "NOT MATCHED BY SOURCE", "write another statement for those rows"},
    {"MATCHED ^BY TARGET", 17, "BY TARGET", "leave it out, NOT MATCHED means the same"},
    {"AT ^LOCAL", 17, "AT LOCAL", "write AT TIME ZONE current_setting('TimeZone')"},
    {"SET ^EXPRESSION", 17, "SET EXPRESSION", "drop the column and add it again"},
    {"STATISTICS ^DEFAULT", 17, "SET STATISTICS DEFAULT", "write SET STATISTICS -1"},
    {"METHOD ^DEFAULT", 17, "SET ACCESS METHOD DEFAULT", "name the access method"},
    {"( ^NOT NULL NAME", 18, "NOT NULL as a constraint of its own",
     "write ALTER TABLE ... ALTER COLUMN ... SET NOT NULL"},
    {", ^NOT NULL NAME", 18, "NOT NULL as a constraint of its own",
     "write ALTER TABLE ... ALTER COLUMN ... SET NOT NULL"},
    {"ADD ^NOT NULL NAME", 18, "NOT NULL as a constraint of its own",
     "write ALTER TABLE ... ALTER COLUMN ... SET NOT NULL"},
    {"CONSTRAINT NAME ^NOT NULL NAME", 18, "NOT NULL as a constraint of its own",
     "write ALTER TABLE ... ALTER COLUMN ... SET NOT NULL"},
    {"^VIRTUAL", 18, "VIRTUAL generated columns", "write STORED"},
    {"^ENFORCED", 18, "[NOT] ENFORCED", "leave it out, or the constraint if it is not enforced"},
    {"^WITHOUT OVERLAPS", 18, "WITHOUT OVERLAPS", "write EXCLUDE USING gist"},
    {"PERIOD ^NAME", 18, "PERIOD in a foreign key", "leave out the constraint"},
    {"RETURNING ^WITH", 18, "OLD and NEW in RETURNING", NULL},
};

/* Functions of the grammar, with words or colons inside their parentheses. */
static const struct {
    const char *name;
    int since;
} json_functions[] = {
    {"json_object", 16}, {"json_objectagg", 16}, {"json_array", 16},     {"json_arrayagg", 16},
    {"json", 17},        {"json_exists", 17},    {"json_query", 17},     {"json_scalar", 17},
    {"json_table", 17},  {"json_value", 17},     {"json_serialize", 17},
};

int json_function_since(const char *name)
{
    for (size_t i = 0; i < sizeof json_functions / sizeof *json_functions; i++)
        if (strcmp(json_functions[i].name, name) == 0)
            return json_functions[i].since;
    return 0;
}

/* The tokens up to where the parser stopped, and some behind. */
struct place {
    struct arena *arena;
    str text;
    struct release release;
    VEC(struct token) tokens;
    size_t wrong; /* index */
};

static void read_tokens(struct place *place, size_t at)
{
    enum { MOST_BEHIND = 3 };
    struct token token = lex_next(place->text, 0);

    for (; token.kind != TOKEN_END && token.from < at; token = lex_next(place->text, token.to))
        vec_push(place->arena, &place->tokens, token);
    place->wrong = place->tokens.n;
    for (int i = 0; i < MOST_BEHIND && token.kind != TOKEN_END; i++) {
        vec_push(place->arena, &place->tokens, token);
        token = lex_next(place->text, token.to);
    }
}

static bool is_name(struct token token)
{
    return token.kind == TOKEN_WORD || token.kind == TOKEN_QUOTED;
}

static bool token_matches(const struct place *place, size_t i, str wanted)
{
    const struct token *token = i < place->tokens.n ? &place->tokens.items[i] : NULL;
    str found = token ? token_text(place->text, *token) : STR("");

    if (str_is(wanted, "NAME"))
        return token && is_name(*token);
    for (size_t c = 0; c < wanted.len && found.len == wanted.len; c++)
        if ((found.data[c] & ~0x20) != (wanted.data[c] & ~0x20))
            return false;
    return found.len == wanted.len;
}

static str next_word(const char **pattern)
{
    str word = {*pattern, strcspn(*pattern, " ")};

    *pattern += word.len + strspn(*pattern + word.len, " ");
    return word;
}

static bool place_matches(const struct place *place, const char *pattern)
{
    const char *rest = pattern;
    size_t n_before = 0;

    while (*rest != '^') {
        next_word(&rest);
        n_before++;
    }
    if (n_before > place->wrong)
        return false;
    for (size_t i = place->wrong - n_before; *pattern; i++) {
        pattern += *pattern == '^';
        if (!token_matches(place, i, next_word(&pattern)))
            return false;
    }
    return true;
}

/* The index of the open parenthesis that is left of `from`, or the one that is closed at it;
 * `tokens.n` when there is none. */
static size_t find_open(const struct place *place, size_t from)
{
    size_t depth = 1;

    for (size_t i = from; i-- > 0;) {
        depth += token_is(place->text, place->tokens.items[i], ")");
        depth -= token_is(place->text, place->tokens.items[i], "(");
        if (depth == 0)
            return i;
    }
    return place->tokens.n;
}

static const char *json_function(const struct place *place)
{
    const size_t open = find_open(place, place->wrong);
    const char *name;
    int since;

    if (open == 0 || open >= place->tokens.n || !is_name(place->tokens.items[open - 1]))
        return NULL;
    name = token_identifier(place->arena, place->text, place->tokens.items[open - 1]);
    since = json_function_since(name);
    return since > place->release.major
               ? release_came(place->arena, arena_printf(place->arena, "this form of %s()", name),
                              since, place->release)
               : NULL;
}

/* GENERATED ALWAYS AS (x) with nothing behind it. */
static bool lacks_stored(const struct place *place)
{
    const struct token *tokens = place->tokens.items;
    size_t open;

    if (place->wrong < 3 || !token_is(place->text, tokens[place->wrong - 1], ")"))
        return false;
    open = find_open(place, place->wrong - 1);
    return open >= 2 && open < place->tokens.n &&
           token_is_word(place->text, tokens[open - 1], "as") &&
           token_is_word(place->text, tokens[open - 2], "always");
}

static bool is_returning_of_merge(const struct place *place)
{
    return place->tokens.n && token_is_word(place->text, place->tokens.items[0], "merge") &&
           token_matches(place, place->wrong, STR("RETURNING"));
}

static const char *hint_of_tokens(const struct place *place)
{
    for (size_t i = 0; i < sizeof additions / sizeof *additions; i++) {
        const char *came;

        if (place->release.major >= additions[i].since ||
            !place_matches(place, additions[i].pattern))
            continue;
        came = release_came(place->arena, additions[i].what, additions[i].since, place->release);
        return additions[i].instead
                   ? arena_printf(place->arena, "%s; %s", came, additions[i].instead)
                   : came;
    }
    return NULL;
}

static const char *hint_of_syntax(const struct place *place)
{
    enum { MERGE_RETURNING = 17, VIRTUAL = 18 };
    const char *hint = json_function(place);

    if (!hint)
        hint = hint_of_tokens(place);
    if (!hint && place->release.major < MERGE_RETURNING && is_returning_of_merge(place))
        return release_came(place->arena, "RETURNING of a MERGE", MERGE_RETURNING, place->release);
    if (!hint && place->release.major < VIRTUAL && lacks_stored(place))
        return arena_printf(place->arena, "write STORED; that a column is virtual without it %s",
                            release_came(place->arena, "", VIRTUAL, place->release) + 1);
    return hint;
}

/* Whether it looks like 0x1F, 0o17, 0b11 or 1_000. */
static bool is_wide_number(str text, size_t at)
{
    const char *c = text.data + at, *end = text.data + text.len;

    if (end - c > 2 && c[0] == '0' && strchr("xXoObB", c[1]))
        return true;
    while (c < end && *c >= '0' && *c <= '9')
        c++;
    return end - c > 1 && c[0] == '_' && c[1] >= '0' && c[1] <= '9';
}

const char *newer_hint(struct arena *arena, str text, struct release release, const char *message,
                       size_t at)
{
    struct place place = {.arena = arena, .text = text, .release = release};

    if (strstr(message, "must have an alias"))
        return "write AS and a name behind it; servers before PostgreSQL 16 demand that";
    if (str_starts_with(str_from(message), "trailing junk after numeric"))
        return !release_has(release, FEATURE_WIDE_NUMBERS) && is_wide_number(text, at)
                   ? release_came(arena, "such a number", 16, release)
                   : NULL;
    if (!str_starts_with(str_from(message), "syntax error"))
        return NULL;
    read_tokens(&place, at);
    return hint_of_syntax(&place);
}
