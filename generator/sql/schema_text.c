/* A walk over the tokens of a schema file that overwrites with spaces what must not be replayed, so
 * that every position stays what it is in the file.
 *
 * Tokens are needed, not lines: a backslash or a `-- +goose Down` inside a string or a function
 * body is text. Files of several tools may be concatenated: each down part ends where the next up
 * part starts.
 */
#include "sql/schema_text.h"

#include <string.h>

#include "sql/annotation.h"
#include "sql/migration_mark.h"
#include "sql/parse.h"

struct walk {
    struct arena *arena;
    const struct source *source;
    struct diags *diags;
    char *bytes; /* the copy of the file that gets blanked */
    str text;    /* the same bytes */
    size_t at;
    struct scanner scanner;
    bool in_annotated;     /* the current statement is an annotated query */
    size_t annotated_from; /* where its annotation starts */
    size_t n_tokens;
    bool skips_rows; /* INSERTs are not replayed and do not count */
    struct schema_text result;
};

static void blank(struct walk *walk, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (walk->bytes[i] != '\n' && walk->bytes[i] != '\r')
            walk->bytes[i] = ' ';
}

/* After the line `\.` that ends COPY data. */
static size_t end_of_copy_data(str text, size_t at)
{
    while (at < text.len) {
        size_t end = str_line_end(text, at);
        str line = str_trim(str_slice(text, at, end));
        at = end < text.len ? end + 1 : end;
        if (str_is(line, "\\."))
            break;
    }
    return at;
}

/* Skips COPY data, which starts on the line after `at`. */
static void skip_copy_data(struct walk *walk, size_t at)
{
    size_t from = str_line_end(walk->text, at);

    walk->at = end_of_copy_data(walk->text, from < walk->text.len ? from + 1 : from);
    blank(walk, from, walk->at);
}

static bool has_word(str line, const char *word)
{
    for (struct token token = lex_next(line, 0); token.kind != TOKEN_END;
         token = lex_next(line, token.to))
        if (token_is_word(line, token, word))
            return true;
    return false;
}

/* A psql meta-command reaches to the end of its line. \g and its kin also end a statement; \copy
 * may be followed by data; files that \i includes are not read. */
static void take_meta_command(struct walk *walk, struct token token)
{
    size_t end = str_line_end(walk->text, token.from);
    str line = str_slice(walk->text, token.from, end);
    bool is_include = str_starts_with(line, "\\i ") || str_starts_with(line, "\\ir ");
    bool ends_statement = str_starts_with(line, "\\g") && walk->scanner.n_tokens;
    bool has_data = str_starts_with(line, "\\copy") && has_word(line, "stdin");

    if (is_include)
        diag_warning(walk->diags, "PL105",
                     span_of(walk->source, (uint32_t)token.from, (uint32_t)str_trim(line).len),
                     "an included file is not read; name it as a schema file");
    walk->at = end;
    if (has_data)
        skip_copy_data(walk, end);
    blank(walk, token.from, end);
    if (ends_statement) {
        walk->bytes[token.from] = ';';
        walk->at = token.from;
    }
}

/* A template's action that is alone in its line, as of tern and Go: mostly a file to include. */
static bool take_template(struct walk *walk, struct token token)
{
    size_t end = str_line_end(walk->text, token.from);
    str line = str_trim(str_slice(walk->text, token.from, end));

    if (walk->scanner.n_tokens > 0 || !str_starts_with(line, "{{") || !str_ends_with(line, "}}"))
        return false;
    diag_warning(walk->diags, "PL105",
                 span_of(walk->source, (uint32_t)token.from, (uint32_t)line.len),
                 "a template is not expanded; name the file that it includes as a schema file");
    blank(walk, token.from, end);
    walk->at = end;
    return true;
}

static bool take_down_part(struct walk *walk, struct token token)
{
    size_t end = str_line_end(walk->text, token.from);

    if (migration_mark(str_slice(walk->text, token.from, end)) != MARK_DOWN)
        return false;
    walk->at = migration_mark_up(walk->text, end);
    blank(walk, token.from, walk->at);
    return true;
}

/* Play's marks start with what is no comment. */
static bool take_hash(struct walk *walk, struct token token)
{
    size_t end = str_line_end(walk->text, token.from);

    if (take_down_part(walk, token))
        return true;
    if (migration_mark(str_slice(walk->text, token.from, end)) != MARK_UP)
        return false;
    blank(walk, token.from, end);
    walk->at = end;
    return true;
}

