/* What a server can say for ever. */
#include "lies.h"

#include <stdio.h>

static void repeat_from_here(struct script *s)
{
    s->repeats = true;
    s->repeat_from = s->length;
}

static void endless_rows(struct script *s)
{
    script_int4_column(s);
    repeat_from_here(s);
    for (int i = 0; i < 1000; i++)
        script_value(s, 4, "\0\0\0\7", 4);
}

static void endless_results(struct script *s)
{
    script_bound(s);
    repeat_from_here(s);
    for (int i = 0; i < 100; i++) {
        script_column(s, "v", 23, 1);
        script_value(s, 4, "\0\0\0\7", 4);
        script_complete(s, "SELECT 1");
    }
}

static void endless_notices(struct script *s)
{
    script_bound(s);
    repeat_from_here(s);
    for (int i = 0; i < 100; i++)
        script_notice(s);
}

static void endless_settings(struct script *s)
{
    char name[32];

    script_bound(s);
    repeat_from_here(s);
    for (int i = 0; i < 500; i++) {
        size_t begin = script_begin(s, 'S');
        snprintf(name, sizeof name, "setting_%d", i);
        script_text(s, name);
        script_text(s, "value");
        script_end(s, begin);
    }
}

static void endless_errors(struct script *s)
{
    script_bound(s);
    repeat_from_here(s);
    for (int i = 0; i < 100; i++)
        script_error(s, "ERROR", "22012", "again");
}

static void endless_completions(struct script *s)
{
    script_bound(s);
    repeat_from_here(s);
    for (int i = 0; i < 100; i++)
        script_complete(s, "SELECT 1");
}

const struct lie floods[] = {
    {"rows", endless_rows, 0, false},       {"results", endless_results, 0, false},
    {"notices", endless_notices, 0, false}, {"settings", endless_settings, 0, false},
    {"errors", endless_errors, 0, false},   {"completions", endless_completions, 0, false},
};

const size_t n_floods = sizeof floods / sizeof *floods;
