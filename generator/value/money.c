/* money input (cash.c) with the symbols of the locale C, which those of English differ from in
 * nothing that is read: a point before two decimals, commas that are skipped, `$`. A parenthesis is
 * a minus.
 */
#include "value/literal.h"

#include <string.h>

enum { DECIMALS = 2 };

/* The amount in cents, kept negative as the server does: one more fits. */
struct amount {
    const struct literal *literal;
    int64_t value;
};

static void append(struct amount *amount, int factor, int digit)
{
    if (amount->value < (INT64_MIN + digit) / factor)
        literal_fail(amount->literal, "22003", "value \"%s\" is out of range for type money",
                     amount->literal->text);
    amount->value = amount->value * factor - digit;
}

static const char *skip_symbol(const char *s)
{
    s = literal_skip_spaces(s);
    return literal_skip_spaces(s + (*s == '$'));
}

/* Digits with commas anywhere; further decimals only round. */
static const char *read_digits(struct amount *amount, const char *s)
{
    bool has_point = false;
    int n_decimals = 0;
    for (;; s++) {
        if (literal_is_digit(*s) && n_decimals < DECIMALS) {
            append(amount, 10, *s - '0');
            n_decimals += has_point;
        } else if (*s == '.' && !has_point) {
            has_point = true;
        } else if (*s != ',') {
            break;
        }
    }
    if (*s >= '5' && *s <= '9')
        append(amount, 1, 1);
    for (; n_decimals < DECIMALS; n_decimals++)
        append(amount, 10, 0);
    return s + strspn(s, "0123456789");
}

void literal_check_money(const struct literal *literal)
{
    struct amount amount = {literal, 0};
    const char *s = skip_symbol(literal->text);
    bool is_negative = *s == '-' || *s == '(';
    s = skip_symbol(s + (is_negative || *s == '+'));
    for (s = read_digits(&amount, s); *s; s++) {
        if (!literal_is_space(*s) && !strchr(")-+$", *s))
            literal_bad_syntax(literal, "money");
        is_negative |= *s == '-';
    }
    if (!is_negative && amount.value == INT64_MIN)
        literal_fail(literal, "22003", "value \"%s\" is out of range for type money",
                     literal->text);
}
