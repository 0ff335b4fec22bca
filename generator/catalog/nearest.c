/* Hints for names of the catalog that do not exist. */
#include "catalog/nearest.h"

#include "catalog/extension.h"
#include "support/nearest.h"

const char *nearest_relation(struct arena *arena, const struct catalog *catalog, const char *name)
{
    struct nearest nearest = {.wanted = name};
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->relkind != 'c')
            nearest_consider(&nearest, relations[i]->name);
    return nearest_hint(arena, &nearest);
}

const char *nearest_column(struct arena *arena, const struct relation *relation, const char *name)
{
    struct nearest nearest = {.wanted = name};

    for (size_t i = 0; i < relation->attributes.n; i++)
        if (!relation->attributes.items[i].is_dropped)
            nearest_consider(&nearest, relation->attributes.items[i].name);
    return nearest_hint(arena, &nearest);
}

const char *nearest_type(struct arena *arena, const struct catalog *catalog, const char *name)
{
    static const char *const common[] = {
        "int",     "char",     "bit",      "oid",     "int2",    "int4",      "int8",
        "integer", "smallint", "bigint",   "text",    "varchar", "bpchar",    "name",
        "numeric", "decimal",  "float4",   "float8",  "real",    "bool",      "boolean",
        "bytea",   "uuid",     "json",     "jsonb",   "xml",     "date",      "timestamptz",
        "timetz",  "interval", "tsvector", "tsquery", "inet",    "timestamp", "money",
        "cidr",    "macaddr",  "point",    "serial",  "citext",  "hstore",    "bigserial",
        "polygon", "tstzrange"};
    struct nearest nearest = {.wanted = name};
    const char *extension = extension_hint_for_type(arena, name);
    size_t n;
    struct type *const *types = catalog_types(catalog, &n);

    if (extension)
        return extension;

    for (size_t i = 0; i < n; i++)
        if (types[i] && types[i]->category != 'A')
            nearest_consider(&nearest, types[i]->name);
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        nearest_consider(&nearest, common[i]);
    return nearest_hint(arena, &nearest);
}

const char *nearest_label(struct arena *arena, const struct type *type, const char *label)
{
    struct nearest nearest = {.wanted = label};

    for (size_t i = 0; i < type->n_labels; i++)
        nearest_consider(&nearest, type->labels[i]);
    return nearest_hint(arena, &nearest);
}
