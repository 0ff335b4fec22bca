/* Mutations of SQL by tokens: most of what comes out still parses, so that the analysis is what is
 * tried. A text is a list of pieces (a token and the space before it); a mutation takes, moves or
 * writes pieces, which come from the text itself, from the texts seen lately, from words.def, or
 * are calls of built-in functions.
 */
#include <string.h>

#include "catalog/builtin.h"
#include "fuzz/targets.h"
#include "sql/lexer.h"
#include "support/buf.h"
#include "support/vec.h"

enum { MOST_OID = 15000, N_SEEN = 256, LONGEST_RUN = 12 };

static const char *const words[] = {
#define WORD(text) text,
#define FRAME(text)
#include "fuzz/words.def"
#undef WORD
#undef FRAME
};

static const char *const frames[] = {
#define WORD(text)
#define FRAME(text) text,
#include "fuzz/words.def"
#undef WORD
#undef FRAME
};

static const char *const casts[] = {
    "int",  "bigint", "numeric", "float8",    "text",     "varchar(3)", "bool",   "date",
    "time", "jsonb",  "json",    "timestamp", "interval", "int[]",      "text[]", "bytea",
    "uuid", "xml",    "mood",    "int4range", "regclass", "name",       "oid",    "record",
};

/* Texts of the corpus as they came by, to take pieces from. */
struct seen {
    char *text;
    size_t len;
};

static struct seen seen[N_SEEN];

/* Pieces [from, to). */
struct run {
    size_t from, to;
};

struct mutator {
    struct arena *arena;
    uint64_t state;
    VEC(str) pieces;
};

static size_t below(struct mutator *m, size_t n)
{
    m->state ^= m->state << 13;
    m->state ^= m->state >> 7;
    m->state ^= m->state << 17;
    return n ? (size_t)(m->state >> 11) % n : 0;
}

static void cut(struct mutator *m, str text)
{
    size_t from = 0;

    m->pieces.n = 0;
    for (struct token token = lex_token(text, 0); token.kind != TOKEN_END;
         token = lex_token(text, token.to)) {
        if (token.kind == TOKEN_SPACE)
            continue;
        vec_push(m->arena, &m->pieces, str_slice(text, from, token.to));
        from = token.to;
    }
}

static str spaced(struct mutator *m, const char *word)
{
    return str_from(arena_printf(m->arena, " %s", word));
}

static bool is_open(str piece)
{
    return str_ends_with(piece, "(") || str_ends_with(piece, "[");
}

static bool is_close(str piece)
{
    return str_ends_with(piece, ")") || str_ends_with(piece, "]");
}

/* Up to a few pieces from `from` on; brackets stay whole. */
static struct run run_at(struct mutator *m, size_t from)
{
    size_t n = 1 + below(m, below(m, 4) ? 3 : LONGEST_RUN), to = from;
    long depth = 0;

    while (to < m->pieces.n && (depth > 0 || n > 0)) {
        str piece = m->pieces.items[to];
        if (is_close(piece) && depth == 0)
            break;
        depth += is_open(piece) - is_close(piece);
        n -= n > 0;
        to++;
    }
    if (to == from && to < m->pieces.n)
        to++;
    return (struct run){from, to};
}

static struct run any_run(struct mutator *m)
{
    return run_at(m, below(m, m->pieces.n));
}

static str text_of(struct mutator *m, struct run run)
{
    struct buf out = buf_in(m->arena);

    buf_adds(&out, "");
    for (size_t i = run.from; i < run.to; i++)
        buf_add(&out, m->pieces.items[i].data, m->pieces.items[i].len);
    return buf_str(&out);
}

/* Puts the text in place of the run. */
static void replace(struct mutator *m, struct run run, str text)
{
    struct buf out = buf_in(m->arena);
    str before = text_of(m, (struct run){0, run.from});
    str after = text_of(m, (struct run){run.to, m->pieces.n});

    buf_add(&out, before.data, before.len);
    buf_add(&out, text.data, text.len);
    buf_add(&out, after.data, after.len);
    cut(m, buf_str(&out));
}

/* The text in every place of the frame that has an @. */
static str framed(struct mutator *m, const char *frame, str text)
{
    struct buf out = buf_in(m->arena);

    buf_addc(&out, ' ');
    for (; *frame; frame++)
        if (*frame == '@')
            buf_add(&out, text.data, text.len);
        else
            buf_addc(&out, *frame);
    return buf_str(&out);
}

/* A run of a text that came by earlier. */
static str foreign_run(struct mutator *m)
{
    const struct seen *other = &seen[below(m, N_SEEN)];
    struct mutator reader = {.arena = m->arena, .state = m->state};

    if (!other->text)
        return spaced(m, words[below(m, sizeof words / sizeof *words)]);
    cut(&reader, (str){other->text, other->len});
    return text_of(&reader, any_run(&reader));
}

