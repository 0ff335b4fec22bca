/* What depends on an object by a tree that is kept: the bodies of views and of routines in SQL's
 * own grammar, DEFAULTs, CHECKs of tables and domains, index definitions, partition keys,
 * statistics, policies, rules, and the conditions of triggers, with their functions.
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
    return expr && expr_references(expr, 0, removal->ddl->catalog, object);
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

/* --- Triggers, policies, rules, statistics: they are not parts of columns ----------------------
 */

/* The same, and the columns of the relation itself count. */
static bool refers_from(const struct removal *removal, const struct dropped_object *object,
                        const struct relation *relation, const struct expr *expr)
{
    return expr && expr_references(expr, relation->oid, removal->ddl->catalog, object);
}

static bool has_column(const struct dropped_object *object, const struct relation *relation,
                       const int16_t *columns, size_t n)
{
    if (object->class != OBJECT_IS_COLUMN || object->id != relation->oid)
        return false;
    for (size_t i = 0; i < n; i++)
        if (columns[i] == object->column)
            return true;
    return false;
}

static void add_triggers(struct removal *removal, const struct relation *relation,
                         const struct dropped_object *object, size_t cause)
{
    for (size_t i = 0; i < relation->triggers.n; i++) {
        struct trigger *trigger = relation->triggers.items[i];
        if ((object->class == OBJECT_IS_FUNCTION && trigger->function == object->id) ||
            has_column(object, relation, trigger->columns, trigger->n_columns) ||
            refers_from(removal, object, relation, trigger->when))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_TRIGGER,
                                                         .id = relation->oid,
                                                         .trigger = trigger,
                                                         .cause = cause});
    }
}

static void add_policies(struct removal *removal, const struct relation *relation,
                         const struct dropped_object *object, size_t cause)
{
    for (size_t i = 0; i < relation->policies.n; i++) {
        struct policy *policy = relation->policies.items[i];
        if (refers_from(removal, object, relation, policy->using) ||
            refers_from(removal, object, relation, policy->check))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_POLICY,
                                                         .id = relation->oid,
                                                         .policy = policy,
                                                         .cause = cause});
    }
}

static void add_rules(struct removal *removal, const struct relation *relation,
                      const struct dropped_object *object, size_t cause)
{
    for (size_t i = 0; i < relation->rules.n; i++)
        if (rule_references(relation->rules.items[i], relation->oid, removal->ddl->catalog, object))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_RULE,
                                                         .id = relation->oid,
                                                         .rule = relation->rules.items[i],
                                                         .cause = cause});
}

/* Statistics go with any of their columns; what their expressions call they need. */
static void add_statistics(struct removal *removal, const struct relation *relation,
                           const struct dropped_object *object, size_t cause)
{
    for (size_t i = 0; i < relation->statistics.n; i++) {
        struct statistics *statistics = relation->statistics.items[i];
        bool found = has_column(object, relation, statistics->columns, statistics->n_columns);
        for (size_t k = 0; k < statistics->n_expressions; k++)
            found |= refers_from(removal, object, relation, statistics->expressions[k]);
        if (found)
            removal_add(removal,
                        (struct dropped_object){.class = OBJECT_IS_STATISTICS,
                                                .id = relation->oid,
                                                .statistics = statistics,
                                                .automatic = object->class == OBJECT_IS_COLUMN,
                                                .cause = cause});
    }
}

/* --- All of a table --------------------------------------------------------------------------- */

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
    add_triggers(removal, relation, object, cause);
    add_policies(removal, relation, object, cause);
    add_rules(removal, relation, object, cause);
    add_statistics(removal, relation, object, cause);
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
    for (size_t i = 0; i < n; i++)
        if (relations[i])
            add_parts_of_table(removal, relations[i], object, cause);
    add_domains(removal, object, cause);
}
