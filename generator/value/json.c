/* JSON (RFC 8259 as the server reads it): a recursive descent over the text. jsonb also decodes the
 * escapes of strings, so that wrong surrogate pairs and \u0000 are errors for it alone.
 */
#include "value/literal.h"

#include <string.h>

enum { MAX_NESTING = 12000 }; /* about what the server's stack allows by default */

struct json {
    const struct literal *literal;
    const char *at;
    bool decodes;
    int depth;
};

static _Noreturn void bad_json(const struct json *json)
{
    literal_fail(json->literal, "22P02", "invalid input syntax for type json");
}

static void skip_spaces(struct json *json)
{
    while (*json->at == ' ' || *json->at == '\t' || *json->at == '\n' || *json->at == '\r')
        json->at++;
}

static unsigned read_hex4(struct json *json)
{
    unsigned value = 0;
    for (int i = 0; i < 4; i++) {
        char c = literal_lower(*json->at);
        if (!literal_is_hex(c))
            bad_json(json);
        value = value * 16 + (unsigned)(literal_is_digit(c) ? c - '0' : c - 'a' + 10);
        json->at++;
    }
    return value;
}

static void check_unicode_escape(struct json *json, unsigned *high)
{
    unsigned value = read_hex4(json);
    bool is_high = value >= 0xD800 && value <= 0xDBFF, is_low = value >= 0xDC00 && value <= 0xDFFF;
    if (!json->decodes)
        return;
    if (is_low != (*high != 0))
        bad_json(json);
    if (value == 0)
        literal_fail(json->literal, "22P05", "unsupported Unicode escape sequence");
    *high = is_high ? value : 0;
}

static void read_string(struct json *json)
{
    unsigned high = 0; /* half of a surrogate pair that waits for the other */
    json->at++;
    while (*json->at != '"') {
        if ((unsigned char)*json->at < 32)
            bad_json(json);
        if (*json->at == '\\' && json->at[1] == 'u') {
            json->at += 2;
            check_unicode_escape(json, &high);
            continue;
        }
        if (high)
            bad_json(json);
        if (*json->at == '\\') {
            json->at++;
            if (!*json->at || !strchr("\"\\/bfnrt", *json->at))
                bad_json(json);
        }
        json->at++;
    }
    if (high)
        bad_json(json);
    json->at++;
}

static void read_digits(struct json *json)
{
    if (!literal_is_digit(*json->at))
        bad_json(json);
    while (literal_is_digit(*json->at))
        json->at++;
}

/* Numbers of jsonb are kept as numeric, which has limits. */
static void check_magnitude(const struct json *json, const char *start)
{
    struct arena *arena = json->literal->input->arena;
    literal_read(json->literal, NUMERICOID, -1,
                 arena_strndup(arena, start, (size_t)(json->at - start)));
}

static void read_number(struct json *json)
{
    const char *start = json->at;
    if (*json->at == '-')
        json->at++;
    if (*json->at == '0')
        json->at++;
    else
        read_digits(json);
    if (*json->at == '.') {
        json->at++;
        read_digits(json);
    }
    if (*json->at == 'e' || *json->at == 'E') {
        json->at++;
        if (*json->at == '+' || *json->at == '-')
            json->at++;
        read_digits(json);
    }
    if (literal_is_alpha(*json->at) || literal_is_digit(*json->at) || *json->at == '_')
        bad_json(json);
    if (json->decodes)
        check_magnitude(json, start);
}

static void read_word(struct json *json)
{
    static const char *const words[] = {"true", "false", "null"};
    size_t len = 0;
    while (literal_is_alpha(json->at[len]) || literal_is_digit(json->at[len]) ||
           json->at[len] == '_' || (unsigned char)json->at[len] >= 0x80)
        len++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && memcmp(words[i], json->at, len) == 0) {
            json->at += len;
            return;
        }
    bad_json(json);
}

static void read_value(struct json *json);

static void read_members(struct json *json, char close, bool with_keys)
{
    json->at++;
    skip_spaces(json);
    if (*json->at == close) {
        json->at++;
        return;
    }
    for (;;) {
        skip_spaces(json);
        if (with_keys) {
            if (*json->at != '"')
                bad_json(json);
            read_string(json);
            skip_spaces(json);
            if (*json->at++ != ':')
                bad_json(json);
        }
        read_value(json);
        if (*json->at != ',')
            break;
        json->at++;
    }
    if (*json->at++ != close)
        bad_json(json);
}

static void read_value(struct json *json)
{
    if (++json->depth > MAX_NESTING)
        literal_fail(json->literal, "54001", "stack depth limit exceeded");
    skip_spaces(json);
    if (*json->at == '{')
        read_members(json, '}', true);
    else if (*json->at == '[')
        read_members(json, ']', false);
    else if (*json->at == '"')
        read_string(json);
    else if (*json->at == '-' || literal_is_digit(*json->at))
        read_number(json);
    else
        read_word(json);
    skip_spaces(json);
    json->depth--;
}

static void check(const struct literal *literal, bool decodes)
{
    struct json json = {literal, literal->text, decodes, 0};
    read_value(&json);
    if (*json.at)
        bad_json(&json);
}

void literal_check_json(const struct literal *literal)
{
    check(literal, false);
}

void literal_check_jsonb(const struct literal *literal)
{
    check(literal, true);
}
