/* One call of libpg_query: parse on the caller's stack, or on a large one when the tree may be
 * deep; unpack the protobuf message into the arena; turn a failure into a SQLSTATE and a byte
 * offset. libpg_query tells neither: its cursor counts characters, and the state is found by the
 * message, as every message of the raw parser has a fixed state.
 */
#include "sql/parse.h"

#include <string.h>

#include "sql/lax.h"
#include "sql/newer.h"
#include "sql/scanner.h"
#include "support/buf.h"
#include "support/stack.h"

enum {
    DEEP = 400,                     /* levels that any stack can take */
    DEEP_STACK = 128 * 1024 * 1024, /* NESTING_LIMIT levels take about 30 MiB */
};

/* Messages of the server's scanner and grammar that are not 42601. */
static const struct {
    const char *fragment, *sqlstate;
} message_states[] = {
    {"invalid byte sequence for encoding", "22021"},
    {"unsafe use of \\'", "22P06"},
    {"unsafe use of string constant with Unicode escapes", "0A000"},
    {"LIMIT #,# syntax is not supported", "42601"},
    {"not yet implemented", "0A000"},
    {"is not implemented", "0A000"},
    {"not supported", "0A000"},
    {"cannot be marked DEFERRABLE", "0A000"},
    {"cannot be marked NOT VALID", "0A000"},
    {"cannot be marked NO INHERIT", "0A000"},
    {"is only supported for ON DELETE actions", "0A000"},
    {"frame start cannot be", "42P20"},
    {"frame starting from", "42P20"},
    {"frame end cannot be", "42P20"},
    {"precision for type float", "22023"},
    {"interval precision specified twice", "42601"},
    {"stack depth limit exceeded", "54001"},
};

/* `at` is the place of the error. The same words are said of E'\uzz' and of U&'\zz', in the states
 * invalid_escape_sequence and syntax_error. */
static const char *state_of(const char *message, const char *at)
{
    if (strcmp(message, "invalid Unicode escape") == 0 && *at == '\\' &&
        (at[1] == 'u' || at[1] == 'U'))
        return "22025";
    for (size_t i = 0; i < sizeof message_states / sizeof *message_states; i++)
        if (strstr(message, message_states[i].fragment))
            return message_states[i].sqlstate;
    return "42601";
}

/* The byte of the 1-based character; 0 (no place) gives the start. */
static size_t byte_of_character(str text, int character)
{
    size_t at = 0;

    for (int i = 1; i < character && at < text.len; i++)
        do
            at++;
        while (at < text.len && (text.data[at] & 0xC0) == 0x80);
    return at;
}

static bool is_identifier_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '$' || (c & 0x80);
}

/* What the message quotes of the text, if that ends within a character: up to its end. The
 * library's scanner stops behind the first byte that makes a number junk, the server's at the end
 * of the word. `at` is the place of the error. */
static const char *whole_quote(struct arena *arena, const char *message, const char *at)
{
    static const char near[] = " at or near \"";
    const char *quoted = strstr(message, near);
    bool is_junk = str_starts_with(str_from(message), "trailing junk after ");
    size_t len = 0;

    if (!quoted)
        return message;
    quoted += sizeof near - 1;
    while (at[len] && at[len] == quoted[len])
        len++;
    if (len == 0 || strcmp(quoted + len, "\"") != 0)
        return message;
    while (is_junk && is_identifier_char(at[len - 1]) && is_identifier_char(at[len]))
        len++;
    while ((at[len] & 0xC0) == 0x80)
        len++;
    return arena_printf(arena, "%.*s%.*s\"", (int)(quoted - message), message, (int)len, at);
}

/* The message in memory of ours, without bytes that are no characters: the library cuts by bytes.
 */
static const char *whole_characters(struct arena *arena, const char *message)
{
    struct buf whole = buf_in(arena);
    str rest = str_from(message);

    for (;;) {
        size_t valid = str_valid_utf8(rest);
        buf_add(&whole, rest.data, valid);
        if (valid == rest.len)
            return buf_text(&whole);
        rest = str_slice(rest, valid + 1, rest.len);
    }
}

/* The message without the rest of the file, which "at or near" may quote: its first line does. */
static const char *shorten(struct arena *arena, const char *message)
{
    enum { LONGEST = 200 };
    size_t len;

    len = strcspn(message, "\n");
    if (!message[len] && len <= LONGEST)
        return message;
    if (len > LONGEST)
        len = LONGEST;
    while ((message[len] & 0xC0) == 0x80)
        len--;
    return arena_printf(arena, "%.*s...\"", (int)len, message);
}

