/* What a migration's statements may be: nothing that begins or ends a transaction, nothing that
 * nobody can replay without a server, and inside of a transaction nothing that cannot run there, or
 * whose use there is lost.
 */
#include <string.h>

#include "migrate/outside.h"
#include "migrate/reader.h"
#include "sql/alone.h"
#include "sql/lexer.h"
#include "sql/raw.h"
#include "sql/tree.h"

static span place_of(const struct move *move)
{
    return sql_span(move->statement.sql, move->statement.location);
}

static span whole_place(const struct move *move)
{
    return sql_range_span(move->statement.sql, move->statement.location,
                          move->statement.location + move->statement.len);
}

/* --- DO, CALL, SELECT f() --------------------------------------------------------------------- */

/* The server's own functions change no schema. */
static bool finds_user_function(void *context, const ProtobufCMessage *message)
{
    bool *found = context;

    if (message->descriptor == &pg_query__func_call__descriptor) {
        const PgQuery__FuncCall *call = (const PgQuery__FuncCall *)message;
        const char *schema = call->n_funcname > 1 ? raw_string(call->funcname[0]) : NULL;
        *found |= !name_eq(schema, "pg_catalog");
    }
    return !*found;
}

static const char *needs_effect(const struct move *move)
{
    const PgQuery__Node *tree = move->statement.tree;
    bool calls = false;

    if (NODE_IS(tree, DO_STMT))
        return "a DO block";
    if (NODE_IS(tree, CALL_STMT))
        return "CALL";
    if (!NODE_IS(tree, SELECT_STMT))
        return NULL;
    tree_walk(&tree->base, finds_user_function, &calls);
    return calls ? "SELECT of a function" : NULL;
}

static void check_effect(const struct move *move, struct diags *diags)
{
    const struct mark *mark = marks_find(&move->marks, MARK_EFFECT);
    const char *what = needs_effect(move);

    if (what && !mark)
        diag_hint(
            diags,
            diag_error(diags, "PL717", place_of(move),
                       "what %s does to the schema is known on a server alone", what),
            "write it in the line above: \"-- @effect ALTER TABLE …\", or \"-- @effect none\"");
    if (!what && mark)
        diag_error(diags, "PL711", mark->at, "\"-- @effect\" belongs to DO, CALL and SELECT only");
}

/* --- Transactions ----------------------------------------------------------------------------- */

static void check_control(const struct move *move, struct diags *diags)
{
    const PgQuery__Node *tree = move->statement.tree;

    if (NODE_IS(tree, TRANSACTION_STMT))
        diag_hint(diags,
                  diag_error(diags, "PL714", place_of(move),
                             "transactions are begun and ended by who runs the migration"),
                  "write \"-- tenon: commit\" where what was done so far has to be committed");
    if (NODE_IS(tree, COPY_STMT) && tree->copy_stmt->is_from &&
        !raw_optional(tree->copy_stmt->filename) && !tree->copy_stmt->is_program)
        diag_hint(diags,
                  diag_error(diags, "PL715", place_of(move),
                             "a migration is run without psql, which alone sends the data of COPY"),
                  "write INSERT");
}

/* The name of a constraint that the statement adds NOT VALID, or validates. */
static const char *constraint_of(const struct move *move, bool is_validated)
{
    const PgQuery__Node *tree = move->statement.tree;

    for (size_t i = 0; NODE_IS(tree, ALTER_TABLE_STMT) && i < tree->alter_table_stmt->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = tree->alter_table_stmt->cmds[i]->alter_table_cmd;
        if (is_validated && command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint)
            return command->name;
        if (!is_validated && command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint &&
            NODE_IS(command->def, CONSTRAINT) && command->def->constraint->skip_validation)
            return raw_optional(command->def->constraint->conname);
    }
    return NULL;
}

static bool is_same_table(const struct move *a, const struct move *b)
{
    const PgQuery__RangeVar *left = a->statement.tree->alter_table_stmt->relation;
    const PgQuery__RangeVar *right = b->statement.tree->alter_table_stmt->relation;

    return name_eq(left->relname, right->relname) && name_eq(left->schemaname, right->schemaname);
}

/* VALIDATE in the transaction of NOT VALID scans the table under the lock that NOT VALID took. */
static void check_validation(const struct migration *migration, size_t at, struct diags *diags)
{
    const struct move *move = &migration->moves.items[at];
    const char *name = constraint_of(move, true);

    for (size_t i = 0; name && i < at; i++) {
        const struct move *earlier = &migration->moves.items[i];
        struct diag *diag;
        if (earlier->section != move->section || !name_eq(constraint_of(earlier, false), name) ||
            !is_same_table(earlier, move))
            continue;
        diag = diag_error(diags, "PL720", place_of(move),
                          "the constraint is validated under the lock under which it was added");
        diag_note(diags, diag, place_of(earlier), "it is added NOT VALID here");
        diag_hint(diags, diag, "write \"-- tenon: commit\" above VALIDATE CONSTRAINT");
        return;
    }
}

