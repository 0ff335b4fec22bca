/* query_int, the boolean queries of intarray (_int_bool.c). */
#include <stdlib.h>
#include <string.h>

#include "value/contrib.h"

enum { MAX_NUMBER = 15 }; /* characters */

static _Noreturn void bad_query(const struct literal *literal)
{
    literal_fail(literal, "42601", "syntax error");
}

/* Numbers with a leading 0 are octal. */
static const char *read_number(const struct literal *literal, const char *s)
{
    size_t len = strspn(s + 1, "0123456789") + 1;
    char *number = arena_strndup(literal->input->arena, s, len);
    if (len > MAX_NUMBER)
        bad_query(literal);
    long value = strtol(number, NULL, 0);
    if (value > INT32_MAX || value < INT32_MIN)
        bad_query(literal);
    return s + len;
}

void literal_check_query_int(const struct literal *literal)
{
    const char *s = literal->text;
    int depth = 0;
    for (;;) {
        s += strspn(s, " ");
        if (*s == '!' || *s == '(') {
            depth += *s++ == '(';
            continue;
        }
        if (*s != '-' && !literal_is_digit(*s))
            bad_query(literal);
        s = read_number(literal, s);
        for (; *s == ' ' || (*s == ')' && depth > 0); s++)
            depth -= *s == ')';
        if (!*s && depth == 0)
            return;
        if (*s != '&' && *s != '|')
            bad_query(literal);
        s++;
    }
}
