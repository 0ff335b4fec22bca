/* Partition keys and bounds, as pg_get_partkeydef() and pg_get_expr() of relpartbound print them.
 */
#include <string.h>

#include "inventory/relation.h"
#include "support/buf.h"

static const char *strategy_text(char strategy)
{
    return strategy == 'l' ? "LIST" : strategy == 'h' ? "HASH" : "RANGE";
}

static const char *key_element(struct collector *collector, const struct relation *relation,
                               size_t i, const struct expr *expr)
{
    const struct partition_key *key = &relation->partition_key;
    const struct partition_order *order = &key->orders[i];
    const struct attribute *column =
        key->columns[i] ? &relation->attributes.items[key->columns[i] - 1] : NULL;
    const oid own = column ? column->collation : expr ? expr->collation : 0;
    const char *text = column ? quoted(collector, column->name)
                       : expr ? deparsed_text(deparse_element(collector->arena, collector->catalog,
                                                              expr, relation, 0))
                              : "unknown";

    return arena_printf(collector->arena, "%s%s%s", text,
                        collate_clause(collector, order->written_collation, own),
                        operator_class_text(collector, order->operator_class, order->type));
}

const char *partition_key_text(struct collector *collector, const struct relation *relation)
{
    const struct partition_key *key = &relation->partition_key;
    struct buf buf = buf_in(collector->arena);
    size_t n = 0;

    buf_addf(&buf, "%s (", strategy_text(key->strategy));
    for (size_t i = 0; i < key->n_columns; i++) {
        const struct expr *expr = key->columns[i] == 0 ? key->expressions[n++] : NULL;
        buf_addf(&buf, "%s%s", i ? ", " : "", key_element(collector, relation, i, expr));
    }
    buf_addc(&buf, ')');
    return buf_text(&buf);
}

static const char *datum_text(struct collector *collector, const struct partition_datum *datum)
{
    if (datum->infinity)
        return datum->infinity < 0 ? "MINVALUE" : "MAXVALUE";
    if (datum->is_null)
        return "NULL";
    if (datum->text)
        return deparsed_text(
            deparse_value(collector->arena, collector->catalog, datum->type, datum->text));
    return datum->expr ? deparsed_text(deparse_over(collector->arena, collector->catalog,
                                                    datum->expr, NULL, 0))
                       : "unknown";
}

static const char *datum_list(struct collector *collector, const struct partition_datum *datums,
                              size_t n)
{
    struct buf buf = buf_in(collector->arena);

    for (size_t i = 0; i < n; i++)
        buf_addf(&buf, "%s%s", i ? ", " : "(", datum_text(collector, &datums[i]));
    buf_addc(&buf, ')');
    return buf_text(&buf);
}

const char *partition_bound_text(struct collector *collector, const struct relation *parent,
                                 const struct partition_bound *bound)
{
    const struct partition_key *key = &parent->partition_key;

    if (bound->is_default)
        return "DEFAULT";
    if (key->strategy == 'h')
        return arena_printf(collector->arena, "FOR VALUES WITH (modulus %d, remainder %d)",
                            bound->modulus, bound->remainder);
    if (key->strategy == 'l')
        return arena_printf(collector->arena, "FOR VALUES IN %s",
                            datum_list(collector, bound->list, bound->n_list));
    return arena_printf(collector->arena, "FOR VALUES FROM %s TO %s",
                        datum_list(collector, bound->lower, key->n_columns),
                        datum_list(collector, bound->upper, key->n_columns));
}
