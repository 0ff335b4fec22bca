/* What the bounds of a new partition may not do to those of its siblings
 * (check_new_partition_bound): be empty, overlap, or be the default a second time. Values that are
 * not known overlap nothing.
 */
#include "ddl/partition.h"
#include "value/value.h"

/* A new partition of the parent. */
struct newcomer {
    struct ddl *ddl;
    const struct relation *parent;
    const char *name;
    const struct partition_bound *bound;
    span at;
};

/* One column of two range bounds: MINVALUE is less than any value, MAXVALUE more. */
static enum value_order compare_datums(const struct partition_datum *a,
                                       const struct partition_datum *b)
{
    if (a->infinity != b->infinity)
        return a->infinity < b->infinity ? VALUE_LESS : VALUE_GREATER;
    return a->infinity ? VALUE_EQUAL : value_compare(a->value, b->value);
}

/* Whether a range that begins at lower leaves nothing before upper; what follows an infinity in
 * both does not count. */
static bool is_at_or_after(const struct newcomer *new, const struct partition_datum *lower,
                           const struct partition_datum *upper, bool *known)
{
    enum value_order order = VALUE_EQUAL;

    for (size_t i = 0; order == VALUE_EQUAL && i < new->parent->partition_key.n_columns; i++)
        order = compare_datums(&lower[i], &upper[i]);
    *known &= order != VALUE_UNKNOWN;
    return order != VALUE_LESS;
}

static bool is_empty(const struct newcomer *new)
{
    bool known = true;

    return is_at_or_after(new, new->bound->lower, new->bound->upper, &known) && known;
}

static bool ranges_overlap(const struct newcomer *new, const struct partition_bound *other)
{
    bool known = true;
    bool apart = is_at_or_after(new, new->bound->lower, other->upper, &known) ||
                 is_at_or_after(new, other->lower, new->bound->upper, &known);

    return known && !apart;
}

static bool has_value(const struct partition_bound *other, const struct partition_datum *datum)
{
    for (size_t i = 0; i < other->n_list; i++)
        if ((datum->is_null && other->list[i].is_null) ||
            value_compare(datum->value, other->list[i].value) == VALUE_EQUAL)
            return true;
    return false;
}

static bool lists_overlap(const struct partition_bound *new, const struct partition_bound *other)
{
    for (size_t i = 0; i < new->n_list; i++)
        if (has_value(other, &new->list[i]))
            return true;
    return false;
}

/* Every modulus divides the next larger one, so that remainders of the larger are some of the
 * smaller's. */
static bool hashes_overlap(const struct partition_bound *new, const struct partition_bound *other)
{
    int modulus = new->modulus < other->modulus ? new->modulus : other->modulus;

    return new->remainder % modulus == other->remainder % modulus;
}

static bool overlap(const struct newcomer *new, const struct partition_bound *other)
{
    switch (new->parent->partition_key.strategy) {
    case 'h':
        return hashes_overlap(new->bound, other);
    case 'l':
        return lists_overlap(new->bound, other);
    default:
        return ranges_overlap(new, other);
    }
}

typedef void bound_check(const struct newcomer *new, const struct relation *sibling);

static void check_siblings(const struct newcomer *new, bound_check *check)
{
    size_t at = 0;

    for (const struct relation *sibling;
         (sibling = inheritance_child(new->ddl, new->parent->oid, &at));)
        if (sibling->partition_bound)
            check(new, sibling);
}

static void check_default(const struct newcomer *new, const struct relation *sibling)
{
    if (sibling->partition_bound->is_default)
        ddl_fail_exists(new->ddl, "42P17", new->at, sibling->name, sibling->defined_at,
                        "partition \"%s\" conflicts with existing default partition \"%s\"",
                        new->name, sibling->name);
}

static void check_modulus(const struct newcomer *new, const struct relation *sibling)
{
    int a = new->bound->modulus, b = sibling->partition_bound->modulus;

    if (a % b != 0 && b % a != 0)
        ddl_fail_exists(new->ddl, "42P17", new->at, sibling->name, sibling->defined_at,
                        "every hash partition modulus must be a factor of the next larger modulus");
}

static void check_overlap(const struct newcomer *new, const struct relation *sibling)
{
    if (!sibling->partition_bound->is_default && overlap(new, sibling->partition_bound))
        ddl_fail_exists(new->ddl, "42P17", new->at, sibling->name, sibling->defined_at,
                        "partition \"%s\" would overlap partition \"%s\"", new->name,
                        sibling->name);
}

void partition_bound_check(struct ddl *ddl, const struct relation *parent, const char *name,
                           const struct partition_bound *bound, span at)
{
    const struct newcomer new = {ddl, parent, name, bound, at};

    if (!bound)
        return;
    if (bound->is_default) {
        check_siblings(&new, check_default);
        return;
    }
    if (parent->partition_key.strategy == 'r' && is_empty(&new))
        ddl_fail(ddl, "42P17", at, "empty range bound specified for partition \"%s\"", name);
    if (parent->partition_key.strategy == 'h')
        check_siblings(&new, check_modulus);
    check_siblings(&new, check_overlap);
}
