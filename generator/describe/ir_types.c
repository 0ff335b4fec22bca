/* Types are registered before their parts are built, so that a composite type may lead back to
 * itself through an array.
 */
#include "describe/ir_types.h"

#include <string.h>

#include "prove/nulls.h"
#include "support/bug.h"
#include "support/map.h"

struct ir_types {
    struct arena *arena;
    const struct catalog *catalog;
    struct map by_oid; /* OID in decimal → struct ir_type */
    struct map tables; /* OID in decimal → struct ir_table */
};

struct ir_types *ir_types_create(struct arena *arena, const struct catalog *catalog)
{
    struct ir_types *types = arena_new(arena, struct ir_types);

    *types = (struct ir_types){arena, catalog, {.arena = arena}, {.arena = arena}};
    return types;
}

enum { OID_KEY_SIZE = 11 };

/* Also writes the key. */
static void *find(const struct map *map, oid id, char key[OID_KEY_SIZE])
{
    char *digit = key + OID_KEY_SIZE - 1;

    *digit = '\0';
    do
        *--digit = (char)('0' + id % 10);
    while (id /= 10);
    memmove(key, digit, strlen(digit) + 1);
    return map_find(map, key);
}

static const char *namespace_name(const struct catalog *catalog, oid id)
{
    const struct namespace *namespace = catalog_get_namespace(catalog, id);

    return namespace ? namespace->name : "";
}

const char *ir_relation_name(struct arena *arena, const struct catalog *catalog,
                             const struct relation *relation)
{
    return arena_printf(arena, "%s.%s", namespace_name(catalog, relation->namespace_oid),
                        relation->name);
}

static void add_labels(struct ir_types *types, const struct type *type, struct ir_type *ir)
{
    struct ir_label *labels = arena_array(types->arena, struct ir_label, type->n_labels);

    for (size_t i = 0; i < type->n_labels; i++)
        labels[i].name = type->labels[i];
    ir->labels = labels;
    ir->n_labels = type->n_labels;
}

static void add_fields(struct ir_types *types, const struct type *type, struct ir_type *ir)
{
    const struct relation *relation = catalog_get_relation(types->catalog, type->relid);
    struct ir_field *fields;

    if (!relation)
        return;
    if (!ir->comment)
        ir->comment = relation->about.comment;
    fields = arena_array(types->arena, struct ir_field, relation->attributes.n);
    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *attribute = &relation->attributes.items[i];
        if (!attribute->is_dropped)
            fields[ir->n_fields++] = (struct ir_field){
                attribute->name, ir_types_get(types, attribute->type), attribute->about.comment};
    }
    ir->fields = fields;
}

static oid multirange_subtype(const struct catalog *catalog, const struct type *multirange)
{
    const struct type *range = catalog_get_type(catalog, multirange->range_subtype);

    return range ? range->range_subtype : 0;
}

static void add_parts(struct ir_types *types, const struct type *type, struct ir_type *ir)
{
    oid element = catalog_element_type(types->catalog, type->oid);

    switch (type->typtype) {
    case 'e':
        ir->kind = IR_ENUM;
        add_labels(types, type, ir);
        break;
    case 'c':
        ir->kind = IR_COMPOSITE;
        add_fields(types, type, ir);
        break;
    case 'd':
        ir->kind = IR_DOMAIN;
        ir->not_null = type->not_null;
        ir->typmod = type->typmod;
        ir->elem = ir_types_get(types, type->base_type);
        break;
    case 'r':
        ir->kind = IR_RANGE;
        ir->elem = ir_types_get(types, type->range_subtype);
        break;
    case 'm':
        ir->kind = IR_MULTIRANGE;
        ir->elem = ir_types_get(types, multirange_subtype(types->catalog, type));
        break;
    case 'p':
        ir->kind = IR_PSEUDO;
        break;
    default:
        ir->kind = element ? IR_ARRAY : IR_BASE;
        ir->elem = element ? ir_types_get(types, element) : NULL;
    }
}

const struct ir_type *ir_types_get(struct ir_types *types, oid id)
{
    char key[OID_KEY_SIZE];
    struct ir_type *ir = find(&types->by_oid, id, key);
    const struct type *type;

    if (ir)
        return ir;
    type = catalog_get_type(types->catalog, id);
    if (!type)
        BUG("a type that the catalog does not know");
    ir = arena_new(types->arena, struct ir_type);
    map_put(&types->by_oid, arena_strdup(types->arena, key), ir);
    *ir = (struct ir_type){
        .oid = id < FIRST_UNPINNED_OID ? id : 0,
        .schema = namespace_name(types->catalog, type->namespace_oid),
        .name = type->name,
        .sql_name = catalog_format_type(types->catalog, types->arena, id),
        .typmod = -1,
        .comment = type->about.comment,
        .defined_at = type->defined_at,
    };
    add_parts(types, type, ir);
    return ir;
}

static bool is_nullable(const struct ir_types *types, const struct relation *relation,
                        const struct attribute *attribute)
{
    size_t i = (size_t)attribute->number - 1;

    return !attribute->not_null && !(relation->view_not_null && relation->view_not_null[i]) &&
           !relation_find_null_check(relation, attribute->number) &&
           !nulls_is_generated(types->arena, types->catalog, relation, attribute);
}

static void add_column(struct ir_types *types, const struct relation *relation,
                       const struct attribute *attribute, struct ir_table *table)
{
    int32_t typmod = attribute->typmod;
    oid base = catalog_base_type(types->catalog, attribute->type, &typmod);

    table->columns[table->n_columns] = (struct ir_column){
        .name = attribute->name,
        .type = ir_types_get(types, base),
        .domain = base != attribute->type ? ir_types_get(types, attribute->type) : NULL,
        .typmod = typmod,
        .nullable = is_nullable(types, relation, attribute),
        .table = table->path,
        .column = attribute->name,
        .comment = attribute->about.comment,
    };
    table->attributes[table->n_columns++] = (struct ir_attribute){
        .has_default = attribute->has_default,
        .identity = attribute->identity,
        .is_generated = attribute->generated != 0,
    };
}

static void add_columns(struct ir_types *types, const struct relation *relation,
                        struct ir_table *table)
{
    table->columns = arena_array(types->arena, struct ir_column, relation->attributes.n);
    table->attributes = arena_array(types->arena, struct ir_attribute, relation->attributes.n);
    for (size_t i = 0; i < relation->attributes.n; i++)
        if (!relation->attributes.items[i].is_dropped)
            add_column(types, relation, &relation->attributes.items[i], table);
}

const struct ir_table *ir_types_get_table(struct ir_types *types, const struct relation *relation)
{
    char key[OID_KEY_SIZE];
    struct ir_table *table = find(&types->tables, relation->oid, key);

    if (table)
        return table;
    table = arena_new(types->arena, struct ir_table);
    map_put(&types->tables, arena_strdup(types->arena, key), table);
    *table = (struct ir_table){
        .schema = namespace_name(types->catalog, relation->namespace_oid),
        .name = relation->name,
        .path = ir_relation_name(types->arena, types->catalog, relation),
        .relkind = relation->relkind,
        .comment = relation->about.comment,
        .defined_at = relation->defined_at,
    };
    add_columns(types, relation, table);
    return table;
}
