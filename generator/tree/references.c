/* Nothing that is walked over is changed; only the walker has no const. */
#include "tree/references.h"

#include "tree/tree.h"

struct search {
    const struct catalog *catalog;
    oid own; /* the table of columns outside of any query */
    reference_taker *take;
    void *context;
};

/* What the system has is never dropped. */
static void take(const struct search *search, enum object_class class, oid id)
{
    if (id >= FIRST_USER_OID)
        search->take(search->context, (struct reference){.class = class, .id = id});
}

static void take_column(const struct search *search, oid relation, int attno)
{
    if (relation >= FIRST_USER_OID && attno > 0)
        search->take(search->context, (struct reference){.class = OBJECT_IS_COLUMN,
                                                         .id = relation,
                                                         .column = (int16_t)attno});
}

static void take_function(const struct search *search, const struct function *function)
{
    if (function)
        take(search, OBJECT_IS_FUNCTION, function->oid);
}

/* A constant of type regclass, regtype, … depends on what it named when it was read. */
static void take_constant(const struct search *search, const struct expr *constant)
{
    const oid object = constant->u.constant.object;

    take(search, OBJECT_IS_TYPE, constant->type);
    switch (constant->type) {
    case REGCLASSOID:
        take(search, OBJECT_IS_RELATION, object);
        break;
    case REGTYPEOID:
        take(search, OBJECT_IS_TYPE, object);
        break;
    case REGCONFIGOID:
    case REGDICTIONARYOID:
        take(search, OBJECT_IS_OTHER, object);
        break;
    case REGPROCOID:
    case REGPROCEDUREOID:
        take(search, OBJECT_IS_FUNCTION, object);
        break;
    default:
        take(search, OBJECT_IS_OPERATOR, object);
        break;
    }
}

static const struct rte *entry_of(const struct walk *walk, const struct expr *var)
{
    const struct query *query = walk->query;

    for (int i = 0; query && i < var->u.var.levels_up; i++)
        query = query->parent;
    return query && (size_t)var->u.var.rte < query->n_rtable ? query->rtable[var->u.var.rte] : NULL;
}

/* A column of a join stands for those of the joined tables. */
static void take_variable(struct walk *walk, const struct expr *var)
{
    const struct search *search = walk->context;
    const struct rte *entry = entry_of(walk, var);
    const int attno = var->u.var.attno;

    if (!entry)
        take_column(search, search->own, attno);
    else if (entry->kind == RTE_RELATION)
        take_column(search, entry->relation->oid, attno);
    else if (entry->kind == RTE_JOIN && attno > 0)
        walk_expr(walk, entry->columns[attno - 1].alias);
}

/* A field that is read is a column of the row type's relation. */
static void take_field(const struct search *search, const struct expr *expr)
{
    const struct relation *relation = catalog_type_relation(search->catalog, expr->args[0]->type);

    take(search, OBJECT_IS_TYPE, expr->type);
    if (relation)
        take_column(search, relation->oid, expr->u.field.attno);
}

static bool visit(struct walk *walk, struct expr *expr)
{
    const struct search *search = walk->context;

    switch (expr->kind) {
    case EXPR_VAR:
        take_variable(walk, expr);
        break;
    case EXPR_FUNC:
        take_function(search, expr->u.call.function);
        break;
    case EXPR_AGG:
    case EXPR_WINDOW:
        take_function(search, expr->u.agg.function);
        break;
    case EXPR_OP:
    case EXPR_DISTINCT:
    case EXPR_NULLIF:
    case EXPR_ARRAY_OP:
    case EXPR_ROW_COMPARE:
        if (expr->u.op.op)
            take(search, OBJECT_IS_OPERATOR, expr->u.op.op->oid);
        break;
    case EXPR_CAST:
        take_function(search, expr->u.cast.function);
        take(search, OBJECT_IS_TYPE, expr->type);
        break;
    case EXPR_COLLATE:
        take(search, OBJECT_IS_OTHER, expr->collation);
        break;
    case EXPR_FIELD:
        take_field(search, expr);
        break;
    case EXPR_CONST:
        take_constant(search, expr);
        break;
    case EXPR_PARAM:
    case EXPR_ROW:
        take(search, OBJECT_IS_TYPE, expr->type);
        break;
    default:
        break;
    }
    return walk_parts(walk, expr);
}

/* The columns that an INSERT or UPDATE writes. */
static void take_targets(const struct search *search, const struct query *query)
{
    if (query->result_rte < 0 || !query->rtable[query->result_rte]->relation)
        return;
    for (size_t i = 0; i < query->n_targets; i++)
        take_column(search, query->rtable[query->result_rte]->relation->oid,
                    query->targets[i].target_column);
}

static void take_keys(const struct search *search, const struct query *query)
{
    for (size_t i = 0; i < query->n_grouped_keys; i++)
        search->take(search->context, (struct reference){.class = OBJECT_IS_CONSTRAINT,
                                                         .constraint = query->grouped_keys[i]});
}

static void visit_entry(struct walk *walk, const struct rte *rte)
{
    const struct search *search = walk->context;

    if (rte == walk->query->rtable[0])
        take_keys(search, walk->query);
    if (walk->query->result_rte >= 0 && rte == walk->query->rtable[walk->query->result_rte])
        take_targets(search, walk->query);
    if (rte->kind == RTE_RELATION)
        take(search, OBJECT_IS_RELATION, rte->relation->oid);
    for (size_t i = 0; rte->kind == RTE_FUNCTION && i < rte->n_columns; i++)
        take(search, OBJECT_IS_TYPE, rte->columns[i].type);
}

static struct walk walk_of(struct search *search)
{
    return (struct walk){
        .visit = visit, .visit_entry = visit_entry, .context = search, .into_queries = true};
}

void expr_each_reference(const struct expr *expr, oid own, const struct catalog *catalog,
                         reference_taker *taker, void *context)
{
    struct search search = {catalog, own, taker, context};
    struct walk walk = walk_of(&search);

    walk_expr(&walk, (struct expr *)expr);
}

void query_each_reference(const struct query *query, const struct catalog *catalog,
                          reference_taker *taker, void *context)
{
    struct search search = {catalog, 0, taker, context};
    struct walk walk = walk_of(&search);

    walk_query(&walk, (struct query *)query);
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
