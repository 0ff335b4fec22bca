/* Statements that make something: what they read, and what they hang onto. */
#include <string.h>

#include "review/reviewing.h"

enum { LIKE_DEFAULTS = 1 << 3 }; /* CREATE_TABLE_LIKE_DEFAULTS */

/* --- Tables ----------------------------------------------------------------------------------- */

static void touch_referenced(struct reviewing *reviewing, const PgQuery__Node *node)
{
    if (NODE_IS(node, CONSTRAINT) &&
        node->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN) {
        const struct relation *referenced = find_relation(reviewing, node->constraint->pktable);
        struct form form = *form_get(FORM_ADD_FOREIGN_KEY_NOT_VALID);
        if (referenced)
            apply_form(reviewing, form, referenced);
    }
}

static void touch_like(struct reviewing *reviewing, const PgQuery__TableLikeClause *like)
{
    const struct relation *source = find_relation(reviewing, like->relation);

    touch(reviewing, source, LOCK_MODE_ACCESS_SHARE);
    if (source && (like->options & LIKE_DEFAULTS))
        touch_sequences(reviewing, source, LOCK_MODE_ACCESS_SHARE);
}

static void touch_element(struct reviewing *reviewing, const PgQuery__Node *element)
{
    touch_referenced(reviewing, element);
    if (NODE_IS(element, TABLE_LIKE_CLAUSE))
        touch_like(reviewing, element->table_like_clause);
    for (size_t i = 0; NODE_IS(element, COLUMN_DEF) && i < element->column_def->n_constraints; i++)
        touch_referenced(reviewing, element->column_def->constraints[i]);
}

void review_create_table(struct reviewing *reviewing, const PgQuery__CreateStmt *statement)
{
    if (statement->if_not_exists && find_relation(reviewing, statement->relation))
        return;
    for (size_t i = 0; i < statement->n_inh_relations; i++) {
        const struct relation *parent =
            find_relation(reviewing, statement->inh_relations[i]->range_var);
        if (parent && statement->partbound)
            review_new_partition(reviewing, parent);
        else
            touch(reviewing, parent, LOCK_MODE_SHARE_UPDATE_EXCLUSIVE);
    }
    for (size_t i = 0; i < statement->n_table_elts; i++)
        touch_element(reviewing, statement->table_elts[i]);
}

static void create_table_as(struct reviewing *reviewing,
                            const PgQuery__CreateTableAsStmt *statement)
{
    touch_read(reviewing, &statement->query->base, !statement->into->skip_data);
}

/* --- Views, sequences ------------------------------------------------------------------------- */

static void create_view(struct reviewing *reviewing, const PgQuery__ViewStmt *statement)
{
    const struct relation *old = find_relation(reviewing, statement->view);

    if (old && statement->replace)
        apply(reviewing, FORM_REPLACE_VIEW, old);
    touch_read(reviewing, &statement->query->base, false);
}

static void touch_owner(struct reviewing *reviewing, struct node_list options)
{
    const PgQuery__DefElem *owned = find_option(options, "owned_by");
    struct node_list names;

    if (!owned || !NODE_IS(owned->arg, LIST))
        return;
    names = NODES(owned->arg->list, items);
    if (names.n > 1)
        touch(reviewing, find_listed(reviewing, (struct node_list){names.items, names.n - 1}),
              LOCK_MODE_ACCESS_SHARE);
}

static void alter_sequence(struct reviewing *reviewing, const PgQuery__AlterSeqStmt *statement)
{
    apply(reviewing, FORM_ALTER_SEQUENCE, find_relation(reviewing, statement->sequence));
    touch_owner(reviewing, NODES(statement, options));
}

/* --- What hangs on tables --------------------------------------------------------------------- */

static void create_trigger(struct reviewing *reviewing, const PgQuery__CreateTrigStmt *statement)
{
    apply(reviewing, FORM_CREATE_TRIGGER, find_relation(reviewing, statement->relation));
    touch(reviewing, find_relation(reviewing, statement->constrrel), LOCK_MODE_ACCESS_SHARE);
}

static void read_optional(struct reviewing *reviewing, const PgQuery__Node *tree)
{
    if (tree)
        touch_read(reviewing, &tree->base, false);
}

static void create_policy(struct reviewing *reviewing, const PgQuery__CreatePolicyStmt *statement)
{
    apply(reviewing, FORM_CREATE_POLICY, find_relation(reviewing, statement->table));
    read_optional(reviewing, statement->qual);
    read_optional(reviewing, statement->with_check);
}

static void alter_policy(struct reviewing *reviewing, const PgQuery__AlterPolicyStmt *statement)
{
    apply(reviewing, FORM_CREATE_POLICY, find_relation(reviewing, statement->table));
    read_optional(reviewing, statement->qual);
    read_optional(reviewing, statement->with_check);
}

static void create_rule(struct reviewing *reviewing, const PgQuery__RuleStmt *statement)
{
    apply(reviewing, FORM_CREATE_RULE, find_relation(reviewing, statement->relation));
    read_optional(reviewing, statement->where_clause);
    for (size_t i = 0; i < statement->n_actions; i++)
        read_optional(reviewing, statement->actions[i]);
}

