/* Unique keys of tables: constraints that are not deferrable (a deferred one may be broken for a
 * while) and unique indexes, partial ones when the query implies their predicate. A table with
 * children of the old inheritance has no key, unless ONLY it is read: each child may repeat a
 * value.
 */
#include "prove/cardinality_internal.h"

#include <string.h>

#include "tree/tree.h"

bool cardinality_applies_to(const struct condition *condition, int rte)
{
    return !condition->side || cardinality_is_below(condition->side, rte);
}

bool cardinality_is_equality(const struct operator* op)
{
    return strcmp(op->name, "=") == 0 && (op->can_merge || op->can_hash);
}

bool cardinality_sides_of_equality(const struct expr *expr, struct expr *sides[2])
{
    if (expr->kind != EXPR_OP || expr->n_args != 2 || !expr->u.op.op ||
        !cardinality_is_equality(expr->u.op.op))
        return false;
    sides[0] = expr->args[0];
    sides[1] = expr->args[1];
    return true;
}

static bool are_columns_keyed(const struct proof *proof, int rte, const int16_t *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (columns[i] < 1 || (size_t)columns[i] > proof->query->rtable[rte]->n_columns ||
            !proof->keyed[rte][columns[i] - 1])
            return false;
    }
    return n > 0;
}

/* Whether values that are equal are the same value: not so for numeric (1.0 and 1.00), citext. */
static bool is_equal_the_same(const struct proof *proof, const struct attribute *attribute)
{
    static const oid types[] = {16, 18, 19, 20, 21, 23, 25, 26, 1043, 1082, 1083, 1114, 1184, 2950};
    const oid base = catalog_base_type(proof->catalog, attribute->type, NULL);
    const struct type *type = catalog_get_type(proof->catalog, base);

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (types[i] == base)
            return attribute->collation < FIRST_USER_OID;
    }
    return type && type->typtype == 'e';
}

struct columns_walk {
    const struct proof *proof;
    int rte;
};

/* True for a column that is not keyed, which ends the walk. */
static bool visit_part(struct walk *walk, struct expr *expr)
{
    const struct columns_walk *columns = walk->context;
    const struct proof *proof = columns->proof;
    const struct relation *relation = proof->query->rtable[columns->rte]->relation;
    const int attno = expr->kind == EXPR_VAR ? expr->u.var.attno : 0;

    if (expr->kind != EXPR_VAR)
        return walk_parts(walk, expr);
    return attno < 1 || !proof->keyed[columns->rte][attno - 1] ||
           !is_equal_the_same(proof, &relation->attributes.items[attno - 1]);
}

/* An indexed expression is immutable: over columns with one value it has one value. */
static bool are_its_columns_keyed(const struct proof *proof, int rte, struct expr *definition)
{
    struct columns_walk columns = {proof, rte};
    struct walk walk = {.visit = visit_part, .context = &columns};

    return !walk_expr(&walk, definition);
}

/* Whether the indexed expression equals something fixed. */
static bool is_expression_keyed(const struct proof *proof, int rte, const struct expr *definition)
{
    struct expr *wanted = expr_moved(proof->arena, definition, rte);

    if (are_its_columns_keyed(proof, rte, wanted))
        return true;
    for (size_t i = 0; i < proof->conditions.n; i++) {
        const struct condition *condition = &proof->conditions.items[i];
        struct expr *sides[2];

        if (!cardinality_applies_to(condition, rte) ||
            !cardinality_sides_of_equality(condition->expr, sides))
            continue;
        for (size_t s = 0; s < 2; s++) {
            if (expr_equal(wanted, sides[s]) && cardinality_is_fixed(proof, sides[1 - s]))
                return true;
        }
    }
    return false;
}

static bool is_definition_keyed(const struct proof *proof, int rte, const struct index *index,
                                size_t i)
{
    const struct expr *definition = index->expressions ? index->expressions[i] : NULL;

    return definition && is_expression_keyed(proof, rte, definition);
}

static bool is_index_keyed(const struct proof *proof, int rte, const struct index *index)
{
    size_t n_expressions = 0;

    if (!index->is_unique || index->n_columns == 0 ||
        (index->is_partial &&
         (!index->predicate || !cardinality_implies(proof, rte, index->predicate))))
        return false;
    for (size_t i = 0; i < index->n_columns; i++) {
        const bool is_keyed = index->columns[i]
                                  ? are_columns_keyed(proof, rte, &index->columns[i], 1)
                                  : is_definition_keyed(proof, rte, index, n_expressions++);

        if (!is_keyed)
            return false;
    }
    return true;
}

static bool is_deferrable(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        if (relation->constraints.items[i]->deferrable &&
            name_eq(relation->constraints.items[i]->name, name))
            return true;
    }
    return false;
}

const char *cardinality_find_key(const struct proof *proof, int rte)
{
    const struct relation *relation = proof->query->rtable[rte]->relation;
    const bool has_others = relation->relkind != 'p' && relation->children.n > 0;
    const char *found = NULL;

    if ((relation->relkind != 'r' && relation->relkind != 'p' && relation->relkind != 'm') ||
        (has_others && !proof->query->rtable[rte]->is_only))
        return NULL;
    for (size_t i = 0; i < relation->constraints.n && !found; i++) {
        const struct constraint *key = relation->constraints.items[i];
        const bool is_primary = key->kind == CONSTRAINT_PRIMARY;

        if ((is_primary || key->kind == CONSTRAINT_UNIQUE) && !key->deferrable &&
            are_columns_keyed(proof, rte, key->columns, key->n_columns))
            found = arena_printf(proof->arena, "%s %s", is_primary ? "primary key" : "unique key",
                                 key->name);
    }
    for (size_t i = 0; i < relation->indexes.n && !found; i++) {
        const struct index *index = relation->indexes.items[i];

        if (!is_deferrable(relation, index->name) && is_index_keyed(proof, rte, index))
            found = arena_printf(proof->arena, "unique index %s", index->name);
    }
    return found;
}
