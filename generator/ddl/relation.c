/* Relations: making one with its row type, clashes of names, parents and children. */
#include <string.h>

#include "ddl/ddl.h"

enum { MAX_COLUMNS = 1600 };

const char *relkind_name(char relkind)
{
    switch (relkind) {
    case 'v':
        return "view";
    case 'm':
        return "materialized view";
    case 'c':
        return "composite type";
    case 'S':
        return "sequence";
    case 'f':
        return "foreign table";
    default:
        return "table";
    }
}

void relation_check_kind(struct ddl *ddl, PgQuery__ObjectType kind, const struct relation *relation,
                         span at)
{
    static const struct {
        PgQuery__ObjectType kind;
        char relkind;
    } own_kinds[] = {
        {PG_QUERY__OBJECT_TYPE__OBJECT_VIEW, 'v'},
        {PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW, 'm'},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, 'c'},
        {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, 'S'},
        {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE, 'f'},
    };

    for (size_t i = 0; i < sizeof own_kinds / sizeof *own_kinds; i++)
        if (kind == own_kinds[i].kind && relation->relkind != own_kinds[i].relkind)
            ddl_fail(ddl, "42809", at, "\"%s\" is not a %s", relation->name,
                     relkind_name(own_kinds[i].relkind));
    if (relation->relkind == 'c' && kind != PG_QUERY__OBJECT_TYPE__OBJECT_TYPE)
        ddl_fail_hint(ddl, "42809", at, "use ALTER TYPE instead", "\"%s\" is a composite type",
                      relation->name);
}

oid relation_namespace(struct ddl *ddl, const PgQuery__RangeVar *range_var, bool *is_temporary)
{
    struct qualified_name name = name_from_range_var(range_var);
    bool temporary = range_var->relpersistence && *range_var->relpersistence == 't';
    bool in_temp = name.schema && strcmp(name.schema, "pg_temp") == 0;

    if (temporary && name.schema && !in_temp)
        ddl_fail(ddl, "42P16", range_var_span(ddl, range_var),
                 "cannot create temporary relation in non-temporary schema");
    if (in_temp && range_var->relpersistence && *range_var->relpersistence == 'u')
        ddl_fail(ddl, "42P16", range_var_span(ddl, range_var),
                 "only temporary relations may be created in temporary schemas");
    *is_temporary = temporary || in_temp;
    if (*is_temporary)
        return namespace_temporary(ddl);
    if (name.schema && ddl->session->depth == 0 &&
        (strcmp(name.schema, "pg_catalog") == 0 || strcmp(name.schema, "pg_toast") == 0))
        ddl_fail(ddl, "42501", range_var_span(ddl, range_var),
                 "permission denied to create \"%s.%s\"", name.schema, name.name);
    return namespace_for_creation(ddl, name.schema, range_var_span(ddl, range_var));
}

bool range_var_is_unlogged(const PgQuery__RangeVar *name)
{
    return name->relpersistence && *name->relpersistence == 'u';
}

/* "heap" is what there is without a name. */
static const char *access_method_of(const char *name)
{
    return name && *name && strcmp(name, "heap") != 0 ? name : NULL;
}

static const char *tablespace_of(const char *name)
{
    return name && *name && strcmp(name, "pg_default") != 0 ? name : NULL;
}

void tablespace_check(struct ddl *ddl, const char *name)
{
    if (name && strcmp(name, "pg_global") == 0)
        ddl_fail(ddl, "22023", ddl_name_span(ddl, -1, name),
                 "only shared relations can be placed in pg_global tablespace");
}

void relation_set_storage(struct ddl *ddl, struct relation *relation, const char *tablespace,
                          const char *access_method)
{
    tablespace_check(ddl, tablespace);
    if (tablespace && *tablespace)
        relation->tablespace = tablespace_of(tablespace);
    if (access_method && *access_method)
        relation->access_method = access_method_of(access_method);
}

void type_name_check_free(struct ddl *ddl, oid namespace_oid, const char *name, span at)
{
    const struct type *old = catalog_find_type_clash(ddl->catalog, namespace_oid, name);

    if (old)
        ddl_fail_exists(ddl, "42710", at, name, old->defined_at, "type \"%s\" already exists",
                        name);
}

