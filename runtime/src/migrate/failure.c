/* What went wrong, and where: the server's words, with the line and column of the migration's file.
 * The server's DETAIL holds values of rows, so it is told only to those who ask for it. */
#include "migrator.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../internal.h"

const char *tenon__vtext(tenon_migrator *m, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : tenon_arena_alloc(m->arena, (size_t)length + 1);

    if (text == NULL) {
        m->out_of_memory = true;
        return "";
    }
    vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

const char *tenon__text(tenon_migrator *m, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = tenon__vtext(m, format, args);
    va_end(args);
    return text;
}

const char *tenon__quoted(tenon_migrator *m, const char *name)
{
    char *quoted = tenon_arena_alloc(m->arena, 2 * strlen(name) + 3), *to = quoted;

    if (quoted == NULL) {
        m->out_of_memory = true;
        return "";
    }
    *to++ = '"';
    for (; *name != '\0'; name++) {
        if (*name == '"')
            *to++ = '"';
        *to++ = *name;
    }
    *to++ = '"';
    *to = '\0';
    return quoted;
}

void tenon__forget_failure(tenon_migrator *m)
{
    m->failure = (tenon_migrate_failure){TENON_MIGRATE_OK, "", "", "", "", "", "", "", 0, 0, 0};
}

/* --- Places ---------------------------------------------------------------------------------- */

/* A line of a statement and a character in it. */
struct place {
    const char *line; /* its first byte */
    int length;
    int number, column; /* in the file, from 1 */
    int indent;         /* characters of the line that are in front of the statement */
};

/* Where the character `position` (from 1; 0: not known) of the statement is. */
static struct place place_of(const tenon_step *step, int position)
{
    struct place place = {step->sql, 0, step->line, step->column, step->column - 1};
    const char *at = step->sql;

    for (int left = position > 0 ? position - 1 : 0; left > 0 && *at != '\0'; left--) {
        place.column++;
        if (*at == '\n')
            place = (struct place){at + 1, 0, place.number + 1, 1, 0};
        do
            at++;
        while (*at != '\0' && !tenon__begins_character(*at));
    }
    place.length = (int)strcspn(place.line, "\n");
    return place;
}

/* The line of the file with a caret under the place. A tab stays a tab, so that both are under one
 * another. */
static const char *excerpt(tenon_migrator *m, struct place place)
{
    char margin[512];
    size_t n = 0;

    for (int i = 0; i < place.indent && n < sizeof margin - 1; i++)
        margin[n++] = ' ';
    int left = place.column - 1 - place.indent;
    for (const char *at = place.line; left > 0 && *at != '\0' && n < sizeof margin - 1; at++)
        if (tenon__begins_character(*at)) {
            margin[n++] = *at == '\t' ? '\t' : ' ';
            left--;
        }
    margin[n] = '\0';
    return tenon__text(m, "\n%5d | %*s%.*s\n      | %s^", place.number, place.indent, "",
                       place.length, place.line, margin);
}

/* --- Recording ------------------------------------------------------------------------------- */

static const char *line_with(tenon_migrator *m, const char *what, const char *text)
{
    return *text == '\0' ? "" : tenon__text(m, "\n      = %s: %s", what, text);
}

/* Writes the failure down as a compiler would. */
static void word(tenon_migrator *m, const char *shown)
{
    tenon_migrate_failure *failure = &m->failure;
    const char *code = *failure->sqlstate == '\0' ? "" : tenon__text(m, " [%s]", failure->sqlstate);
    const char *place = "";

    if (failure->line > 0)
        place = tenon__text(m, "%s:%d:%d: error: ", failure->file, failure->line, failure->column);
    else if (*failure->file != '\0')
        place = tenon__text(m, "%s: error: ", failure->file);
    failure->text =
        tenon__text(m, "%s%s%s%s%s%s", place, failure->message, code, shown,
                    line_with(m, "detail", failure->detail), line_with(m, "hint", failure->hint));
    if (m->out_of_memory)
        failure->text = failure->message = "out of memory";
}

static void place_migration(tenon_migrator *m)
{
    if (m->migration == NULL)
        return;
    m->failure.migration = m->migration->name;
    m->failure.file = m->migration->file;
    if (m->step != NULL)
        m->failure.statement = (size_t)(m->step - m->migration->steps) + 1;
}

static bool record(tenon_migrator *m, tenon_migrate_outcome outcome, const char *hint,
                   const char *message)
{
    tenon__forget_failure(m);
    m->failure.outcome = outcome;
    m->failure.message = message;
    m->failure.hint = hint;
    place_migration(m);
    if (m->migration != NULL && m->step != NULL) {
        m->failure.line = m->step->line;
        m->failure.column = m->step->column;
    }
    word(m, "");
    return false;
}

bool tenon__reject(tenon_migrator *m, const char *hint, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *message = tenon__vtext(m, format, args);
    va_end(args);
    return record(m, TENON_MIGRATE_FAILED, hint, message);
}

bool tenon__break_off(tenon_migrator *m, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *message = tenon__vtext(m, format, args);
    va_end(args);
    return record(m, TENON_MIGRATE_ENVIRONMENT, "", message);
}

static const char *field(tenon_migrator *m, const PGresult *result, int code)
{
    const char *text = result == NULL ? NULL : PQresultErrorField(result, code);

    return text == NULL ? "" : tenon__text(m, "%s", text);
}

/* The end of the line is no part of a message. */
static const char *trimmed(tenon_migrator *m, const char *text)
{
    size_t length = strlen(text);

    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == ' '))
        length--;
    return tenon__text(m, "%.*s", (int)length, text);
}

