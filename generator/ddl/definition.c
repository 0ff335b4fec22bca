/* Definition lists and literals of DDL. */
#include <string.h>
#include <strings.h>

#include "ddl/ddl.h"

const PgQuery__DefElem *definition_find(PgQuery__Node **items, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (NODE_IS(items[i], DEF_ELEM) && strcmp(items[i]->def_elem->defname, name) == 0)
            return items[i]->def_elem;
    return NULL;
}

void definition_check_once(struct ddl *ddl, PgQuery__Node **items, size_t n,
                           const PgQuery__DefElem *item)
{
    if (definition_find(items, n, item->defname) != item)
        ddl_fail(ddl, "42601", ddl_span(ddl, item->location), "conflicting or redundant options");
}

const char *definition_string(struct ddl *ddl, const PgQuery__DefElem *item)
{
    const PgQuery__Node *value = item ? item->arg : NULL;

    if (!value)
        return NULL;
    switch (value->node_case) {
    case PG_QUERY__NODE__NODE_STRING:
        return value->string->sval;
    case PG_QUERY__NODE__NODE_INTEGER:
        return arena_printf(ddl->arena, "%d", value->integer->ival);
    case PG_QUERY__NODE__NODE_FLOAT:
        return value->float_->fval;
    case PG_QUERY__NODE__NODE_BOOLEAN:
        return value->boolean->boolval ? "true" : "false";
    case PG_QUERY__NODE__NODE_TYPE_NAME:
    case PG_QUERY__NODE__NODE_LIST:
        return name_from_node(ddl, value).name;
    default:
        return NULL;
    }
}

bool definition_bool(struct ddl *ddl, const PgQuery__DefElem *item)
{
    static const char *const words[] = {"false", "true", "off", "on"};
    const char *value = definition_string(ddl, item);

    if (!item)
        return false;
    if (!item->arg)
        return true;
    if (NODE_IS(item->arg, INTEGER) && (unsigned)item->arg->integer->ival < 2)
        return item->arg->integer->ival == 1;
    for (size_t i = 0; value && i < sizeof words / sizeof *words; i++)
        if (!NODE_IS(item->arg, INTEGER) && strcasecmp(value, words[i]) == 0)
            return i % 2 == 1;
    ddl_fail(ddl, "42601", ddl_span(ddl, item->location), "%s requires a Boolean value",
             item->defname);
}

static const PgQuery__Node *definition_value(struct ddl *ddl, const PgQuery__DefElem *item)
{
    if (!item->arg)
        ddl_fail(ddl, "42601", ddl_span(ddl, item->location), "%s requires a parameter",
                 item->defname);
    return item->arg;
}

struct qualified_name definition_name(struct ddl *ddl, const PgQuery__DefElem *item)
{
    const PgQuery__Node *value;

    if (!item)
        return (struct qualified_name){NULL, NULL};
    value = definition_value(ddl, item);
    if (!NODE_IS(value, STRING) && !NODE_IS(value, TYPE_NAME) && !NODE_IS(value, LIST))
        ddl_fail(ddl, "42601", ddl_span(ddl, item->location), "argument of %s must be a name",
                 item->defname);
    return name_from_node(ddl, value);
}

oid definition_type(struct ddl *ddl, const PgQuery__DefElem *item)
{
    PgQuery__TypeName quoted = PG_QUERY__TYPE_NAME__INIT;
    span at = item ? ddl_span(ddl, item->location) : (span){0};
    PgQuery__Node *value;
    oid type;

    if (!item)
        return 0;
    definition_value(ddl, item);
    value = item->arg;
    if (!NODE_IS(value, STRING) && !NODE_IS(value, TYPE_NAME))
        ddl_fail(ddl, "42601", at, "argument of %s must be a type name", item->defname);
    quoted.names = &value;
    quoted.n_names = 1;
    quoted.location = item->location;
    type = type_resolve(ddl, NODE_IS(value, STRING) ? &quoted : value->type_name, NULL);
    type_check_defined(ddl, type, at);
    return type;
}
