/* CREATE STATISTICS: columns and expressions of one relation, whose values must sort. They type no
 * query; they are kept for what depends on what.
 */
#include <string.h>

#include "ddl/alter.h"
#include "ddl/depend.h"
#include "ddl/statements.h"
#include "ddl/table.h"
#include "tree/tree.h"

enum {
    MAX_COLUMNS = 8, /* STATS_MAX_DIMENSIONS */
};

struct element {
    oid type; /* 0: not known */
    int16_t column;
    const struct expr *expr; /* of an expression */
};

static struct element read_element(struct ddl *ddl, const struct relation *relation,
                                   const PgQuery__StatsElem *node, int location)
{
    const struct attribute *attribute;

    if (node->expr) {
        struct ddl_value value;
        expression_evaluate(ddl,
                            &(struct ddl_expression){
                                .place = DDL_STATISTICS, .node = node->expr, .relation = relation},
                            &value);
        return (struct element){value.type, value.column, value.expr};
    }
    attribute = attribute_find(relation, node->name);
    if (!attribute && is_system_column(node->name))
        ddl_fail(ddl, "0A000", ddl_name_span(ddl, location, node->name),
                 "statistics creation on system columns is not supported");
    if (!attribute)
        ddl_fail(ddl, "42703", ddl_name_span(ddl, location, node->name),
                 "column \"%s\" does not exist", node->name);
    return (struct element){attribute->type, attribute->number, NULL};
}

static void check_kinds(struct ddl *ddl, const PgQuery__CreateStatsStmt *statement)
{
    static const char *const kinds[] = {"ndistinct", "dependencies", "mcv"};

    for (size_t i = 0; i < statement->n_stat_types; i++) {
        const char *name = raw_string(statement->stat_types[i]);
        bool known = false;
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            known |= strcmp(name, kinds[k]) == 0;
        if (!known)
            ddl_fail(ddl, "42601", ddl_name_span(ddl, -1, name),
                     "unrecognized statistics kind \"%s\"", name);
    }
}

static struct element *read_elements(struct ddl *ddl, const PgQuery__CreateStatsStmt *statement,
                                     const struct relation *relation)
{
    struct element *elements = arena_array(ddl->arena, struct element, statement->n_exprs);

    for (size_t i = 0; i < statement->n_exprs; i++)
        elements[i] = read_element(ddl, relation, statement->exprs[i]->stats_elem,
                                   statement->relations[0]->range_var->location);
    return elements;
}

static void check_differ(struct ddl *ddl, const struct element *a, const struct element *b, span at)
{
    if (a->column && a->column == b->column)
        ddl_fail(ddl, "42701", at, "duplicate column name in statistics definition");
    if (a->expr && b->expr && expr_equal(a->expr, b->expr))
        ddl_fail(ddl, "42701", at, "duplicate expression in statistics definition");
}

static void check_elements(struct ddl *ddl, const PgQuery__CreateStatsStmt *statement,
                           const struct element *elements, span at)
{
    bool is_expression = statement->n_exprs == 1 && !elements[0].column;

    if (statement->n_exprs > MAX_COLUMNS)
        ddl_fail(ddl, "54011", at, "cannot have more than %d columns in statistics", MAX_COLUMNS);

    for (size_t i = 0; i < statement->n_exprs && !is_expression; i++)
        if (elements[i].type && !catalog_default_operators(ddl->catalog, elements[i].type).less)
            ddl_fail(ddl, "0A000", at,
                     "%s cannot be used in statistics because its type %s has no default btree "
                     "operator class",
                     elements[i].column ? "column" : "expression",
                     ddl_type_text(ddl, elements[i].type));
    if (is_expression && statement->n_stat_types > 0)
        ddl_fail(ddl, "0A000", at,
                 "when building statistics on a single expression, statistics kinds may not be "
                 "specified");
    check_kinds(ddl, statement);
    if (statement->n_exprs < 2 && !is_expression)
        ddl_fail(ddl, "42P17", at, "extended statistics require at least 2 columns");
    for (size_t i = 0; i < statement->n_exprs; i++)
        for (size_t k = 0; k < i; k++)
            check_differ(ddl, &elements[i], &elements[k], at);
}

/* --- What is kept ----------------------------------------------------------------------------- */

struct statistics_place {
    struct relation *relation;
    struct statistics *statistics;
};

