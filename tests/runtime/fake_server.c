#include "fake_server.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

void script_byte(struct script *script, int value)
{
    if (script->length < sizeof script->bytes)
        script->bytes[script->length++] = (unsigned char)value;
}

void script_int16(struct script *script, int value)
{
    script_byte(script, value >> 8);
    script_byte(script, value);
}

void script_int32(struct script *script, long value)
{
    script_int16(script, (int)(value >> 16 & 0xffff));
    script_int16(script, (int)(value & 0xffff));
}

void script_text(struct script *script, const char *text)
{
    do
        script_byte(script, *text);
    while (*text++ != '\0');
}

size_t script_begin(struct script *script, char type)
{
    script_byte(script, type);
    script_int32(script, 0);
    return script->length - 4;
}

void script_end(struct script *script, size_t begin)
{
    size_t end = script->length;

    script->length = begin;
    script_int32(script, (long)(end - begin));
    script->length = end;
}

void script_plain(struct script *script, char type)
{
    script_end(script, script_begin(script, type));
}

void script_field(struct script *script, const char *name, long type, int format)
{
    script_text(script, name);
    script_int32(script, 0);
    script_int16(script, 0);
    script_int32(script, type);
    script_int16(script, 4);
    script_int32(script, -1);
    script_int16(script, format);
}

void script_column(struct script *script, const char *name, long type, int format)
{
    size_t begin = script_begin(script, 'T');

    script_int16(script, 1);
    script_field(script, name, type, format);
    script_end(script, begin);
}

void script_value(struct script *script, long length, const char *bytes, size_t n_bytes)
{
    size_t begin = script_begin(script, 'D');

    script_int16(script, 1);
    script_int32(script, length);
    for (size_t i = 0; i < n_bytes; i++)
        script_byte(script, bytes[i]);
    script_end(script, begin);
}

void script_complete(struct script *script, const char *tag)
{
    size_t begin = script_begin(script, 'C');

    script_text(script, tag);
    script_end(script, begin);
}

void script_error(struct script *script, const char *severity, const char *sqlstate,
                  const char *message)
{
    size_t begin = script_begin(script, 'E');

    script_byte(script, 'V');
    script_text(script, severity);
    script_byte(script, 'C');
    script_text(script, sqlstate);
    script_byte(script, 'M');
    script_text(script, message);
    script_byte(script, 0);
    script_end(script, begin);
}

void script_ready(struct script *script)
{
    size_t begin = script_begin(script, 'Z');

    script_byte(script, 'I');
    script_end(script, begin);
}

void script_notice(struct script *script)
{
    size_t begin = script_begin(script, 'N');

    script_byte(script, 'M');
    script_text(script, "listen to me");
    script_byte(script, 0);
    script_end(script, begin);
}

void script_bound(struct script *script)
{
    script_plain(script, '1'); /* ParseComplete */
    script_plain(script, '2'); /* BindComplete */
}

void script_int4_column(struct script *script)
{
    script_bound(script);
    script_column(script, "v", 23, 1);
}

void script_finish(struct script *script)
{
    script_complete(script, "SELECT 1");
    script_ready(script);
}

void script_parameter(struct script *script, const char *name, const char *value)
{
    size_t begin = script_begin(script, 'S');

    script_text(script, name);
    script_text(script, value);
    script_end(script, begin);
}

/* --- The server --- */

static bool send_part(int client, const struct script *script, size_t from, size_t to)
{
    while (from < to) {
        ssize_t n = send(client, script->bytes + from, to - from, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        from += (size_t)n;
    }
    return true;
}

static void send_from(int client, const struct script *script, size_t from)
{
    bool sent = send_part(client, script, from, script->length);

    while (sent && script->repeats)
        sent = send_part(client, script, script->repeat_from, script->length);
}

static void welcome(int client, const struct script *answers)
{
    static struct script script;
    const char *encoding = answers->encoding == NULL ? "UTF8" : answers->encoding;

    size_t begin = script_begin(&script, 'R');
    script_int32(&script, 0);
    script_end(&script, begin);
    script_parameter(&script, "server_version", "15.0");
    script.repeats = answers->greets_for_ever;
    script.repeat_from = script.length;
    if (encoding[0] != '\0')
        script_parameter(&script, "client_encoding", encoding);
    if (!script.repeats) {
        begin = script_begin(&script, 'K');
        script_int32(&script, 1);
        script_int32(&script, 2);
        script_end(&script, begin);
        script_ready(&script);
    }
    send_from(client, &script, 0);
}

/* Reads what the client sends until a Sync ends it: five bytes, S and the length 4. */
static void read_query(int client)
{
    unsigned char buffer[4096];
    ssize_t n;

    while ((n = recv(client, buffer, sizeof buffer, 0)) >= 5)
        if (memcmp(buffer + n - 5, "S\0\0\0\4", 5) == 0)
            return;
}

static _Noreturn void serve(int listener, const struct script *script)
{
    unsigned char buffer[4096];
    int client = accept(listener, NULL, NULL);

    if (client < 0 || recv(client, buffer, sizeof buffer, 0) <= 0)
        _exit(1);
    welcome(client, script);
    read_query(client);
    if (script->second_from > 0) {
        send_part(client, script, 0, script->second_from);
        if (recv(client, buffer, sizeof buffer, 0) <= 0)
            _exit(1);
    }
    send_from(client, script, script->second_from);
    while (!script->closes && recv(client, buffer, sizeof buffer, 0) > 0)
        continue;
    _exit(0);
}

void fake_server_start(struct fake_server *server, const struct script *script)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);

    strcpy(server->directory, "/tmp/tenon-fake-XXXXXX");
    if (mkdtemp(server->directory) == NULL)
        abort();
    snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", server->directory);
    if (bind(listener, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 1) != 0)
        abort();
    server->pid = fork();
    if (server->pid == 0)
        serve(listener, script);
    close(listener);
    snprintf(server->conninfo, sizeof server->conninfo,
             "host=%s port=5432 user=x dbname=x sslmode=disable gssencmode=disable",
             server->directory);
}

void fake_server_stop(struct fake_server *server)
{
    char path[128];

    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
    snprintf(path, sizeof path, "%s/.s.PGSQL.5432", server->directory);
    unlink(path);
    rmdir(server->directory);
}
