/* Nothing that is walked over is changed; only the walker has no const. */
#include "ddl/references.h"

#include "tree/tree.h"

struct search {
    const struct catalog *catalog;
    const struct dropped_object *object;
    oid own; /* the table of columns outside of any query */
    bool found;
};

static const struct rte *entry_of(const struct walk *walk, const struct expr *var)
{
    const struct query *query = walk->query;

    for (int i = 0; query && i < var->u.var.levels_up; i++)
        query = query->parent;
    return query && (size_t)var->u.var.rte < query->n_rtable ? query->rtable[var->u.var.rte] : NULL;
}

/* The type that is dropped, maybe as the row type of a table; NULL when it is no type. */
static const struct type *dropped_type(const struct search *search)
{
    const struct relation *relation;

    if (search->object->class == OBJECT_IS_TYPE)
        return catalog_get_type(search->catalog, search->object->id);
    relation = search->object->class == OBJECT_IS_RELATION
                   ? catalog_get_relation(search->catalog, search->object->id)
                   : NULL;
    return relation && relation->type_oid ? catalog_get_type(search->catalog, relation->type_oid)
                                          : NULL;
}

static bool is_type(const struct search *search, oid type)
{
    const struct type *wanted = dropped_type(search);

    return wanted && type && (type == wanted->oid || type == wanted->array);
}

static bool is_function(const struct search *search, const struct function *function)
{
    return search->object->class == OBJECT_IS_FUNCTION && function &&
           function->oid == search->object->id;
}

static bool is_operator(const struct search *search, const struct operator* op)
{
    return search->object->class == OBJECT_IS_OPERATOR && op && op->oid == search->object->id;
}

/* A constant of type regclass, regtype, … depends on what it named when it was read. */
static bool names_object(const struct search *search, const struct expr *constant)
{
    const oid object = constant->u.constant.object;

    if (!object)
        return false;
    switch (constant->type) {
    case REGCLASSOID:
        return search->object->class == OBJECT_IS_RELATION && object == search->object->id;
    case REGTYPEOID:
        return is_type(search, object);
    case REGPROCOID:
    case REGPROCEDUREOID:
        return search->object->class == OBJECT_IS_FUNCTION && object == search->object->id;
    default:
        return search->object->class == OBJECT_IS_OPERATOR && object == search->object->id;
    }
}

/* A column of a join stands for those of the joined tables. */
static bool is_column(struct walk *walk, const struct expr *var)
{
    const struct search *search = walk->context;
    const struct rte *entry = entry_of(walk, var);
    const int attno = var->u.var.attno;

    if (search->object->class != OBJECT_IS_COLUMN || attno <= 0)
        return false;
    if (!entry)
        return search->own == search->object->id && attno == search->object->column;
    if (entry->kind == RTE_JOIN)
        return walk_expr(walk, entry->columns[attno - 1].alias);
    return entry->kind == RTE_RELATION && entry->relation->oid == search->object->id &&
           attno == search->object->column;
}

/* A field that is read is a column of the row type's relation. */
static bool is_field(const struct search *search, const struct expr *expr)
{
    const struct relation *relation = catalog_type_relation(search->catalog, expr->args[0]->type);

    return search->object->class == OBJECT_IS_COLUMN && relation &&
           relation->oid == search->object->id && expr->u.field.attno == search->object->column;
}

