/* International product numbers: EAN13, ISBN, ISMN, ISSN, UPC (isn.c). Hyphens and spaces anywhere;
 * the kind follows from the length and the check digit must be right, unless it is `?` or `!`
 * follows.
 */
#include <stdio.h>
#include <string.h>

#include "value/contrib.h"

enum kind { KIND_NONE, KIND_EAN13, KIND_ISBN, KIND_ISMN, KIND_ISSN, KIND_UPC };

static const char *const kind_names[] = {
    [KIND_NONE] = "EAN13/UPC/ISxN", [KIND_EAN13] = "EAN13", [KIND_ISBN] = "ISBN",
    [KIND_ISMN] = "ISMN",           [KIND_ISSN] = "ISSN",   [KIND_UPC] = "UPC"};

struct number {
    const struct literal *literal;
    enum kind wanted, kind;
    char digits[15];
    size_t n;
    bool any_check; /* the check digit does not count */
};

static _Noreturn void bad_syntax(const struct number *number)
{
    literal_fail(number->literal, "22P02", "invalid input syntax for %s number: \"%s\"",
                 kind_names[number->wanted], number->literal->text);
}

static _Noreturn void bad_kind(const struct number *number)
{
    literal_fail(number->literal, "22P02", "cannot cast %s to %s for number: \"%s\"",
                 kind_names[number->kind], kind_names[number->wanted], number->literal->text);
}

/* The kind that a last character tells by its place. */
static enum kind kind_of_last(const struct number *number, bool is_digit, bool is_x)
{
    switch (number->n) {
    case 7:
        return is_digit || is_x ? KIND_ISSN : KIND_NONE;
    case 9:
        return is_digit || is_x ? KIND_ISBN : KIND_NONE;
    case 11:
        return is_digit ? KIND_UPC : KIND_NONE;
    default:
        return KIND_NONE;
    }
}

static void set_kind(struct number *number, enum kind kind)
{
    if (kind == KIND_ISBN && number->kind == KIND_ISMN)
        return;
    if (number->kind)
        bad_syntax(number);
    number->kind = kind;
}

static void read_character(struct number *number, const char *s)
{
    bool is_last = s[1] == '!' || !s[1], is_mark = *s == '?' && is_last;
    bool is_digit = literal_is_digit(*s) || is_mark;
    bool is_x = *s == 'X' || *s == 'x';
    enum kind last = is_last ? kind_of_last(number, is_digit, is_x) : KIND_NONE;
    number->any_check |= is_mark;
    if (number->n == 0 && (*s == 'M' || *s == 'm')) {
        set_kind(number, KIND_ISMN);
        number->digits[number->n++] = 'M';
    } else if (last) {
        set_kind(number, last);
        number->digits[number->n++] = is_x ? 'X' : *s;
    } else if (*s == '!' && !s[1]) {
        number->any_check = true;
    } else if (is_digit) {
        number->digits[number->n++] = *s;
        if (number->n > 13)
            literal_fail(number->literal, "22003", "value \"%s\" is out of range for %s type",
                         number->literal->text, kind_names[number->wanted]);
    } else if (*s != '-' && *s != ' ') {
        bad_syntax(number);
    }
}

static void check_length(struct number *number)
{
    if (number->n == 13)
        set_kind(number, KIND_EAN13);
    else if (number->n == 8 && !number->kind)
        number->kind = KIND_ISSN;
    bool is_good = (number->n == 13 && number->kind == KIND_EAN13) ||
                   (number->n == 12 && number->kind == KIND_UPC) ||
                   (number->n == 10 && (number->kind == KIND_ISBN || number->kind == KIND_ISMN)) ||
                   (number->n == 8 && number->kind == KIND_ISSN);
    if (!is_good)
        bad_syntax(number);
}

/* What an EAN13 is by its prefix. */
static enum kind kind_of_ean(const char *digits)
{
    if (*digits == '0')
        return KIND_UPC;
    if (strncmp(digits, "977", 3) == 0)
        return KIND_ISSN;
    if (strncmp(digits, "9790", 4) == 0)
        return KIND_ISMN;
    bool is_book = strncmp(digits, "978", 3) == 0 || strncmp(digits, "979", 3) == 0;
    return is_book ? KIND_ISBN : KIND_EAN13;
}

/* Weights fall to 2, modulo 11: ten is X. */
static int weighted_check(const char *digits, int size)
{
    int sum = 0;
    for (int weight = size; weight > 1; weight--)
        sum += weight * (*digits++ - '0');
    return (11 - sum % 11) % 11;
}

/* Every second digit counts three times. */
static int ean_check(const char *digits)
{
    int sum = 0;
    for (int i = 0; i < 12; i++)
        sum += (digits[i] - '0') * (i % 2 ? 3 : 1);
    return (10 - sum % 10) % 10;
}

static int right_check(const struct number *number)
{
    char ean[16];
    switch (number->kind) {
    case KIND_ISBN:
        return weighted_check(number->digits, 10);
    case KIND_ISSN:
        return weighted_check(number->digits, 8);
    case KIND_ISMN:
        snprintf(ean, sizeof ean, "9790%s", number->digits + 1);
        return ean_check(ean);
    case KIND_UPC:
        snprintf(ean, sizeof ean, "0%s", number->digits);
        return ean_check(ean);
    default:
        return ean_check(number->digits);
    }
}

static void check_number(const struct literal *literal, enum kind wanted)
{
    struct number number = {.literal = literal, .wanted = wanted};
    for (const char *s = literal->text; *s && number.n <= 13; s++)
        read_character(&number, s);
    check_length(&number);
    if (number.kind != KIND_EAN13 && number.kind != wanted)
        bad_kind(&number);
    char last = number.digits[number.n - 1];
    int right = number.any_check ? 0 : right_check(&number);
    int given = last == 'X' ? 10 : last - '0';
    if (number.kind == KIND_EAN13 && wanted != KIND_EAN13) {
        number.kind = kind_of_ean(number.digits);
        if (number.kind != wanted)
            bad_kind(&number);
    }
    if (!number.any_check && given != right)
        literal_fail(literal, "22P02", "invalid check digit for %s number: \"%s\", should be %c",
                     kind_names[wanted], literal->text, right == 10 ? 'X' : (char)(right + '0'));
}

void literal_check_ean13(const struct literal *literal)
{
    check_number(literal, KIND_EAN13);
}

void literal_check_isbn(const struct literal *literal)
{
    check_number(literal, KIND_ISBN);
}

void literal_check_ismn(const struct literal *literal)
{
    check_number(literal, KIND_ISMN);
}

void literal_check_issn(const struct literal *literal)
{
    check_number(literal, KIND_ISSN);
}

void literal_check_upc(const struct literal *literal)
{
    check_number(literal, KIND_UPC);
}
