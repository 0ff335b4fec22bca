/* The items of objects of the catalog, by which others say what they need. What belongs to an
 * extension needs the extension; built-in objects are nobody's need.
 */
#include <string.h>

#include "inventory/collect.h"
#include "support/buf.h"

const char *schema_name(struct collector *collector, oid id)
{
    const struct namespace *found = catalog_get_namespace(collector->catalog, id);

    return found ? found->name : "";
}

struct item *extension_item(struct collector *collector, const char *name)
{
    return item_named(collector, ITEM_EXTENSION, (struct item_name){.name = name});
}

struct item *schema_item(struct collector *collector, oid id)
{
    const struct namespace *found = catalog_get_namespace(collector->catalog, id);

    if (!found || (id < FIRST_USER_OID && strcmp(found->name, "public") != 0))
        return NULL;
    if (found->about.extension)
        return extension_item(collector, found->about.extension);
    return item_named(collector, ITEM_SCHEMA, (struct item_name){.name = found->name});
}

/* --- Relations and types -----------------------------------------------------------------------
 */

enum item_kind relation_kind(const struct relation *relation)
{
    switch (relation->relkind) {
    case 'v':
        return ITEM_VIEW;
    case 'm':
        return ITEM_MATERIALIZED_VIEW;
    case 'S':
        return ITEM_SEQUENCE;
    case 'f':
        return ITEM_FOREIGN_TABLE;
    case 'c':
        return ITEM_COMPOSITE;
    default:
        return ITEM_TABLE;
    }
}

struct item *relation_item(struct collector *collector, oid id)
{
    const struct relation *relation = catalog_get_relation(collector->catalog, id);

    if (!relation || id < FIRST_USER_OID)
        return NULL;
    if (relation->about.extension)
        return extension_item(collector, relation->about.extension);
    return item_named(collector, relation_kind(relation),
                      (struct item_name){.schema = schema_name(collector, relation->namespace_oid),
                                         .name = relation->name});
}

struct item *column_item(struct collector *collector, oid relid, int16_t number)
{
    const struct relation *relation = catalog_get_relation(collector->catalog, relid);

    if (!relation || relid < FIRST_USER_OID || relation->about.extension || number <= 0 ||
        (size_t)number > relation->attributes.n)
        return relation_item(collector, relid);
    return item_named(collector, ITEM_COLUMN,
                      (struct item_name){.schema = schema_name(collector, relation->namespace_oid),
                                         .table = relation->name,
                                         .name = relation->attributes.items[number - 1].name});
}

enum item_kind type_kind(const struct type *type)
{
    return type->is_shell         ? ITEM_SHELL_TYPE
           : type->typtype == 'e' ? ITEM_ENUM
           : type->typtype == 'd' ? ITEM_DOMAIN
           : type->typtype == 'r' ? ITEM_RANGE
                                  : ITEM_BASE_TYPE;
}

/* An array is there with its element, a multirange with its range, a row type with its table. */
struct item *type_item(struct collector *collector, oid id)
{
    const struct type *type = catalog_get_type(collector->catalog, id);

    if (!type || id < FIRST_USER_OID)
        return NULL;
    if (type->typtype == 'm')
        return type_item(collector, type->range_subtype);
    if (type->elem && catalog_array_type(collector->catalog, type->elem) == id)
        return type_item(collector, type->elem);
    if (type->relid)
        return relation_item(collector, type->relid);
    if (type->about.extension)
        return extension_item(collector, type->about.extension);
    return item_named(collector, type_kind(type),
                      (struct item_name){.schema = schema_name(collector, type->namespace_oid),
                                         .name = type->name});
}

/* --- Functions and operators -------------------------------------------------------------------
 */

const char *type_name_text(struct collector *collector, oid type)
{
    return catalog_format_type(collector->catalog, collector->arena, type);
}

static void add_input(struct collector *collector, struct buf *text,
                      const struct function *function, size_t i)
{
    size_t n_plain = function->agg_kind == 'o' || function->agg_kind == 'h'
                         ? (size_t)function->agg_direct_args
                         : function->n_args;

    if (i > 0)
        buf_adds(text, i == n_plain ? " " : ", ");
    if (i == n_plain)
        buf_adds(text, "ORDER BY ");
    buf_adds(text, type_name_text(collector, function->arg_types[i]));
}

const char *function_arguments(struct collector *collector, const struct function *function)
{
    struct buf text = buf_in(collector->arena);

    buf_addc(&text, '(');
    for (size_t i = 0; i < function->n_args; i++)
        add_input(collector, &text, function, i);
    if (function->kind == 'a' && function->n_args == 0)
        buf_addc(&text, '*');
    buf_addc(&text, ')');
    return buf_text(&text);
}

static enum item_kind function_kind(const struct function *function)
{
    return function->kind == 'p'   ? ITEM_PROCEDURE
           : function->kind == 'a' ? ITEM_AGGREGATE
                                   : ITEM_FUNCTION;
}

/* The constructors of a range or multirange type are there with it. */
bool is_constructor(struct collector *collector, const struct function *function)
{
    const struct type *type = catalog_get_type(collector->catalog, function->return_type);

    return type && (type->typtype == 'r' || type->typtype == 'm') && !function->language &&
           function->kind == 'f' && type->oid >= FIRST_USER_OID;
}

