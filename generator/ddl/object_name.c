/* The names that the server makes up: orders_pkey, orders_symbol_key, orders_price_check1. A name
 * is cut to 63 bytes and numbered until it is unique in its namespace; indexes share the names of
 * relations there, so the session keeps a map of them, filled when it is first needed.
 */
#include <stdio.h>
#include <string.h>

#include "ddl/table.h"

enum {
    MAX_NAME = 63,
};

const char *make_object_name(struct arena *arena, const char *name1, const char *name2,
                             const char *label)
{
    size_t len1 = strlen(name1), len2 = name2 ? strlen(name2) : 0;
    size_t overhead = (name2 ? 1 : 0) + (label ? strlen(label) + 1 : 0);
    size_t available = overhead < MAX_NAME ? MAX_NAME - overhead : 0;

    while (len1 + len2 > available) {
        if (len1 > len2)
            len1--;
        else
            len2--;
    }
    len1 = name_clip(name1, len1);
    len2 = name2 ? name_clip(name2, len2) : 0;
    return arena_printf(arena, "%.*s%s%.*s%s%s", (int)len1, name1, name2 ? "_" : "", (int)len2,
                        name2 ? name2 : "", label ? "_" : "", label ? label : "");
}

static const char *key_of(struct session *session, oid namespace_oid, const char *name)
{
    return arena_printf(session->arena, "%u.%s", (unsigned)namespace_oid, name);
}

static void put_index(struct session *session, struct relation *relation, struct index *index)
{
    struct index_place *place = arena_new(session->arena, struct index_place);

    *place = (struct index_place){relation->oid, index};
    map_put(&session->index_names, key_of(session, relation->namespace_oid, index->name), place);
}

static void put_constraint(struct session *session, oid namespace_oid,
                           struct constraint *constraint)
{
    map_put(&session->constraint_names, key_of(session, namespace_oid, constraint->name),
            constraint);
    for (size_t i = 0; i < constraint->parts.n; i++)
        put_constraint(session, namespace_oid, constraint->parts.items[i]);
}

static void put_names(struct session *session, struct relation *relation)
{
    for (size_t i = 0; i < relation->indexes.n; i++)
        put_index(session, relation, relation->indexes.items[i]);
    for (size_t i = 0; i < relation->constraints.n; i++)
        put_constraint(session, relation->namespace_oid, relation->constraints.items[i]);
}

static void remove_constraint(struct session *session, oid namespace_oid,
                              const struct constraint *constraint)
{
    map_remove(&session->constraint_names, key_of(session, namespace_oid, constraint->name));
    for (size_t i = 0; i < constraint->parts.n; i++)
        remove_constraint(session, namespace_oid, constraint->parts.items[i]);
}

static void remove_names(struct session *session, const struct relation *relation)
{
    for (size_t i = 0; i < relation->indexes.n; i++)
        map_remove(&session->index_names,
                   key_of(session, relation->namespace_oid, relation->indexes.items[i]->name));
    for (size_t i = 0; i < relation->constraints.n; i++)
        remove_constraint(session, relation->namespace_oid, relation->constraints.items[i]);
}

