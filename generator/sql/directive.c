/* A directive is a comment line that starts with @ and a known word. Other lines with an @ (such as
 * Doxygen's own commands) are doc text, but what looks like a misspelt directive is an error.
 */
#include "sql/directive.h"

#include <string.h>

#include "sql/annotation.h"
#include "sql/lexer.h"
#include "sql/sql_writer.h"
#include "support/nearest.h"

struct reader {
    struct arena *arena;
    const struct source *source;
    struct diags *diags;
    struct annotated_query *query;
    struct buf doc;
    size_t n_blank_lines; /* of doc text, held back until more text follows */
    bool failed;
};

/* A directive's line: the words after its name; all slices are of the source's text. */
struct directive {
    str name, arguments;
};

struct directive_kind {
    const char *name;
    void (*apply)(struct reader *reader, struct directive directive);
};

static span span_of_str(const struct reader *reader, str text)
{
    return span_of(reader->source, (uint32_t)(text.data - reader->source->text.data),
                   (uint32_t)text.len);
}

static void fail(struct reader *reader, str at, const char *message)
{
    diag_error(reader->diags, "PL120", span_of_str(reader, at), "%s", message);
    reader->failed = true;
}

static bool is_separator(char c)
{
    return c == ' ' || c == '\t' || c == ',' || c == '\r';
}

/* The next word of *rest, which is shortened; empty when there is none. */
static str take_word(str *rest)
{
    size_t from = 0, to;

    while (from < rest->len && is_separator(rest->data[from]))
        from++;
    for (to = from; to < rest->len && !is_separator(rest->data[to]);)
        to++;
    str word = str_slice(*rest, from, to);
    *rest = str_slice(*rest, to, rest->len);
    return word;
}

static const char *copy(struct reader *reader, str text)
{
    return arena_strndup(reader->arena, text.data, text.len);
}

static void apply_param(struct reader *reader, struct directive directive)
{
    str rest = directive.arguments, name = take_word(&rest);
    const char *colon = memchr(name.data, ':', name.len);

    if (colon) {
        rest = str_slice(directive.arguments, (size_t)(colon - directive.arguments.data) + 1,
                         directive.arguments.len);
        name.len = (size_t)(colon - name.data);
    }
    if (!lex_is_c_identifier(name)) {
        fail(reader, directive.name, "write @param name: text");
        return;
    }
    vec_push(reader->arena, &reader->query->param_docs,
             (struct param_doc){copy(reader, name), copy(reader, str_trim(rest)),
                                span_of_str(reader, name)});
}

static void add_null_overrides(struct reader *reader, struct directive directive, bool nullable)
{
    str rest = directive.arguments, name = take_word(&rest);

    if (!name.len)
        fail(reader, directive.name, "the directive needs the name of a column or parameter");
    for (; name.len; name = take_word(&rest))
        vec_push(reader->arena, &reader->query->null_overrides,
                 (struct null_override){copy(reader, name), nullable, span_of_str(reader, name)});
}

static void apply_nullable(struct reader *reader, struct directive directive)
{
    add_null_overrides(reader, directive, true);
}

static void apply_notnull(struct reader *reader, struct directive directive)
{
    add_null_overrides(reader, directive, false);
}

/* The name of a struct that queries share; NULL after a failure with this message. */
static const char *take_struct_name(struct reader *reader, struct directive directive,
                                    const char *message, span *at)
{
    str rest = directive.arguments, name = take_word(&rest);

    if (!lex_is_c_identifier(name) || str_trim(rest).len) {
        fail(reader, directive.name, message);
        return NULL;
    }
    *at = span_of_str(reader, name);
    return copy(reader, name);
}

static void apply_row(struct reader *reader, struct directive directive)
{
    reader->query->row_name = take_struct_name(
        reader, directive, "write @row Name with a C identifier", &reader->query->row_name_at);
}

static void apply_params(struct reader *reader, struct directive directive)
{
    reader->query->params_name =
        take_struct_name(reader, directive, "write @params Name with a C identifier",
                         &reader->query->params_name_at);
}

static void apply_positional(struct reader *reader, struct directive directive)
{
    if (str_trim(directive.arguments).len)
        fail(reader, directive.name, "@positional stands alone");
    reader->query->is_positional = true;
    reader->query->positional_at = span_of_str(reader, directive.name);
}

