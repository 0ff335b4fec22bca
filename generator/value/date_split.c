/* Cutting date/time input into fields by their looks (ParseDateTime). */
#include "value/date.h"

#include <string.h>

#include "support/buf.h"

struct splitter {
    const char *at;
    struct buf text; /* of the current field */
};

static bool is_alnum(char c)
{
    return literal_is_alpha(c) || literal_is_digit(c);
}

static void take(struct splitter *s)
{
    buf_addc(&s->text, literal_lower(*s->at++));
}

static void take_digits(struct splitter *s)
{
    while (literal_is_digit(*s->at))
        take(s);
}

/* After digits and a delimiter of dates: 2001-02-03, 2001-feb-03, 2001.36. */
static enum date_field_kind split_date(struct splitter *s)
{
    char delimiter = *s->at;
    enum date_field_kind kind = delimiter == '.' ? DATE_FIELD_NUMBER : DATE_FIELD_DATE;
    take(s);
    if (!literal_is_digit(*s->at)) {
        while (is_alnum(*s->at) || *s->at == delimiter)
            take(s);
        return DATE_FIELD_DATE;
    }
    take_digits(s);
    if (*s->at != delimiter)
        return kind;
    while (literal_is_digit(*s->at) || *s->at == delimiter)
        take(s);
    return DATE_FIELD_DATE;
}

static enum date_field_kind split_number(struct splitter *s)
{
    take_digits(s);
    if (*s->at == ':') {
        while (literal_is_digit(*s->at) || *s->at == ':' || *s->at == '.')
            take(s);
        return DATE_FIELD_TIME;
    }
    if (*s->at == '-' || *s->at == '/' || *s->at == '.')
        return split_date(s);
    return DATE_FIELD_NUMBER;
}

/* A word; with punctuation or digits in it a date (feb-7-2001) or the name of a zone. */
static enum date_field_kind split_word(struct splitter *s)
{
    int ignored;
    while (literal_is_alpha(*s->at))
        take(s);
    bool is_date = *s->at == '-' || *s->at == '/' || *s->at == '.';
    if (*s->at == '+' || literal_is_digit(*s->at)) {
        enum date_word word = date_find_word(buf_text(&s->text), &ignored);
        is_date = word == WORD_UNKNOWN || word == WORD_ZONE;
    }
    if (!is_date)
        return DATE_FIELD_STRING;
    while (*s->at && (is_alnum(*s->at) || strchr("+-/_.:", *s->at)))
        take(s);
    return DATE_FIELD_DATE;
}

/* False when the sign is followed by nothing sensible. */
static bool split_signed(struct splitter *s, enum date_field_kind *kind)
{
    take(s);
    s->at = literal_skip_spaces(s->at);
    if (literal_is_digit(*s->at)) {
        *kind = DATE_FIELD_ZONE;
        while (*s->at && (literal_is_digit(*s->at) || strchr(":.-", *s->at)))
            take(s);
        return true;
    }
    *kind = DATE_FIELD_SPECIAL;
    if (!literal_is_alpha(*s->at))
        return false;
    while (literal_is_alpha(*s->at))
        take(s);
    return true;
}

enum date_error date_split(struct arena *arena, const char *text, struct date_fields *fields)
{
    struct splitter s = {.at = text};
    fields->n = 0;
    while (*(s.at = literal_skip_spaces(s.at))) {
        enum date_field_kind kind;
        s.text = buf_in(arena);
        if (literal_is_digit(*s.at)) {
            kind = split_number(&s);
        } else if (*s.at == '.') {
            kind = DATE_FIELD_NUMBER;
            take(&s);
            take_digits(&s);
        } else if (literal_is_alpha(*s.at)) {
            kind = split_word(&s);
        } else if (*s.at == '+' || *s.at == '-') {
            if (!split_signed(&s, &kind))
                return DATE_BAD_FORMAT;
        } else if (strchr("!\"#$%&'()*,/:;<=>?@[\\]^_`{|}~", *s.at)) {
            s.at++;
            continue;
        } else {
            return DATE_BAD_FORMAT;
        }
        if (fields->n == MAX_DATE_FIELDS)
            return DATE_BAD_FORMAT;
        fields->items[fields->n++] =
            (struct date_field){kind, arena_strdup(arena, buf_text(&s.text))};
    }
    return DATE_OK;
}
