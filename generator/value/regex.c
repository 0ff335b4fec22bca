/* The syntax of regular expressions (regcomp.c, regc_lex.c): branches of quantified atoms, read by
 * recursive descent. The first error is remembered and moves to the end of the text, which ends all
 * loops. Patterns that turn to another flavour by a prefix or option are taken as they are.
 */
#include "value/regex.h"

#include <stdlib.h>
#include <string.h>

#include "value/literal.h"

enum {
    MOST_REPETITIONS = 255,
    MOST_GROUPS = 100, /* that are kept track of */
    MOST_NESTING = 1000,
};

struct regex {
    const char *at;
    const char *error;
    bool is_expanded;            /* white space and comments are skipped */
    bool is_closed[MOST_GROUPS]; /* by number of the group */
    int n_groups, depth;
};

static void fail(struct regex *regex, const char *error)
{
    if (!regex->error)
        regex->error = error;
    regex->at += strlen(regex->at);
}

static bool accept(struct regex *regex, const char *text)
{
    size_t len = strlen(text);
    bool found = strncmp(regex->at, text, len) == 0;
    regex->at += found ? len : 0;
    return found;
}

/* (?#…), and with the option x also white space and #…. */
static void skip_ignored(struct regex *regex)
{
    for (;;) {
        if (regex->is_expanded && literal_is_space(*regex->at)) {
            regex->at++;
        } else if (regex->is_expanded && *regex->at == '#') {
            regex->at += strcspn(regex->at, "\n");
        } else if (accept(regex, "(?#")) {
            regex->at += strcspn(regex->at, ")");
            accept(regex, ")");
        } else {
            return;
        }
    }
}

/* --- Escapes ------------------------------------------------------------------------------- */

enum escape { ESCAPE_CHARACTER, ESCAPE_CLASS, ESCAPE_CONSTRAINT, ESCAPE_REFERENCE };

static void read_hex(struct regex *regex, size_t least, size_t most)
{
    size_t n = 0;
    while (n < most && literal_is_hex(regex->at[n]))
        n++;
    regex->at += n;
    if (n < least)
        fail(regex, "invalid escape \\ sequence");
}

/* One digit, or as many as name a group, are a reference; else it is an octal number. */
static enum escape read_digits(struct regex *regex, int *group)
{
    const char *end = regex->at + strspn(regex->at, "0123456789");
    long number = strtol(regex->at, NULL, 10);
    if (*regex->at != '0' && (end == regex->at + 1 || number <= regex->n_groups)) {
        *group = number < MOST_GROUPS ? (int)number : 0;
        regex->at = end;
        return ESCAPE_REFERENCE;
    }
    if (*regex->at > '7')
        fail(regex, "invalid escape \\ sequence");
    for (int i = 0; i < 3 && *regex->at >= '0' && *regex->at <= '7'; i++)
        regex->at++;
    return ESCAPE_CHARACTER;
}

/* Behind the backslash. */
static enum escape read_escape(struct regex *regex, int *group)
{
    char c = *regex->at;
    if (!c)
        fail(regex, "invalid escape \\ sequence");
    if (literal_is_digit(c))
        return read_digits(regex, group);
    regex->at += c != '\0';
    if (!literal_is_alpha(c) || strchr("abBefnrtv", c))
        return ESCAPE_CHARACTER;
    if (strchr("dDsSwW", c))
        return ESCAPE_CLASS;
    if (strchr("AmMyYZ", c))
        return ESCAPE_CONSTRAINT;
    if (c == 'c' && *regex->at)
        regex->at++;
    else if (c == 'u' || c == 'U')
        read_hex(regex, c == 'u' ? 4 : 8, c == 'u' ? 4 : 8);
    else if (c == 'x')
        read_hex(regex, 1, 255);
    else
        fail(regex, "invalid escape \\ sequence");
    return ESCAPE_CHARACTER;
}

/* --- Brackets ------------------------------------------------------------------------------ */

