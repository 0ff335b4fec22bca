/* ON CONFLICT: what it infers its index from, and DO UPDATE with `excluded`
 * (transformOnConflictClause). Whether such an index exists is found out only when the statement is
 * planned, so that it is a lint here.
 */
#include "analyze/insert.h"
#include "resolve/candidates.h"

/* A plain name is looked up like any other, so that it may also be that of the table. */
static const PgQuery__Node *column_named(struct parse *parse, const char *name, int location)
{
    struct arena *arena = parse->statement->arena;
    PgQuery__String *string = arena_new(arena, PgQuery__String);
    PgQuery__ColumnRef *ref = arena_new(arena, PgQuery__ColumnRef);
    PgQuery__Node *nodes = arena_array(arena, PgQuery__Node, 2);

    pg_query__string__init(string);
    pg_query__column_ref__init(ref);
    pg_query__node__init(&nodes[0]);
    pg_query__node__init(&nodes[1]);
    string->sval = arena_strdup(arena, name);
    nodes[0].node_case = PG_QUERY__NODE__NODE_STRING;
    nodes[0].string = string;
    ref->fields = arena_array(arena, PgQuery__Node *, 1);
    ref->fields[0] = &nodes[0];
    ref->n_fields = 1;
    ref->location = location;
    nodes[1].node_case = PG_QUERY__NODE__NODE_COLUMN_REF;
    nodes[1].column_ref = ref;
    return &nodes[1];
}

/* Indexes that keep rows apart are B-trees. */
static void check_operator_class(struct parse *parse, const PgQuery__IndexElem *element)
{
    struct qualified_name name = qualified_name_of(parse, element->opclass, element->n_opclass, -1);

    qualified_name_check(parse, name, -1);
    if (!catalog_find_operator_class(parse->statement->catalog, "btree", name.schema, name.name))
        parse_error(parse, "42704", -1,
                    "operator class \"%s\" does not exist for access method \"btree\"",
                    qualified_name_text(parse, name));
}

static struct expr *arbiter_element(struct parse *parse, const PgQuery__IndexElem *element,
                                    int location)
{
    const char *name = raw_optional(element->name);
    struct expr *expr;

    if (element->ordering != PG_QUERY__SORT_BY_DIR__SORTBY_DEFAULT)
        parse_error(parse, "42P10", location, "ASC/DESC is not allowed in ON CONFLICT clause");
    if (element->nulls_ordering != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT)
        parse_error(parse, "42P10", location,
                    "NULLS FIRST/LAST is not allowed in ON CONFLICT clause");
    expr = transform_expr(parse, name ? column_named(parse, name, location) : element->expr,
                          PLACE_INDEX);
    if (element->n_collation)
        resolve_collation(parse, NODES(element, collation), expr->location);
    if (element->n_opclass)
        check_operator_class(parse, element);
    return expr;
}

static const struct constraint *find_constraint(struct parse *parse,
                                                const struct relation *relation, const char *name,
                                                int location)
{
    for (size_t i = 0; i < relation->constraints.n; i++)
        if (relation->constraints.items[i] && name_eq(relation->constraints.items[i]->name, name))
            return relation->constraints.items[i];
    parse_error(parse, "42704", location, "constraint \"%s\" for table \"%s\" does not exist", name,
                relation->name);
}

static bool is_column(const struct expr *expr, int attno)
{
    return expr->kind == EXPR_VAR && expr->u.var.attno == attno;
}

/* A unique index over just the columns that were written. */
static const struct index *infer_index(const struct relation *relation,
                                       const struct on_conflict *conflict)
{
    for (size_t i = 0; i < relation->indexes.n; i++) {
        const struct index *index = relation->indexes.items[i];
        size_t n_found = 0;

        if (!index || !index->is_unique || index->has_expressions ||
            index->n_columns != conflict->n_arbiter)
            continue;
        for (size_t j = 0; j < index->n_columns; j++)
            for (size_t k = 0; k < conflict->n_arbiter; k++)
                if (is_column(conflict->arbiter[k], index->columns[j])) {
                    n_found++;
                    break;
                }
        if (n_found == index->n_columns)
            return index;
    }
    return NULL;
}

static bool has_column(const struct index *index, int attno)
{
    for (size_t i = 0; i < index->n_columns; i++)
        if (index->columns[i] == attno)
            return true;
    return false;
}

static bool is_inferred(const struct on_conflict *conflict, int attno)
{
    for (size_t i = 0; i < conflict->n_arbiter; i++)
        if (is_column(conflict->arbiter[i], attno))
            return true;
    return false;
}