static void take_comment(struct walk *walk, struct token token)
{
    struct annotation annotation;

    if (take_down_part(walk, token))
        return;
    if (!walk->in_annotated && annotation_read(walk->arena, walk->text, token, &annotation) &&
        !annotation.problem) {
        walk->in_annotated = true;
        walk->annotated_from = token.from;
    }
}

/* Whether the current statement is an INSERT, by its first word. */
static bool starts_insert(const struct walk *walk)
{
    return walk->scanner.n_tokens &&
           token_is_word(walk->text, lex_token(walk->text, walk->scanner.from), "insert");
}

/* At the ';' of the current statement, or at the end of the text. */
static void end_statement(struct walk *walk, size_t end)
{
    struct scanner *scanner = &walk->scanner;

    if (walk->in_annotated) {
        blank(walk, walk->annotated_from, end);
    } else if (walk->skips_rows && starts_insert(walk)) {
        blank(walk, scanner->from, scanner->to);
        walk->n_tokens -= scanner->n_tokens + (end < walk->text.len);
    } else if (scanner->n_tokens && scanner->deepest > NESTING_LIMIT) {
        report_too_deep(walk->diags, span_of(walk->source, (uint32_t)scanner->from,
                                             (uint32_t)(scanner->to - scanner->from)));
        blank(walk, scanner->from, scanner->to);
    } else if (scanner->n_tokens) {
        if (scanner->deepest > walk->result.deepest)
            walk->result.deepest = scanner->deepest;
        vec_push(walk->arena, &walk->result.pieces,
                 (struct statement_piece){scanner->from, scanner->to});
    }
    if (scanner->is_copy_from_stdin)
        skip_copy_data(walk, end);
    walk->in_annotated = false;
    scanner_restart(scanner);
}

static void take_token(struct walk *walk, struct token token)
{
    walk->at = token.to;
    if (token.kind == TOKEN_COMMENT)
        take_comment(walk, token);
    else if (token_is(walk->text, token, "\\"))
        take_meta_command(walk, token);
    else if (token_is(walk->text, token, "#") && take_hash(walk, token))
        return;
    else if (token_is(walk->text, token, "{") && take_template(walk, token))
        return;
    else if (token.kind != TOKEN_SPACE && scanner_feed(&walk->scanner, token))
        end_statement(walk, token.to);
}

static void report_length(struct walk *walk, struct token token)
{
    struct diag *diag = report_too_long(walk->diags, span_of(walk->source, (uint32_t)token.from,
                                                             (uint32_t)(token.to - token.from)));

    diag_hint(walk->diags, diag,
              walk->source->is_run ? "divide the file"
                                   : "divide the file; INSERTs of seeds do not count");
}

/* False when there is more than can be parsed. */
static bool walk_file(struct walk *walk)
{
    struct token token;

    walk->text = (str){walk->bytes, walk->source->text.len};
    blank(walk, 0, str_byte_order_mark(walk->text));
    walk->scanner = (struct scanner){.arena = walk->arena, .text = walk->text};
    for (token = lex_token(walk->text, 0); token.kind != TOKEN_END;
         token = lex_token(walk->text, walk->at)) {
        walk->n_tokens += token.kind != TOKEN_SPACE;
        if (walk->n_tokens >= MOST_TOKENS && !(walk->skips_rows && starts_insert(walk))) {
            if (walk->skips_rows || walk->source->is_run)
                report_length(walk, token);
            return false;
        }
        take_token(walk, token);
    }
    end_statement(walk, walk->text.len);
    walk->result.text = walk->text;
    return true;
}

struct schema_text schema_text_prepare(struct arena *arena, const struct source *source,
                                       struct diags *diags)
{
    const size_t n_before = diags->list.n;
    char *bytes = arena_strndup(arena, source->text.data, source->text.len);
    const struct walk start = {.arena = arena, .source = source, .diags = diags, .bytes = bytes};
    struct walk walk = start;

    if (walk_file(&walk))
        return walk.result;
    if (source->is_run)
        return (struct schema_text){0};
    diag_rewind(diags, n_before);
    memcpy(bytes, source->text.data, source->text.len);
    walk = start;
    walk.skips_rows = true;
    return walk_file(&walk) ? walk.result : (struct schema_text){0};
}