static void check_class(struct regex *regex, const char *name, size_t len)
{
    static const char *const names[] = {"alnum", "alpha", "ascii",  "blank", "cntrl",
                                        "digit", "graph", "lower",  "print", "punct",
                                        "space", "upper", "xdigit", "word"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == len && strncmp(names[i], name, len) == 0)
            return;
    fail(regex, "invalid character class");
}

/* [:class:], [.element.] or [=element=] with the kind's character read; true for a class. */
static bool read_named(struct regex *regex, char kind)
{
    const char end[] = {kind, ']', '\0'}, *name = regex->at, *close = strstr(name, end);
    if (!close) {
        fail(regex, "brackets [] not balanced");
        return true;
    }
    regex->at = close + 2;
    if (kind == ':')
        check_class(regex, name, (size_t)(close - name));
    else if (close == name)
        fail(regex, "invalid collating element");
    return kind != '.';
}

/* An end of a range or something that stands alone, which is_single tells. *value is the order of
 * the character, whose bytes are in the order of code points; 0 if it is not plain. */
static void read_member(struct regex *regex, bool *is_single, uint32_t *value)
{
    int group;
    *is_single = false;
    *value = 0;
    if (accept(regex, "\\")) {
        enum escape escape = read_escape(regex, &group);
        if (escape == ESCAPE_CONSTRAINT || escape == ESCAPE_REFERENCE)
            fail(regex, "invalid escape \\ sequence");
        *is_single = escape == ESCAPE_CLASS;
    } else if (*regex->at == '[' && regex->at[1] && strchr(".=:", regex->at[1])) {
        regex->at += 2;
        *is_single = read_named(regex, regex->at[-1]);
    } else if (*regex->at) {
        *value = (unsigned char)*regex->at;
        for (regex->at++; ((unsigned char)*regex->at & 0xC0) == 0x80; regex->at++)
            *value = *value << 8 | (unsigned char)*regex->at;
    }
}

static void read_bracket_part(struct regex *regex, bool is_first)
{
    bool is_single;
    uint32_t low, high;
    if (*regex->at == '-' && !is_first && regex->at[1] != ']') {
        fail(regex, "invalid character range");
        return;
    }
    read_member(regex, &is_single, &low);
    if (is_single || *regex->at != '-' || regex->at[1] == ']')
        return;
    regex->at++;
    read_member(regex, &is_single, &high);
    if (is_single || (low && high && low > high))
        fail(regex, "invalid character range");
}

static void read_bracket(struct regex *regex)
{
    bool is_first = true;
    accept(regex, "^");
    for (; *regex->at && (*regex->at != ']' || is_first); is_first = false)
        read_bracket_part(regex, is_first);
    if (!accept(regex, "]"))
        fail(regex, "brackets [] not balanced");
}

/* --- Atoms --------------------------------------------------------------------------------- */

static void read_branches(struct regex *regex, bool in_group, bool in_lookaround);

static void read_group(struct regex *regex, bool is_capturing, bool in_lookaround)
{
    int number = is_capturing ? ++regex->n_groups : 0;
    if (++regex->depth > MOST_NESTING) {
        regex->at += strlen(regex->at);
        return;
    }
    read_branches(regex, true, in_lookaround);
    if (!accept(regex, ")"))
        fail(regex, "parentheses () not balanced");
    if (number < MOST_GROUPS)
        regex->is_closed[number] = true;
    regex->depth--;
}

/* Behind an opening parenthesis; whether a quantifier may follow. */
static bool read_parenthesis(struct regex *regex, bool in_lookaround)
{
    bool is_lookaround =
        accept(regex, "?=") || accept(regex, "?!") || accept(regex, "?<=") || accept(regex, "?<!");
    bool is_plain = !is_lookaround && accept(regex, "?:");
    if (!is_lookaround && !is_plain && *regex->at == '?')
        fail(regex, "quantifier operand invalid");
    else
        read_group(regex, !is_plain && !is_lookaround && !in_lookaround,
                   in_lookaround || is_lookaround);
    return !is_lookaround;
}

