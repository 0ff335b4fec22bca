/* What to say of a name that means nothing: whether it exists out of reach, or what was meant. */
#include <string.h>

#include "resolve/scope.h"
#include "resolve/suggest.h"
#include "support/nearest.h"

/* The entry of any level that a qualifier could have meant, in view or not. */
static const struct rte *entry_of_table(struct parse *parse, const char *schema, const char *name)
{
    const struct relation *relation =
        catalog_find_relation(parse->statement->catalog, schema, name);

    for (const struct scope *scope = parse->scope; scope; scope = scope->parent)
        for (size_t i = 0; i < scope->rtable.n; i++) {
            const struct rte *rte = scope->rtable.items[i];

            if (rte->kind == RTE_RELATION && relation && rte->relation == relation)
                return rte;
            if (!schema && name_eq(rte->name, name))
                return rte;
            if (!schema && rte->kind == RTE_CTE && name_eq(rte->cte->name, name))
                return rte;
        }
    return NULL;
}

static bool is_visible_by_alias(struct parse *parse, const struct rte *rte, int location)
{
    int levels_up;
    const struct name_item *item = names_find_item(parse, NULL, rte->name, location, &levels_up);

    return item && scope_up(parse->scope, levels_up)->rtable.items[item->rte] == rte;
}

static const char *nearest_entry(struct parse *parse, const char *name)
{
    struct nearest nearest = {.wanted = name};

    for (const struct scope *scope = parse->scope; scope; scope = scope->parent)
        for (size_t i = 0; i < scope->rtable.n; i++)
            if (scope->rtable.items[i]->kind != RTE_JOIN && scope->rtable.items[i]->name)
                nearest_consider(&nearest, scope->rtable.items[i]->name);
    return nearest_hint(parse->statement->arena, &nearest);
}

static const char *hint_of_missing_entry(struct parse *parse, const char *name)
{
    enum { OLD_AND_NEW = 18 };
    const struct release release = catalog_release(parse->statement->catalog);

    if (parse->scope->query->result_rte >= 0 && release.major < OLD_AND_NEW &&
        (strcmp(name, "old") == 0 || strcmp(name, "new") == 0))
        return release_came(parse->statement->arena, "old and new in RETURNING", OLD_AND_NEW,
                            release);
    return nearest_entry(parse, name);
}

void names_missing_table(struct parse *parse, const char *schema, const char *name, int location)
{
    struct arena *arena = parse->statement->arena;
    const struct rte *rte = entry_of_table(parse, schema, name);
    const char *hint;

    if (!rte)
        parse_error_hint(parse, "42P01", location,
                         schema ? NULL : hint_of_missing_entry(parse, name),
                         "missing FROM-clause entry for table \"%s\"", name);
    if (rte->has_alias && !name_eq(rte->name, name) && is_visible_by_alias(parse, rte, location))
        hint = arena_printf(arena, "did you mean the table alias \"%s\"?", rte->name);
    else
        hint = arena_printf(arena,
                            "there is an entry for table \"%s\", but it cannot be "
                            "referenced from this part of the query",
                            rte->name);
    parse_error_hint(parse, "42P01", location, hint,
                     "invalid reference to FROM-clause entry for table \"%s\"", name);
}

struct guess {
    const struct rte *rte;
    struct nearest column;
};

/* The nearest column of any entry in reach; of one that is spelt so, the first. */
static struct guess guess_from(const struct parse *parse, const char *qualifier, const char *name)
{
    struct guess best = {.column.wanted = name};

    for (const struct scope *scope = parse->scope; scope; scope = scope->parent)
        for (size_t i = 0; i < scope->rtable.n; i++) {
            const struct rte *rte = scope->rtable.items[i];
            const char *before = best.column.name;

            if (rte->kind == RTE_JOIN || (qualifier && !name_eq(rte->name, qualifier)))
                continue;
            for (size_t c = 0; c < rte->n_columns; c++)
                if (!rte->columns[c].is_dropped && rte->columns[c].name)
                    nearest_consider(&best.column, rte->columns[c].name);
            if (best.column.name != before)
                best.rte = rte;
        }
    return best;
}

static const char *column_hint(struct arena *arena, const struct guess *guess)
{
    if (!guess->rte)
        return NULL;
    if (guess->column.distance == 0)
        return arena_printf(arena,
                            "there is a column named \"%s\" in table \"%s\", but it cannot "
                            "be referenced from this part of the query",
                            guess->column.name, guess->rte->name);
    return arena_printf(arena, "did you mean \"%s.%s\"?", guess->rte->name, guess->column.name);
}

static const struct rte *qualified_entry(const struct parse *parse, const char *qualifier)
{
    for (const struct scope *scope = parse->scope; scope && qualifier; scope = scope->parent)
        for (size_t i = 0; i < scope->rtable.n; i++)
            if (name_eq(scope->rtable.items[i]->name, qualifier))
                return scope->rtable.items[i];
    return NULL;
}

/* The server looks for a better place of the name in one range-table entry after the other, and
 * stumbles over the first that has it twice. */
static void refuse_twofold(struct parse *parse, const char *qualifier, const char *name,
                           int location)
{
    for (const struct scope *scope = parse->scope; scope; scope = scope->parent)
        for (size_t i = 0; i < scope->rtable.n; i++) {
            const struct rte *rte = scope->rtable.items[i];
            size_t n = 0;

            for (size_t c = 0; c < rte->n_columns && rte->kind != RTE_JOIN; c++)
                n += !rte->columns[c].is_dropped && name_eq(rte->columns[c].name, name);
            if (n > 1)
                parse_error(parse, "42702", location, "column reference \"%s\" is ambiguous", name);
            if (n == 1 && (!qualifier || name_eq(rte->name, qualifier)))
                return;
        }
}

void names_missing_column(struct parse *parse, const char *qualifier, const char *name,
                          int location)
{
    struct diags *diags = parse->statement->diags;
    struct guess guess = guess_from(parse, qualifier, name);
    const char *hint = column_hint(parse->statement->arena, &guess);
    const struct rte *rte = guess.rte ? guess.rte : qualified_entry(parse, qualifier);
    struct diag *diag;

    refuse_twofold(parse, qualifier, name, location);
    if (qualifier)
        diag = parse_diag(parse, "42703", location, "column %s.%s does not exist", qualifier, name);
    else
        diag = parse_diag(parse, "42703", location, "column \"%s\" does not exist", name);
    if (rte && rte->kind == RTE_RELATION && rte->relation->defined_at.source)
        diag_note(diags, diag, rte->relation->defined_at, "table \"%s\" is defined here",
                  rte->relation->name);
    if (hint)
        diag_hint(diags, diag, "%s", hint);
    parse_fail(parse);
}
