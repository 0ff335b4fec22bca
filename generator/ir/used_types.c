/* A type is told by its SQL name, which is another for every type of a package. */
#include "ir/used_types.h"

#include "support/map.h"

struct collector {
    struct arena *arena;
    struct map seen; /* SQL name → the type */
    ir_type_list types;
};

/* Without its parts: a composite may lead back to itself. */
static void add_type(struct collector *collector, const struct ir_type *type)
{
    if (!type || map_find(&collector->seen, type->sql_name))
        return;
    map_put(&collector->seen, type->sql_name, (void *)(uintptr_t)type);
    vec_push(collector->arena, &collector->types, type);
}

static void add_parts(struct collector *collector, const struct ir_type *type)
{
    add_type(collector, type->elem);
    for (size_t i = 0; i < type->n_fields; i++)
        add_type(collector, type->fields[i].type);
}

static void add_query(struct collector *collector, const struct ir_query *query)
{
    for (size_t i = 0; i < query->n_params; i++)
        add_type(collector, query->params[i].type);
    for (size_t i = 0; i < query->n_columns; i++)
        add_type(collector, query->columns[i].type);
}

static void add_table(struct collector *collector, const struct ir_table *table)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        add_type(collector, table->columns[i].type);
        add_type(collector, table->columns[i].domain);
    }
}

ir_type_list ir_used_types(struct arena *arena, const struct ir_package *package)
{
    struct collector collector = {.arena = arena, .seen = {.arena = arena}};

    for (size_t i = 0; i < package->n_types; i++)
        add_type(&collector, package->types[i]);
    for (size_t i = 0; i < package->n_domains; i++)
        add_type(&collector, package->domains[i]);
    for (size_t i = 0; i < package->n_tables; i++)
        add_table(&collector, package->tables[i]);
    for (size_t f = 0; f < package->n_files; f++)
        for (size_t q = 0; q < package->files[f].n_queries; q++)
            add_query(&collector, package->files[f].queries[q]);
    for (size_t i = 0; i < collector.types.n; i++)
        add_parts(&collector, collector.types.items[i]);
    return collector.types;
}
