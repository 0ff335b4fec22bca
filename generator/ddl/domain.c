/* CREATE DOMAIN, ALTER DOMAIN. A domain's constraints are its NOT NULL, which has no name, and
 * CHECKs, whose names share those of table constraints when the server makes one up.
 */
#include <string.h>

#include "ddl/depend.h"
#include "ddl/statements.h"
#include "ddl/stored.h"
#include "ddl/table.h"

static void check_base(struct ddl *ddl, const struct type *base, span at)
{
    type_check_defined(ddl, base->oid, at);
    if (base->typtype == 'p')
        ddl_fail(ddl, "42804", at, "\"%s\" is not a valid base type for a domain", base->name);
}

static size_t find_check(const struct type *domain, const char *name)
{
    size_t i = 0;

    while (i < domain->constraints.n && strcmp(domain->constraints.items[i]->name, name) != 0)
        i++;
    return i;
}

static void check_name_free(struct ddl *ddl, const struct type *domain, const char *name, span at)
{
    size_t i = find_check(domain, name);

    if (i < domain->constraints.n)
        ddl_fail_exists(ddl, "42710", at, name, domain->constraints.items[i]->defined_at,
                        "constraint \"%s\" for domain \"%s\" already exists", name, domain->name);
}

static void set_default(struct ddl *ddl, struct type *domain, const PgQuery__Node *node)
{
    struct ddl_value value;

    expression_evaluate(ddl,
                        &(struct ddl_expression){.place = DDL_DEFAULT,
                                                 .node = node,
                                                 .column = domain->name,
                                                 .type = domain->base_type,
                                                 .typmod = domain->typmod},
                        &value);
    domain->default_expr = value.expr;
    if (value.expr && value.expr->kind == EXPR_CONST && value.expr->u.constant.is_null)
        domain->default_expr = NULL;
}

static void add_check(struct ddl *ddl, struct type *domain, const PgQuery__Constraint *node)
{
    struct constraint *constraint = arena_new(ddl->arena, struct constraint);
    span at = ddl_span(ddl, node->location);
    struct ddl_value value;

    expression_evaluate(ddl,
                        &(struct ddl_expression){.place = DDL_DOMAIN_CHECK,
                                                 .node = node->raw_expr,
                                                 .type = domain->base_type,
                                                 .typmod = domain->typmod,
                                                 .collation = domain->collation},
                        &value);

    *constraint = (struct constraint){.kind = CONSTRAINT_CHECK,
                                      .validated = !node->skip_validation,
                                      .is_local = true,
                                      .check = value.expr,
                                      .defined_at = at};
    if (node->conname && *node->conname) {
        constraint->name = node->conname;
        check_name_free(ddl, domain, constraint->name, at);
    } else {
        constraint->name =
            choose_constraint_name(ddl, domain->name, NULL, "check", domain->namespace_oid);
    }
    if (domain->oid && constraint->validated)
        domain_check_columns(ddl, domain, at);
    domain->has_check = true;
    vec_push(ddl->arena, &domain->constraints, constraint);
    constraint_name_put(ddl, domain->namespace_oid, constraint);
}

/* What the constraints of a statement have said so far, for contradictions. */
struct seen {
    bool null, has_default;
};

static void apply_constraint(struct ddl *ddl, struct type *domain, const PgQuery__Constraint *node,
                             struct seen *seen)
{
    span at = ddl_span(ddl, node->location);

