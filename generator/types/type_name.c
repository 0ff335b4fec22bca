/* TypeName → type OID and typmod (manual, chapter 8): a name along the search path or qualified,
 * table.column%TYPE, array bounds, type modifiers. The grammar has already turned INTEGER into
 * pg_catalog.int4 and the like.
 */
#include "types/type_name.h"

#include <string.h>

#include "catalog/nearest.h"
#include "types/typmod.h"

struct resolver {
    const struct catalog *catalog;
    const struct sql *sql;
    const PgQuery__TypeName *name;
    struct diags *diags;
    span at;
};

static const char *part(const PgQuery__TypeName *name, size_t i)
{
    const char *text = raw_string(name->names[i]);

    return text ? text : "";
}

/* As the server prints it in messages. */
static const char *written(const struct resolver *r)
{
    struct buf text = buf_in(r->diags->arena);

    for (size_t i = 0; i < r->name->n_names; i++)
        buf_addf(&text, "%s%s", i ? "." : "", part(r->name, i));
    if (r->name->pct_type)
        buf_adds(&text, "%TYPE");
    if (r->name->n_array_bounds > 0)
        buf_adds(&text, "[]");
    return buf_text(&text);
}

static bool schema_exists(const struct resolver *r, const char *schema)
{
    if (!schema || catalog_find_namespace(r->catalog, schema) || strcmp(schema, "pg_temp") == 0)
        return true;
    diag_error(r->diags, "3F000", r->at, "schema \"%s\" does not exist", schema);
    return false;
}

static const struct attribute *column_of_percent_type(const struct resolver *r)
{
    size_t n = r->name->n_names;
    const char *schema = n > 2 ? part(r->name, n - 3) : NULL;
    const struct relation *relation;
    const struct attribute *attribute;

    if (n < 2 || n > 3) {
        diag_error(r->diags, "42601", r->at, "improper %%TYPE reference (too %s dotted names): %s",
                   n < 2 ? "few" : "many", written(r));
        return NULL;
    }
    if (!schema_exists(r, schema))
        return NULL;
    relation = catalog_find_relation(r->catalog, schema, part(r->name, n - 2));
    if (!relation) {
        struct diag *diag =
            diag_error(r->diags, "42P01", r->at, "relation \"%s%s%s\" does not exist",
                       schema ? schema : "", schema ? "." : "", part(r->name, n - 2));
        const char *hint = nearest_relation(r->diags->arena, r->catalog, part(r->name, n - 2));
        if (hint)
            diag_hint(r->diags, diag, "%s", hint);
        return NULL;
    }
    attribute = attribute_find(relation, part(r->name, n - 1));
    if (!attribute) {
        struct diag *diag =
            diag_error(r->diags, "42703", r->at, "column \"%s\" of relation \"%s\" does not exist",
                       part(r->name, n - 1), relation->name);
        const char *hint = nearest_column(r->diags->arena, relation, part(r->name, n - 1));
        if (hint)
            diag_hint(r->diags, diag, "%s", hint);
    }
    return attribute;
}

static const struct type *named_type(const struct resolver *r)
{
    size_t n = r->name->n_names;
    const char *schema = n > 1 ? part(r->name, n - 2) : NULL, *hint;
    const struct type *type;
    struct diag *diag;

    if (n == 0 || n > 2) {
        diag_error(r->diags, n == 3 ? "0A000" : "42601", r->at,
                   n == 3 ? "cross-database references are not implemented: %s"
                          : "improper qualified name (too many dotted names): %s",
                   written(r));
        return NULL;
    }
    if (!schema_exists(r, schema))
        return NULL;
    type = catalog_find_type(r->catalog, schema, part(r->name, n - 1));
    if (type)
        return type;
    diag = diag_error(r->diags, "42704", r->at, "type \"%s\" does not exist", written(r));
    hint = nearest_type(r->diags->arena, r->catalog, part(r->name, n - 1));
    if (hint)
        diag_hint(r->diags, diag, "%s", hint);
    return NULL;
}

static oid array_of(const struct resolver *r, oid element)
{
    oid array = catalog_array_type(r->catalog, element);

    if (!array)
        diag_error(r->diags, "42704", r->at, "type \"%s\" does not exist", written(r));
    return array;
}

oid type_name_resolve(const struct catalog *catalog, const struct sql *sql,
                      const PgQuery__TypeName *name, struct diags *diags, int32_t *typmod)
{
    struct resolver r = {catalog, sql, name, diags, sql_dotted_span(sql, name->location)};
    const struct attribute *column;
    const struct type *type;
    int32_t modifiers;

    if (name->pct_type) {
        column = column_of_percent_type(&r);
        if (!column)
            return 0;
        if (typmod)
            *typmod = -1;
        return name->n_array_bounds > 0 ? array_of(&r, column->type) : column->type;
    }
    type = named_type(&r);
    if (!type || !typmod_encode(sql, name, type, diags, &modifiers))
        return 0;
    if (typmod)
        *typmod = modifiers;
    return name->n_array_bounds > 0 ? array_of(&r, type->oid) : type->oid;
}
