/* What libpq tells of a server that refused us. A failed connection has no PGresult, only a text;
 * at PQERRORS_VERBOSE that has the SQLSTATE in it:
 *
 *     connection to server at "::1", port 5432 failed: FATAL:  3D000: database "x" does not exist
 *     LOCATION:  InitPostgres, postinit.c:885
 *
 * "FATAL" is in the server's language and "LOCATION" in the client's; the rest is fixed. The text
 * may tell of two tries (with TLS and without, by sslmode=prefer): the last one counts. */
#include "connect.h"

#include <string.h>

static bool is_sqlstate(const char *text)
{
    for (int i = 0; i < 5; i++)
        if (!(text[i] >= '0' && text[i] <= '9') && !(text[i] >= 'A' && text[i] <= 'Z'))
            return false;
    return true;
}

/* Where in the line "SEVERITY:  SQLSTATE: " has its SQLSTATE; NULL if there is none. */
static char *sqlstate_in(char *line, const char *end)
{
    for (char *at = line + 1; at + 10 <= end; at++)
        if (memcmp(at, ":  ", 3) == 0 && is_sqlstate(at + 3) && memcmp(at + 8, ": ", 2) == 0)
            return at + 3;
    return NULL;
}

/* Whether the line ends in ", FILE:NUMBER" or is "LABEL:  FILE:NUMBER" of a server that names no
 * function. */
static bool is_location(const char *line, const char *end)
{
    const char *at = end;

    while (at > line && at[-1] >= '0' && at[-1] <= '9')
        at--;
    if (at == end || at == line || *--at != ':')
        return false;
    const char *file_end = at;
    while (at > line && at[-1] != ' ')
        at--;
    if (memchr(at, '.', (size_t)(file_end - at)) == NULL)
        return false;
    while (at > line && at[-1] == ' ')
        at--;
    return at > line && (at[-1] == ',' || at[-1] == ':');
}

/* Start-up is refused with FATAL, in whatever language, or by a pooler with ERROR. */
static const char *severity_before(const char *line, const char *sqlstate)
{
    static const char *const severities[] = {"ERROR", "PANIC"};

    for (size_t i = 0; i < sizeof severities / sizeof *severities; i++)
        if (sqlstate - 3 - 5 >= line && memcmp(sqlstate - 3 - 5, severities[i], 5) == 0)
            return severities[i];
    return "FATAL";
}

struct connect_text tenon__read_connect_text(tenon_arena *mem, const char *text)
{
    size_t length = strlen(text);
    struct connect_text read = {tenon_arena_copy(mem, text, length), "", ""};
    char *out = read.message;
    bool behind_state = false;

    if (out == NULL)
        return read;
    for (char *line = read.message; *line != '\0';) {
        char *end = line + strcspn(line, "\n");
        char *next = *end == '\n' ? end + 1 : end;
        char *sqlstate = sqlstate_in(line, end);
        if (sqlstate != NULL) {
            memcpy(read.sqlstate, sqlstate, 5);
            read.severity = severity_before(line, sqlstate);
            memmove(out, line, (size_t)(sqlstate - line));
            out += sqlstate - line;
            line = sqlstate + 7; /* "3D000: " */
            behind_state = true;
        } else if (behind_state && is_location(line, end)) {
            line = next;
        }
        memmove(out, line, (size_t)(next - line));
        out += next - line;
        line = next;
    }
    while (out > read.message && out[-1] == '\n')
        out--;
    *out = '\0';
    return read;
}
