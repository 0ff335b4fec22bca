/* Fragments of SQL that several kinds of items have. */
#include <string.h>

#include "inventory/refer.h"
#include "support/buf.h"

const char *quoted_word(struct collector *collector, const char *identifier)
{
    return catalog_quote_identifier(collector->arena, identifier);
}

const char *relation_name(struct collector *collector, const struct relation *relation)
{
    const char *schema = schema_name(collector, relation->namespace_oid);

    return qualified_name(collector, schema && strcmp(schema, "pg_catalog") != 0 ? schema : NULL,
                          relation->name);
}

const char *deparsed_text(struct deparsed deparsed)
{
    return deparsed.text ? deparsed.text : deparsed.refused;
}

const char *simple_literal(struct collector *collector, const char *text)
{
    struct buf buf = buf_in(collector->arena);

    buf_addc(&buf, '\'');
    for (const char *c = text; *c; c++) {
        if (*c == '\'')
            buf_addc(&buf, *c);
        buf_addc(&buf, *c);
    }
    buf_addc(&buf, '\'');
    return buf_text(&buf);
}

const char *collate_clause(struct collector *collector, oid collation, oid own)
{
    const char *name = collation && collation != own
                           ? catalog_collation_name(collector->catalog, collation)
                           : NULL;

    if (!name)
        return "";
    return arena_printf(collector->arena, " COLLATE %s", collation_text(collector, collation));
}

const char *collation_text(struct collector *collector, oid collation)
{
    return name_in(collector, catalog_collation_namespace(collector->catalog, collation),
                   catalog_collation_name(collector->catalog, collation));
}

const char *column_list(struct collector *collector, const struct relation *relation,
                        const int16_t *columns, size_t n)
{
    struct buf buf = buf_in(collector->arena);

    buf_addc(&buf, '(');
    for (size_t i = 0; i < n; i++)
        buf_addf(&buf, "%s%s", i ? ", " : "",
                 quoted_word(collector, relation->attributes.items[columns[i] - 1].name));
    buf_addc(&buf, ')');
    return buf_text(&buf);
}

const int16_t *columns_by_name(struct collector *collector, const struct relation *relation,
                               const int16_t *columns, size_t n)
{
    const struct attribute *all = relation->attributes.items;
    int16_t *sorted = arena_array(collector->arena, int16_t, n + 1);

    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        for (; at && strcmp(all[sorted[at - 1] - 1].name, all[columns[i] - 1].name) > 0; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = columns[i];
    }
    return sorted;
}

/* --- Options ---------------------------------------------------------------------------------- */

const char *option_value(struct collector *collector, const char *value)
{
    return strcmp(quoted_word(collector, value), value) == 0 ? value
                                                             : simple_literal(collector, value);
}

void item_set_options(struct collector *collector, struct item *item, enum property_id id,
                      const struct setting_list *options)
{
    for (size_t i = 0; i < options->n; i++)
        item_setf(collector, item, id, "%s=%s", quoted_word(collector, options->items[i].name),
                  option_value(collector, options->items[i].value));
}

void item_set_foreign_options(struct collector *collector, struct item *item,
                              const struct setting_list *options)
{
    for (size_t i = 0; i < options->n; i++)
        item_setf(collector, item, PROPERTY_FOREIGN_OPTION, "%s %s",
                  quoted_word(collector, options->items[i].name),
                  catalog_quote_literal(collector->arena, options->items[i].value));
}

const char *enabled_text(char state)
{
    switch (state) {
    case 'D':
        return "DISABLE";
    case 'R':
        return "ENABLE REPLICA";
    case 'A':
        return "ENABLE ALWAYS";
    default:
        return NULL;
    }
}