/* The characters of the first n bytes; SIZE_MAX for all. */
static size_t n_characters(const char *text, size_t n_bytes)
{
    size_t n = 0;

    for (size_t i = 0; i < n_bytes && text[i] != '\0'; i++)
        n += tenon__begins_character(text[i]);
    return n_bytes == SIZE_MAX ? SIZE_MAX : n;
}

/* The character of the step that the server means; it counts from 1, and one more behind what was
 * put in. */
static int position_of(const tenon_step *step, const PGresult *result, size_t n_same)
{
    const char *text =
        result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    int position = 0;

    if (text != NULL && sscanf(text, "%d", &position) != 1)
        position = 0;
    if (n_same == 0)
        return 0;
    return position > 0 && (size_t)position > n_characters(step->sql, n_same) ? position - 1
                                                                              : position;
}

bool tenon__fail_with(tenon_migrator *m, const PGresult *result, size_t n_same)
{
    tenon_migrate_failure *failure = &m->failure;
    const char *shown = "";

    tenon__forget_failure(m);
    failure->sqlstate = field(m, result, PG_DIAG_SQLSTATE);
    failure->message = field(m, result, PG_DIAG_MESSAGE_PRIMARY);
    failure->hint = field(m, result, PG_DIAG_MESSAGE_HINT);
    if (m->options.shows_data)
        failure->detail = field(m, result, PG_DIAG_MESSAGE_DETAIL);
    failure->outcome = tenon__is_open(m) ? TENON_MIGRATE_FAILED : TENON_MIGRATE_ENVIRONMENT;
    if (*failure->message == '\0')
        failure->message =
            trimmed(m, result == NULL ? PQerrorMessage(m->conn) : PQresultErrorMessage(result));
    place_migration(m);
    if (m->step != NULL) {
        struct place place = place_of(m->step, position_of(m->step, result, n_same));
        failure->line = place.number;
        failure->column = place.column;
        shown = excerpt(m, place);
    }
    word(m, shown);
    return false;
}

bool tenon__failed_with(const tenon_migrator *m, const char *sqlstate)
{
    return strcmp(m->failure.sqlstate, sqlstate) == 0;
}

const tenon_migrate_failure *tenon_migrator_failure(const tenon_migrator *m)
{
    static const tenon_migrate_failure no_memory = {
        TENON_MIGRATE_ENVIRONMENT, "out of memory", "out of memory", "", "", "", "", "", 0, 0, 0};

    return m == NULL ? &no_memory : &m->failure;
}
