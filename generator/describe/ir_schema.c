/* The schema's part of the IR: enums and composites, tables and views, and the constraints whose
 * violation a program can branch on, all in the order in which they were created.
 */
#include <string.h>

#include "describe/ir_types.h"

static bool is_declared_type(const struct catalog *catalog, const struct type *type)
{
    const struct relation *relation;

    if (type->typtype == 'e')
        return true;
    if (type->typtype != 'c')
        return false;
    relation = catalog_get_relation(catalog, type->relid);
    return relation && relation->relkind == 'c';
}

static void collect_types(struct arena *arena, const struct catalog *catalog,
                          struct ir_types *types, struct ir_package *package)
{
    size_t n;
    struct type *const *all = catalog_types(catalog, &n);

    package->types = arena_array(arena, const struct ir_type *, n);
    for (size_t i = 0; i < n; i++)
        if (all[i] && is_declared_type(catalog, all[i]))
            package->types[package->n_types++] = ir_types_get(types, all[i]->oid);
}

static bool has_rows(const struct relation *relation)
{
    return relation && strchr("rpvmf", relation->relkind) && !relation->is_temporary;
}

typedef VEC(struct ir_constraint) constraints;

static bool is_constraint_name(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->constraints.n; i++)
        if (name_eq(relation->constraints.items[i]->name, name))
            return true;
    return false;
}

/* Constraints, and the unique indexes that are not behind one: a violation reports their names
 * alike. */
static void collect_constraints(struct arena *arena, const struct catalog *catalog,
                                const struct relation *relation, constraints *out)
{
    const char *table = ir_relation_name(arena, catalog, relation);

    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *constraint = relation->constraints.items[i];
        struct ir_constraint ir = {constraint->name, table, (char)constraint->kind,
                                   constraint->defined_at};
        vec_push(arena, out, ir);
    }
    for (size_t i = 0; i < relation->indexes.n; i++) {
        const struct index *index = relation->indexes.items[i];
        struct ir_constraint ir = {index->name, table, CONSTRAINT_UNIQUE, index->defined_at};
        if (index->is_unique && !is_constraint_name(relation, index->name))
            vec_push(arena, out, ir);
    }
}

void describe_schema(struct arena *arena, const struct catalog *catalog, struct ir_types *types,
                     struct ir_package *package)
{
    constraints list = {0};
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);

    collect_types(arena, catalog, types, package);
    package->tables = arena_array(arena, const struct ir_table *, n);
    for (size_t i = 0; i < n; i++)
        if (has_rows(relations[i])) {
            package->tables[package->n_tables++] = ir_types_get_table(types, relations[i]);
            collect_constraints(arena, catalog, relations[i], &list);
        }
    package->constraints = list.items;
    package->n_constraints = list.n;
}
