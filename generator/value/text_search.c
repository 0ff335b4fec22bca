/* Text search types (tsvector_parser.c, tsquery.c): the words of both are read by the same rules.
 *
 * A tsvector is a list of words with positions (cat:2A,5). A tsquery joins words with & | ! <-> and
 * parentheses; a word may carry weights (cat:A*).
 */
#include "value/literal.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_DISTANCE = 16384,
    MAX_WORD = 2047, /* bytes */
};

struct reader {
    const struct literal *literal;
    const char *at;
    const char *type_name;
    bool is_query;   /* operators end a word */
    size_t word_len; /* of the last word, in bytes */
};

static _Noreturn void refuse(const struct reader *reader)
{
    literal_fail(reader->literal, "42601", "syntax error in %s: \"%s\"", reader->type_name,
                 reader->literal->text);
}

static bool ends_word(const struct reader *reader)
{
    char c = *reader->at;
    return !c || literal_is_space(c) || (reader->is_query && strchr("!&|()<", c));
}

/* One character of a word; a backslash takes the next one as it is. */
static void skip_character(struct reader *reader)
{
    reader->at += *reader->at == '\\';
    if (!*reader->at)
        literal_fail(reader->literal, "42601", "there is no escaped character: \"%s\"",
                     reader->literal->text);
    reader->at++;
    reader->word_len++;
}

static void read_quoted_word(struct reader *reader)
{
    const char *start = ++reader->at;
    while (*reader->at != '\'' || reader->at[1] == '\'') {
        if (!*reader->at)
            refuse(reader);
        reader->at += *reader->at == '\'';
        skip_character(reader);
    }
    if (reader->at == start)
        refuse(reader);
    reader->at++;
}

/* A colon may begin a word but not stand in it. */
static void read_word(struct reader *reader)
{
    reader->word_len = 0;
    if (*reader->at == '\'') {
        read_quoted_word(reader);
        return;
    }
    if (ends_word(reader))
        refuse(reader);
    do
        skip_character(reader);
    while (!ends_word(reader) && *reader->at != ':');
}

/* --- tsvector -------------------------------------------------------------------------------- */

/* 12A: a number and at most one weight. */
static void read_position(struct reader *reader)
{
    bool has_weight = false;
    if (!literal_is_digit(*reader->at))
        refuse(reader);
    if (atoi(reader->at) == 0)
        literal_fail(reader->literal, "42601", "wrong position info in tsvector: \"%s\"",
                     reader->literal->text);
    for (; *reader->at && *reader->at != ',' && !literal_is_space(*reader->at); reader->at++) {
        bool is_weight = strchr("aAbBcC*", *reader->at);
        if (!is_weight && !literal_is_digit(*reader->at) && !strchr("dD", *reader->at))
            refuse(reader);
        if (has_weight && !literal_is_digit(*reader->at))
            refuse(reader);
        has_weight = has_weight || is_weight;
    }
}

void literal_check_tsvector(const struct literal *literal)
{
    struct reader reader = {literal, literal_skip_spaces(literal->text), "tsvector", false, 0};
    for (; *reader.at; reader.at = literal_skip_spaces(reader.at)) {
        read_word(&reader);
        if (*reader.at == ':')
            do {
                reader.at++;
                read_position(&reader);
            } while (*reader.at == ',');
        if (reader.word_len > MAX_WORD)
            literal_fail(literal, "54000", "word is too long (%zu bytes, max %d bytes)",
                         reader.word_len, MAX_WORD);
    }
}

/* --- tsquery --------------------------------------------------------------------------------- */

/* <-> or <2> */
static void read_phrase_operator(struct reader *reader)
{
    char *end = (char *)reader->at + 1;
    if (*end == '-') {
        end++;
    } else if (literal_is_digit(*end)) {
        if (strtol(end, &end, 10) > MAX_DISTANCE)
            literal_fail(reader->literal, "22023",
                         "distance in phrase operator must be an integer value between zero and %d "
                         "inclusive",
                         MAX_DISTANCE);
    } else {
        refuse(reader);
    }
    if (*end != '>')
        refuse(reader);
    reader->at = end + 1;
}

static void read_operator(struct reader *reader)
{
    if (*reader->at == '<')
        read_phrase_operator(reader);
    else if (*reader->at == '&' || *reader->at == '|')
        reader->at++;
    else
        refuse(reader);
}

/* ! and ( in front, then a word and its weights. */
static void read_operand(struct reader *reader, int *depth)
{
    reader->at = literal_skip_spaces(reader->at);
    while (*reader->at == '!' || *reader->at == '(') {
        *depth += *reader->at == '(';
        reader->at = literal_skip_spaces(reader->at + 1);
    }
    if (!*reader->at)
        literal_fail(reader->literal, "42601", "no operand in tsquery: \"%s\"",
                     reader->literal->text);
    if (*reader->at == ':')
        refuse(reader);
    read_word(reader);
    if (reader->word_len > MAX_WORD)
        literal_fail(reader->literal, "54000", "word is too long in tsquery: \"%s\"",
                     reader->literal->text);
    if (*reader->at == ':')
        do
            reader->at++;
        while (*reader->at && strchr("aAbBcCdD*", *reader->at));
}

void literal_check_tsquery(const struct literal *literal)
{
    struct reader reader = {literal, literal_skip_spaces(literal->text), "tsquery", true, 0};
    int depth = 0;
    if (!*reader.at)
        return;
    for (;;) {
        read_operand(&reader, &depth);
        reader.at = literal_skip_spaces(reader.at);
        while (*reader.at == ')' && depth > 0) {
            depth--;
            reader.at = literal_skip_spaces(reader.at + 1);
        }
        if (!*reader.at)
            break;
        read_operator(&reader);
    }
    if (depth > 0)
        refuse(&reader);
}
