/* The schema's part of the IR: enums, composites and domains, tables and views, and the constraints
 * whose violation a program can branch on, all in the order in which they were created.
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
    package->domains = arena_array(arena, const struct ir_type *, n);
    for (size_t i = 0; i < n; i++)
        if (all[i] && is_declared_type(catalog, all[i]))
            package->types[package->n_types++] = ir_types_get(types, all[i]->oid);
        else if (all[i] && all[i]->typtype == 'd')
            package->domains[package->n_domains++] = ir_types_get(types, all[i]->oid);
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

/* NULL for the expression of an index. */
static const char *const *column_names(struct arena *arena, const struct relation *relation,
                                       const int16_t *attnums, size_t n)
{
    const char **names = arena_array(arena, const char *, n);

    for (size_t i = 0; i < n; i++)
        names[i] = attnums[i] ? relation->attributes.items[attnums[i] - 1].name : NULL;
    return names;
}

static struct ir_constraint constraint_ir(struct arena *arena, const struct catalog *catalog,
                                          const struct relation *relation,
                                          const struct constraint *constraint)
{
    const struct relation *referenced = catalog_get_relation(catalog, constraint->ref_relid);
    struct ir_constraint ir = {
        .name = constraint->name,
        .kind = (char)constraint->kind,
        .is_deferrable = constraint->deferrable,
        .nulls_not_distinct = constraint->nulls_not_distinct,
        .columns = column_names(arena, relation, constraint->columns, constraint->n_columns),
        .n_columns = constraint->n_columns,
        .defined_at = constraint->defined_at,
    };

    if (constraint->kind == CONSTRAINT_FOREIGN && referenced) {
        ir.ref_table = ir_relation_name(arena, catalog, referenced);
        ir.ref_columns =
            column_names(arena, referenced, constraint->ref_columns, constraint->n_columns);
        ir.n_ref_columns = constraint->n_columns;
    }
    return ir;
}

static struct ir_constraint index_ir(struct arena *arena, const struct relation *relation,
                                     const struct index *index)
{
    return (struct ir_constraint){
        .name = index->name,
        .kind = CONSTRAINT_UNIQUE,
        .is_index = true,
        .is_partial = index->is_partial,
        .nulls_not_distinct = index->nulls_not_distinct,
        .columns = column_names(arena, relation, index->columns, index->n_columns),
        .n_columns = index->n_columns,
        .defined_at = index->defined_at,
    };
}

/* Constraints, and the unique indexes that are not behind one: a violation reports their names
 * alike. */
static void collect_constraints(struct arena *arena, const struct catalog *catalog,
                                const struct relation *relation, constraints *out)
{
    size_t first = out->n;

    for (size_t i = 0; i < relation->constraints.n; i++)
        vec_push(arena, out,
                 constraint_ir(arena, catalog, relation, relation->constraints.items[i]));
    for (size_t i = 0; i < relation->indexes.n; i++) {
        const struct index *index = relation->indexes.items[i];
        if (index->is_unique && !is_constraint_name(relation, index->name))
            vec_push(arena, out, index_ir(arena, relation, index));
    }
    for (size_t i = first; i < out->n; i++)
        out->items[i].table = ir_relation_name(arena, catalog, relation);
}

/* The CHECKs of domains: a value that breaks one is reported by its name, as one of a table is. */
static void collect_domain_constraints(struct arena *arena, const struct catalog *catalog,
                                       struct ir_types *types, constraints *out)
{
    size_t n;
    struct type *const *all = catalog_types(catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; all[i] && all[i]->typtype == 'd' && k < all[i]->constraints.n; k++) {
            const struct constraint *constraint = all[i]->constraints.items[k];
            const struct ir_type *type = ir_types_get(types, all[i]->oid);

            vec_push(arena, out,
                     (struct ir_constraint){
                         .name = constraint->name,
                         .domain = arena_printf(arena, "%s.%s", type->schema, type->name),
                         .kind = (char)constraint->kind,
                         .defined_at = constraint->defined_at.source ? constraint->defined_at
                                                                     : type->defined_at,
                     });
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
    collect_domain_constraints(arena, catalog, types, &list);
    package->constraints = list.items;
    package->n_constraints = list.n;
}