void index_name_check_free(struct ddl *ddl, oid namespace_oid, const char *name, span at)
{
    const struct relation *old = relation_find_in(ddl, namespace_oid, name);
    const struct index_place *index = NULL;

    if (!old)
        index = index_find_in(ddl, namespace_oid, name);
    if (old || index)
        ddl_fail_exists(ddl, "42P07", at, name, old ? old->defined_at : index->index->defined_at,
                        "relation \"%s\" already exists", name);
}

void relation_name_check_free(struct ddl *ddl, oid namespace_oid, const char *name, span at)
{
    const struct type *type;

    index_name_check_free(ddl, namespace_oid, name, at);
    type = catalog_find_type_clash(ddl->catalog, namespace_oid, name);
    if (type && type->is_shell && type->oid >= FIRST_USER_OID)
        catalog_drop_type(ddl->catalog, type->oid);
    else if (type) {
        struct diag *diag = diag_error(ddl->diags, "42710", at, "type \"%s\" already exists", name);
        if (type->defined_at.source)
            diag_note(ddl->diags, diag, type->defined_at, "\"%s\" is defined here", name);
        diag_hint(ddl->diags, diag,
                  "a relation has an associated type of the same name, so it must not be the name "
                  "of a type");
        ddl_stop(ddl);
    }
}

struct relation *relation_create(struct ddl *ddl, struct relation *relation, span at)
{
    struct relation *created;

    relation_name_check_free(ddl, relation->namespace_oid, relation->name, at);
    relation->defined_at = at;
    created = catalog_add_relation(ddl->catalog, relation);
    relation_link_names(ddl, created);
    return created;
}

bool is_row_type(const struct ddl *ddl, oid type)
{
    oid element = type < FIRST_USER_OID ? 0 : catalog_element_type(ddl->catalog, type);
    const struct type *found = catalog_get_type(ddl->catalog, element ? element : type);

    return type >= FIRST_USER_OID && found && found->typtype == 'c';
}

struct attribute *relation_add_attribute(struct ddl *ddl, struct relation *relation,
                                         struct attribute attribute)
{
    if (relation->attributes.n >= MAX_COLUMNS)
        ddl_fail(ddl, "54011", attribute.defined_at, "tables can have at most %d columns",
                 MAX_COLUMNS);
    if (ddl->session->stored_rows == ROWS_NOT_STORED && is_row_type(ddl, attribute.type))
        ddl->session->stored_rows = ROWS_STORED;
    attribute.number = (int16_t)(relation->attributes.n + 1);
    vec_push(ddl->arena, &relation->attributes, attribute);
    return &relation->attributes.items[relation->attributes.n - 1];
}

/* --- Inheritance ------------------------------------------------------------------------------ */

void inheritance_add(struct ddl *ddl, struct relation *child, oid parent)
{
    struct relation *of = catalog_edit_relation(ddl->catalog, parent);

    vec_push(ddl->arena, &child->parents, parent);
    if (of)
        vec_push(ddl->arena, &of->children, child->oid);
    vec_push(ddl->arena, &ddl->session->inheritance,
             (struct inheritance){.parent = parent, .child = child->oid});
}

static size_t without(oid *items, size_t n, oid id)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (items[i] != id)
            items[kept++] = items[i];
    return kept;
}

void inheritance_remove(struct ddl *ddl, struct relation *child, oid parent)
{
    struct relation *of = catalog_edit_relation(ddl->catalog, parent);

    child->parents.n = without(child->parents.items, child->parents.n, parent);
    if (of)
        of->children.n = without(of->children.items, of->children.n, child->oid);
    for (size_t i = 0; i < ddl->session->inheritance.n; i++) {
        struct inheritance *link = &ddl->session->inheritance.items[i];
        if (link->parent == parent && link->child == child->oid)
            link->child = 0;
    }
}

struct relation *inheritance_child(struct ddl *ddl, oid parent, size_t *at)
{
    while (*at < ddl->session->inheritance.n) {
        const struct inheritance *link = &ddl->session->inheritance.items[(*at)++];
        if (link->parent == parent && link->child) {
            struct relation *child = catalog_edit_relation(ddl->catalog, link->child);
            if (child)
                return child;
        }
    }
    return NULL;
}

void facts_changed(struct ddl *ddl, const struct relation *relation)
{
    vec_push(ddl->arena, &ddl->session->weakened, relation->oid);
}
