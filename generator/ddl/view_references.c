/* What a view depends on, from its parse tree: relations, their columns, functions and types. Names
 * are matched without full analysis: a column belongs to each relation of the body that has such a
 * column and whose alias or name its qualifier, if any, spells.
 */
#include <string.h>

#include "ddl/view.h"
#include "sql/tree.h"

struct item {
    const struct relation *relation;
    const char *name; /* alias or name, which qualifies columns */
    bool all_columns; /* column aliases hide the names */
};

struct reference {
    const char *qualifier; /* NULL: none */
    const char *name;      /* NULL: a star */
};

struct collector {
    struct ddl *ddl;
    VEC(const char *) ctes;
    VEC(const PgQuery__RangeVar *) range_vars;
    VEC(struct reference) columns;
    VEC(const PgQuery__FuncCall *) calls;
    VEC(const PgQuery__TypeName *) types;
    bool has_natural_join;
};

static void add_column(struct collector *c, const PgQuery__ColumnRef *ref)
{
    const PgQuery__Node *last = ref->fields[ref->n_fields - 1];
    const char *qualifier = ref->n_fields > 1 ? raw_string(ref->fields[ref->n_fields - 2]) : NULL;

    vec_push(c->ddl->arena, &c->columns, (struct reference){qualifier, raw_string(last)});
}

static void add_using(struct collector *c, const PgQuery__JoinExpr *join)
{
    c->has_natural_join |= join->is_natural;
    for (size_t i = 0; i < join->n_using_clause; i++)
        vec_push(c->ddl->arena, &c->columns,
                 (struct reference){NULL, raw_string(join->using_clause[i])});
}

static bool visit(void *context, const ProtobufCMessage *message)
{
    struct collector *c = context;
    const void *node = message;

    if (message->descriptor == &pg_query__column_ref__descriptor)
        add_column(c, node);
    else if (message->descriptor == &pg_query__range_var__descriptor)
        vec_push(c->ddl->arena, &c->range_vars, node);
    else if (message->descriptor == &pg_query__func_call__descriptor)
        vec_push(c->ddl->arena, &c->calls, node);
    else if (message->descriptor == &pg_query__type_name__descriptor)
        vec_push(c->ddl->arena, &c->types, node);
    else if (message->descriptor == &pg_query__join_expr__descriptor)
        add_using(c, node);
    else if (message->descriptor == &pg_query__common_table_expr__descriptor)
        vec_push(c->ddl->arena, &c->ctes, ((const PgQuery__CommonTableExpr *)node)->ctename);
    return true;
}

static bool is_cte(const struct collector *c, const PgQuery__RangeVar *name)
{
    if (name->schemaname && *name->schemaname)
        return false;
    for (size_t i = 0; i < c->ctes.n; i++)
        if (strcmp(c->ctes.items[i], name->relname) == 0)
            return true;
    return false;
}

static bool uses_column(const struct collector *c, const struct item *item, const char *column)
{
    if (item->all_columns)
        return true;
    for (size_t i = 0; i < c->columns.n; i++) {
        const struct reference *reference = &c->columns.items[i];
        if (reference->qualifier && strcmp(reference->qualifier, item->name) != 0)
            continue;
        if (!reference->name || strcmp(reference->name, column) == 0)
            return true;
    }
    return false;
}

static void add_relation(struct collector *c, const struct item *item,
                         struct view_references *found)
{
    const struct relation *relation = item->relation;
    struct view_reference reference = {.relid = relation->oid};

    reference.columns = arena_array(c->ddl->arena, int16_t, relation->attributes.n);
    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *attribute = &relation->attributes.items[i];
        if (!attribute->is_dropped && uses_column(c, item, attribute->name))
            reference.columns[reference.n_columns++] = attribute->number;
    }
    vec_push(c->ddl->arena, &found->relations, reference);
}

static void add_relations(struct collector *c, struct view_references *found)
{
    for (size_t i = 0; i < c->range_vars.n; i++) {
        const PgQuery__RangeVar *name = c->range_vars.items[i];
        struct item item = {.name = name->relname};
        if (is_cte(c, name))
            continue;
        item.relation = relation_find(c->ddl, name);
        if (!item.relation)
            continue;
        if (name->alias)
            item.name = name->alias->aliasname;
        item.all_columns = c->has_natural_join || (name->alias && name->alias->n_colnames > 0);
        add_relation(c, &item, found);
    }
}

/* Only a call that can mean no other function is a dependency for sure. */
static void add_functions(struct collector *c, struct view_references *found)
{
    for (size_t i = 0; i < c->calls.n; i++) {
        const PgQuery__FuncCall *call = c->calls.items[i];
        const char *name = raw_string(call->funcname[call->n_funcname - 1]);
        const char *schema = call->n_funcname > 1 ? raw_string(call->funcname[0]) : NULL;
        struct function_list list =
            catalog_find_functions(c->ddl->catalog, c->ddl->arena, schema, name);
        if (list.n == 1 && list.items[0]->oid >= FIRST_USER_OID)
            vec_push(c->ddl->arena, &found->functions, list.items[0]->oid);
    }
}

static void add_types(struct collector *c, struct view_references *found)
{
    for (size_t i = 0; i < c->types.n; i++) {
        oid type = type_resolve_quietly(c->ddl, c->types.items[i]);
        oid element = type ? catalog_element_type(c->ddl->catalog, type) : 0;
        if (type >= FIRST_USER_OID)
            vec_push(c->ddl->arena, &found->types, element ? element : type);
    }
}

struct view_references view_references_find(struct ddl *ddl, const PgQuery__Node *query)
{
    struct collector collector = {.ddl = ddl};
    struct view_references found = {0};

    tree_walk((const ProtobufCMessage *)(const void *)query, visit, &collector);
    add_relations(&collector, &found);
    add_functions(&collector, &found);
    add_types(&collector, &found);
    return found;
}

/* --- Questions -------------------------------------------------------------------------------- */

bool view_references_relation(const struct view_body *body, oid relid)
{
    for (size_t i = 0; i < body->references.relations.n; i++)
        if (body->references.relations.items[i].relid == relid)
            return true;
    return false;
}

bool view_references_column(const struct view_body *body, oid relid, int16_t column)
{
    for (size_t i = 0; i < body->references.relations.n; i++) {
        const struct view_reference *reference = &body->references.relations.items[i];
        for (size_t k = 0; reference->relid == relid && k < reference->n_columns; k++)
            if (reference->columns[k] == column)
                return true;
    }
    return false;
}

bool view_references_function(const struct view_body *body, oid function)
{
    for (size_t i = 0; i < body->references.functions.n; i++)
        if (body->references.functions.items[i] == function)
            return true;
    return false;
}

bool view_references_type(const struct view_body *body, oid type)
{
    for (size_t i = 0; i < body->references.types.n; i++)
        if (body->references.types.items[i] == type)
            return true;
    return false;
}
