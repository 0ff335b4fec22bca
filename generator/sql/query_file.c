/* A query file is a list of annotations, each with one statement. What comes before the first
 * annotation, and DDL in between, belongs to the schema: a file may hold both.
 *
 * For each annotation: find the end of its statement, read its comments, lower it, parse it. A
 * query that fails in one of these steps is reported and left out; the others go on.
 */
#include "sql/query_file.h"

#include <stddef.h>
#include <string.h>

#include "sql/annotation.h"
#include "sql/directive.h"
#include "sql/lower.h"
#include "sql/parse.h"
#include "sql/scanner.h"
#include "support/map.h"

/* An annotation and the bytes of its statement. */
struct block {
    struct token comment;
    struct annotation annotation;
    size_t first, to; /* first token; end of the last one, before the ';' */
    size_t end;       /* of the comments behind it */
    size_t next;      /* where the search for the next annotation goes on */
    bool is_empty;
    bool is_torn; /* a comment in it has no end: reported */
};

struct query_reader {
    struct arena *arena; /* of the query that is being read */
    const struct source *source;
    struct operator_oracle operators;
    struct diags *diags;
    struct map names; /* name → the span of it, queries left out included */
    size_t at;
    bool is_first;
};

static span span_of_token(const struct source *source, struct token token)
{
    return span_of(source, (uint32_t)token.from, (uint32_t)(token.to - token.from));
}

/* The comments of a query are not sent, so that no parser would see it. */
static bool report_open_comment(struct query_reader *reader, struct token token)
{
    str text = token_text(reader->source->text, token);

    if (!lex_is_open_comment(reader->source->text, token))
        return false;
    diag_error(reader->diags, "42601", span_of_token(reader->source, token),
               "unterminated /* comment at or near \"%.*s\"", (int)str_line_end(text, 0),
               text.data);
    return true;
}

/* Finds the first annotation at or after the byte. */
static bool find_block(struct query_reader *reader, size_t at, struct block *block)
{
    str text = reader->source->text;

    for (;;) {
        struct token token = lex_token(text, at);
        if (token.kind == TOKEN_END)
            return false;
        report_open_comment(reader, token);
        if (annotation_read(reader->arena, text, token, &block->annotation)) {
            block->comment = token;
            block->is_torn = false;
            return true;
        }
        at = token.to;
    }
}

/* Finds the statement: it ends at a ';', at the next annotation, or with the file. */
static void find_statement(struct query_reader *reader, struct block *block)
{
    str text = reader->source->text;
    struct scanner scanner = {.arena = reader->arena, .text = text};
    struct annotation next;
    size_t at = block->comment.to;

    for (;;) {
        struct token token = lex_token(text, at);
        block->next = token.from;
        if (token.kind == TOKEN_END || annotation_read(reader->arena, text, token, &next))
            break;
        block->is_torn |= report_open_comment(reader, token);
        at = block->next = token.to;
        if (token.kind != TOKEN_SPACE && token.kind != TOKEN_COMMENT &&
            scanner_feed(&scanner, token))
            break;
    }
    block->end = block->next;
    block->is_empty = scanner.n_tokens == 0;
    block->first = block->is_empty ? block->next : scanner.from;
    block->to = block->is_empty ? block->next : scanner.to;
}

static bool is_one_of(str text, struct token token, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (token_is_word(text, token, words[i]))
            return true;
    return false;
}

/* What comes in front of the first annotation may be the schema, with the rows that it begins with.
 */
static bool is_schema(struct query_reader *reader, str text, size_t from)
{
    static const char *const words[] = {"create", "alter", "drop", "comment", "copy"};
    struct scanner scanner = {.arena = reader->arena, .text = text};

    for (struct token token = lex_next(text, from); token.kind != TOKEN_END;
         token = lex_next(text, token.to)) {
        if (scanner.n_tokens == 0 && is_one_of(text, token, words, sizeof words / sizeof *words))
            return true;
        if (scanner_feed(&scanner, token))
            scanner_restart(&scanner);
    }
    return false;
}

/* sqlc skips statements without an annotation in silence; for a query that is a mistake. */
static void warn_of_unnamed(struct query_reader *reader, size_t from, size_t to)
{
    static const char *const words[] = {"select", "insert", "update", "delete",
                                        "merge",  "with",   "values"};
    str text = str_slice(reader->source->text, 0, to);
    struct scanner scanner = {.arena = reader->arena, .text = text};

    if (reader->is_first && is_schema(reader, text, from))
        return;
    for (struct token token = lex_next(text, from); token.kind != TOKEN_END;
         token = lex_next(text, token.to)) {
        if (scanner.n_tokens == 0 && is_one_of(text, token, words, sizeof words / sizeof *words))
            diag_hint(reader->diags,
                      diag_warning(reader->diags, "PL104", span_of_token(reader->source, token),
                                   "this statement has no name and is ignored"),
                      "write -- name: QueryName :command above it");
        if (scanner_feed(&scanner, token))
            scanner_restart(&scanner);
    }
}

