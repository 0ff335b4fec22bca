/* What works today and will be regretted: types and keys of new columns and tables. */
#include <string.h>

#include "review/reviewing.h"

#define IS(constraint, KIND) ((constraint)->contype == PG_QUERY__CONSTR_TYPE__CONSTR_##KIND)

static enum hazard_id type_hazard(const PgQuery__TypeName *type)
{
    static const struct {
        const char *name;
        enum hazard_id id;
        bool needs_length;
    } types[] = {
        {"json", HAZARD_JSON, false},        {"bpchar", HAZARD_CHAR_N, true},
        {"varchar", HAZARD_VARCHAR_N, true}, {"timestamp", HAZARD_TIMESTAMP, false},
        {"timetz", HAZARD_TIMETZ, false},    {"money", HAZARD_MONEY, false},
    };
    const char *name = type && type->n_names ? raw_last_name(NODES(type, names)) : NULL;

    if (type && raw_serial_type(type))
        return HAZARD_SERIAL;
    for (size_t i = 0; name && i < sizeof types / sizeof *types; i++)
        if (strcmp(name, types[i].name) == 0 && (!types[i].needs_length || type->n_typmods))
            return types[i].id;
    return HAZARD_NONE;
}

static bool is_small(const PgQuery__TypeName *type)
{
    const char *name = type ? raw_serial_type(type) : NULL;

    if (type && !name)
        name = raw_last_name(NODES(type, names));
    return name && (strcmp(name, "int4") == 0 || strcmp(name, "int2") == 0);
}

static bool is_numbered_key(const PgQuery__ColumnDef *column)
{
    for (size_t i = 0; i < column->n_constraints; i++)
        if (NODE_IS(column->constraints[i], CONSTRAINT) &&
            (IS(column->constraints[i]->constraint, PRIMARY) ||
             IS(column->constraints[i]->constraint, IDENTITY)))
            return true;
    return false;
}

static void advise_type(struct reviewing *reviewing, const char *path,
                        const PgQuery__ColumnDef *column)
{
    found_named(reviewing, type_hazard(column->type_name),
                arena_printf(reviewing->arena, "%s.%s", path, column->colname));
}

static void advise(struct reviewing *reviewing, const char *path, const PgQuery__ColumnDef *column)
{
    const char *name = arena_printf(reviewing->arena, "%s.%s", path, column->colname);

    advise_type(reviewing, path, column);
    if (is_small(column->type_name) && is_numbered_key(column))
        found_named(reviewing, HAZARD_SMALL_KEY, name);
}

void review_column_advice(struct reviewing *reviewing, const struct relation *relation,
                          const PgQuery__ColumnDef *column)
{
    advise(reviewing, relation_path(reviewing, relation), column);
}

static bool has_primary_key(const struct relation *relation)
{
    for (size_t i = 0; i < relation->constraints.n; i++)
        if (relation->constraints.items[i]->kind == CONSTRAINT_PRIMARY)
            return true;
    return false;
}

/* A key of one integer column. */
static void advise_key(struct reviewing *reviewing, const struct relation *relation,
                       const char *path)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *key = relation->constraints.items[i];
        const struct attribute *column = key->kind == CONSTRAINT_PRIMARY && key->n_columns == 1
                                             ? &relation->attributes.items[key->columns[0] - 1]
                                             : NULL;
        const struct type *type =
            column ? catalog_get_type(reviewing->catalog, column->type) : NULL;
        if (type && (strcmp(type->name, "int4") == 0 || strcmp(type->name, "int2") == 0))
            found_named(reviewing, HAZARD_SMALL_KEY,
                        arena_printf(reviewing->arena, "%s.%s", path, column->name));
    }
}

void review_new_table_advice(struct reviewing *reviewing, const PgQuery__CreateStmt *statement)
{
    const struct relation *relation = find_relation(reviewing, statement->relation);
    const char *path;

    if (!relation || relation->oid < reviewing->first_of_statement)
        return;
    path = relation_path(reviewing, relation);
    for (size_t i = 0; i < statement->n_table_elts; i++)
        if (NODE_IS(statement->table_elts[i], COLUMN_DEF))
            advise_type(reviewing, path, statement->table_elts[i]->column_def);
    advise_key(reviewing, relation, path);
    if (!has_primary_key(relation) && !relation->is_temporary && !statement->n_inh_relations)
        found_named(reviewing, HAZARD_NO_PRIMARY_KEY, path);
}

/* --- After all statements: an index may come later ---------------------------------------------
 */

static bool is_indexed(const struct relation *relation, int16_t column)
{
    for (size_t i = 0; i < relation->indexes.n; i++)
        if (relation->indexes.items[i]->n_columns &&
            relation->indexes.items[i]->columns[0] == column)
            return true;
    return false;
}

void review_keys_without_index(struct reviewing *reviewing, const PgQuery__Node *tree)
{
    const struct relation *relation =
        NODE_IS(tree, CREATE_STMT) ? find_relation(reviewing, tree->create_stmt->relation) : NULL;

    for (size_t i = 0; relation && is_new(reviewing, relation) && i < relation->constraints.n;
         i++) {
        const struct constraint *key = relation->constraints.items[i];
        if (key->kind == CONSTRAINT_FOREIGN && key->n_columns &&
            !is_indexed(relation, key->columns[0]))
            found_named(reviewing, HAZARD_FOREIGN_KEY_NO_INDEX,
                        part_path(reviewing, relation,
                                  relation->attributes.items[key->columns[0] - 1].name));
    }
}
