/* Names as written: splitting them, printing them in errors, and signatures of calls. */
#include "resolve/candidates.h"

#include "catalog/catalog.h"
#include "support/buf.h"
#include "types/conversion.h"

static const char *part(PgQuery__Node *const *names, size_t i)
{
    return names[i]->node_case == PG_QUERY__NODE__NODE_STRING ? names[i]->string->sval : "";
}

struct qualified_name qualified_name_of(struct parse *parse, PgQuery__Node *const *names, size_t n,
                                        int location)
{
    struct buf text = buf_in(parse->statement->arena);
    if (n == 1)
        return (struct qualified_name){NULL, part(names, 0)};
    if (n == 2)
        return (struct qualified_name){part(names, 0), part(names, 1)};
    for (size_t i = 0; i < n; i++)
        buf_addf(&text, "%s%s", i ? "." : "", part(names, i));
    if (n == 3)
        parse_error(parse, "0A000", location, "cross-database references are not implemented: %s",
                    buf_text(&text));
    parse_error(parse, "42601", location, "improper qualified name (too many dotted names): %s",
                buf_text(&text));
}

const char *qualified_name_text(struct parse *parse, struct qualified_name name)
{
    if (!name.schema)
        return name.name;
    return arena_printf(parse->statement->arena, "%s.%s", name.schema, name.name);
}

void qualified_name_check(struct parse *parse, struct qualified_name name, int location)
{
    if (name.schema && !catalog_find_namespace(parse->statement->catalog, name.schema))
        parse_error(parse, "3F000", location, "schema \"%s\" does not exist", name.schema);
}

const char *resolve_signature(struct parse *parse, const struct call_site *site)
{
    struct buf text = buf_in(parse->statement->arena);
    buf_addf(&text, "%s(", qualified_name_text(parse, site->name));
    for (size_t i = 0; i < site->n_args; i++) {
        const struct expr *arg = site->args[i];
        buf_adds(&text, i ? ", " : "");
        if (arg->kind == EXPR_NAMED_ARG)
            buf_addf(&text, "%s => ", arg->u.arg_name);
        buf_adds(&text, type_text(parse, arg->type));
    }
    buf_addc(&text, ')');
    return buf_text(&text);
}
