/* The language of lies: liar.h describes it. It is read and sent in one pass. */
#include "liar.h"

#include <stdlib.h>
#include <string.h>

struct script {
    const char *at;
    const unsigned char *next, *end; /* honest messages */
    script_sink *sink;               /* NULL: only find out whether it applies */
    void *context;
    bool stopped, applies;
    unsigned long counter;
};

struct buffer {
    unsigned char *bytes;
    size_t length, room;
};

static void put(struct buffer *buffer, int byte)
{
    if (buffer->length == buffer->room) {
        buffer->room = buffer->room * 2 + 256;
        buffer->bytes = realloc(buffer->bytes, buffer->room);
        if (buffer->bytes == NULL)
            abort();
    }
    buffer->bytes[buffer->length++] = (unsigned char)byte;
}

static void put_int(struct buffer *buffer, long value, int n_bytes)
{
    for (int i = n_bytes - 1; i >= 0; i--)
        put(buffer, (int)(value >> 8 * i & 0xff));
}

static void put_text(struct buffer *buffer, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        put(buffer, text[i]);
}

static void put_hex(struct script *script, struct buffer *buffer)
{
    char pair[3] = "";

    while (strchr(" )", *script->at) == NULL) {
        memcpy(pair, script->at, 2);
        put(buffer, (int)strtol(pair, NULL, 16));
        script->at += 2;
    }
}

static long read_number(struct script *script)
{
    char *end;
    long number = strtol(script->at, &end, 10);

    script->at = end;
    return number;
}

static void put_field(struct script *script, struct buffer *buffer)
{
    char kind = *script->at++, number[24];
    const char *close;

    switch (kind) {
    case 'h':
    case 'i':
        put_int(buffer, read_number(script), kind == 'h' ? 2 : 4);
        break;
    case '\'':
    case '"':
        close = strchr(script->at, kind);
        put_text(buffer, script->at, (size_t)(close - script->at));
        if (kind == '\'')
            put(buffer, 0);
        script->at = close + 1;
        break;
    case 'b':
        put(buffer, *script->at++);
        break;
    case 'x':
        put_hex(script, buffer);
        break;
    case 'z':
        for (long n = read_number(script); n > 0; n--)
            put(buffer, 'z');
        break;
    case '#':
        put_text(buffer, number,
                 1 + (size_t)snprintf(number, sizeof number, "%lu", script->counter++));
        break;
    case ' ':
        break;
    default:
        fprintf(stderr, "not a field: %c%s\n", kind, script->at);
        abort();
    }
}

static void send_bytes(struct script *script, const unsigned char *bytes, size_t length)
{
    if (script->sink != NULL && !script->stopped && length > 0)
        script->stopped = !script->sink(script->context, bytes, length);
}

/* A message in parentheses, with a type and a length or without. */
static void send_made_up(struct script *script)
{
    struct buffer buffer = {0};
    char type = *script->at;

    script->at += 2;
    if (type != '!') {
        put(&buffer, type);
        put_int(&buffer, 0, 4);
    }
    while (*script->at != ')')
        put_field(script, &buffer);
    script->at++;
    for (int i = 0; i < 4 && type != '!'; i++)
        buffer.bytes[1 + i] = (unsigned char)((buffer.length - 1) >> (24 - 8 * i));
    send_bytes(script, buffer.bytes, buffer.length);
    free(buffer.bytes);
}

static size_t honest_length(const struct script *script)
{
    const unsigned char *m = script->next;

    if (m + 5 > script->end)
        return 0;
    return 1 + ((size_t)m[1] << 24 | (size_t)m[2] << 16 | (size_t)m[3] << 8 | m[4]);
}

static void send_patched(struct script *script)
{
    size_t length = honest_length(script);
    unsigned char *copy = malloc(length + 1);

    if (copy == NULL)
        abort();
    memcpy(copy, script->next, length);
    while (*script->at == '[' || *script->at == ',') {
        script->at++;
        size_t offset = (size_t)read_number(script);
        script->at++;
        long value = read_number(script);
        if (offset < length)
            copy[offset] = (unsigned char)value;
        else
            script->applies = false;
    }
    if (*script->at == ']')
        script->at++;
    send_bytes(script, copy, length);
    free(copy);
}

/* One item, but for those that end the script. */
static void run_item(struct script *script)
{
    char kind = *script->at;

    if (script->at[1] == '(') {
        send_made_up(script);
        return;
    }
    script->at++;
    if (strchr("+-&?/", kind) != NULL && honest_length(script) == 0)
        script->applies = false;
    if (!script->applies)
        return;
    if (kind == '+' || kind == '&')
        send_patched(script);
    if (kind == '+' || kind == '-')
        script->next += honest_length(script);
    if (kind == '/')
        send_bytes(script, script->next, (size_t)read_number(script));
    if (kind == '?')
        script->applies = script->next[0] == 'D' && script->next[6] == read_number(script);
    if (kind == '=') {
        send_bytes(script, script->next, (size_t)(script->end - script->next));
        script->next = script->end;
    }
    if (kind == '<') {
        const unsigned char *from = script->next;
        while (honest_length(script) > 0 && script->next[0] != (unsigned char)*script->at)
            script->next += honest_length(script);
        script->applies = honest_length(script) > 0;
        script->at++;
        send_bytes(script, from, (size_t)(script->next - from));
    }
}

static void run_repeated(struct script *script)
{
    script->at++;
    long times = read_number(script);
    const char *item = ++script->at;

    for (long i = 0; (times == 0 || i < times) && !script->stopped && script->applies; i++) {
        script->at = item;
        run_item(script);
        if (script->sink == NULL)
            break;
    }
}

enum script_end script_run(const char *text, const struct flight *flight, script_sink *sink,
                           void *context)
{
    struct script script = {.at = text, .next = flight->bytes, .sink = sink, .context = context};

    script.end = flight->bytes + flight->length;
    script.applies = true;
    while (*script.at != '\0' && script.applies) {
        if (*script.at == ' ')
            script.at++;
        else if (*script.at == '~')
            return SCRIPT_FALLS_SILENT;
        else if (*script.at == '.')
            return SCRIPT_CLOSES;
        else if (*script.at == '*')
            run_repeated(&script);
        else
            run_item(&script);
    }
    return script.applies ? SCRIPT_GOES_ON : SCRIPT_DOES_NOT_APPLY;
}

bool script_applies(const char *text, const struct flight *flight)
{
    return script_run(text, flight, NULL, NULL) != SCRIPT_DOES_NOT_APPLY;
}