static void create_statistics(struct reviewing *reviewing,
                              const PgQuery__CreateStatsStmt *statement)
{
    for (size_t i = 0; i < statement->n_relations; i++)
        if (NODE_IS(statement->relations[i], RANGE_VAR))
            apply(reviewing, FORM_CREATE_STATISTICS,
                  find_relation(reviewing, statement->relations[i]->range_var));
}

static void publish(struct reviewing *reviewing, PgQuery__Node *const *objects, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (NODE_IS(objects[i], PUBLICATION_OBJ_SPEC) && objects[i]->publication_obj_spec->pubtable)
            apply(reviewing, FORM_PUBLISH,
                  find_relation(reviewing, objects[i]->publication_obj_spec->pubtable->relation));
}

/* --- Functions -------------------------------------------------------------------------------- */

static bool is_sql(struct node_list options)
{
    const PgQuery__DefElem *language = find_option(options, "language");

    return language && raw_string(language->arg) && strcmp(raw_string(language->arg), "sql") == 0;
}

/* A SQL function is analysed when it is made (fmgr_sql_validator). */
static void read_body(struct reviewing *reviewing, const char *text)
{
    struct arena *arena = reviewing->arena;
    struct diags ignored = {.arena = arena};
    const struct sql sql = {
        .source = source_create(arena, "body", str_from(text)), .text = text, .len = strlen(text)};
    struct statements statements = {0};

    if (!sql_parse_body(arena, &sql, &ignored, &statements))
        return;
    for (size_t i = 0; i < statements.n; i++)
        touch_read(reviewing, &statements.items[i].tree->base, false);
}

static bool exists(struct reviewing *reviewing, struct node_list names)
{
    struct function_list functions = catalog_find_functions(
        reviewing->catalog, reviewing->arena, names.n > 1 ? raw_name(names, names.n - 2) : NULL,
        raw_last_name(names));

    for (size_t i = 0; i < functions.n; i++)
        if (functions.items[i]->oid >= FIRST_USER_OID &&
            functions.items[i]->oid < reviewing->first_new)
            return true;
    return false;
}

static void create_function(struct reviewing *reviewing,
                            const PgQuery__CreateFunctionStmt *statement)
{
    const struct node_list options = NODES(statement, options);
    const PgQuery__DefElem *body = find_option(options, "as");

    if (statement->replace && exists(reviewing, NODES(statement, funcname)))
        found_named(reviewing, HAZARD_REPLACE_FUNCTION,
                    raw_dotted(reviewing->arena, NODES(statement, funcname)));
    read_optional(reviewing, statement->sql_body);
    if (is_sql(options) && body && NODE_IS(body->arg, LIST) && body->arg->list->n_items &&
        raw_string(body->arg->list->items[0]))
        read_body(reviewing, raw_string(body->arg->list->items[0]));
}

/* --- Types ------------------------------------------------------------------------------------ */

static void alter_enum(struct reviewing *reviewing, const PgQuery__AlterEnumStmt *statement)
{
    const char *name = raw_dotted(reviewing->arena, NODES(statement, type_name));
    const struct type *type =
        catalog_find_type(reviewing->catalog,
                          statement->n_type_name > 1
                              ? raw_name(NODES(statement, type_name), statement->n_type_name - 2)
                              : NULL,
                          raw_last_name(NODES(statement, type_name)));

    if (type && type->oid >= reviewing->first_new)
        return;
    found_named(reviewing,
                raw_optional(statement->old_val) ? HAZARD_RENAME_OBJECT : HAZARD_ENUM_UNKNOWN,
                name);
    if (!raw_optional(statement->old_val))
        vec_push(reviewing->arena, &reviewing->new_labels, statement->new_val);
}

#define RUN(KIND, member, function)                                                                \
    case PG_QUERY__NODE__NODE_##KIND:                                                              \
        function(reviewing, tree->member);                                                         \
        break

void review_create(struct reviewing *reviewing, const PgQuery__Node *tree)
{
    switch (tree->node_case) {
        RUN(CREATE_STMT, create_stmt, review_create_table);
        RUN(CREATE_TABLE_AS_STMT, create_table_as_stmt, create_table_as);
        RUN(VIEW_STMT, view_stmt, create_view);
        RUN(ALTER_SEQ_STMT, alter_seq_stmt, alter_sequence);
        RUN(CREATE_TRIG_STMT, create_trig_stmt, create_trigger);
        RUN(CREATE_POLICY_STMT, create_policy_stmt, create_policy);
        RUN(ALTER_POLICY_STMT, alter_policy_stmt, alter_policy);
        RUN(RULE_STMT, rule_stmt, create_rule);
        RUN(CREATE_STATS_STMT, create_stats_stmt, create_statistics);
        RUN(CREATE_FUNCTION_STMT, create_function_stmt, create_function);
        RUN(ALTER_ENUM_STMT, alter_enum_stmt, alter_enum);
        RUN(ALTER_DOMAIN_STMT, alter_domain_stmt, review_domain);
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
        touch_owner(reviewing, NODES(tree->create_seq_stmt, options));
        break;
    case PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT:
        publish(reviewing, tree->create_publication_stmt->pubobjects,
                tree->create_publication_stmt->n_pubobjects);
        break;
    case PG_QUERY__NODE__NODE_ALTER_PUBLICATION_STMT:
        publish(reviewing, tree->alter_publication_stmt->pubobjects,
                tree->alter_publication_stmt->n_pubobjects);
        break;
    default:
        break;
    }
}
