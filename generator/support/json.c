/* A value is preceded by a comma when it is not the first, a line break, and its key. */
#include "support/json.h"

#include <inttypes.h>

static void add_string(struct buf *out, str text)
{
    static const char hex[] = "0123456789abcdef";

    buf_addc(out, '"');
    while (text.len) {
        size_t valid = str_valid_utf8(text);
        for (size_t i = 0; i < valid; i++) {
            unsigned char c = (unsigned char)text.data[i];
            if (c == '"' || c == '\\')
                buf_addf(out, "\\%c", c);
            else if (c == '\n')
                buf_adds(out, "\\n");
            else if (c == '\t')
                buf_adds(out, "\\t");
            else if (c < 0x20 || c == 0x7F)
                buf_addf(out, "\\u00%c%c", hex[c >> 4], hex[c & 15]);
            else
                buf_addc(out, (char)c);
        }
        if (valid < text.len) {
            buf_adds(out, "\\ufffd");
            valid++;
        }
        text = str_slice(text, valid, text.len);
    }
    buf_addc(out, '"');
}

static void add_line_break(struct json *json)
{
    buf_addc(json->out, '\n');
    for (unsigned i = 0; i < json->depth; i++)
        buf_adds(json->out, "  ");
}

static void begin_value(struct json *json, const char *key)
{
    if (json->has_items)
        buf_addc(json->out, ',');
    if (json->depth)
        add_line_break(json);
    if (key) {
        add_string(json->out, str_from(key));
        buf_adds(json->out, ": ");
    }
    json->has_items = true;
}

static void begin(struct json *json, const char *key, char bracket)
{
    begin_value(json, key);
    buf_addc(json->out, bracket);
    json->depth++;
    json->has_items = false;
}

static void end(struct json *json, char bracket)
{
    json->depth--;
    if (json->has_items)
        add_line_break(json);
    buf_addc(json->out, bracket);
    if (!json->depth)
        buf_addc(json->out, '\n');
    json->has_items = true;
}

void json_begin_object(struct json *json, const char *key)
{
    begin(json, key, '{');
}

void json_end_object(struct json *json)
{
    end(json, '}');
}

void json_begin_array(struct json *json, const char *key)
{
    begin(json, key, '[');
}

void json_end_array(struct json *json)
{
    end(json, ']');
}

void json_string(struct json *json, const char *key, const char *text)
{
    begin_value(json, key);
    if (text)
        add_string(json->out, str_from(text));
    else
        buf_adds(json->out, "null");
}

void json_int(struct json *json, const char *key, int64_t value)
{
    begin_value(json, key);
    buf_addf(json->out, "%" PRId64, value);
}

void json_bool(struct json *json, const char *key, bool value)
{
    begin_value(json, key);
    buf_adds(json->out, value ? "true" : "false");
}
