/* "Did you mean": the existing name with the fewest edits from the one that was written. */
#include "schema/nearest.h"

#include <string.h>

#include "catalog/extension.h"

struct nearest {
    const char *wanted, *name;
    size_t distance;
};

static struct nearest nearest_to(const char *name)
{
    size_t len = strlen(name);

    return (struct nearest){name, NULL, (len < 3 ? 1 : len < 6 ? 2 : 3) + 1};
}

static void consider(struct nearest *nearest, const char *name)
{
    size_t distance = name_distance(nearest->wanted, name, nearest->distance);

    if (distance < nearest->distance && distance < strlen(name)) {
        nearest->name = name;
        nearest->distance = distance;
    }
}

static const char *did_you_mean(struct arena *arena, const struct nearest *nearest)
{
    return nearest->name ? arena_printf(arena, "did you mean \"%s\"?", nearest->name) : NULL;
}

const char *nearest_relation(struct arena *arena, const struct catalog *catalog, const char *name)
{
    struct nearest nearest = nearest_to(name);
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->relkind != 'c')
            consider(&nearest, relations[i]->name);
    return did_you_mean(arena, &nearest);
}

const char *nearest_column(struct arena *arena, const struct relation *relation, const char *name)
{
    struct nearest nearest = nearest_to(name);

    for (size_t i = 0; i < relation->attributes.n; i++)
        if (!relation->attributes.items[i].is_dropped)
            consider(&nearest, relation->attributes.items[i].name);
    return did_you_mean(arena, &nearest);
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
    struct nearest nearest = nearest_to(name);
    const char *extension = extension_hint_for_type(arena, name);
    size_t n;
    struct type *const *types = catalog_types(catalog, &n);

    if (extension)
        return extension;

    for (size_t i = 0; i < n; i++)
        if (types[i] && types[i]->category != 'A')
            consider(&nearest, types[i]->name);
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        consider(&nearest, common[i]);
    return did_you_mean(arena, &nearest);
}

const char *nearest_label(struct arena *arena, const struct type *type, const char *label)
{
    struct nearest nearest = nearest_to(label);

    for (size_t i = 0; i < type->n_labels; i++)
        consider(&nearest, type->labels[i]);
    return did_you_mean(arena, &nearest);
}
