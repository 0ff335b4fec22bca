/* jsonpath (jsonpath_gram.y): a recursive descent over two kinds of phrases: expressions, which
 * have a value, and predicates, which are true or false. Which of them a parenthesis holds is known
 * only when it closes.
 */
#include "value/jsonpath.h"
#include "value/regex.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum kind { EXPRESSION, PREDICATE };
enum { MAX_NESTING = 6000 }; /* about what the server's parser allows */

static _Noreturn void refuse(const struct jsonpath_reader *reader)
{
    const char *from = reader->from;
    /* Of a word the server's scanner has only what ended it: white space, or nothing. */
    if (reader->is_word)
        from = *reader->at && strchr(" \t\n\r\f", *reader->at) ? reader->at : NULL;
    else if (reader->at > from && reader->at[-1] == '"')
        from = reader->at - 1;
    if (reader->token == JP_END || !from)
        literal_fail(reader->literal, "42601", "syntax error at end of jsonpath input");
    literal_fail(reader->literal, "42601", "syntax error at or near \"%.*s\" of jsonpath input",
                 reader->is_word ? 1 : (int)(reader->at - from), from);
}

static bool accept(struct jsonpath_reader *reader, int token)
{
    bool found = reader->token == token;
    if (found)
        jsonpath_next(reader);
    return found;
}

static void expect(struct jsonpath_reader *reader, int token)
{
    if (!accept(reader, token))
        refuse(reader);
}

static enum kind read_or(struct jsonpath_reader *reader);

static void read_of_kind(struct jsonpath_reader *reader, enum kind kind)
{
    if (read_or(reader) != kind)
        refuse(reader);
}

/* [*] or [1, 2 to last] */
static void read_subscripts(struct jsonpath_reader *reader)
{
    reader->subscripts++;
    if (!accept(reader, '*'))
        do {
            read_of_kind(reader, EXPRESSION);
            if (accept(reader, JP_TO))
                read_of_kind(reader, EXPRESSION);
        } while (accept(reader, ','));
    reader->subscripts--;
    expect(reader, ']');
}

static void read_level(struct jsonpath_reader *reader)
{
    errno = 0;
    if (reader->token == JP_INTEGER && (strtol(reader->from, NULL, 10) > INT32_MAX || errno))
        literal_fail(reader->literal, "22003", "value \"%.*s\" is out of range for type integer",
                     (int)(reader->at - reader->from), reader->from);
    if (!accept(reader, JP_INTEGER))
        expect(reader, JP_LAST);
}

/* Behind a dot: a key, a method, * or **{1 to last} */
static void read_member(struct jsonpath_reader *reader)
{
    int token = reader->token;
    if (token == JP_ANY) {
        jsonpath_next(reader);
        if (accept(reader, '{')) {
            read_level(reader);
            if (accept(reader, JP_TO))
                read_level(reader);
            expect(reader, '}');
        }
        return;
    }
    if (token != '*' && token != JP_IDENTIFIER && token != JP_STRING && token < JP_IS)
        refuse(reader);
    jsonpath_next(reader);
    if ((token == JP_METHOD || token == JP_DATETIME) && accept(reader, '(')) {
        if (token == JP_DATETIME)
            accept(reader, JP_STRING);
        expect(reader, ')');
    }
}

/* False when there is none. */
static bool read_accessor(struct jsonpath_reader *reader)
{
    if (accept(reader, '.')) {
        read_member(reader);
    } else if (accept(reader, '[')) {
        read_subscripts(reader);
    } else if (accept(reader, '?')) {
        expect(reader, '(');
        reader->filters++;
        read_of_kind(reader, PREDICATE);
        reader->filters--;
        expect(reader, ')');
    } else {
        return false;
    }
    return true;
}

static void check_primary(const struct jsonpath_reader *reader)
{
    if (reader->token == '@' && !reader->filters)
        literal_fail(reader->literal, "42601", "@ is not allowed in root expressions");
    if (reader->token == JP_LAST && !reader->subscripts)
        literal_fail(reader->literal, "42601", "LAST is allowed only in array subscripts");
}

static enum kind read_parenthesis(struct jsonpath_reader *reader)
{
    enum kind kind = read_or(reader);
    expect(reader, ')');
    if (kind == PREDICATE && accept(reader, JP_IS)) {
        expect(reader, JP_UNKNOWN);
        return PREDICATE;
    }
    while (read_accessor(reader))
        kind = EXPRESSION;
    return kind;
}

