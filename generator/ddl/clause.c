/* Clauses of objects, and OPTIONS (…) of foreign ones. */
#include <string.h>

#include "ddl/object.h"

void clause_add(struct ddl *ddl, struct other_object *other, struct clause clause)
{
    vec_push(ddl->arena, &other->clauses, clause);
}

struct clause *clause_find(struct other_object *other, const char *name)
{
    for (size_t i = 0; i < other->clauses.n; i++)
        if (strcmp(other->clauses.items[i].name, name) == 0)
            return &other->clauses.items[i];
    return NULL;
}

void clause_remove(struct other_object *other, const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < other->clauses.n; i++)
        if (strcmp(other->clauses.items[i].name, name) != 0)
            other->clauses.items[n++] = other->clauses.items[i];
    other->clauses.n = n;
}

void clause_set_text(struct ddl *ddl, struct other_object *other, const char *name,
                     const char *text)
{
    struct clause *clause = clause_find(other, name);

    if (clause)
        clause->text = text;
    else
        clause_add(ddl, other, (struct clause){.name = name, .text = text});
}

/* --- OPTIONS -----------------------------------------------------------------------------------
 */

static size_t option_at(const struct about *about, const char *name)
{
    size_t i = 0;

    while (i < about->foreign_options.n && strcmp(about->foreign_options.items[i].name, name) != 0)
        i++;
    return i;
}

static void apply(struct ddl *ddl, struct about *about, const PgQuery__DefElem *option)
{
    size_t i = option_at(about, option->defname);
    bool is_there = i < about->foreign_options.n;
    bool is_new = option->defaction != PG_QUERY__DEF_ELEM_ACTION__DEFELEM_SET &&
                  option->defaction != PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP;

    if (is_new && is_there)
        ddl_fail(ddl, "42710", ddl_span(ddl, option->location),
                 "option \"%s\" provided more than once", option->defname);
    if (!is_new && !is_there)
        ddl_fail(ddl, "42704", ddl_span(ddl, option->location), "option \"%s\" not found",
                 option->defname);
    if (is_new) {
        vec_push(ddl->arena, &about->foreign_options,
                 (struct setting){option->defname, definition_string(ddl, option)});
        return;
    }
    about->foreign_options.items[i].value = definition_string(ddl, option);
    if (option->defaction != PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP)
        return;
    for (; i + 1 < about->foreign_options.n; i++)
        about->foreign_options.items[i] = about->foreign_options.items[i + 1];
    about->foreign_options.n--;
}

void foreign_options_apply(struct ddl *ddl, struct about *about, PgQuery__Node **options, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (NODE_IS(options[i], DEF_ELEM))
            apply(ddl, about, options[i]->def_elem);
}
