/* What depends on an object by a tree that is kept: the bodies of views and of routines in SQL's
 * own grammar, DEFAULTs, CHECKs of tables and domains, index definitions, partition keys, and the
 * conditions of triggers, with their functions.
 */
#include "ddl/references.h"

void removal_add_constraint(struct removal *removal, const struct relation *relation,
                            struct constraint *constraint, size_t cause)
{
    removal_add(removal, (struct dropped_object){.class = OBJECT_IS_CONSTRAINT,
                                                 .id = relation->oid,
                                                 .constraint = constraint,
                                                 .cause = cause});
}

static bool refers(const struct removal *removal, const struct dropped_object *object,
                   const struct expr *expr)
{
    return expr && expr_references(expr, removal->ddl->catalog, object);
}

static void add_views(struct removal *removal, const struct dropped_object *object, size_t cause)
{
    struct session *session = removal->ddl->session;

    for (size_t i = 0; i < session->views.n; i++) {
        const struct relation *view =
            catalog_get_relation(session->catalog, session->views.items[i]);
        if (view && query_references(view->view_query, session->catalog, object))
            removal_add(removal, (struct dropped_object){
                                     .class = OBJECT_IS_RELATION, .id = view->oid, .cause = cause});
    }
}

/* A value that a column has by default goes without the column; a generated column with it. */
static void add_defaults(struct removal *removal, const struct relation *relation,
                         const struct dropped_object *object, size_t cause)
{
    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *column = &relation->attributes.items[i];
        if (column->is_dropped || !refers(removal, object, column->default_expr))
            continue;
        removal_add(removal, (struct dropped_object){.class = column->generated ? OBJECT_IS_COLUMN
                                                                                : OBJECT_IS_DEFAULT,
                                                     .id = relation->oid,
                                                     .column = column->number,
                                                     .automatic = column->generated != 0,
                                                     .cause = cause});
    }
}

static bool index_refers(const struct removal *removal, const struct dropped_object *object,
                         const struct index *index)
{
    bool found = refers(removal, object, index->predicate);
    size_t n = 0;

    for (size_t i = 0; i < index->n_columns; i++)
        if (index->columns[i] == 0)
            found |= refers(removal, object, index->expressions[n++]);
    return found;
}

/* A table cannot be without its partition key. */
static bool is_partitioned_by(const struct removal *removal, const struct dropped_object *object,
                              const struct relation *relation)
{
    const struct partition_key *key = &relation->partition_key;
    bool found = false;
    size_t n = 0;

    for (size_t i = 0; i < key->n_columns; i++)
        if (key->columns[i] == 0)
            found |= refers(removal, object, key->expressions[n++]);
    return found;
}

static bool trigger_refers(const struct removal *removal, const struct dropped_object *object,
                           const struct trigger *trigger)
{
    return (object->class == OBJECT_IS_FUNCTION && trigger->function == object->id) ||
           refers(removal, object, trigger->when);
}

/* What the kept expressions of a table refer to. */
static void add_parts_of_table(struct removal *removal, const struct relation *relation,
                               const struct dropped_object *object, size_t cause)
{
    add_defaults(removal, relation, object, cause);
    for (size_t i = 0; i < relation->constraints.n; i++)
        if (refers(removal, object, relation->constraints.items[i]->check))
            removal_add_constraint(removal, relation, relation->constraints.items[i], cause);
    for (size_t i = 0; i < relation->indexes.n; i++)
        if (index_refers(removal, object, relation->indexes.items[i]))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_INDEX,
                                                         .id = relation->oid,
                                                         .index = relation->indexes.items[i],
                                                         .cause = cause});
    for (size_t i = 0; i < relation->triggers.n; i++)
        if (trigger_refers(removal, object, relation->triggers.items[i]))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_TRIGGER,
                                                         .id = relation->oid,
                                                         .trigger = relation->triggers.items[i],
                                                         .cause = cause});
    if (is_partitioned_by(removal, object, relation))
        removal_add(removal, (struct dropped_object){
                                 .class = OBJECT_IS_RELATION, .id = relation->oid, .cause = cause});
}

static void add_domains(struct removal *removal, const struct dropped_object *object, size_t cause)
{
    size_t n;
    struct type *const *types = catalog_types(removal->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; types[i] && k < types[i]->constraints.n; k++)
            if (refers(removal, object, types[i]->constraints.items[k]->check))
                removal_add(removal,
                            (struct dropped_object){.class = OBJECT_IS_DOMAIN_CONSTRAINT,
                                                    .id = types[i]->oid,
                                                    .constraint = types[i]->constraints.items[k],
                                                    .cause = cause});
}

static bool body_refers(const struct removal *removal, const struct dropped_object *object,
                        const struct routine_body *body)
{
    for (size_t i = 0; i < body->n_statements; i++)
        if (body->statements[i].query &&
            query_references(body->statements[i].query, removal->ddl->catalog, object))
            return true;
    return false;
}

/* A body in a string is text on the server too, and depends on nothing. */
static void add_routines(struct removal *removal, const struct dropped_object *object, size_t cause)
{
    size_t n;
    struct function *const *functions = catalog_functions(removal->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (functions[i] && functions[i]->body && functions[i]->body->is_atomic &&
            body_refers(removal, object, functions[i]->body))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_FUNCTION,
                                                         .id = functions[i]->oid,
                                                         .cause = cause});
}

void removal_add_trees(struct removal *removal, const struct dropped_object *object, size_t cause)
{
    size_t n;
    struct relation *const *relations = catalog_relations(removal->ddl->catalog, &n);

    add_views(removal, object, cause);
    add_routines(removal, object, cause);
    if (object->class == OBJECT_IS_COLUMN || object->class == OBJECT_IS_CONSTRAINT ||
        object->class == OBJECT_IS_RELATION)
        return;
    for (size_t i = 0; i < n; i++)
        if (relations[i])
            add_parts_of_table(removal, relations[i], object, cause);
    add_domains(removal, object, cause);
}