/* Names are those of a schema; there are few statistics. */
static struct statistics_place find_in(struct ddl *ddl, oid namespace_oid, const char *name)
{
    size_t n;
    struct relation *const *relations = catalog_relations(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; relations[i] && k < relations[i]->statistics.n; k++) {
            struct statistics *statistics = relations[i]->statistics.items[k];
            if (statistics->namespace_oid == namespace_oid && strcmp(statistics->name, name) == 0)
                return (struct statistics_place){relations[i], statistics};
        }
    return (struct statistics_place){NULL, NULL};
}

static struct statistics_place find_named(struct ddl *ddl, struct qualified_name name)
{
    const struct namespace *namespace =
        name.schema ? catalog_find_namespace(ddl->catalog, name.schema) : NULL;
    struct statistics_place found = {NULL, NULL};
    size_t n;
    const oid *path = catalog_search_path(ddl->catalog, &n);

    if (name.schema)
        return namespace ? find_in(ddl, namespace->oid, name.name) : found;
    for (size_t i = 0; i < n && !found.statistics; i++)
        found = find_in(ddl, path[i], name.name);
    return found;
}

bool statistics_remove(struct relation *relation, const struct statistics *statistics)
{
    size_t n = 0, n_before = relation->statistics.n;

    for (size_t i = 0; i < n_before; i++)
        if (relation->statistics.items[i] != statistics)
            relation->statistics.items[n++] = relation->statistics.items[i];
    relation->statistics.n = n;
    return n < n_before;
}

static struct statistics *make_statistics(struct ddl *ddl, const struct element *elements, size_t n)
{
    struct statistics *statistics = arena_new(ddl->arena, struct statistics);

    *statistics =
        (struct statistics){.columns = arena_array(ddl->arena, int16_t, n),
                            .expressions = arena_array(ddl->arena, const struct expr *, n)};
    for (size_t i = 0; i < n; i++)
        if (elements[i].column)
            statistics->columns[statistics->n_columns++] = elements[i].column;
        else if (elements[i].expr)
            statistics->expressions[statistics->n_expressions++] = elements[i].expr;
    return statistics;
}

/* table_columns_stat, with a number when it is taken (ChooseExtendedStatisticName). */
static const char *choose_name(struct ddl *ddl, const struct relation *relation,
                               const struct element *elements, size_t n)
{
    struct buf columns = buf_in(ddl->arena);
    const char *label = "stat", *name;
    unsigned number = 0;

    for (size_t i = 0; i < n; i++)
        buf_addf(&columns, "%s%s", i > 0 ? "_" : "",
                 elements[i].column ? relation->attributes.items[elements[i].column - 1].name
                                    : "expr");
    do {
        name = make_object_name(ddl->arena, relation->name, buf_text(&columns), label);
        label = arena_printf(ddl->arena, "stat%u", ++number);
    } while (find_in(ddl, relation->namespace_oid, name).statistics);
    return name;
}

void statistics_copy(struct ddl *ddl, struct relation *target, const struct relation *source,
                     const struct statistics *statistics)
{
    const size_t n = statistics->n_columns + statistics->n_expressions;
    const int16_t *columns =
        columns_translated(ddl, source, target, statistics->columns, statistics->n_columns);
    struct element *elements = arena_array(ddl->arena, struct element, n);
    struct statistics *copy;

    for (size_t i = 0; i < statistics->n_columns; i++)
        elements[i].column = columns[i];
    for (size_t i = 0; i < statistics->n_expressions; i++)
        elements[statistics->n_columns + i].expr =
            expression_translated(ddl, source, target, statistics->expressions[i]);
    copy = make_statistics(ddl, elements, n);
    copy->ndistinct = statistics->ndistinct;
    copy->dependencies = statistics->dependencies;
    copy->mcv = statistics->mcv;
    copy->name = choose_name(ddl, target, elements, n);
    copy->namespace_oid = target->namespace_oid;
    copy->defined_at = target->defined_at;
    vec_push(ddl->arena, &target->statistics, copy);
}

/* All of them when none is named; a single expression has none. */
static void set_kinds(struct statistics *statistics, const PgQuery__CreateStatsStmt *statement)
{
    const bool all = statement->n_stat_types == 0 && statement->n_exprs > 1;

    statistics->ndistinct = statistics->dependencies = statistics->mcv = all;
    for (size_t i = 0; i < statement->n_stat_types; i++) {
        const char *name = raw_string(statement->stat_types[i]);
        statistics->ndistinct |= strcmp(name, "ndistinct") == 0;
        statistics->dependencies |= strcmp(name, "dependencies") == 0;
        statistics->mcv |= strcmp(name, "mcv") == 0;
    }
}

