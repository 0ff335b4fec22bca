/* Names of migrations: YYYYMMDDHHMMSS_name. */
#include <stdlib.h>
#include <string.h>

#include "migrate/migration.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_title_char(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

const char *migration_title_problem(const char *title)
{
    if (!*title)
        return "a name is missing";
    for (const char *c = title; *c; c++)
        if (!is_title_char(*c))
            return "a name is made of letters, digits, _ and -";
    if (strlen(title) + STAMP_LENGTH + 1 > LONGEST_MIGRATION)
        return "a name has at most 48 characters, as its file's has 63 with the time";
    return NULL;
}

static unsigned number_at(const char *digits, size_t n)
{
    unsigned value = 0;

    for (size_t i = 0; i < n; i++)
        value = value * 10 + (unsigned)(digits[i] - '0');
    return value;
}

static bool is_stamp(const char *name)
{
    for (size_t i = 0; i < STAMP_LENGTH; i++)
        if (!is_digit(name[i]))
            return false;
    return number_at(name + 4, 2) - 1 < 12 && number_at(name + 6, 2) - 1 < 31 &&
           number_at(name + 8, 2) < 24 && number_at(name + 10, 2) < 60 &&
           number_at(name + 12, 2) < 60;
}

const char *migration_name_problem(const char *name)
{
    if (strlen(name) > LONGEST_MIGRATION)
        return "a name has at most 63 characters";
    if (strlen(name) < STAMP_LENGTH || !is_stamp(name) || name[STAMP_LENGTH] != '_')
        return "a name is a time and a name: 20261130101500_add_limit";
    return migration_title_problem(name + STAMP_LENGTH + 1);
}

str without_carriage_returns(struct arena *arena, str text)
{
    char *bytes = arena_alloc(arena, text.len + 1), *out = bytes;

    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] != '\r' || i + 1 == text.len || text.data[i + 1] != '\n')
            *out++ = text.data[i];
    *out = '\0';
    return (str){bytes, (size_t)(out - bytes)};
}