static void add_argument(struct mutator *m, struct buf *out, oid id)
{
    const struct type *type = builtin_get_type(release_default(), id);
    str own;

    switch (below(m, 5)) {
    case 0:
    case 1:
        if (type && type->typtype != 'p') {
            buf_addf(out, "NULL::pg_catalog.\"%s\"", type->name);
            break;
        }
        buf_adds(out, "NULL");
        break;
    case 2:
        buf_addf(out, "NULL::%s", casts[below(m, sizeof casts / sizeof *casts)]);
        break;
    case 3:
        buf_addf(out, "$%zu", 1 + below(m, 3));
        break;
    default:
        own = text_of(m, run_at(m, below(m, m->pieces.n)));
        buf_add(out, own.data, own.len);
    }
}

static str function_call(struct mutator *m)
{
    const struct function *function = NULL;
    struct buf out = buf_in(m->arena);

    for (int tries = 0; tries < 100 && !function; tries++)
        function = builtin_get_function(release_default(), (oid)below(m, MOST_OID));
    if (!function)
        return STR(" f()");
    buf_addf(&out, " %s(", function->name);
    for (size_t i = 0; i < function->n_args; i++) {
        if (i > 0)
            buf_adds(&out, ", ");
        add_argument(m, &out, function->arg_types[i]);
    }
    buf_addc(&out, ')');
    return buf_str(&out);
}

static str operation(struct mutator *m, str left)
{
    const struct operator* op = NULL;
    struct buf out = buf_in(m->arena);

    for (int tries = 0; tries < 400 && !op; tries++)
        op = builtin_get_operator(release_default(), (oid)below(m, MOST_OID));
    buf_add(&out, left.data, left.len);
    buf_addf(&out, " %s ", op ? op->name : "=");
    add_argument(m, &out, op ? op->right : 0);
    return buf_str(&out);
}

static void swap(struct mutator *m)
{
    str *a = &m->pieces.items[below(m, m->pieces.n)], *b = &m->pieces.items[below(m, m->pieces.n)];
    str kept = *a;

    *a = *b;
    *b = kept;
    cut(m, text_of(m, (struct run){0, m->pieces.n}));
}

static void mutate(struct mutator *m)
{
    size_t at = below(m, m->pieces.n + 1);
    struct run run = any_run(m), here = {at, at};
    const char *word = words[below(m, sizeof words / sizeof *words)];

    switch (below(m, 16)) {
    case 0:
        replace(m, run, STR(""));
        break;
    case 1:
        replace(m, here, text_of(m, run));
        break;
    case 2:
        swap(m);
        break;
    case 3:
    case 4:
        replace(m, run, spaced(m, word));
        break;
    case 5:
    case 6:
        replace(m, here, spaced(m, word));
        break;
    case 7:
    case 8:
        replace(m, run, foreign_run(m));
        break;
    case 9:
        replace(m, here, foreign_run(m));
        break;
    case 10:
        replace(m, run, text_of(m, any_run(m)));
        break;
    case 11:
    case 12:
        replace(m, run,
                framed(m, frames[below(m, sizeof frames / sizeof *frames)], text_of(m, run)));
        break;
    case 13:
        replace(m, run, function_call(m));
        break;
    case 14:
        replace(m, run, operation(m, text_of(m, run)));
        break;
    default:
        replace(m, (struct run){run.to, run.to},
                str_from(
                    arena_printf(m->arena, "::%s", casts[below(m, sizeof casts / sizeof *casts)])));
        break;
    }
}

static void remember(struct mutator *m, str text)
{
    struct seen *slot = &seen[below(m, N_SEEN)];

    free(slot->text);
    slot->text = malloc(text.len + 1);
    CHECK(slot->text, "memory");
    memcpy(slot->text, text.data, text.len);
    slot->len = text.len;
}

size_t mutate_sql(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    struct arena arena = {0};
    struct mutator m = {.arena = &arena, .state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1};
    str text = {arena_strndup(&arena, (const char *)data, size), size};
    size_t rounds = 1;

    if (size < 2 || below(&m, 16) == 0) {
        arena_finish(&arena);
        return LLVMFuzzerMutate(data, size, most);
    }
    remember(&m, text);
    cut(&m, text);
    while (rounds < 6 && below(&m, 2))
        rounds++;
    while (rounds-- > 0 && m.pieces.n > 0)
        mutate(&m);
    text = text_of(&m, (struct run){0, m.pieces.n});
    if (text.len > most)
        text.len = most;
    memcpy(data, text.data, text.len);
    size = text.len;
    arena_finish(&arena);
    return size;
}
