/* Queries by keys: a relation whose rows are chosen by the columns of a unique index, or by a few
 * columns that only look like one, joined with another in the same way. It is what proofs of one
 * row are about, and what they could be wrong about.
 */
#include "random/gen.h"

enum { MOST_KEY_COLUMNS = 4 };

struct keyed {
    const struct relation *relation;
    const char *alias;
    const struct attribute *columns[MOST_KEY_COLUMNS];
    size_t n;
};

static const struct attribute *pick_attribute(struct gen *gen, const struct relation *relation)
{
    const struct attribute *attribute =
        &relation->attributes.items[pick(gen, (uint32_t)relation->attributes.n)];

    return attribute->is_dropped ? NULL : attribute;
}

static void add_column(struct keyed *keyed, const struct attribute *attribute)
{
    if (attribute && keyed->n < MOST_KEY_COLUMNS)
        keyed->columns[keyed->n++] = attribute;
}

static void use_index(struct keyed *keyed, const struct index *index)
{
    for (size_t i = 0; i < index->n_columns; i++)
        if (index->columns[i] > 0)
            add_column(keyed, &keyed->relation->attributes.items[index->columns[i] - 1]);
}

static struct keyed pick_keyed(struct gen *gen, const char *alias)
{
    const uint32_t n = (uint32_t)gen->menu->relations.n;
    struct keyed keyed = {.relation = gen->menu->relations.items[pick(gen, n)], .alias = alias};
    const struct relation *relation = keyed.relation;

    if (relation->indexes.n && chance(gen, 75))
        use_index(&keyed, relation->indexes.items[pick(gen, (uint32_t)relation->indexes.n)]);
    for (int i = 0; i < 4 && keyed.n == 0 && relation->attributes.n; i++)
        add_column(&keyed, pick_attribute(gen, relation));
    if (keyed.n > 1 && chance(gen, 10))
        keyed.n--;
    return keyed;
}

/* A column of the type, else a literal. */
static void add_other_side(struct gen *gen, struct buf *out, const struct keyed *of, oid type)
{
    for (int i = 0; of && of->relation->attributes.n && i < 6; i++) {
        const struct attribute *attribute = pick_attribute(gen, of->relation);

        if (attribute && attribute->type == type) {
            buf_addf(out, "%s.%s", of->alias,
                     catalog_quote_identifier(gen->arena, attribute->name));
            return;
        }
    }
    gen_literal(gen, out, type);
}

/* With `of` its columns are what the key is compared with. */
static void add_condition(struct gen *gen, struct buf *out, const struct keyed *keyed,
                          const struct keyed *of)
{
    if (keyed->n == 0)
        buf_adds(out, "true");
    for (size_t i = 0; i < keyed->n; i++) {
        const struct attribute *column = keyed->columns[i];

        buf_addf(out, "%s%s.%s ", i ? " AND " : "", keyed->alias,
                 catalog_quote_identifier(gen->arena, column->name));
        if (chance(gen, 5)) {
            buf_adds(out, "IS NULL");
            continue;
        }
        buf_adds(out, chance(gen, 92) ? "= " : "IS NOT DISTINCT FROM ");
        add_other_side(gen, out, of, column->type);
    }
}

static void add_keyed(struct gen *gen, struct buf *out, const struct keyed *keyed)
{
    buf_addf(out, "%s %s", object_name(gen, keyed->relation->namespace_oid, keyed->relation->name),
             keyed->alias);
}

static void add_join(struct gen *gen, struct buf *out, const struct keyed *first,
                     const struct keyed *second)
{
    static const char *const joins[] = {"LEFT JOIN", "LEFT JOIN", "JOIN", "FULL JOIN",
                                        "RIGHT JOIN"};

    buf_addf(out, " %s ", joins[pick(gen, 5)]);
    add_keyed(gen, out, second);
    buf_adds(out, " ON ");
    add_condition(gen, out, second, first);
}

/* The targets, and whether they are grouped by the key. */
static bool add_targets(struct gen *gen, struct buf *out, const struct keyed *first, bool joined)
{
    const uint32_t choice = pick(gen, 10);

    buf_adds(out, "SELECT ");
    if (choice == 0 && first->n) {
        buf_addf(out, "%s.%s, count(*), max(%s::text)", first->alias,
                 catalog_quote_identifier(gen->arena, first->columns[0]->name), first->alias);
        return true;
    }
    if (choice == 1)
        buf_addf(out, "count(*), min(%s::text)", first->alias);
    else
        buf_adds(out, choice < 6 && joined ? "a.*, b.*" : choice == 6 ? "DISTINCT a.*" : "a.*");
    return false;
}

const char *gen_by_key(struct gen *gen)
{
    const struct keyed first = pick_keyed(gen, "a"), second = pick_keyed(gen, "b");
    const bool joined = chance(gen, 50);
    struct buf out = buf_in(gen->arena);
    const bool is_grouped = add_targets(gen, &out, &first, joined);

    buf_adds(&out, " FROM ");
    add_keyed(gen, &out, &first);
    if (joined)
        add_join(gen, &out, &first, &second);
    if (chance(gen, 85)) {
        buf_adds(&out, " WHERE ");
        add_condition(gen, &out, joined && chance(gen, 10) ? &second : &first, NULL);
    }
    if (is_grouped)
        buf_addf(&out, " GROUP BY a.%s",
                 catalog_quote_identifier(gen->arena, first.columns[0]->name));
    return buf_text(&out);
}