static bool read_backslash(struct regex *regex, bool in_lookaround)
{
    int group = 0;
    enum escape escape = read_escape(regex, &group);
    if (escape == ESCAPE_REFERENCE && (in_lookaround || !regex->is_closed[group]))
        fail(regex, "invalid backreference number");
    return escape != ESCAPE_CONSTRAINT;
}

static bool is_bound(const char *s)
{
    return *s == '{' && literal_is_digit(s[1]);
}

/* Whether a quantifier may follow. */
static bool read_atom(struct regex *regex, bool in_lookaround)
{
    if (accept(regex, "[[:<:]]") || accept(regex, "[[:>:]]") || accept(regex, "^") ||
        accept(regex, "$"))
        return false;
    if (strchr("*+?", *regex->at) || is_bound(regex->at))
        fail(regex, "quantifier operand invalid");
    else if (*regex->at == ')')
        fail(regex, "parentheses () not balanced");
    else if (accept(regex, "("))
        return read_parenthesis(regex, in_lookaround);
    else if (accept(regex, "["))
        read_bracket(regex);
    else if (accept(regex, "\\"))
        return read_backslash(regex, in_lookaround);
    else
        regex->at++;
    return true;
}

static long read_count(struct regex *regex)
{
    char *end;
    long count = strtol(regex->at, &end, 10);
    if (count > MOST_REPETITIONS || count < 0)
        fail(regex, "invalid repetition count(s)");
    else
        regex->at = end;
    return count;
}

static void read_bound(struct regex *regex)
{
    long least = read_count(regex);
    if (accept(regex, ",") && literal_is_digit(*regex->at) && read_count(regex) < least)
        fail(regex, "invalid repetition count(s)");
    if (!*regex->at)
        fail(regex, "braces {} not balanced");
    else if (!accept(regex, "}"))
        fail(regex, "invalid repetition count(s)");
}

static void read_quantifier(struct regex *regex)
{
    skip_ignored(regex);
    if (is_bound(regex->at)) {
        regex->at++;
        read_bound(regex);
    } else if (*regex->at && strchr("*+?", *regex->at)) {
        regex->at++;
    } else {
        return;
    }
    accept(regex, "?"); /* as few as possible */
}

static void read_branches(struct regex *regex, bool in_group, bool in_lookaround)
{
    for (;;) {
        skip_ignored(regex);
        if (!*regex->at || (in_group && *regex->at == ')'))
            return;
        if (!accept(regex, "|") && read_atom(regex, in_lookaround))
            read_quantifier(regex);
    }
}

/* --- Prefixes ------------------------------------------------------------------------------ */

/* False when the rest is not to be read. */
static bool read_prefixes(struct regex *regex)
{
    if (accept(regex, "***=") || accept(regex, "***?"))
        return false;
    if (!accept(regex, "***:") && strncmp(regex->at, "***", 3) == 0)
        return true;
    if (strncmp(regex->at, "(?", 2) != 0 || !literal_is_alpha(regex->at[2]))
        return true;
    const char *options = regex->at + 2;
    size_t n = 0;
    while (literal_is_alpha(options[n]))
        n++;
    for (size_t i = 0; i < n; i++)
        if (!strchr("bceimnpqstwx", options[i]))
            fail(regex, "invalid embedded option");
    if (options[n] != ')')
        fail(regex, "invalid embedded option");
    if (regex->error)
        return false;
    regex->is_expanded = memchr(options, 'x', n) != NULL;
    regex->at = options + n + 1;
    return !memchr(options, 'q', n) && !memchr(options, 'b', n) && !memchr(options, 'e', n);
}

const char *regex_error(const char *pattern)
{
    struct regex regex = {.at = pattern};
    if (read_prefixes(&regex))
        read_branches(&regex, false, false);
    return regex.error;
}