static bool visit(struct walk *walk, struct expr *expr)
{
    struct search *search = walk->context;

    switch (expr->kind) {
    case EXPR_VAR:
        search->found |= is_column(walk, expr);
        break;
    case EXPR_FUNC:
        search->found |= is_function(search, expr->u.call.function);
        break;
    case EXPR_AGG:
    case EXPR_WINDOW:
        search->found |= is_function(search, expr->u.agg.function);
        break;
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF:
    case EXPR_ARRAY_OP:
    case EXPR_ROW_COMPARE:
        search->found |= is_operator(search, expr->u.op.op);
        break;
    case EXPR_CAST:
        search->found |= is_function(search, expr->u.cast.function) || is_type(search, expr->type);
        break;
    case EXPR_FIELD:
        search->found |= is_field(search, expr) || is_type(search, expr->type);
        break;
    case EXPR_CONST:
        search->found |= names_object(search, expr) || is_type(search, expr->type);
        break;
    case EXPR_PARAM:
    case EXPR_ROW:
        search->found |= is_type(search, expr->type);
        break;
    default:
        break;
    }
    return search->found || walk_parts(walk, expr);
}

static bool has_key(const struct query *query, const struct constraint *key)
{
    for (size_t i = 0; i < query->n_grouped_keys; i++)
        if (query->grouped_keys[i] == key)
            return true;
    return false;
}

/* Whether the query writes the column of the table that it inserts into or updates. */
static bool writes_column(const struct query *query, const struct rte *rte, int16_t column)
{
    if (query->result_rte < 0 || query->rtable[query->result_rte] != rte)
        return false;
    for (size_t i = 0; i < query->n_targets; i++)
        if (query->targets[i].target_column == column)
            return true;
    return false;
}

static void visit_entry(struct walk *walk, const struct rte *rte)
{
    struct search *search = walk->context;
    const struct dropped_object *object = search->object;

    if (object->class == OBJECT_IS_CONSTRAINT)
        search->found |= has_key(walk->query, object->constraint);
    if (object->class == OBJECT_IS_RELATION && rte->kind == RTE_RELATION)
        search->found |= rte->relation->oid == object->id;
    if (object->class == OBJECT_IS_COLUMN && rte->kind == RTE_RELATION &&
        rte->relation->oid == object->id)
        search->found |= writes_column(walk->query, rte, object->column);
    for (size_t i = 0; rte->kind == RTE_FUNCTION && i < rte->n_columns; i++)
        search->found |= is_type(search, rte->columns[i].type);
}

bool expr_references(const struct expr *expr, oid own, const struct catalog *catalog,
                     const struct dropped_object *object)
{
    struct search search = {.catalog = catalog, .object = object, .own = own};
    struct walk walk = {
        .visit = visit, .visit_entry = visit_entry, .context = &search, .into_queries = true};

    walk_expr(&walk, (struct expr *)expr);
    return search.found;
}

bool query_references(const struct query *query, const struct catalog *catalog,
                      const struct dropped_object *object)
{
    struct search search = {.catalog = catalog, .object = object};
    struct walk walk = {
        .visit = visit, .visit_entry = visit_entry, .context = &search, .into_queries = true};

    walk_query(&walk, (struct query *)query);
    return search.found;
}

bool rule_references(const struct rule *rule, oid relation, const struct catalog *catalog,
                     const struct dropped_object *object)
{
    if (rule->condition && expr_references(rule->condition, relation, catalog, object))
        return true;
    for (size_t i = 0; rule->actions && i < rule->n_actions; i++)
        if (query_references(rule->actions[i], catalog, object))
            return true;
    return false;
}

/* --- Relations that are read ------------------------------------------------------------------ */

struct reading {
    relation_test *test;
    const void *context;
    bool found;
};

static void visit_read(struct walk *walk, const struct rte *rte)
{
    struct reading *reading = walk->context;

    if (rte->kind == RTE_RELATION && !reading->found)
        reading->found = reading->test(reading->context, rte->relation);
}

static bool visit_all(struct walk *walk, struct expr *expr)
{
    return walk_parts(walk, expr);
}

bool query_reads(const struct query *query, relation_test *test, const void *context)
{
    struct reading reading = {.test = test, .context = context};
    struct walk walk = {
        .visit = visit_all, .visit_entry = visit_read, .context = &reading, .into_queries = true};

    walk_query(&walk, (struct query *)query);
    return reading.found;
}
