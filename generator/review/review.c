/* The statements of a migration one by one: what a statement does is told from the catalog before
 * it, what it dropped and computed from the catalog behind it, and what its transaction holds by
 * then from the statements before.
 */
#include <string.h>

#include "replay/replay.h"
#include "review/reviewing.h"
#include "sql/alone.h"

/* --- Tables ----------------------------------------------------------------------------------- */

#define NO ANSWER_NO
#define YES ANSWER_YES
#define UNKNOWN ANSWER_UNKNOWN
static const struct form forms[] = {
#define FORM(id, lock, reach, rewrite, scan, hazard)                                               \
    [FORM_##id] = {LOCK_MODE_##lock, REACH_##reach, rewrite, scan, HAZARD_##hazard},
#include "review/forms.def"
};
#undef NO
#undef YES
#undef UNKNOWN

static const struct hazard hazards[N_HAZARDS] = {
#define HAZARD(id, name, weight, says, safe) [HAZARD_##id] = {name, HAZARD_IS_##weight, says, safe},
#include "review/hazards.def"
};

const struct form *form_get(enum form_id id)
{
    return &forms[id];
}

const struct hazard *hazard_get(enum hazard_id id)
{
    return &hazards[id];
}

const char *lock_mode_name(enum lock_mode mode)
{
    static const char *const names[] = {
        "none",  "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
        "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};

    return names[mode];
}

const char *lock_mode_blocks(enum lock_mode mode)
{
    if (mode == LOCK_MODE_ACCESS_EXCLUSIVE)
        return "reads, writes and DDL";
    if (mode >= LOCK_MODE_SHARE)
        return "writes and DDL";
    return mode == LOCK_MODE_SHARE_UPDATE_EXCLUSIVE ? "DDL" : NULL;
}

const char *answer_name(enum answer answer)
{
    static const char *const names[] = {"no", "unknown", "yes"};

    return names[answer];
}

/* --- One statement ---------------------------------------------------------------------------- */

/* The comments between this statement and the one before it. */
static const char *comments_before(struct reviewing *reviewing, const struct statement *statement)
{
    const struct statement *last = reviewing->statement;
    const char *text = statement->sql->text;
    const int from = last && last->sql == statement->sql ? last->location + last->len : 0;

    return arena_strndup(reviewing->arena, text + from, (size_t)(statement->location - from));
}

static void look_before(struct reviewing *reviewing, const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        review_alter_table(reviewing, tree->alter_table_stmt);
        break;
    case PG_QUERY__NODE__NODE_DROP_STMT:
        review_drop(reviewing, tree->drop_stmt);
        break;
    case PG_QUERY__NODE__NODE_INDEX_STMT:
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
        review_index(reviewing, tree);
        break;
    default:
        review_create(reviewing, tree);
        review_rows(reviewing, tree);
        review_rest(reviewing, tree);
        break;
    }
}

static size_t n_columns(struct reviewing *reviewing, const PgQuery__Node *tree)
{
    const struct relation *relation =
        NODE_IS(tree, ALTER_TABLE_STMT) ? find_relation(reviewing, tree->alter_table_stmt->relation)
                                        : NULL;

    return relation ? relation->attributes.n : 0;
}

/* REINDEX and CLUSTER go from partition to partition. */
static bool names_partitioned(const struct reviewing *reviewing, const PgQuery__Node *tree)
{
    const PgQuery__RangeVar *name = NODE_IS(tree, REINDEX_STMT)   ? tree->reindex_stmt->relation
                                    : NODE_IS(tree, CLUSTER_STMT) ? tree->cluster_stmt->relation
                                                                  : NULL;
    const struct relation *relation = name ? find_relation(reviewing, name) : NULL;

    if (name && !relation)
        relation = find_index(reviewing, raw_optional(name->schemaname), name->relname).table;
    return relation && relation->relkind == 'p';
}

static size_t transaction_of(const struct reviewing *reviewing)
{
    const size_t *transactions = reviewing->options->transactions;

    return transactions ? transactions[reviewing->review->statements.n] : 0;
}

static void begin_statement(struct reviewing *reviewing, const struct statement *statement)
{
    struct reviewed_statement *made = arena_new(reviewing->arena, struct reviewed_statement);

    made->sql = arena_strndup(reviewing->arena, statement->sql->text + statement->location,
                              (size_t)statement->len);
    made->at = sql_span(statement->sql, statement->location);
    made->transaction = transaction_of(reviewing);
    made->comments = comments_before(reviewing, statement);
    made->tree = statement->tree;
    made->is_alone =
        raw_alone(statement->tree, names_partitioned(reviewing, statement->tree)) != NULL;
    if (reviewing->current && made->transaction != reviewing->current->transaction)
        transaction_begin(reviewing);
    reviewing->statement = statement;
    reviewing->current = made;
    reviewing->first_of_statement = catalog_new_oid(reviewing->catalog);
    reviewing->n_columns_before = n_columns(reviewing, statement->tree);
    vec_push(reviewing->arena, &reviewing->review->statements, made);
}

static void before(void *context, const struct statement *statement)
{
    struct reviewing *reviewing = context;

    begin_statement(reviewing, statement);
    if (can_drop(statement->tree))
        snapshot_take(reviewing);
    look_before(reviewing, statement->tree);
    review_published(reviewing, statement->tree);
}

static void look_at_defaults(struct reviewing *reviewing, const PgQuery__CreateStmt *statement)
{
    const struct relation *relation = find_relation(reviewing, statement->relation);

    for (size_t i = 0;
         relation && relation->oid >= reviewing->first_of_statement && i < relation->attributes.n;
         i++)
        touch_sequences_of_default(reviewing, &relation->attributes.items[i]);
}

static void after(void *context, const struct statement *statement)
{
    struct reviewing *reviewing = context;

    review_dropped(reviewing, statement->tree);
    if (NODE_IS(statement->tree, ALTER_TABLE_STMT))
        review_added_columns(reviewing, statement->tree->alter_table_stmt);
    if (NODE_IS(statement->tree, CREATE_STMT)) {
        look_at_defaults(reviewing, statement->tree->create_stmt);
        review_new_table_advice(reviewing, statement->tree->create_stmt);
    }
    transaction_look(reviewing);
}

/* --- All of them ------------------------------------------------------------------------------ */

/* A statement that runs alone is refused where others are in its transaction. */
static void look_at_company(struct reviewing *reviewing)
{
    const struct review *review = reviewing->review;

    for (size_t i = 0; i < review->statements.n; i++) {
        struct reviewed_statement *one = review->statements.items[i];
        const bool has_company =
            (i && review->statements.items[i - 1]->transaction == one->transaction) ||
            (i + 1 < review->statements.n &&
             review->statements.items[i + 1]->transaction == one->transaction);
        reviewing->current = one;
        if (one->is_alone && has_company)
            found_named(reviewing, HAZARD_ALONE, "transaction");
        review_keys_without_index(reviewing, one->tree);
    }
}

bool review_statements(struct arena *arena, struct catalog *catalog, struct statements statements,
                       const struct review_options *options, struct diags *diags,
                       struct review *review)
{
    const size_t n_errors = diags->n_errors;
    struct reviewing reviewing = {.arena = arena,
                                  .catalog = catalog,
                                  .options = options,
                                  .review = review,
                                  .first_new = catalog_new_oid(catalog)};
    const struct replay_watcher watcher = {before, after, &reviewing};

    *review = (struct review){0};
    replay_watched(catalog, statements, diags, &watcher);
    look_at_company(&reviewing);
    return diags->n_errors == n_errors;
}