static void prepare_names(struct session *session)
{
    size_t n;
    struct relation *const *relations;
    struct type *const *types;

    if (session->has_names)
        return;
    session->has_names = true;
    relations = catalog_relations(session->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (relations[i])
            put_names(session, relations[i]);
    types = catalog_types(session->catalog, &n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; types[i] && k < types[i]->constraints.n; k++)
            put_constraint(session, types[i]->namespace_oid, types[i]->constraints.items[k]);
}

struct index_place *index_find_in(struct ddl *ddl, oid namespace_oid, const char *name)
{
    prepare_names(ddl->session);
    return map_find(&ddl->session->index_names, key_of(ddl->session, namespace_oid, name));
}

struct index_place *index_find(struct ddl *ddl, const char *schema, const char *name)
{
    const struct namespace *named;
    struct index_place *found;
    const oid *path;
    size_t n;

    if (schema) {
        named = catalog_find_namespace(ddl->catalog, schema);
        return named ? index_find_in(ddl, named->oid, name) : NULL;
    }
    path = catalog_search_path(ddl->catalog, &n);
    for (size_t i = 0; i < n; i++) {
        found = index_find_in(ddl, path[i], name);
        if (found)
            return found;
    }
    return NULL;
}

void index_link(struct ddl *ddl, struct relation *relation, struct index *index)
{
    index->names = index_column_names(ddl, relation, index);
    vec_push(ddl->arena, &relation->indexes, index);
    if (ddl->session->has_names)
        put_index(ddl->session, relation, index);
}

void index_unlink(struct ddl *ddl, struct relation *relation, const struct index *index)
{
    size_t kept = 0;

    for (size_t i = 0; i < relation->indexes.n; i++)
        if (relation->indexes.items[i] != index)
            relation->indexes.items[kept++] = relation->indexes.items[i];
    relation->indexes.n = kept;
    if (ddl->session->has_names)
        map_remove(&ddl->session->index_names,
                   key_of(ddl->session, relation->namespace_oid, index->name));
}

void index_set_name(struct ddl *ddl, struct relation *relation, struct index *index,
                    const char *name)
{
    if (ddl->session->has_names)
        map_remove(&ddl->session->index_names,
                   key_of(ddl->session, relation->namespace_oid, index->name));
    index->name = name;
    if (ddl->session->has_names)
        put_index(ddl->session, relation, index);
}

void constraint_name_put(struct ddl *ddl, oid namespace_oid, struct constraint *constraint)
{
    if (ddl->session->has_names)
        put_constraint(ddl->session, namespace_oid, constraint);
}

void constraint_name_remove(struct ddl *ddl, oid namespace_oid, const char *name)
{
    if (ddl->session->has_names)
        map_remove(&ddl->session->constraint_names, key_of(ddl->session, namespace_oid, name));
}

void constraint_link(struct ddl *ddl, struct relation *relation, struct constraint *constraint)
{
    vec_push(ddl->arena, &relation->constraints, constraint);
    constraint_name_put(ddl, relation->namespace_oid, constraint);
}

void constraint_unlink(struct ddl *ddl, struct relation *relation,
                       const struct constraint *constraint)
{
    size_t kept = 0;

    for (size_t i = 0; i < relation->constraints.n; i++)
        if (relation->constraints.items[i] != constraint)
            relation->constraints.items[kept++] = relation->constraints.items[i];
    relation->constraints.n = kept;
    if (ddl->session->has_names)
        remove_constraint(ddl->session, relation->namespace_oid, constraint);
}

void relation_unlink_names(struct ddl *ddl, const struct relation *relation)
{
    if (ddl->session->has_names)
        remove_names(ddl->session, relation);
}

void relation_link_names(struct ddl *ddl, struct relation *relation)
{
    if (ddl->session->has_names)
        put_names(ddl->session, relation);
}

static bool constraint_exists(struct ddl *ddl, oid namespace_oid, const char *name)
{
    prepare_names(ddl->session);
    return map_find(&ddl->session->constraint_names, key_of(ddl->session, namespace_oid, name));
}

/* Tries label, label1, label2, … */
static const char *candidate(struct ddl *ddl, const char *name1, const char *name2,
                             const char *label, unsigned pass)
{
    const char *numbered =
        pass == 0 ? label : arena_printf(ddl->arena, "%s%u", label ? label : "", pass);

    return make_object_name(ddl->arena, name1, name2, numbered);
}

const char *choose_relation_name(struct ddl *ddl, const char *name1, const char *name2,
                                 const char *label, oid namespace_oid, bool is_constraint)
{
    for (unsigned pass = 0;; pass++) {
        const char *name = candidate(ddl, name1, name2, label, pass);
        if (!relation_find_in(ddl, namespace_oid, name) &&
            !index_find_in(ddl, namespace_oid, name) &&
            !(is_constraint && constraint_exists(ddl, namespace_oid, name)))
            return name;
    }
}

const char *choose_constraint_name(struct ddl *ddl, const char *name1, const char *name2,
                                   const char *label, oid namespace_oid)
{
    for (unsigned pass = 0;; pass++) {
        const char *name = candidate(ddl, name1, name2, label, pass);
        if (!constraint_exists(ddl, namespace_oid, name))
            return name;
    }
}
