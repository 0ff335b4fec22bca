/* Names in literals, as regproc.c reads them: dotted names by the rule for identifiers, types by
 * parsing a cast to what is written, signatures by cutting at the commas outside of quotes and
 * brackets.
 */
#include "value/name.h"

#include <string.h>
#include <strings.h>

#include "sql/lexer.h"
#include "sql/statement.h"
#include "support/buf.h"
#include "types/type_name.h"

enum { MAX_NAME = 63, MAX_ARGUMENTS = 100 };

static struct arena *arena_of(const struct literal *literal)
{
    return literal->input->arena;
}

/* Blanks, tabs and line ends: what separates tokens. A vertical tab does not. */
static bool is_separator(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static const char *skip_separators(const char *s)
{
    while (is_separator(*s))
        s++;
    return s;
}

/* --- Dotted names -------------------------------------------------------------------------- */

static _Noreturn void bad_name(const struct literal *literal)
{
    literal_fail(literal, "42602", "invalid name syntax");
}

/* Cuts at the server's longest name, between characters. */
static const char *truncated(struct arena *arena, const char *name)
{
    size_t len = strlen(name);
    if (len <= MAX_NAME)
        return name;
    for (len = MAX_NAME; len && ((unsigned char)name[len] & 0xC0) == 0x80; len--)
        ;
    return arena_strndup(arena, name, len);
}

static const char *read_identifier(const struct literal *literal, const char **s)
{
    struct buf text = buf_in(arena_of(literal));
    if (**s == '"') {
        for (++*s; **s != '"' || (*s)[1] == '"'; ++*s) {
            if (!**s)
                bad_name(literal);
            *s += **s == '"';
            buf_addc(&text, **s);
        }
        ++*s;
    } else {
        for (; **s && **s != '.' && !is_separator(**s); ++*s)
            buf_addc(&text, literal_lower(**s));
        if (!text.len)
            bad_name(literal);
    }
    return truncated(arena_of(literal), buf_text(&text));
}

struct literal_names literal_split_names(const struct literal *literal, const char *text)
{
    VEC(const char *) names = {0};
    const char *s = skip_separators(text);
    if (!*s)
        bad_name(literal);
    for (;;) {
        vec_push(arena_of(literal), &names, read_identifier(literal, &s));
        s = skip_separators(s);
        if (!*s)
            return (struct literal_names){names.items, names.n};
        if (*s != '.')
            bad_name(literal);
        s = skip_separators(s + 1);
    }
}

const char *literal_names_text(const struct literal *literal, const struct literal_names *names)
{
    struct buf text = buf_in(arena_of(literal));
    for (size_t i = 0; i < names->n; i++)
        buf_addf(&text, "%s%s", i ? "." : "", names->items[i]);
    return buf_text(&text);
}

struct qualified_name literal_qualified_name(const struct literal *literal,
                                             const struct literal_names *names)
{
    if (names->n == 1)
        return (struct qualified_name){NULL, names->items[0]};
    if (names->n == 2)
        return (struct qualified_name){names->items[0], names->items[1]};
    if (names->n == 3)
        literal_fail(literal, "0A000", "cross-database references are not implemented: %s",
                     literal_names_text(literal, names));
    literal_fail(literal, "42601", "improper qualified name (too many dotted names): %s",
                 literal_names_text(literal, names));
}

void literal_check_schema(const struct literal *literal, const char *schema)
{
    if (schema && !catalog_find_namespace(literal->input->catalog, schema))
        literal_fail(literal, "3F000", "schema \"%s\" does not exist", schema);
}

/* --- Types --------------------------------------------------------------------------------- */

static _Noreturn void bad_type(const struct literal *literal, const char *text)
{
    literal_fail(literal, "42601", "invalid type name \"%s\"", text);
}

/* The text stands between the parentheses of a cast: one of its own must not end it. */
static void check_parentheses(const struct literal *literal, const char *text)
{
    str sql = str_from(text);
    int depth = 0;
    for (struct token token = lex_next(sql, 0); token.kind != TOKEN_END;
         token = lex_next(sql, token.to)) {
        depth += token_is(sql, token, "(") - token_is(sql, token, ")");
        if (depth < 0 || token_is(sql, token, ";"))
            literal_fail(literal, "42601", "syntax error at or near \"%c\"", text[token.from]);
    }
}

/* The first diagnostic of reading the type, at the place of the literal. */
static _Noreturn void fail_as(const struct literal *literal, const struct diags *diags,
                              size_t end_offset)
{
    const struct diag *diag = diags->list.items[0];
    const char *message = diag->message;
    size_t len = strlen(message);
    if (strncmp(message, "syntax error", 12) == 0 && diag->at.offset >= end_offset)
        message = "syntax error at end of input";
    else if (len > 4 && strcmp(message + len - 4, "...\"") == 0) /* the line of an open quote */
        message = arena_printf(arena_of(literal), "%.*s\"", (int)len - 4, message);
    literal_fail_hint(literal, diag->code, diag->hint, "%s", message);
}

oid literal_type(const struct literal *literal, const char *text)
{
    static const char before[] = "SELECT CAST(NULL AS ";
    struct arena *arena = arena_of(literal);
    const char *cast = arena_printf(arena, "%s%s\n)", before, text);
    struct source *source = source_create(arena, "literal", str_from(cast));
    struct sql sql = {.source = source, .text = cast, .len = strlen(cast)};
    struct diags diags = {.arena = arena};
    struct statement statement;
    int32_t typmod;
    if (!*skip_separators(text))
        bad_type(literal, text);
    check_parentheses(literal, text);
    source->release = catalog_release(literal->input->catalog);
    if (!sql_parse_one(arena, &sql, &diags, &statement))
        fail_as(literal, &diags, sizeof before - 1 + strlen(text));
    const PgQuery__TypeName *name =
        statement.tree->select_stmt->target_list[0]->res_target->val->type_cast->type_name;
    if (name->setof)
        bad_type(literal, text);
    oid type = type_name_resolve(literal->input->catalog, &sql, name, &diags, &typmod);
    if (!type)
        fail_as(literal, &diags, sql.len + 1);
    return type;
}

/* --- Signatures ---------------------------------------------------------------------------- */

static const char *find_parenthesis(const char *s)
{
    bool in_quotes = false;
    for (; *s && (in_quotes || *s != '('); s++)
        if (*s == '"')
            in_quotes = !in_quotes;
    return s;
}

/* Up to the comma or the end. */
static const char *skip_type(const struct literal *literal, const char *s)
{
    bool in_quotes = false;
    int depth = 0;
    for (; *s && (*s != ',' || in_quotes || depth != 0); s++) {
        if (*s == '"')
            in_quotes = !in_quotes;
        else if (!in_quotes)
            depth += (*s == '(' || *s == '[') - (*s == ')' || *s == ']');
    }
    if (in_quotes || depth != 0)
        literal_fail(literal, "22P02", "improper type name");
    return s;
}

static const char *trimmed(struct arena *arena, const char *from, const char *to)
{
    while (to > from && is_separator(to[-1]))
        to--;
    return arena_strndup(arena, from, (size_t)(to - from));
}

static void read_types(const struct literal *literal, const char *s, bool allows_none,
                       struct literal_signature *signature)
{
    bool had_comma = false;
    signature->types = arena_array(arena_of(literal), oid, MAX_ARGUMENTS);
    for (s = skip_separators(s); *s || had_comma; s = skip_separators(s)) {
        if (!*s)
            literal_fail(literal, "22P02", "expected a type name");
        const char *end = skip_type(literal, s);
        const char *text = trimmed(arena_of(literal), s, end);
        bool is_none = allows_none && strcasecmp(text, "none") == 0;
        oid type = is_none ? 0 : literal_type(literal, text);
        if (signature->n_types == MAX_ARGUMENTS)
            literal_fail(literal, "54023", "too many arguments");
        signature->types[signature->n_types++] = type;
        had_comma = *end == ',';
        s = end + had_comma;
    }
}

struct literal_signature literal_read_signature(const struct literal *literal, bool allows_none)
{
    struct arena *arena = arena_of(literal);
    const char *open = find_parenthesis(literal->text);
    const char *close = literal->text + strlen(literal->text);
    struct literal_signature signature = {.n_types = 0};
    if (!*open)
        literal_fail(literal, "22P02", "expected a left parenthesis");
    signature.names = literal_split_names(
        literal, arena_strndup(arena, literal->text, (size_t)(open - literal->text)));
    while (close > open + 1 && is_separator(close[-1]))
        close--;
    if (close[-1] != ')')
        literal_fail(literal, "22P02", "expected a right parenthesis");
    read_types(literal, arena_strndup(arena, open + 1, (size_t)(close - open - 2)), allows_none,
               &signature);
    return signature;
}
