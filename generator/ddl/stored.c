/* Which columns of tables store values of a type, at any depth: as themselves, as elements of
 * arrays and ranges, under domains, or as fields of rows (find_composite_type_dependencies,
 * get_rels_with_domain). Where there are such, the type cannot change.
 */
#include "ddl/stored.h"

struct stored {
    struct ddl *ddl;
    const char *what; /* what cannot be altered */
    span at;
};

static void check_type(const struct stored *stored, oid id);

static bool has_rows(const struct relation *relation)
{
    return relation->relkind == 'r' || relation->relkind == 'p' || relation->relkind == 'm';
}

static void fail(const struct stored *stored, const struct relation *relation,
                 const struct attribute *column)
{
    ddl_fail_exists(stored->ddl, "0A000", stored->at, column->name, column->defined_at,
                    "cannot alter %s because column \"%s.%s\" uses it", stored->what,
                    relation->name, column->name);
}

static bool is_range_of(const struct type *type, oid id)
{
    return (type->typtype == 'r' || type->typtype == 'm') && type->range_subtype == id;
}

/* Arrays of the type, domains over it and ranges of it. */
static void check_containers(const struct stored *stored, oid id)
{
    size_t n;
    struct type *const *types = catalog_types(stored->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++) {
        const struct type *type = types[i];
        if (type && (type->elem == id || (type->typtype == 'd' && type->base_type == id) ||
                     is_range_of(type, id)))
            check_type(stored, type->oid);
    }
}

static void check_columns(const struct stored *stored, const struct relation *relation, oid id)
{
    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *column = &relation->attributes.items[i];
        if (column->is_dropped || column->type != id)
            continue;
        if (has_rows(relation))
            fail(stored, relation, column);
        if (relation->type_oid)
            check_type(stored, relation->type_oid);
        return;
    }
}

static void check_type(const struct stored *stored, oid id)
{
    size_t n;
    struct relation *const *relations = catalog_relations(stored->ddl->catalog, &n);

    check_containers(stored, id);
    for (size_t i = 0; i < n; i++)
        if (relations[i])
            check_columns(stored, relations[i], id);
}

void type_check_not_stored(struct ddl *ddl, oid type, const char *what, span at)
{
    const struct stored stored = {ddl, what, at};

    check_type(&stored, type);
}

/* --- Domains ---------------------------------------------------------------------------------- */

static bool has_column(const struct relation *relation, oid type)
{
    for (size_t i = 0; i < relation->attributes.n; i++)
        if (!relation->attributes.items[i].is_dropped && relation->attributes.items[i].type == type)
            return true;
    return false;
}

static void check_domain(const struct stored *stored, oid domain)
{
    size_t n;
    struct type *const *types = catalog_types(stored->ddl->catalog, &n);
    struct relation *const *relations;

    for (size_t i = 0; i < n; i++) {
        const struct type *type = types[i];
        if (type && type->typtype == 'd' && type->base_type == domain)
            check_domain(stored, type->oid);
        else if (type && (type->elem == domain || is_range_of(type, domain)))
            check_type(stored, type->oid);
    }
    relations = catalog_relations(stored->ddl->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->type_oid && has_column(relations[i], domain))
            check_type(stored, relations[i]->type_oid);
}

void domain_check_columns(struct ddl *ddl, const struct type *domain, span at)
{
    const struct stored stored = {
        ddl, arena_printf(ddl->arena, "type \"%s\"", ddl_type_text(ddl, domain->oid)), at};

    check_domain(&stored, domain->oid);
}