static void apply_allow(struct reader *reader, struct directive directive)
{
    str rest = directive.arguments, name = take_word(&rest);

    if (!name.len)
        fail(reader, directive.name, "the directive needs the name of a lint");
    for (; name.len; name = take_word(&rest))
        vec_push(reader->arena, &reader->query->allowed_lints,
                 (struct allowed_lint){copy(reader, name), span_of_str(reader, name)});
}

static const struct directive_kind kinds[] = {
    {"param", apply_param},           {"nullable", apply_nullable},
    {"notnull", apply_notnull},       {"row", apply_row},
    {"allow", apply_allow},           {"params", apply_params},
    {"positional", apply_positional},
};

enum { N_KINDS = sizeof kinds / sizeof *kinds };

/* True when the line is a directive, a misspelt one, or one of sqlc's that means nothing here. */
static bool take_directive(struct reader *reader, str line)
{
    struct directive directive = {.arguments = line};
    struct nearest nearest = {0};
    const char *name;
    struct diag *diag;

    directive.name = take_word(&directive.arguments);
    if (directive.name.len < 2 || directive.name.data[0] != '@')
        return false;
    name = copy(reader, str_slice(directive.name, 1, directive.name.len));
    for (size_t i = 0; i < N_KINDS; i++)
        if (strcmp(name, kinds[i].name) == 0) {
            kinds[i].apply(reader, directive);
            return true;
        }
    nearest.wanted = name;
    for (size_t i = 0; i < N_KINDS && strlen(name) > 3; i++)
        nearest_consider(&nearest, kinds[i].name);
    if (nearest.name) {
        diag = diag_error(reader->diags, "PL120", span_of_str(reader, directive.name),
                          "there is no directive @%s", name);
        diag_hint(reader->diags, diag, "did you mean @%s?", nearest.name);
        reader->failed = true;
        return true;
    }
    return str_starts_with(directive.name, "@sqlc-");
}

static void add_doc_line(struct reader *reader, str line)
{
    if (line.len == 0) {
        reader->n_blank_lines += reader->doc.len > 0;
        return;
    }
    if (reader->doc.len)
        buf_addc(&reader->doc, '\n');
    for (; reader->n_blank_lines; reader->n_blank_lines--)
        buf_addc(&reader->doc, '\n');
    buf_add(&reader->doc, line.data, line.len);
}

/* The line without the blank after the marks, the * of a block comment and blanks at the end. */
static str strip_line(str line, bool is_block)
{
    str trimmed = str_trim(line);

    if (is_block) {
        if (str_starts_with(trimmed, "*"))
            trimmed = str_trim(str_slice(trimmed, 1, trimmed.len));
        return trimmed;
    }
    if (line.len && line.data[0] == ' ')
        line = str_slice(line, 1, line.len);
    while (line.len && is_separator(line.data[line.len - 1]) && line.data[line.len - 1] != ',')
        line.len--;
    return trimmed.len ? line : trimmed;
}

static void take_comment(struct reader *reader, str comment, bool is_doc)
{
    size_t offset, at = 0;
    str body = comment_body(comment, &offset);
    bool is_block = str_starts_with(comment, "/*");

    if (sql_is_hint_comment(comment))
        return;
    while (at <= body.len) {
        size_t end = str_line_end(body, at);
        str line = strip_line(str_slice(body, at, end), is_block);
        if (!take_directive(reader, line) && is_doc)
            add_doc_line(reader, line);
        at = end + 1;
    }
}

bool directives_read(struct arena *arena, const struct source *source, size_t from, size_t first,
                     size_t to, struct diags *diags, struct annotated_query *query)
{
    struct reader reader = {
        .arena = arena,
        .source = source,
        .diags = diags,
        .query = query,
        .doc = buf_in(arena),
    };
    str text = str_slice(source->text, 0, to);

    for (size_t at = from; at < to;) {
        struct token token = lex_token(text, at);
        if (token.kind == TOKEN_COMMENT)
            take_comment(&reader, token_text(text, token), token.from < first);
        at = token.to;
    }
    query->doc = reader.doc.len ? buf_text(&reader.doc) : NULL;
    return !reader.failed;
}