static void *allocate(void *context, size_t size)
{
    return arena_alloc(context, size);
}

static void forget(void *context, void *pointer)
{
    (void)context;
    (void)pointer;
}

struct parse_job {
    struct arena *arena;
    str text;
    struct release release;
    PgQuery__ParseResult *tree;
    struct parse_failure *failure;
    bool has_dollar; /* without one there is no parameter */
};

struct release sql_newest_release(void)
{
    return (struct release){PG_VERSION_NUM / 10000};
}

/* Whether statements parse that are syntax errors for the server. */
static bool is_newer(const struct parse_job *job)
{
    return job->release.major < sql_newest_release().major;
}

/* What the server would say to the statement that libpg_query took; NULL for nothing. */
static const char *server_syntax(const struct parse_job *job, const PgQuery__RawStmt *statement,
                                 size_t *offset)
{
    const PgQuery__ParamRef *param = job->has_dollar ? lax_param(statement) : NULL;
    const char *message =
        is_newer(job) ? newer_syntax(job->arena, job->text, job->release, statement, offset) : NULL;

    if (!param || (message && *offset < (size_t)param->location))
        return message;
    *offset = (size_t)param->location;
    return arena_printf(job->arena, "syntax error at or near \"$%d\"", param->number);
}

/* A tree of a newer or laxer grammar is kept if all its statements are also the server's. */
static void refuse_laxer(struct parse_job *job)
{
    for (size_t i = 0; job->tree && i < job->tree->n_stmts; i++) {
        size_t offset;
        const char *message = server_syntax(job, job->tree->stmts[i], &offset);

        if (!message)
            continue;
        *job->failure = (struct parse_failure){"42601", message, offset};
        job->tree = NULL;
    }
}

static void fail(struct parse_job *job, const PgQueryError *error)
{
    size_t offset = byte_of_character(job->text, error->cursorpos);
    const char *at = job->text.data + offset;
    const char *message = whole_quote(job->arena, error->message, at);

    *job->failure = (struct parse_failure){
        .sqlstate = state_of(error->message, at),
        .message = shorten(job->arena, whole_characters(job->arena, message)),
        .offset = offset,
    };
}

static void run(void *context)
{
    struct parse_job *job = context;
    ProtobufCAllocator allocator = {allocate, forget, job->arena};
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(job->text.data);

    if (result.error)
        fail(job, result.error);
    else
        job->tree = pg_query__parse_result__unpack(&allocator, result.parse_tree.len,
                                                   (const uint8_t *)result.parse_tree.data);
    pg_query_free_protobuf_parse_result(result);
    if (is_newer(job) || job->has_dollar)
        refuse_laxer(job);
}

PgQuery__ParseResult *parse_text(struct arena *arena, str text, struct release release,
                                 size_t deepest, struct parse_failure *failure)
{
    struct parse_job job = {.arena = arena,
                            .text = text,
                            .release = release,
                            .failure = failure,
                            .has_dollar = memchr(text.data, '$', text.len) != NULL};

    *failure = (struct parse_failure){"54001", "statement is nested too deeply", 0};
    if (deepest <= DEEP)
        run(&job);
    else
        stack_run(DEEP_STACK, run, &job);
    return job.tree;
}

bool check_encoding(const struct source *source, struct diags *diags)
{
    size_t valid = str_valid_utf8(source->text);

    if (valid == source->text.len)
        return true;
    diag_error(diags, "22021", span_of(source, (uint32_t)valid, 1),
               "invalid byte sequence for encoding \"UTF8\": 0x%02x",
               (unsigned char)source->text.data[valid]);
    return false;
}

struct diag *report_too_long(struct diags *diags, span at)
{
    return diag_error(diags, "54000", at, "too long: this is word or symbol number %d",
                      MOST_TOKENS);
}

void report_too_deep(struct diags *diags, span at)
{
    struct diag *diag = diag_error(diags, "54001", at, "statement is nested too deeply");

    diag_hint(diags, diag,
              "the server's limit is max_stack_depth; write a list (IN, VALUES, an "
              "array) instead of a chain of operators");
}

struct statement_extent trim_statement(str text, size_t from, size_t to)
{
    str piece = str_slice(text, 0, to);
    struct token first = lex_next(piece, from);
    size_t end = first.to;

    for (struct token token = first; token.kind != TOKEN_END; token = lex_next(piece, token.to))
        end = token.to;
    return (struct statement_extent){(int)first.from, (int)(end - first.from)};
}
