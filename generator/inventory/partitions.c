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
    const char *text = column ? quoted_word(collector, column->name)
                       : expr ? deparsed_text(deparse_element(collector->arena, collector->catalog,
                                                              expr, relation, DEPARSE_RUNNABLE))
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

/* A number has as many digits after its point as the column keeps. */
static const char *with_scale(struct collector *collector, const char *text, int32_t typmod)
{
    const int scale = (((typmod - 4) & 0x7FF) ^ 1024) - 1024;
    const char *point = strchr(text, '.');
    const int written = point ? (int)strspn(point + 1, "0123456789") : 0;

    if (typmod < 0 || written >= scale || strpbrk(text, "eEnN"))
        return text;
    return arena_printf(collector->arena, "%s%s%0*d", text, point ? "" : ".", scale - written, 0);
}

static const char *datum_text(struct collector *collector, const struct partition_datum *datum,
                              int32_t typmod)
{
    if (datum->infinity)
        return datum->infinity < 0 ? "MINVALUE" : "MAXVALUE";
    if (datum->is_null)
        return "NULL";
    if (datum->text)
        return deparsed_text(deparse_value(
            collector->arena, collector->catalog, datum->type,
            datum->type == NUMERICOID ? with_scale(collector, datum->text, typmod) : datum->text,
            datum->label_age));
    return datum->expr ? deparsed_text(deparse_over(collector->arena, collector->catalog,
                                                    datum->expr, NULL, DEPARSE_RUNNABLE))
                       : "unknown";
}

static int32_t key_typmod(const struct relation *parent, size_t i)
{
    const int16_t column = parent->partition_key.columns[i];

    return column ? parent->attributes.items[column - 1].typmod : -1;
}

/* Of a list all are of the only column, else one is of each. */
static const char *datum_list(struct collector *collector, const struct relation *parent,
                              const struct partition_datum *datums, size_t n)
{
    const bool is_list = parent->partition_key.strategy == 'l';
    struct buf buf = buf_in(collector->arena);

    for (size_t i = 0; i < n; i++)
        buf_addf(&buf, "%s%s", i ? ", " : "(",
                 datum_text(collector, &datums[i], key_typmod(parent, is_list ? 0 : i)));
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
                            datum_list(collector, parent, bound->list, bound->n_list));
    return arena_printf(collector->arena, "FOR VALUES FROM %s TO %s",
                        datum_list(collector, parent, bound->lower, key->n_columns),
                        datum_list(collector, parent, bound->upper, key->n_columns));
}
