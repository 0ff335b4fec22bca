/* CREATE DOMAIN, ALTER DOMAIN. Of a CHECK only its existence is known; dropping one does not prove
 * that none is left.
 */
#include <string.h>

#include "schema/statements.h"
#include "schema/table.h"

static void check_base(struct ddl *ddl, const struct type *base, span at)
{
    if (base->is_shell)
        ddl_fail(ddl, "42704", at, "type \"%s\" is only a shell", base->name);
    if (base->typtype == 'p')
        ddl_fail(ddl, "42804", at, "\"%s\" is not a valid base type for a domain", base->name);
}

static void apply_constraint(struct ddl *ddl, struct type *domain, const PgQuery__Constraint *node,
                             bool *seen_null)
{
    span at = ddl_span(ddl, node->location);

    switch (node->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        if (*seen_null)
            ddl_fail(ddl, "42601", at, "conflicting NULL/NOT NULL constraints");
        domain->not_null = true;
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        if (domain->not_null)
            ddl_fail(ddl, "42601", at, "conflicting NULL/NOT NULL constraints");
        *seen_null = true;
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        domain->has_check = true;
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
        ddl_fail(ddl, "42601", at, "unique constraints not possible for domains");
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        ddl_fail(ddl, "42601", at, "primary key constraints not possible for domains");
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        ddl_fail(ddl, "42601", at, "exclusion constraints not possible for domains");
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        ddl_fail(ddl, "42601", at, "foreign key constraints not possible for domains");
    default:
        ddl_fail(ddl, "0A000", at, "specifying constraint deferrability not supported for domains");
    }
}

void ddl_create_domain(struct ddl *ddl, const PgQuery__CreateDomainStmt *statement)
{
    struct qualified_name name =
        name_from_list(ddl, statement->domainname, statement->n_domainname);
    span at = name_span(ddl, name);
    struct type domain = {.name = name.name, .typtype = 'd', .defined_at = at};
    const struct type *base;
    bool seen_null = false;

    domain.namespace_oid = namespace_for_creation(ddl, name.schema, at);
    type_name_check_free(ddl, domain.namespace_oid, domain.name, at);
    domain.base_type = type_resolve(ddl, statement->type_name, &domain.typmod);
    base = catalog_get_type(ddl->catalog, domain.base_type);
    check_base(ddl, base, dotted_span(ddl->sql, statement->type_name->location));
    domain.category = base->category;
    domain.len = base->len;
    domain.collation = base->collation;
    if (statement->coll_clause) {
        if (!base->collation)
            ddl_fail(ddl, "42804", ddl_span(ddl, statement->coll_clause->location),
                     "collations are not supported by type %s", ddl_type_text(ddl, base->oid));
        domain.collation = collation_resolve(ddl, statement->coll_clause);
    }
    for (size_t i = 0; i < statement->n_constraints; i++)
        apply_constraint(ddl, &domain, statement->constraints[i]->constraint, &seen_null);
    catalog_add_type_with_array(ddl->catalog, &domain);
}

void ddl_alter_domain(struct ddl *ddl, const PgQuery__AlterDomainStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->type_name, statement->n_type_name);
    span at = name_span(ddl, name);
    const struct type *found = type_get(ddl, name, at);
    struct type *domain;
    bool seen_null = false;

    if (found->typtype != 'd')
        ddl_fail_exists(ddl, "42809", at, name.name, found->defined_at, "%s is not a domain",
                        ddl_type_text(ddl, found->oid));
    domain = type_edit(ddl, found, at);
    switch (*statement->subtype) {
    case 'N': /* DROP NOT NULL */
        domain->not_null = false;
        ddl->session->all_weakened = true;
        break;
    case 'O': /* SET NOT NULL */
        domain->not_null = true;
        ddl->session->all_weakened = true;
        break;
    case 'C': /* ADD CONSTRAINT */
        if (NODE_IS(statement->def, CONSTRAINT))
            apply_constraint(ddl, domain, statement->def->constraint, &seen_null);
        break;
    default: /* default, DROP and VALIDATE CONSTRAINT */
        break;
    }
}
