/* What to say beside "does not exist". The lists are cut short: a hint is one line.
 */
#include "resolve/suggest.h"

#include <string.h>

#include "catalog/builtin.h"
#include "catalog/catalog.h"
#include "catalog/extension.h"
#include "sql/newer_hint.h"
#include "support/nearest.h"
#include "types/conversion.h"

enum { MOST_SHOWN = 5 };

/* --- Functions ----------------------------------------------------------------------------------
 */

static const char *nearest_function(struct parse *parse, const char *name)
{
    struct nearest nearest = {.wanted = name};
    size_t n, n_builtin;
    struct function *const *functions = catalog_functions(parse->statement->catalog, &n);
    const struct function *builtin = builtin_functions(&n_builtin);

    for (size_t i = 0; i < n; i++)
        if (functions[i])
            nearest_consider(&nearest, functions[i]->name);
    for (size_t i = 0; i < n_builtin; i++)
        if (releases_have(builtin[i].releases, catalog_release(parse->statement->catalog)))
            nearest_consider(&nearest, builtin[i].name);
    return nearest_hint(parse->statement->arena, &nearest);
}

/* That newer releases have a function of the name, with as many arguments; NULL if none has. */
static const char *hint_of_release(struct parse *parse, const char *name, size_t n_args)
{
    struct arena *arena = parse->statement->arena;
    const struct release release = catalog_release(parse->statement->catalog);
    const char *call = arena_printf(arena, "%s()", name);
    int since = json_function_since(name);
    size_t n;
    const struct function *builtin = builtin_functions_named(name, &n);

    if (since > release.major)
        return release_came(arena, call, since, release);
    for (size_t i = 0; i < n; i++)
        if (builtin[i].releases.since > release.major &&
            (builtin[i].n_args == n_args || builtin[0].releases.since > release.major))
            return release_came(arena, call, builtin[i].releases.since, release);
    return NULL;
}

static void add_function(struct parse *parse, struct buf *out, const struct function *function)
{
    buf_addf(out, "%s(", function->name);
    for (size_t i = 0; i < function->n_args; i++)
        buf_addf(out, "%s%s%s", i ? ", " : "",
                 function->variadic && i + 1 == function->n_args ? "VARIADIC " : "",
                 type_text(parse, function->arg_types[i]));
    buf_addc(out, ')');
}

/* Those with as many arguments come first. */
static const char *list_functions(struct parse *parse, const struct function_list *list,
                                  size_t n_args)
{
    struct buf out = buf_in(parse->statement->arena);
    size_t n = 0;

    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < list->n; i++) {
            if ((list->items[i]->n_args == n_args) != (pass == 0))
                continue;
            if (n < MOST_SHOWN) {
                buf_adds(&out, n ? ", " : "");
                add_function(parse, &out, list->items[i]);
            }
            n++;
        }
    if (n > MOST_SHOWN)
        buf_addf(&out, " and %zu more", n - MOST_SHOWN);
    return buf_text(&out);
}

const char *suggest_functions(struct parse *parse, const struct call_site *site)
{
    struct arena *arena = parse->statement->arena;
    struct function_list list = catalog_find_functions(parse->statement->catalog, arena,
                                                       site->name.schema, site->name.name);
    const char *hint = hint_of_release(parse, site->name.name, site->n_args);

    if (list.n)
        return arena_printf(arena, "there is %s; you might need to add explicit type casts%s%s",
                            list_functions(parse, &list, site->n_args),
                            hint ? "; with these arguments " : "", hint ? hint : "");
    if (!hint)
        hint = extension_hint_for_function(arena, site->name.name);
    if (hint)
        return hint;
    return nearest_function(parse, site->name.name);
}

/* --- Operators ----------------------------------------------------------------------------------
 */

static bool is_listed(const oid *types, size_t n, oid type)
{
    for (size_t i = 0; i < n; i++)
        if (types[i] == type)
            return true;
    return false;
}

/* Operators of other languages. */
static const char *meant_operator(const char *name)
{
    static const char *const slips[][2] = {{"==", "="}, {"=!", "!="}, {"=<", "<="}, {"><", "<>"}};

    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
        if (strcmp(slips[i][0], name) == 0)
            return slips[i][1];
    return NULL;
}

const char *suggest_operators(struct parse *parse, struct qualified_name name, oid left)
{
    const struct catalog *catalog = parse->statement->catalog;
    struct arena *arena = parse->statement->arena;
    struct operator_list list = catalog_find_operators(catalog, arena, name.schema, name.name);
    oid base = left ? catalog_base_type(catalog, left, NULL) : 0, rights[MOST_SHOWN];
    struct buf out = buf_in(arena);
    size_t n = 0;

    for (size_t i = 0; i < list.n && n < MOST_SHOWN; i++) {
        const struct operator* op = list.items[i];
        if (op->left != base || is_listed(rights, n, op->right))
            continue;
        buf_addf(&out, "%s%s", n ? " or " : "", type_text(parse, op->right));
        rights[n++] = op->right;
    }
    if (list.n == 0 && meant_operator(name.name))
        return arena_printf(arena, "did you mean %s?", meant_operator(name.name));
    if (n && left)
        return arena_printf(arena,
                            "after %s, %s takes %s; you might need to add explicit type casts",
                            type_text(parse, base), name.name, buf_text(&out));
    return left ? "no operator matches the given name and argument types; you might need to add "
                  "explicit type casts"
                : "no operator matches the given name and argument type; you might need to add an "
                  "explicit type cast";
}
