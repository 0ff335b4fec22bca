/* The functions that SQL writes in words: EXTRACT(year FROM x), x AT TIME ZONE y, …
 *
 * Each has a pattern: %1 to %4 are arguments, %(1 an operand of the whole, %k1 the key word that a
 * literal argument spells.
 */
#include <string.h>

#include "deparse/writer.h"

static const struct syntax {
    const char *name;
    size_t n_args;
    const char *pattern;
    oid last; /* the type of its last parameter, where that tells functions of one name apart */
} syntaxes[] = {
    {"timezone", 2, "(%(2 AT TIME ZONE %(1)", 0},
    {"overlaps", 4, "((%1, %2) OVERLAPS (%3, %4))", 0},
    {"extract", 2, "EXTRACT(%k1 FROM %2)", 0},
    {"is_normalized", 1, "(%(1 IS NORMALIZED)", 0},
    {"is_normalized", 2, "(%(1 IS %k2 NORMALIZED)", 0},
    {"pg_collation_for", 1, "COLLATION FOR (%1)", 0},
    {"normalize", 1, "NORMALIZE(%1)", 0},
    {"normalize", 2, "NORMALIZE(%1, %k2)", 0},
    {"overlay", 3, "OVERLAY(%1 PLACING %2 FROM %3)", 0},
    {"overlay", 4, "OVERLAY(%1 PLACING %2 FROM %3 FOR %4)", 0},
    {"position", 2, "POSITION((%2) IN (%1))", 0},
    {"substring", 2, "SUBSTRING(%1 FROM %2)", INT4OID},
    {"substring", 3, "SUBSTRING(%1 FROM %2 FOR %3)", INT4OID},
    {"substring", 3, "SUBSTRING(%1 SIMILAR %2 ESCAPE %3)", TEXTOID},
    {"btrim", 1, "TRIM(BOTH FROM %1)", 0},
    {"btrim", 2, "TRIM(BOTH %2 FROM %1)", 0},
    {"ltrim", 1, "TRIM(LEADING FROM %1)", 0},
    {"ltrim", 2, "TRIM(LEADING %2 FROM %1)", 0},
    {"rtrim", 1, "TRIM(TRAILING FROM %1)", 0},
    {"rtrim", 2, "TRIM(TRAILING %2 FROM %1)", 0},
    {"xmlexists", 2, "XMLEXISTS((%1) PASSING (%2))", 0},
};

static bool is_of(const struct syntax *syntax, const struct function *function, size_t n_args)
{
    return syntax->n_args == n_args && strcmp(syntax->name, function->name) == 0 &&
           (!syntax->last || function->arg_types[n_args - 1] == syntax->last);
}

static const char *pattern_of(const struct function *function, size_t n_args)
{
    if (function->namespace_oid != PG_CATALOG_OID)
        return NULL;
    for (size_t i = 0; i < sizeof syntaxes / sizeof *syntaxes; i++)
        if (is_of(&syntaxes[i], function, n_args))
            return syntaxes[i].pattern;
    return NULL;
}

static bool is_word(const struct expr *expr)
{
    return expr->kind == EXPR_CONST && !expr->u.constant.is_null && expr->type == TEXTOID;
}

/* The key words of a pattern must be literals to be written. */
static bool fits(const char *pattern, const struct expr *call)
{
    for (const char *at = strstr(pattern, "%k"); at; at = strstr(at + 1, "%k"))
        if (!is_word(call->args[at[2] - '1']))
            return false;
    return true;
}

/* Writes what stands behind a % and returns where that ends. */
static const char *write_hole(struct writer *writer, const char *hole, const struct expr *call)
{
    switch (*hole) {
    case 'k':
        write_text(writer, call->args[hole[1] - '1']->u.constant.text);
        return hole + 2;
    case '(':
        write_operand(writer, call->args[hole[1] - '1'], false, call);
        return hole + 2;
    default:
        write_expr(writer, call->args[*hole - '1'], false);
        return hole + 1;
    }
}

bool write_syntax(struct writer *writer, const struct expr *call)
{
    const char *at = pattern_of(call->u.call.function, call->n_args);

    if (!at || !fits(at, call))
        return false;
    while (*at) {
        if (*at == '%')
            at = write_hole(writer, at + 1, call);
        else
            buf_addc(writer->out, *at++);
    }
    return true;
}
