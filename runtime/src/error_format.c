/* A failure as lines of a log. What the server says is not trusted: control characters cannot end a
 * line or move a terminal's cursor. */
#include "internal.h"

#include <stdio.h>
#include <string.h>

/* Like snprintf, piece by piece: what does not fit is counted. */
struct text {
    char *at;
    size_t room; /* with the NUL */
    size_t length;
};

static void put_char(struct text *text, char c)
{
    if (text->length + 1 < text->room)
        text->at[text->length] = c;
    text->length++;
}

/* The lines behind the first are indented. */
static void put(struct text *text, const char *words)
{
    for (; *words != '\0'; words++) {
        if (*words == '\n')
            put_char(text, '\n');
        if (*words == '\n')
            put(text, "    ");
        else
            put_char(text, (unsigned char)*words < ' ' || *words == 0x7f ? '?' : *words);
    }
}

static void put_line(struct text *text, const char *label, const char *words)
{
    if (*words == '\0')
        return;
    put(text, "\n");
    put(text, label);
    put(text, words);
}

static void put_head(struct text *text, const tenon_error *error)
{
    put(text, tenon_status_name(error->status));
    if (*error->sqlstate != '\0') {
        put(text, " [");
        put(text, error->sqlstate);
        put(text, "]");
    }
    if (*error->query != '\0') {
        put(text, " in query ");
        put(text, error->query);
    }
    put(text, ": ");
    put(text, error->message);
}

static void put_constraint(struct text *text, const tenon_error *error)
{
    bool is_of_type = *error->table_name == '\0';
    const char *of = is_of_type ? error->data_type_name : error->table_name;

    put_line(text, "constraint: ", error->constraint_name);
    if (*error->constraint_name == '\0' || *of == '\0')
        return;
    put(text, " of ");
    if (*error->schema_name != '\0') {
        put(text, error->schema_name);
        put(text, ".");
    }
    put(text, of);
}

/* The line of a character of the SQL, which are counted from 1, and a caret under it. */
static void put_place(struct text *text, const char *sql, int position)
{
    const char *line = sql, *at = sql;
    char number[32];
    int n = 1, column = 0;

    if (position <= 0 || *sql == '\0')
        return;
    for (int i = 1; *at != '\0' && (i < position || !tenon__begins_character(*at)); at++) {
        i += tenon__begins_character(at[1]);
        column += tenon__begins_character(*at);
        if (*at == '\n') {
            line = at + 1;
            column = 0;
            n++;
        }
    }
    snprintf(number, sizeof number, "%d | ", n);
    put(text, "\n");
    put(text, number);
    for (const char *c = line; *c != '\0' && *c != '\n'; c++)
        put_char(text, (unsigned char)*c < ' ' || *c == 0x7f ? ' ' : *c);
    put(text, "\n");
    for (int i = 0; i < column + (int)strlen(number); i++)
        put_char(text, ' ');
    put_char(text, '^');
}

static void put_item(struct text *text, size_t item)
{
    char number[32];

    snprintf(number, sizeof number, "%zu", item);
    if (item != TENON_NO_ITEM)
        put_line(text, "item: ", number);
}

size_t tenon_error_format(const tenon_error *error, char *buffer, size_t size)
{
    struct text text = {buffer, size, 0};

    put_head(&text, error);
    put_line(&text, "detail: ", error->detail);
    put_line(&text, "hint: ", error->hint);
    put_constraint(&text, error);
    put_item(&text, error->item);
    put_line(&text, "context: ", error->context);
    put_place(&text, error->sql, error->position);
    put_place(&text, error->internal_query, error->internal_position);
    if (error->status != TENON_OK && error->effect != TENON_EFFECT_NONE)
        put_line(&text, "effect: ", tenon_effect_name(error->effect));
    if (size > 0)
        buffer[text.length < size ? text.length : size - 1] = '\0';
    return text.length;
}
