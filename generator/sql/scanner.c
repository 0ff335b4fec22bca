/* A ';' ends a statement except inside the parentheses of CREATE RULE and inside the body of an
 * SQL-standard routine (CREATE FUNCTION … BEGIN ATOMIC …; END), which is psql's rule too.
 *
 * The depth of the tree is estimated from above, because libpg_query overruns the stack on trees
 * that the server would refuse: each bracket, CASE, operator, JOIN or UNION may put what is before
 * it one level down; lists (commas, AND, OR) are flat.
 */
#include "sql/scanner.h"

enum word_effect { WORD_NONE, WORD_OPENS, WORD_CLOSES, WORD_FLAT, WORD_JOINS, WORD_NESTS };

/* By length, as most words of a text fall out by that alone. */
static const struct effective_word {
    const char *word;
    enum word_effect effect;
} effective_words[] = {
    {"at", WORD_NESTS},       {"in", WORD_NESTS},       {"is", WORD_NESTS},
    {"on", WORD_FLAT},        {"or", WORD_FLAT},        {"and", WORD_FLAT},
    {"end", WORD_CLOSES},     {"not", WORD_NESTS},      {"case", WORD_OPENS},
    {"else", WORD_FLAT},      {"join", WORD_JOINS},     {"like", WORD_NESTS},
    {"then", WORD_FLAT},      {"when", WORD_FLAT},      {"ilike", WORD_NESTS},
    {"union", WORD_JOINS},    {"where", WORD_FLAT},     {"escape", WORD_NESTS},
    {"except", WORD_JOINS},   {"isnull", WORD_NESTS},   {"between", WORD_NESTS},
    {"collate", WORD_NESTS},  {"notnull", WORD_NESTS},  {"similar", WORD_NESTS},
    {"operator", WORD_NESTS}, {"overlaps", WORD_NESTS}, {"intersect", WORD_JOINS},
};

/* first_of_length[n]: the first word of n letters or more. */
static const unsigned char first_of_length[] = {0, 0, 0, 5, 8, 14, 17, 20, 24, 26, 27};

static enum word_effect effect_of(str text, struct token token)
{
    size_t len = token.to - token.from;

    if (len + 1 >= sizeof first_of_length)
        return WORD_NONE;
    for (size_t i = first_of_length[len]; i < first_of_length[len + 1]; i++)
        if (token_is_word(text, token, effective_words[i].word))
            return effective_words[i].effect;
    return WORD_NONE;
}

static struct nesting_level *top_level(struct scanner *scanner)
{
    if (scanner->levels.n == 0)
        vec_push(scanner->arena, &scanner->levels, (struct nesting_level){0});
    return &scanner->levels.items[scanner->levels.n - 1];
}

static void open_level(struct scanner *scanner, bool is_case)
{
    top_level(scanner);
    vec_push(scanner->arena, &scanner->levels, (struct nesting_level){.is_case = is_case});
    scanner->depth++;
}

static void close_level(struct scanner *scanner, bool is_case)
{
    struct nesting_level *level = top_level(scanner);

    if (scanner->levels.n < 2 || level->is_case != is_case)
        return;
    scanner->depth -= level->operators + level->joins + 1;
    scanner->levels.n--;
}

static void end_run(struct scanner *scanner)
{
    struct nesting_level *level = top_level(scanner);

    scanner->depth -= level->operators;
    level->operators = 0;
}

static void deepen_by_word(struct scanner *scanner, struct token token)
{
    switch (effect_of(scanner->text, token)) {
    case WORD_NONE:
        break;
    case WORD_OPENS:
        open_level(scanner, true);
        break;
    case WORD_CLOSES:
        close_level(scanner, true);
        break;
    case WORD_FLAT:
        end_run(scanner);
        break;
    case WORD_JOINS:
        end_run(scanner);
        top_level(scanner)->joins++;
        scanner->depth++;
        break;
    case WORD_NESTS:
        top_level(scanner)->operators++;
        scanner->depth++;
        break;
    }
}

static void deepen(struct scanner *scanner, struct token token)
{
    char c = scanner->text.data[token.from];

    if (token.kind == TOKEN_WORD) {
        deepen_by_word(scanner, token);
    } else if (token.kind == TOKEN_OPERATOR || token_is(scanner->text, token, "::")) {
        top_level(scanner)->operators++;
        scanner->depth++;
    } else if (token.kind == TOKEN_PUNCT && (c == '(' || c == '[')) {
        open_level(scanner, false);
    } else if (token.kind == TOKEN_PUNCT && (c == ')' || c == ']')) {
        close_level(scanner, false);
    } else if (token.kind == TOKEN_PUNCT && (c == ',' || c == ';')) {
        end_run(scanner);
    }
    if (scanner->depth > scanner->deepest)
        scanner->deepest = scanner->depth;
}

/* What the first words say about the statement. */
static void classify(struct scanner *scanner, struct token token)
{
    enum { LAST_WORD_OF_CREATE = 4 }; /* CREATE OR REPLACE FUNCTION */

    if (token.kind != TOKEN_WORD)
        return;
    if (scanner->n_tokens == 0) {
        scanner->is_create = token_is_word(scanner->text, token, "create");
        scanner->is_copy = token_is_word(scanner->text, token, "copy");
    } else if (scanner->is_create && scanner->n_tokens < LAST_WORD_OF_CREATE) {
        scanner->is_routine = scanner->is_routine ||
                              token_is_word(scanner->text, token, "function") ||
                              token_is_word(scanner->text, token, "procedure");
        scanner->is_rule = scanner->is_rule || token_is_word(scanner->text, token, "rule");
    } else if (scanner->is_copy && token_is_word(scanner->text, token, "stdin")) {
        scanner->is_copy_from_stdin = true;
    }
}

static void count_begins(struct scanner *scanner, struct token token)
{
    if (!scanner->is_routine || scanner->parens)
        return;
    if (token_is_word(scanner->text, token, "begin"))
        scanner->begins++;
    else if (scanner->begins && token_is_word(scanner->text, token, "case"))
        scanner->begins++;
    else if (scanner->begins && token_is_word(scanner->text, token, "end"))
        scanner->begins--;
}

bool scanner_feed(struct scanner *scanner, struct token token)
{
    if (token_is(scanner->text, token, ";") && !scanner->begins &&
        !(scanner->is_rule && scanner->parens))
        return true;
    if (scanner->n_tokens == 0)
        scanner->from = token.from;
    classify(scanner, token);
    count_begins(scanner, token);
    if (token_is(scanner->text, token, "("))
        scanner->parens++;
    else if (token_is(scanner->text, token, ")") && scanner->parens)
        scanner->parens--;
    deepen(scanner, token);
    scanner->n_tokens++;
    scanner->to = token.to;
    return false;
}

void scanner_restart(struct scanner *scanner)
{
    scanner->levels.n = 0;
    *scanner = (struct scanner){
        .arena = scanner->arena,
        .text = scanner->text,
        .levels = {scanner->levels.items, 0, scanner->levels.cap},
    };
}
