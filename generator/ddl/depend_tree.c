/* What depends on objects by a tree that is kept: the bodies of views and of routines in SQL's own
 * grammar, DEFAULTs, CHECKs of tables and domains, index definitions, partition keys, statistics,
 * policies, rules, and the conditions of triggers, with their functions.
 */
#include "ddl/depend.h"

/* A tree belongs to a dependent, which goes without CASCADE when it is a part of what it refers to.
 */
struct holder {
    struct ddl *ddl;
    struct dropped_object dependent;
};

static void take(void *context, struct reference on)
{
    struct holder *holder = context;
    struct dropped_object dependent = holder->dependent;

    /* Statistics go with any of their columns; what their expressions call they need. */
    dependent.automatic |= dependent.class == OBJECT_IS_STATISTICS && on.class == OBJECT_IS_COLUMN;
    dependency_add(holder->ddl, on, dependent);
}

static void take_expr(struct ddl *ddl, struct dropped_object dependent, oid own,
                      const struct expr *expr)
{
    struct holder holder = {ddl, dependent};

    if (expr)
        expr_each_reference(expr, own, ddl->catalog, take, &holder);
}

static void take_query(struct ddl *ddl, struct dropped_object dependent, const struct query *query)
{
    struct holder holder = {ddl, dependent};

    if (query)
        query_each_reference(query, ddl->catalog, take, &holder);
}

static void take_columns(struct ddl *ddl, struct dropped_object dependent, const int16_t *columns,
                         size_t n)
{
    struct holder holder = {ddl, dependent};

    for (size_t i = 0; i < n; i++)
        take(&holder, (struct reference){
                          .class = OBJECT_IS_COLUMN, .id = dependent.id, .column = columns[i]});
}

/* --- Parts of columns: these go with their columns, which is no dependency -----------------------
 */

/* A DEFAULT goes without its column, what a column is generated as only with it. */
static void take_default(struct ddl *ddl, const struct relation *relation,
                         const struct attribute *column)
{
    if (!column->is_dropped)
        take_expr(ddl,
                  (struct dropped_object){.class = column->generated ? OBJECT_IS_COLUMN
                                                                     : OBJECT_IS_DEFAULT,
                                          .id = relation->oid,
                                          .column = column->number},
                  column->generated ? relation->oid : 0, column->default_expr);
}

static void take_index(struct ddl *ddl, const struct relation *relation, struct index *index)
{
    const struct dropped_object dependent = {
        .class = OBJECT_IS_INDEX, .id = relation->oid, .index = index};
    size_t n = 0;

    take_expr(ddl, dependent, 0, index->predicate);
    for (size_t i = 0; i < index->n_columns; i++)
        if (index->columns[i] == 0)
            take_expr(ddl, dependent, 0, index->expressions[n++]);
}

/* A table cannot be without its partition key: it goes with a column of it that has to go. */
static void take_partition_key(struct ddl *ddl, const struct relation *relation)
{
    const struct dropped_object table = {.class = OBJECT_IS_RELATION, .id = relation->oid};
    const struct partition_key *key = &relation->partition_key;
    size_t n = 0;

    for (size_t i = 0; i < key->n_columns; i++)
        if (key->columns[i] == 0)
            take_expr(ddl, table, relation->oid, key->expressions[n++]);
        else
            take_columns(ddl, table, &key->columns[i], 1);
}

/* --- Triggers, policies, rules, statistics: they depend on columns ------------------------------
 */

static void take_trigger(struct ddl *ddl, const struct relation *relation, struct trigger *trigger)
{
    const struct dropped_object dependent = {
        .class = OBJECT_IS_TRIGGER, .id = relation->oid, .trigger = trigger};

    dependency_add(ddl, (struct reference){.class = OBJECT_IS_FUNCTION, .id = trigger->function},
                   dependent);
    take_columns(ddl, dependent, trigger->columns, trigger->n_columns);
    take_expr(ddl, dependent, relation->oid, trigger->when);
}

static void take_policy(struct ddl *ddl, const struct relation *relation, struct policy *policy)
{
    const struct dropped_object dependent = {
        .class = OBJECT_IS_POLICY, .id = relation->oid, .policy = policy};

    take_expr(ddl, dependent, relation->oid, policy->using);
    take_expr(ddl, dependent, relation->oid, policy->check);
}

static void take_rule(struct ddl *ddl, const struct relation *relation, struct rule *rule)
{
    const struct dropped_object dependent = {
        .class = OBJECT_IS_RULE, .id = relation->oid, .rule = rule};

    take_expr(ddl, dependent, relation->oid, rule->condition);
    for (size_t i = 0; rule->actions && i < rule->n_actions; i++)
        take_query(ddl, dependent, rule->actions[i]);
}

static void take_statistics(struct ddl *ddl, const struct relation *relation,
                            struct statistics *statistics)
{
    const struct dropped_object dependent = {
        .class = OBJECT_IS_STATISTICS, .id = relation->oid, .statistics = statistics};

    take_columns(ddl, dependent, statistics->columns, statistics->n_columns);
    for (size_t i = 0; i < statistics->n_expressions; i++)
        take_expr(ddl, dependent, relation->oid, statistics->expressions[i]);
}

/* --- All of an object ---------------------------------------------------------------------------
 */

static void take_constraint(struct ddl *ddl, const struct relation *relation,
                            struct constraint *constraint)
{
    take_expr(ddl,
              (struct dropped_object){
                  .class = OBJECT_IS_CONSTRAINT, .id = relation->oid, .constraint = constraint},
              0, constraint->check);
}

void depend_on_trees(struct ddl *ddl, const struct relation *relation)
{
    take_query(ddl, (struct dropped_object){.class = OBJECT_IS_RELATION, .id = relation->oid},
               relation->view_query);
    for (size_t i = 0; i < relation->attributes.n; i++)
        take_default(ddl, relation, &relation->attributes.items[i]);
    for (size_t i = 0; i < relation->constraints.n; i++)
        take_constraint(ddl, relation, relation->constraints.items[i]);
    for (size_t i = 0; i < relation->indexes.n; i++)
        take_index(ddl, relation, relation->indexes.items[i]);
    take_partition_key(ddl, relation);
    for (size_t i = 0; i < relation->triggers.n; i++)
        take_trigger(ddl, relation, relation->triggers.items[i]);
    for (size_t i = 0; i < relation->policies.n; i++)
        take_policy(ddl, relation, relation->policies.items[i]);
    for (size_t i = 0; i < relation->rules.n; i++)
        take_rule(ddl, relation, relation->rules.items[i]);
    for (size_t i = 0; i < relation->statistics.n; i++)
        take_statistics(ddl, relation, relation->statistics.items[i]);
}

/* A body in a string is text on the server too, and depends on nothing. */
void depend_on_body(struct ddl *ddl, const struct function *function)
{
    const struct routine_body *body = function->body;

    for (size_t i = 0; body && body->is_atomic && i < body->n_statements; i++)
        take_query(ddl, (struct dropped_object){.class = OBJECT_IS_FUNCTION, .id = function->oid},
                   body->statements[i].query);
}

void depend_on_checks(struct ddl *ddl, const struct type *domain)
{
    for (size_t i = 0; i < domain->constraints.n; i++)
        take_expr(ddl,
                  (struct dropped_object){.class = OBJECT_IS_DOMAIN_CONSTRAINT,
                                          .id = domain->oid,
                                          .constraint = domain->constraints.items[i]},
                  0, domain->constraints.items[i]->check);
}
