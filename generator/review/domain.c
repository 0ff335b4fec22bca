/* ALTER DOMAIN: a constraint is checked in every table that has a column of the domain
 * (get_rels_with_domain).
 */
#include "review/reviewing.h"

static bool has_domain(const struct catalog *catalog, oid id, oid domain)
{
    const struct type *type = catalog_get_type(catalog, id);
    const oid element = catalog_element_type(catalog, id);

    if (!type || id == domain)
        return type != NULL;
    if (type->typtype == 'd')
        return has_domain(catalog, type->base_type, domain);
    return element && has_domain(catalog, element, domain);
}

static void scan_users(struct reviewing *reviewing, oid domain)
{
    size_t n;
    struct relation *const *relations = catalog_relations(reviewing->catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; relations[i] && k < relations[i]->attributes.n; k++) {
            const struct attribute *column = &relations[i]->attributes.items[k];
            if (column->is_dropped ||
                (relations[i]->relkind != 'r' && relations[i]->relkind != 'm') ||
                !has_domain(reviewing->catalog, column->type, domain))
                continue;
            scanned(touch(reviewing, relations[i], LOCK_MODE_SHARE));
            found(reviewing, HAZARD_DOMAIN_SCAN, relations[i], NULL);
        }
}

void review_domain(struct reviewing *reviewing, const PgQuery__AlterDomainStmt *statement)
{
    const struct node_list names = NODES(statement, type_name);
    const struct type *domain =
        catalog_find_type(reviewing->catalog, names.n > 1 ? raw_name(names, names.n - 2) : NULL,
                          raw_last_name(names));
    const char kind = *statement->subtype; /* T default, N drop and O set NOT NULL, C add, V … */
    const bool is_checked =
        kind == 'O' || kind == 'V' || (kind == 'C' && !statement->def->constraint->skip_validation);

    if (domain && is_checked)
        scan_users(reviewing, domain->oid);
    if (kind == 'X' && domain)
        found_named(reviewing, HAZARD_DROP_CONSTRAINT, domain->name);
}
