/* Clauses of objects, by their names. */
#include <string.h>

#include "ddl/object.h"

void clause_add(struct ddl *ddl, struct clause_list *clauses, struct clause clause)
{
    vec_push(ddl->arena, clauses, clause);
}

struct clause *clause_find(const struct clause_list *clauses, const char *name)
{
    for (size_t i = 0; i < clauses->n; i++)
        if (strcmp(clauses->items[i].name, name) == 0)
            return &clauses->items[i];
    return NULL;
}

void clause_put(struct ddl *ddl, struct clause_list *clauses, struct clause clause)
{
    struct clause *old = clause_find(clauses, clause.name);

    if (old)
        *old = clause;
    else
        clause_add(ddl, clauses, clause);
}

void clause_remove(struct clause_list *clauses, const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < clauses->n; i++)
        if (strcmp(clauses->items[i].name, name) != 0)
            clauses->items[n++] = clauses->items[i];
    clauses->n = n;
}

void clause_set_text(struct ddl *ddl, struct clause_list *clauses, const char *name,
                     const char *text)
{
    struct clause *clause = clause_find(clauses, name);

    if (clause)
        clause->text = text;
    else
        clause_add(ddl, clauses, (struct clause){.name = name, .text = text});
}