struct item *function_item(struct collector *collector, oid id)
{
    const struct function *function = catalog_get_function(collector->catalog, id);

    if (!function || id < FIRST_USER_OID)
        return NULL;
    if (function->about.extension)
        return extension_item(collector, function->about.extension);
    if (is_constructor(collector, function))
        return type_item(collector, function->return_type);
    return item_named(collector, function_kind(function),
                      (struct item_name){.schema = schema_name(collector, function->namespace_oid),
                                         .name = function->name,
                                         .arguments = function_arguments(collector, function)});
}

const char *operator_operands(struct collector *collector, const struct operator* op)
{
    return arena_printf(collector->arena, "(%s, %s)",
                        op->left ? type_name_text(collector, op->left) : "NONE",
                        type_name_text(collector, op->right));
}

struct item *operator_item(struct collector *collector, oid id)
{
    const struct operator* op = catalog_get_operator(collector->catalog, id);
    struct item *item;

    if (!op || id < FIRST_USER_OID)
        return NULL;
    if (op->about.extension)
        return extension_item(collector, op->about.extension);
    item = item_named(collector, ITEM_OPERATOR,
                      (struct item_name){.schema = schema_name(collector, op->namespace_oid),
                                         .name = op->name,
                                         .arguments = operator_operands(collector, op)});
    item->qualified = arena_printf(collector->arena, "%s.%s %s",
                                   catalog_quote_identifier(collector->arena, item->schema),
                                   op->name, item->arguments);
    return item;
}

/* --- Objects that no query asks for ------------------------------------------------------------
 */

static enum item_kind other_kind(enum other_class class)
{
    static const enum item_kind kinds[] = {
        [OTHER_EXTENSION] = ITEM_EXTENSION,
        [OTHER_LANGUAGE] = ITEM_LANGUAGE,
        [OTHER_COLLATION] = ITEM_COLLATION,
        [OTHER_CONVERSION] = ITEM_CONVERSION,
        [OTHER_OPERATOR_FAMILY] = ITEM_OPERATOR_FAMILY,
        [OTHER_TRANSFORM] = ITEM_TRANSFORM,
        [OTHER_ACCESS_METHOD] = ITEM_ACCESS_METHOD,
        [OTHER_TS_PARSER] = ITEM_TS_PARSER,
        [OTHER_TS_TEMPLATE] = ITEM_TS_TEMPLATE,
        [OTHER_TS_DICTIONARY] = ITEM_TS_DICTIONARY,
        [OTHER_TS_CONFIGURATION] = ITEM_TS_CONFIGURATION,
        [OTHER_WRAPPER] = ITEM_WRAPPER,
        [OTHER_SERVER] = ITEM_SERVER,
        [OTHER_USER_MAPPING] = ITEM_USER_MAPPING,
        [OTHER_EVENT_TRIGGER] = ITEM_EVENT_TRIGGER,
        [OTHER_PUBLICATION] = ITEM_PUBLICATION,
        [OTHER_SUBSCRIPTION] = ITEM_SUBSCRIPTION,
        [OTHER_DEFAULT_PRIVILEGE] = ITEM_DEFAULT_PRIVILEGE,
    };

    return kinds[class];
}

/* CURRENT_USER is who runs the script, whatever the name (ddl/foreign.c). */
static const char *mapping_user(struct arena *arena, const struct other_object *mapping)
{
    if (!*mapping->name)
        return "PUBLIC";
    return strcmp(mapping->name, "current_user") == 0
               ? "CURRENT_USER"
               : catalog_quote_identifier(arena, mapping->name);
}

/* How each is called where a name alone is not enough; see other_item(). */
static struct item_name other_name(struct collector *collector, const struct other_object *other)
{
    struct arena *arena = collector->arena;
    struct item_name name = {.name = other->name};

    if (other->namespace_oid)
        name.schema = schema_name(collector, other->namespace_oid);
    switch (other->class) {
    case OTHER_OPERATOR_FAMILY:
        name.arguments =
            arena_printf(arena, " USING %s", catalog_quote_identifier(arena, other->detail));
        break;
    case OTHER_TRANSFORM:
        name.name = arena_printf(arena, "FOR %s LANGUAGE %s",
                                 type_name_text(collector, other->clauses.items[0].object),
                                 catalog_quote_identifier(arena, other->detail));
        break;
    case OTHER_USER_MAPPING:
        name.name = arena_printf(arena, "FOR %s SERVER %s", mapping_user(arena, other),
                                 catalog_quote_identifier(arena, other->detail));
        break;
    case OTHER_DEFAULT_PRIVILEGE:
        if (*other->detail)
            name.arguments =
                arena_printf(arena, " FOR ROLE %s", catalog_quote_identifier(arena, other->detail));
        break;
    default:
        break;
    }
    return name;
}

struct item *other_item(struct collector *collector, oid id)
{
    const struct other_object *other = catalog_get_other(collector->catalog, id);
    struct item *item;

    if (!other)
        return NULL;
    if (other->about.extension && other->class != OTHER_EXTENSION)
        return extension_item(collector, other->about.extension);
    item = item_named(collector, other_kind(other->class), other_name(collector, other));
    if (other->class == OTHER_TRANSFORM || other->class == OTHER_USER_MAPPING)
        item->qualified = item->name;
    return item;
}
