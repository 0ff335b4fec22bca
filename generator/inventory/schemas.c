/* Schemas. "public" is there in every database. */
#include <string.h>

#include "inventory/collect.h"

static void collect(struct collector *collector, const struct namespace *schema)
{
    struct item *item;

    if (schema->about.extension || strcmp(schema->name, "pg_temp") == 0)
        return;
    item = item_named(collector, ITEM_SCHEMA, (struct item_name){.name = schema->name});
    item->is_derived = schema->oid < FIRST_USER_OID;
    item->at = schema->defined_at;
    item->object = schema;
    item_about(collector, item, &schema->about);
}

void collect_schemas(struct collector *collector)
{
    size_t at = 0;

    for (const struct namespace *schema;
         (schema = catalog_next_namespace(collector->catalog, &at));)
        collect(collector, schema);
}
