/* A mark is a comment that begins with certain words. The tools differ in what white space and
 * which dashes they let stand in front of the words; a line that only some of them would take is
 * taken for all, as a way down that is run by mistake drops what the queries need.
 */
#include "sql/migration_mark.h"

#include <string.h>

struct mark {
    enum migration_mark kind;
    bool after_dashes; /* more dashes may come before the words: `# --- !Ups` */
    const char *words; /* in any case of letters; a blank is any white space */
};

static const struct mark marks[] = {
    {MARK_UP, false, "+goose Up"},        {MARK_DOWN, false, "+goose Down"},
    {MARK_UP, false, "+migrate Up"},                                      /* sql-migrate */
    {MARK_DOWN, false, "+migrate Down"},  {MARK_UP, false, "migrate:up"}, /* dbmate */
    {MARK_DOWN, false, "migrate:down"},   {MARK_UP, true, "!Ups"},        /* Play */
    {MARK_DOWN, true, "!Downs"},          {MARK_DOWN, true, "create above / drop below"}, /* tern */
    {MARK_UP, false, "rambler up"},       {MARK_DOWN, false, "rambler down"},
    {MARK_UP, true, "up migration"},                                        /* node-pg-migrate */
    {MARK_DOWN, true, "down migration"},  {MARK_UP, false, "==== UP ===="}, /* shmig */
    {MARK_DOWN, false, "==== DOWN ===="}, {MARK_DOWN, false, "//@UNDO"},    /* MyBatis Migrations */
};

static bool is_blank(char c)
{
    return c != '\0' && strchr(" \t\r\f\v", c) != NULL;
}

static size_t skip_blanks(str line, size_t at)
{
    while (at < line.len && is_blank(line.data[at]))
        at++;
    return at;
}

/* Where the words of a comment begin; the end of the line when it is none. */
static size_t words_at(str line, bool after_dashes)
{
    size_t at = skip_blanks(line, 0);

    if (str_starts_with(str_slice(line, at, line.len), "--"))
        at += 2;
    else if (at < line.len && line.data[at] == '#')
        at++;
    else
        return line.len;
    while (at < line.len && (is_blank(line.data[at]) || (after_dashes && line.data[at] == '-')))
        at++;
    return at;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool has_words(str line, const struct mark *mark)
{
    size_t at = words_at(line, mark->after_dashes);

    for (const char *c = mark->words; *c; c++) {
        if (at == line.len ||
            (*c == ' ' ? !is_blank(line.data[at]) : lower(line.data[at]) != lower(*c)))
            return false;
        at = *c == ' ' ? skip_blanks(line, at) : at + 1;
    }
    return at == line.len || is_blank(line.data[at]);
}

enum migration_mark migration_mark(str line)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (has_words(line, &marks[i]))
            return marks[i].kind;
    return MARK_NONE;
}

size_t migration_mark_up(str text, size_t at)
{
    while (at < text.len) {
        const size_t end = str_line_end(text, at);
        if (migration_mark(str_slice(text, at, end)) == MARK_UP)
            return at;
        at = end + 1;
    }
    return text.len;
}