/* Whether the index can be what is inferred (infer_arbiter_indexes). Expressions and predicates
 * are taken for equal. */
static bool may_be_inferred(const struct index *index, const struct on_conflict *conflict,
                            bool has_where)
{
    bool has_expressions = false;

    if (!index->is_unique || (index->is_partial && !has_where))
        return false;
    for (size_t i = 0; i < index->n_columns; i++)
        if (index->columns[i] && !is_inferred(conflict, index->columns[i]))
            return false;
    for (size_t i = 0; i < conflict->n_arbiter; i++) {
        const struct expr *element = conflict->arbiter[i];
        bool is_plain = element->kind == EXPR_VAR && element->u.var.attno > 0;

        has_expressions |= !is_plain;
        if (is_plain && !has_column(index, element->u.var.attno))
            return false;
    }
    return has_expressions == index->has_expressions;
}

static bool lacks_index(const struct relation *relation, const struct on_conflict *conflict,
                        bool has_where)
{
    if (relation->relkind != 'r' && relation->relkind != 'p')
        return false;
    for (size_t i = 0; i < relation->indexes.n; i++)
        if (relation->indexes.items[i] &&
            may_be_inferred(relation->indexes.items[i], conflict, has_where))
            return false;
    return true;
}

static void transform_arbiter(struct parse *parse, const PgQuery__OnConflictClause *clause,
                              struct on_conflict *conflict)
{
    const PgQuery__InferClause *infer = clause->infer;
    const struct relation *relation =
        parse->scope->rtable.items[parse->scope->target->rte]->relation;
    struct expr_list arbiter = {0};

    if (conflict->do_update && !infer)
        parse_error_hint(parse, "42601", clause->location, "for example, ON CONFLICT (column_name)",
                         "ON CONFLICT DO UPDATE requires inference specification or constraint "
                         "name");
    if (relation->namespace_oid == PG_CATALOG_OID)
        parse_error(parse, "0A000", -1, "ON CONFLICT is not supported with system catalog tables");
    if (!infer)
        return;
    for (size_t i = 0; i < infer->n_index_elems; i++) {
        const PgQuery__IndexElem *element = infer->index_elems[i]->index_elem;

        conflict->arbiter_has_options |= element->n_collation || element->n_opclass;
        vec_push(parse->statement->arena, &arbiter,
                 arbiter_element(parse, element, infer->location));
    }
    conflict->arbiter = arbiter.items;
    conflict->n_arbiter = arbiter.n;
    if (infer->where_clause)
        conflict->arbiter_where = transform_expr(parse, infer->where_clause, PLACE_INDEX_PREDICATE);
    if (raw_optional(infer->conname))
        conflict->constraint = find_constraint(parse, relation, infer->conname, infer->location);
    else
        conflict->index = infer_index(relation, conflict);
    conflict->arbiter_location = infer->location;
    conflict->lacks_index =
        !conflict->constraint && lacks_index(relation, conflict, infer->where_clause != NULL);
}

static void transform_do_update(struct parse *parse, const PgQuery__OnConflictClause *clause,
                                struct on_conflict *conflict, struct name_item *excluded)
{
    struct target_list set = {0};
    size_t n_names = parse->scope->names.n;

    scope_add_names(parse, excluded, true, true);
    transform_update_targets(parse, NODES(clause, target_list), &set);
    conflict->set = set.items;
    conflict->n_set = set.n;
    conflict->where = transform_where(parse, clause->where_clause, PLACE_WHERE, "WHERE");
    parse->scope->names.n = n_names;
}

static struct name_item *add_excluded(struct parse *parse)
{
    const struct relation *relation =
        parse->scope->rtable.items[parse->scope->target->rte]->relation;
    struct name_item *item = range_add_relation(parse, relation, "excluded", NULL, -1);
    struct rte *rte = parse->scope->rtable.items[item->rte];

    rte->has_alias = true;
    rte->no_system_columns = true;
    return item;
}

void transform_on_conflict(struct parse *parse, const PgQuery__OnConflictClause *clause)
{
    struct on_conflict *conflict = arena_new(parse->statement->arena, struct on_conflict);
    struct name_item *excluded = NULL;

    conflict->do_update = clause->action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE;
    conflict->excluded_rte = -1;
    if (conflict->do_update) {
        excluded = add_excluded(parse);
        conflict->excluded_rte = excluded->rte;
    }
    transform_arbiter(parse, clause, conflict);
    if (excluded)
        transform_do_update(parse, clause, conflict, excluded);
    parse->scope->query->on_conflict = conflict;
}