static bool has_literal(const struct move *move, const char *label)
{
    const str text = {move->statement.sql->text, move->statement.sql->len};
    const size_t end = (size_t)move->statement.location + (size_t)move->statement.len;

    for (struct token token = lex_token(text, (size_t)move->statement.location);
         token.kind != TOKEN_END && token.from < end; token = lex_token(text, token.to)) {
        const str literal = token_text(text, token);
        if (token.kind == TOKEN_STRING && literal.len == strlen(label) + 2 &&
            memcmp(literal.data + 1, label, strlen(label)) == 0)
            return true;
    }
    return false;
}

/* A label cannot be used in the transaction that adds it (the manual of ALTER TYPE). */
static void check_label(const struct migration *migration, size_t at, struct diags *diags)
{
    const struct move *move = &migration->moves.items[at];
    const PgQuery__Node *tree = move->statement.tree;
    const char *label =
        NODE_IS(tree, ALTER_ENUM_STMT) ? raw_optional(tree->alter_enum_stmt->new_val) : NULL;

    if (!label || raw_optional(tree->alter_enum_stmt->old_val))
        return;
    for (size_t i = at + 1; i < migration->moves.n; i++) {
        const struct move *later = &migration->moves.items[i];
        struct diag *diag;
        if (later->section != move->section || NODE_IS(later->statement.tree, ALTER_ENUM_STMT) ||
            !has_literal(later, label))
            continue;
        diag = diag_error(diags, "PL720", place_of(later),
                          "a label of an enum cannot be used in the transaction that adds it");
        diag_note(diags, diag, place_of(move), "'%s' is added here", label);
        diag_hint(diags, diag, "write \"-- tenon: commit\" above this statement");
        return;
    }
}

/* What is none of the closed list changes no schema: it is no business of a migration. */
void refuse_in_transaction(struct arena *arena, const struct move *move, const char *what,
                           struct diags *diags)
{
    const bool has_file =
        NODE_IS(move->statement.tree, INDEX_STMT) || outside_of(arena, &move->statement, true).done;

    diag_hint(diags,
              diag_error(diags, "PL716", place_of(move), "%s cannot run in a transaction", what),
              has_file ? "put it into a file of its own, below \"-- tenon: no-transaction\": tenon "
                         "migrate new --empty NAME"
                       : "migrations change the schema: run it by hand, where it is needed");
}

static void check_inside(struct arena *arena, const struct move *move, struct diags *diags)
{
    const char *what = raw_alone(move->statement.tree, false);

    if (what)
        refuse_in_transaction(arena, move, what, diags);
    for (size_t i = 0; i < move->marks.n; i++)
        if (move->marks.items[i].kind == MARK_DONE || move->marks.items[i].kind == MARK_BATCH)
            diag_error(diags, "PL711", move->marks.items[i].at,
                       "\"-- %s\" belongs into a file with \"-- tenon: no-transaction\"",
                       mark_words(move->marks.items[i].kind));
}

/* --- Outside of transactions ------------------------------------------------------------------ */

static void check_done(struct arena *arena, const struct move *move, const char *wanted,
                       struct diags *diags)
{
    const struct mark *mark = marks_find(&move->marks, MARK_DONE);
    struct source *source;
    struct statements query;

    if (!mark) {
        diag_hint(diags,
                  diag_error(diags, "PL718", place_of(move),
                             "a statement outside of transactions needs a query that is true when "
                             "it has happened"),
                  "write in the line above: -- tenon: done %s", wanted);
        return;
    }
    source = source_create(arena, mark->at.source->path, str_from(mark->value));
    source->release = mark->at.source->release;
    query = sql_parse_schema(arena, source, &(struct diags){.arena = arena});
    if (query.n != 1 || !NODE_IS(query.items[0].tree, SELECT_STMT))
        diag_hint(diags,
                  diag_error(diags, "PL718", mark->value_at, "what follows \"done\" is no query"),
                  "write -- tenon: done %s", wanted);
}

static void check_outside(struct arena *arena, const struct move *move, struct diags *diags)
{
    const struct mark *batch = marks_find(&move->marks, MARK_BATCH);
    struct outside outside = outside_of(arena, &move->statement, batch != NULL);

    if (outside.problem)
        diag_hint(diags, diag_error(diags, "PL716", whole_place(move), "%s", outside.problem), "%s",
                  outside.hint);
    else
        check_done(arena, move, outside.done, diags);
    if (batch && !outside.is_batch)
        diag_error(diags, "PL719", batch->at, "\"-- tenon: batch\" belongs to UPDATE and DELETE");
}

void moves_check(struct arena *arena, struct migration *migration, struct diags *diags)
{
    for (size_t i = 0; i < migration->moves.n; i++) {
        const struct move *move = &migration->moves.items[i];
        check_control(move, diags);
        if (NODE_IS(move->statement.tree, TRANSACTION_STMT))
            continue;
        check_effect(move, diags);
        if (migration->is_outside) {
            check_outside(arena, move, diags);
        } else {
            check_inside(arena, move, diags);
            check_validation(migration, i, diags);
            check_label(migration, i, diags);
        }
    }
    for (size_t i = 0; migration->is_outside && i < migration->marks.n; i++)
        if (migration->marks.items[i].kind == MARK_COMMIT)
            diag_error(diags, "PL711", migration->marks.items[i].at,
                       "each statement of this file is committed by itself");
}