    switch (node->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        if (seen->null)
            ddl_fail(ddl, "42601", at, "conflicting NULL/NOT NULL constraints");
        domain->not_null = true;
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        if (domain->not_null)
            ddl_fail(ddl, "42601", at, "conflicting NULL/NOT NULL constraints");
        seen->null = true;
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        add_check(ddl, domain, node);
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        if (seen->has_default)
            ddl_fail(ddl, "42601", at, "multiple default expressions");
        seen->has_default = true;
        set_default(ddl, domain, node->raw_expr);
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
    struct seen seen = {0};

    domain.namespace_oid = namespace_for_creation(ddl, name.schema, at);
    type_name_check_free(ddl, domain.namespace_oid, domain.name, at);
    domain.base_type = type_resolve(ddl, statement->type_name, &domain.typmod);
    base = catalog_get_type(ddl->catalog, domain.base_type);
    check_base(ddl, base, sql_dotted_span(ddl->sql, statement->type_name->location));
    domain.category = base->category;
    domain.len = base->len;
    domain.collation = base->collation;
    domain.default_expr = base->default_expr;
    if (statement->coll_clause) {
        if (!base->collation)
            ddl_fail(ddl, "42804", ddl_span(ddl, statement->coll_clause->location),
                     "collations are not supported by type %s", ddl_type_text(ddl, base->oid));
        domain.collation = collation_resolve(ddl, statement->coll_clause);
    }
    for (size_t i = 0; i < statement->n_constraints; i++) {
        const PgQuery__Constraint *node = statement->constraints[i]->constraint;
        if (node->is_no_inherit)
            ddl_fail(ddl, "42P17", ddl_span(ddl, node->location),
                     "check constraints for domains cannot be marked NO INHERIT");
        apply_constraint(ddl, &domain, node, &seen);
    }
    catalog_add_type_with_array(ddl->catalog, &domain);
}

void domain_remove_constraint(struct ddl *ddl, struct type *domain, size_t i)
{
    constraint_name_remove(ddl, domain->namespace_oid, domain->constraints.items[i]->name);
    for (; i + 1 < domain->constraints.n; i++)
        domain->constraints.items[i] = domain->constraints.items[i + 1];
    domain->constraints.n--;
    domain->has_check = domain->constraints.n > 0;
}

static void drop_check(struct ddl *ddl, struct type *domain,
                       const PgQuery__AlterDomainStmt *statement)
{
    size_t i = find_check(domain, statement->name);

    if (i == domain->constraints.n) {
        if (statement->missing_ok)
            return;
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, statement->name),
                 "constraint \"%s\" of domain \"%s\" does not exist", statement->name,
                 domain->name);
    }
    domain_remove_constraint(ddl, domain, i);
}

static void validate_constraint(struct ddl *ddl, const struct type *domain, const char *name)
{
    size_t i = find_check(domain, name);

    if (i == domain->constraints.n)
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, name),
                 "constraint \"%s\" of domain \"%s\" does not exist", name, domain->name);
    domain_check_columns(ddl, domain, ddl_name_span(ddl, -1, name));
    domain->constraints.items[i]->validated = true;
}

void domain_rename_constraint(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    struct qualified_name name = name_from_node(ddl, statement->object);
    span at = name_span(ddl, name);
    struct type *domain = type_edit(ddl, type_get(ddl, name, at), at);
    size_t i = find_check(domain, statement->subname);

    if (i == domain->constraints.n)
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, statement->subname),
                 "constraint \"%s\" for domain %s does not exist", statement->subname,
                 ddl_type_text(ddl, domain->oid));
    check_name_free(ddl, domain, statement->newname, ddl_name_span(ddl, -1, statement->newname));
    constraint_name_remove(ddl, domain->namespace_oid, statement->subname);
    domain->constraints.items[i]->name = statement->newname;
    constraint_name_put(ddl, domain->namespace_oid, domain->constraints.items[i]);
}

void ddl_alter_domain(struct ddl *ddl, const PgQuery__AlterDomainStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->type_name, statement->n_type_name);
    span at = name_span(ddl, name);
    const struct type *found = type_get(ddl, name, at);
    struct type *domain;
    struct seen seen = {0};

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
        if (!domain->not_null)
            domain_check_columns(ddl, domain, at);
        domain->not_null = true;
        ddl->session->all_weakened = true;
        break;
    case 'C': /* ADD CONSTRAINT */
        if (NODE_IS(statement->def, CONSTRAINT))
            apply_constraint(ddl, domain, statement->def->constraint, &seen);
        break;
    case 'X': /* DROP CONSTRAINT */
        drop_check(ddl, domain, statement);
        break;
    case 'V': /* VALIDATE CONSTRAINT */
        validate_constraint(ddl, domain, statement->name);
        break;
    case 'T': /* DEFAULT */
        domain->default_expr = NULL;
        if (statement->def)
            set_default(ddl, domain, statement->def);
        break;
    default:
        break;
    }
}
