/* Who depends on what, as pg_depend has it, but kept up to date late: what an object says of itself
 * is written down when something is dropped, for the objects that were added or edited since. An
 * entry counts as long as its object was not looked at again and its dependent is still there.
 */
#include "ddl/depend.h"

struct dependency {
    struct reference on;
    struct dropped_object dependent;
    oid owner;
    unsigned version; /* of the owner */
    size_t next;      /* place + 1 of the next entry of the bucket */
};

struct bucket {
    size_t first, last; /* place + 1; 0: empty */
};

/* An object of the schema that was looked at. */
struct owner {
    unsigned version;
    unsigned round; /* in which it was last looked at */
};

struct dependencies {
    VEC(struct dependency) list;
    struct bucket *buckets;
    size_t n_buckets;
    VEC(struct owner) owners; /* [oid - FIRST_USER_OID] */
    unsigned round;
    oid owner; /* that is looked at */
};

enum { FIRST_BUCKETS = 256 };

/* --- The table -------------------------------------------------------------------------------- */

static bool is_same(const struct reference *a, const struct reference *b)
{
    return a->class == b->class && a->id == b->id && a->column == b->column &&
           a->constraint == b->constraint;
}

static size_t hash_of(const struct reference *on)
{
    uint64_t hash = (uint64_t)(uintptr_t)on->constraint >> 4;

    hash = (hash ^ on->id) * UINT64_C(0x9E3779B97F4A7C15);
    hash = (hash ^ (uint64_t)on->class ^ ((uint64_t)(uint16_t)on->column << 8)) *
           UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(hash >> 20);
}

static void link_entry(struct dependencies *dependencies, size_t place)
{
    struct dependency *entry = &dependencies->list.items[place];
    struct bucket *bucket =
        &dependencies->buckets[hash_of(&entry->on) & (dependencies->n_buckets - 1)];

    entry->next = 0;
    if (bucket->last)
        dependencies->list.items[bucket->last - 1].next = place + 1;
    else
        bucket->first = place + 1;
    bucket->last = place + 1;
}

static void grow(struct arena *arena, struct dependencies *dependencies)
{
    dependencies->n_buckets = dependencies->n_buckets ? 2 * dependencies->n_buckets : FIRST_BUCKETS;
    dependencies->buckets = arena_array(arena, struct bucket, dependencies->n_buckets);
    for (size_t i = 0; i < dependencies->list.n; i++)
        link_entry(dependencies, i);
}

static struct owner *owner_of(struct ddl *ddl, oid id)
{
    struct dependencies *dependencies = ddl->session->dependencies;

    while (dependencies->owners.n <= id - FIRST_USER_OID)
        vec_push(ddl->arena, &dependencies->owners, (struct owner){0});
    return &dependencies->owners.items[id - FIRST_USER_OID];
}

void dependency_add(struct ddl *ddl, struct reference on, struct dropped_object dependent)
{
    struct dependencies *dependencies = ddl->session->dependencies;
    const oid owner = dependencies->owner;

    if (dependencies->list.n >= dependencies->n_buckets)
        grow(ddl->arena, dependencies);
    vec_push(ddl->arena, &dependencies->list,
             (struct dependency){.on = on,
                                 .dependent = dependent,
                                 .owner = owner,
                                 .version = owner_of(ddl, owner)->version});
    link_entry(dependencies, dependencies->list.n - 1);
}

/* --- Keeping up ------------------------------------------------------------------------------- */

void dependencies_update(struct ddl *ddl)
{
    struct session *session = ddl->session;
    const oid *touched;
    size_t n;

    if (!session->dependencies) {
        session->dependencies = arena_new(ddl->arena, struct dependencies);
        catalog_touch_all(ddl->catalog);
    }
    session->dependencies->round++;
    touched = catalog_touched(ddl->catalog, &n);
    for (size_t i = 0; i < n; i++) {
        struct owner *owner = owner_of(ddl, touched[i]);
        if (owner->round == session->dependencies->round)
            continue;
        owner->round = session->dependencies->round;
        owner->version++;
        session->dependencies->owner = touched[i];
        depend_on_parts(ddl, touched[i]);
    }
    catalog_forget_touched(ddl->catalog);
}

/* --- What is still there ---------------------------------------------------------------------- */

#define DEFINE_IN(kind, list)                                                                      \
    static bool kind##_is_in(const struct relation *relation, const struct kind *item)             \
    {                                                                                              \
        for (size_t i = 0; i < relation->list.n; i++)                                              \
            if (relation->list.items[i] == item)                                                   \
                return true;                                                                       \
        return false;                                                                              \
    }

DEFINE_IN(constraint, constraints)
DEFINE_IN(index, indexes)
DEFINE_IN(trigger, triggers)
DEFINE_IN(policy, policies)
DEFINE_IN(rule, rules)
DEFINE_IN(statistics, statistics)

static bool has_check(const struct type *domain, const struct constraint *check)
{
    for (size_t i = 0; domain && i < domain->constraints.n; i++)
        if (domain->constraints.items[i] == check)
            return true;
    return false;
}

static bool has_part(const struct relation *relation, const struct dropped_object *object)
{
    switch (object->class) {
    case OBJECT_IS_COLUMN:
        return !relation->attributes.items[object->column - 1].is_dropped;
    case OBJECT_IS_DEFAULT:
        return !relation->attributes.items[object->column - 1].is_dropped &&
               relation->attributes.items[object->column - 1].default_expr;
    case OBJECT_IS_CONSTRAINT:
        return constraint_is_in(relation, object->constraint);
    case OBJECT_IS_INDEX:
        return index_is_in(relation, object->index);
    case OBJECT_IS_TRIGGER:
        return trigger_is_in(relation, object->trigger);
    case OBJECT_IS_POLICY:
        return policy_is_in(relation, object->policy);
    case OBJECT_IS_RULE:
        return rule_is_in(relation, object->rule);
    case OBJECT_IS_STATISTICS:
        return statistics_is_in(relation, object->statistics);
    default:
        return true;
    }
}

static bool is_there(const struct catalog *catalog, const struct dropped_object *object)
{
    const struct relation *relation;

    switch (object->class) {
    case OBJECT_IS_TYPE:
        return catalog_get_type(catalog, object->id) != NULL;
    case OBJECT_IS_DOMAIN_CONSTRAINT:
        return has_check(catalog_get_type(catalog, object->id), object->constraint);
    case OBJECT_IS_FUNCTION:
        return catalog_get_function(catalog, object->id) != NULL;
    case OBJECT_IS_OPERATOR:
        return catalog_get_operator(catalog, object->id) != NULL;
    default:
        relation = catalog_get_relation(catalog, object->id);
        return relation && has_part(relation, object);
    }
}

const struct dropped_object *dependency_next(struct ddl *ddl, struct reference on, size_t *at)
{
    const struct dependencies *dependencies = ddl->session->dependencies;
    size_t next = 0;

    if (*at)
        next = dependencies->list.items[*at - 1].next;
    else if (dependencies->n_buckets)
        next = dependencies->buckets[hash_of(&on) & (dependencies->n_buckets - 1)].first;
    for (; next; next = dependencies->list.items[next - 1].next) {
        const struct dependency *entry = &dependencies->list.items[next - 1];
        if (!is_same(&entry->on, &on) || entry->version != owner_of(ddl, entry->owner)->version ||
            !is_there(ddl->catalog, &entry->dependent))
            continue;
        *at = next;
        return &entry->dependent;
    }
    return NULL;
}