static enum kind read_unary(struct jsonpath_reader *reader);

static enum kind read_operand(struct jsonpath_reader *reader)
{
    if (accept(reader, '+') || accept(reader, '-')) {
        if (read_unary(reader) != EXPRESSION)
            refuse(reader);
        return EXPRESSION;
    }
    if (accept(reader, '('))
        return read_parenthesis(reader);
    check_primary(reader);
    if (!strchr("$@", reader->token < JP_END ? reader->token : ' ') && reader->token != JP_STRING &&
        reader->token != JP_NUMBER && reader->token != JP_INTEGER && reader->token != JP_VARIABLE &&
        reader->token != JP_CONSTANT && reader->token != JP_LAST)
        refuse(reader);
    jsonpath_next(reader);
    while (read_accessor(reader))
        ;
    return EXPRESSION;
}

static enum kind read_unary(struct jsonpath_reader *reader)
{
    enum kind kind;
    if (++reader->depth > MAX_NESTING)
        literal_fail(reader->literal, "54001", "stack depth limit exceeded");
    kind = read_operand(reader);
    reader->depth--;
    return kind;
}

/* Operands with arithmetic operators between them; their precedence does not matter here. */
static enum kind read_arithmetic(struct jsonpath_reader *reader)
{
    enum kind kind = read_unary(reader);
    while (kind == EXPRESSION && reader->token < JP_END && strchr("+-*/%", reader->token)) {
        jsonpath_next(reader);
        if (read_unary(reader) != EXPRESSION)
            refuse(reader);
    }
    return kind;
}

/* With q the pattern is plain text, and other flags do not count. */
static void check_regex(const struct jsonpath_reader *reader, const char *pattern,
                        const char *flags)
{
    if (flags[strspn(flags, "isxmq")])
        literal_fail(reader->literal, "42601", "invalid input syntax for type jsonpath");
    if (strchr(flags, 'q'))
        return;
    if (strchr(flags, 'x'))
        literal_fail(reader->literal, "0A000",
                     "XQuery \"x\" flag (expanded regular expressions) is not implemented");
    const char *error = regex_error(pattern);
    if (error)
        literal_fail(reader->literal, "2201B", "invalid regular expression: %s", error);
}

static void read_regex(struct jsonpath_reader *reader)
{
    const char *pattern = reader->token == JP_STRING ? jsonpath_string(reader) : "", *flags = "";
    expect(reader, JP_STRING);
    if (accept(reader, JP_FLAG)) {
        flags = reader->token == JP_STRING ? jsonpath_string(reader) : "";
        expect(reader, JP_STRING);
    }
    check_regex(reader, pattern, flags);
}

static void read_negated(struct jsonpath_reader *reader)
{
    if (accept(reader, JP_EXISTS)) {
        expect(reader, '(');
        read_of_kind(reader, EXPRESSION);
    } else {
        expect(reader, '(');
        read_of_kind(reader, PREDICATE);
    }
    expect(reader, ')');
}

static enum kind read_comparison(struct jsonpath_reader *reader)
{
    if (reader->token == JP_EXISTS || accept(reader, '!')) {
        read_negated(reader);
        return PREDICATE;
    }
    if (read_arithmetic(reader) == PREDICATE)
        return PREDICATE;
    if (accept(reader, JP_COMPARISON)) {
        if (read_arithmetic(reader) != EXPRESSION)
            refuse(reader);
    } else if (accept(reader, JP_STARTS)) {
        expect(reader, JP_WITH);
        if (!accept(reader, JP_STRING))
            expect(reader, JP_VARIABLE);
    } else if (accept(reader, JP_LIKE_REGEX)) {
        read_regex(reader);
    } else {
        return EXPRESSION;
    }
    return PREDICATE;
}

/* && and || join predicates alone; their precedence does not matter here. */
static enum kind read_or(struct jsonpath_reader *reader)
{
    enum kind kind = read_comparison(reader);
    while (kind == PREDICATE && (accept(reader, JP_AND) || accept(reader, JP_OR)))
        if (read_comparison(reader) != PREDICATE)
            refuse(reader);
    return kind;
}

void literal_check_jsonpath(const struct literal *literal)
{
    struct jsonpath_reader reader = {.literal = literal, .at = literal->text};
    jsonpath_next(&reader);
    if (reader.token == JP_END)
        literal_bad_syntax(literal, "jsonpath");
    accept(&reader, JP_MODE);
    read_or(&reader);
    if (reader.token != JP_END)
        refuse(&reader);
}