static bool check_annotation(struct query_reader *reader, const struct block *block)
{
    const struct annotation *annotation = &block->annotation;
    size_t from = block->comment.from + annotation->problem_offset;
    struct diag *diag;

    if (annotation->problem) {
        diag =
            diag_error(reader->diags, "PL101",
                       span_of(reader->source, (uint32_t)from, (uint32_t)annotation->problem_len),
                       "%s", annotation->problem);
        if (annotation->hint)
            diag_hint(reader->diags, diag, "%s", annotation->hint);
    } else if (block->is_empty) {
        diag_error(reader->diags, "PL103", span_of_token(reader->source, block->comment),
                   "the annotation has no statement");
    }
    return !annotation->problem && !block->is_empty;
}

static bool check_duplicate(struct query_reader *reader, struct annotated_query *query)
{
    struct arena *kept = reader->names.arena;
    span *first = map_find(&reader->names, query->name);
    struct diag *diag;

    if (!first) {
        first = arena_new(kept, span);
        *first = query->name_at;
        map_put(&reader->names, arena_strdup(kept, query->name), first);
        return true;
    }
    diag = diag_error(reader->diags, "PL102", query->name_at, "query \"%s\" is defined twice",
                      query->name);
    diag_note(reader->diags, diag, *first, "it is first defined here");
    return false;
}

/* Moves the docs of named parameters to them, and lets @nullable and @notnull decide on them. */
static void apply_directives(struct annotated_query *query)
{
    size_t n_left = 0;

    for (size_t p = 0; p < query->params.n; p++) {
        struct named_param *param = &query->params.items[p];
        for (size_t i = 0; param->name && i < query->null_overrides.n; i++)
            if (name_eq(query->null_overrides.items[i].name, param->name))
                param->nullable = query->null_overrides.items[i].nullable;
        for (size_t i = 0; param->name && i < query->param_docs.n; i++)
            if (name_eq(query->param_docs.items[i].name, param->name)) {
                param->doc = query->param_docs.items[i].text;
                query->param_docs.items[i].name = NULL;
            }
    }
    for (size_t i = 0; i < query->param_docs.n; i++)
        if (query->param_docs.items[i].name)
            query->param_docs.items[n_left++] = query->param_docs.items[i];
    query->param_docs.n = n_left;
}

static bool compile_block(struct query_reader *reader, const struct block *block,
                          struct annotated_query *query)
{
    bool ok;

    if (!check_annotation(reader, block))
        return false;
    ok = !block->is_torn;
    ok &= check_duplicate(reader, query);
    ok &= directives_read(reader->arena, reader->source, block->comment.to, block->first,
                          block->end, reader->diags, query);
    ok &= lower_statement(reader->arena, reader->source, block->comment.to, block->to,
                          reader->operators, reader->diags, query);
    apply_directives(query);
    return ok && sql_parse_one(reader->arena, &query->sql, reader->diags, &query->statement);
}

/* NULL after an error was added. */
static struct annotated_query *read_block(struct query_reader *reader, const struct block *block)
{
    const struct annotation *annotation = &block->annotation;
    struct annotated_query *query = arena_new(reader->arena, struct annotated_query);
    size_t name_from = block->comment.from + annotation->name_offset;
    bool ok;

    query->name = annotation->name;
    query->command = annotation->command;
    query->line = (int)source_place(reader->source, (uint32_t)block->comment.from).line;
    if (annotation->name)
        query->name_at =
            span_of(reader->source, (uint32_t)name_from, (uint32_t)str_from(annotation->name).len);
    reader->diags->query = annotation->name;
    ok = compile_block(reader, block, query);
    reader->diags->query = NULL;
    return ok ? query : NULL;
}

struct query_reader *query_reader_create(struct arena *arena, const struct source *source,
                                         bool (*is_operator)(void *context, const char *name),
                                         void *context, struct diags *diags)
{
    struct query_reader *reader = arena_new(arena, struct query_reader);

    *reader = (struct query_reader){
        .source = source,
        .operators = {is_operator, context},
        .diags = diags,
        .names = {.arena = arena},
        .at = check_encoding(source, diags) ? str_byte_order_mark(source->text) : source->text.len,
        .is_first = true,
    };
    return reader;
}

struct annotated_query *query_reader_next(struct query_reader *reader, struct arena *arena)
{
    struct annotated_query *query = NULL;
    struct block block;

    reader->arena = arena;
    while (!query && find_block(reader, reader->at, &block)) {
        warn_of_unnamed(reader, reader->at, block.comment.from);
        reader->is_first = false;
        find_statement(reader, &block);
        query = read_block(reader, &block);
        reader->at = block.next;
    }
    if (!query)
        warn_of_unnamed(reader, reader->at, reader->source->text.len);
    return query;
}

struct annotated_queries query_file_parse(struct arena *arena, const struct source *source,
                                          bool (*is_operator)(void *context, const char *name),
                                          void *context, struct diags *diags)
{
    struct query_reader *reader = query_reader_create(arena, source, is_operator, context, diags);
    VEC(struct annotated_query *) queries = {0};
    struct annotated_query *query;

    while ((query = query_reader_next(reader, arena)) != NULL)
        vec_push(arena, &queries, query);
    return (struct annotated_queries){queries.items, queries.n};
}