static const struct relation *described_relation(struct ddl *ddl,
                                                 const PgQuery__CreateStatsStmt *statement)
{
    const PgQuery__Node *from = statement->n_relations == 1 ? statement->relations[0] : NULL;
    const struct relation *relation;

    if (!NODE_IS(from, RANGE_VAR))
        ddl_fail(ddl, "0A000", ddl_span(ddl, -1),
                 "only a single relation is allowed in CREATE STATISTICS");
    relation = relation_get(ddl, from->range_var);
    if (!strchr("rpmf", relation->relkind))
        ddl_fail(ddl, "42809", range_var_span(ddl, from->range_var),
                 "cannot define statistics for relation \"%s\"", relation->name);
    return relation;
}

void ddl_create_statistics(struct ddl *ddl, const PgQuery__CreateStatsStmt *statement)
{
    const struct relation *relation = described_relation(ddl, statement);
    span at = range_var_span(ddl, statement->relations[0]->range_var);
    struct qualified_name name = {0};
    oid namespace_oid = relation->namespace_oid;
    struct element *elements;
    struct statistics *statistics;

    if (statement->n_defnames > 0) {
        name = name_from_list(ddl, statement->defnames, statement->n_defnames);
        namespace_oid = namespace_for_creation(ddl, name.schema, name_span(ddl, name));
    }
    if (name.name && find_in(ddl, namespace_oid, name.name).statistics) {
        if (statement->if_not_exists)
            return;
        ddl_fail(ddl, "42710", name_span(ddl, name), "statistics object \"%s\" already exists",
                 name.name);
    }
    elements = read_elements(ddl, statement, relation);
    check_elements(ddl, statement, elements, at);
    statistics = make_statistics(ddl, elements, statement->n_exprs);
    statistics->name =
        name.name ? name.name : choose_name(ddl, relation, elements, statement->n_exprs);
    set_kinds(statistics, statement);
    statistics->namespace_oid = namespace_oid;
    statistics->defined_at = name.name ? name_span(ddl, name) : at;
    vec_push(ddl->arena, &relation_edit(ddl, relation, at)->statistics, statistics);
}

static struct statistics_place get_named(struct ddl *ddl, struct qualified_name name,
                                         bool missing_ok)
{
    struct statistics_place found = find_named(ddl, name);
    span at = name_span(ddl, name);

    if (found.statistics || missing_ok)
        return found;
    if (name.schema)
        namespace_get(ddl, name.schema, at);
    ddl_fail(ddl, "42704", at, "statistics object \"%s\" does not exist",
             qualified_text(ddl->arena, name));
}

struct statistics *statistics_named(struct ddl *ddl, const PgQuery__Node *object, bool missing_ok)
{
    return get_named(ddl, name_from_node(ddl, object), missing_ok).statistics;
}

void ddl_drop_statistics(struct ddl *ddl, const PgQuery__DropStmt *statement,
                         const PgQuery__Node *object)
{
    struct statistics_place found =
        get_named(ddl, name_from_node(ddl, object), statement->missing_ok);

    if (found.statistics)
        statistics_remove(found.relation, found.statistics);
}

void ddl_alter_statistics(struct ddl *ddl, const PgQuery__AlterStatsStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->defnames, statement->n_defnames);
    struct statistics *found = get_named(ddl, name, statement->missing_ok).statistics;

    if (found)
        statistics_target_set(ddl, statement->stxstattarget, &found->has_statistics_target,
                              &found->statistics_target);
}

static void move(struct ddl *ddl, struct statistics *statistics, oid namespace_oid,
                 const char *name, span at)
{
    if (find_in(ddl, namespace_oid, name).statistics)
        ddl_fail(ddl, "42710", at, "statistics object \"%s\" already exists", name);
    statistics->namespace_oid = namespace_oid;
    statistics->name = name;
}

void ddl_rename_statistics(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    struct statistics *found = statistics_named(ddl, statement->object, statement->missing_ok);

    if (found)
        move(ddl, found, found->namespace_oid, statement->newname,
             ddl_name_span(ddl, -1, statement->newname));
}

void ddl_move_statistics(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement)
{
    struct statistics *found = statistics_named(ddl, statement->object, statement->missing_ok);
    span at = ddl_name_span(ddl, -1, statement->newschema);
    oid target = namespace_get(ddl, statement->newschema, at);

    if (found && found->namespace_oid != target)
        move(ddl, found, target, found->name, at);
}
