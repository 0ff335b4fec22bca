/* The types and collations that statements name. */
#include "catalog/extension.h"
#include "ddl/ddl.h"
#include "types/type_name.h"

/* Whether the name is that of a type of an extension, which then is there. */
static bool load_extension(struct ddl *ddl, const PgQuery__TypeName *name)
{
    const char *word = name->n_names == 1 && !name->pct_type ? raw_string(name->names[0]) : NULL;

    return word && !catalog_find_type(ddl->catalog, NULL, word) &&
           ddl->session->load_extension(ddl, extension_of_type(ddl->arena, word),
                                        sql_dotted_span(ddl->sql, name->location), word);
}

oid type_resolve(struct ddl *ddl, const PgQuery__TypeName *name, int32_t *typmod)
{
    oid found;

    load_extension(ddl, name);
    found = type_name_resolve(ddl->catalog, ddl->sql, name, ddl->diags, typmod);
    if (!found)
        ddl_stop(ddl);
    return found;
}

void type_check_defined(struct ddl *ddl, oid type, span at)
{
    const struct type *found = catalog_get_type(ddl->catalog, type);

    if (found && found->is_shell)
        ddl_fail_exists(ddl, "42704", at, found->name, found->defined_at,
                        "type \"%s\" is only a shell", found->name);
}

oid type_resolve_quietly(struct ddl *ddl, const PgQuery__TypeName *name)
{
    size_t n = ddl->diags->list.n;
    oid found = type_name_resolve(ddl->catalog, ddl->sql, name, ddl->diags, NULL);

    diag_rewind(ddl->diags, n);
    return found;
}

oid collation_named(struct ddl *ddl, PgQuery__Node **items, size_t n, int location)
{
    struct qualified_name name = name_from_list(ddl, items, n);
    oid found = catalog_find_collation(ddl->catalog, name.schema, name.name);

    if (!found)
        ddl_fail(ddl, "42704", ddl_name_span(ddl, location, name.name),
                 "collation \"%s\" for encoding \"UTF8\" does not exist",
                 qualified_text(ddl->arena, name));
    return found;
}

oid collation_resolve(struct ddl *ddl, const PgQuery__CollateClause *clause)
{
    return collation_named(ddl, clause->collname, clause->n_collname, clause->location);
}
