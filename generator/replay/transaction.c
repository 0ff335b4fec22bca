/* Transactions. What a ROLLBACK undoes is not undone but left out: which statements those are is
 * known before the first of them is replayed, as they stand in one text. What is left to do at the
 * end of a transaction is to restore what SET LOCAL set and to drop tables made ON COMMIT DROP.
 */
#include "replay/transaction.h"

#include <string.h>

#include "ddl/depend.h"
#include "ddl/statements.h"
#include "ddl/temporary.h"
#include "session/session.h"

/* --- What is undone --------------------------------------------------------------------------- */

struct savepoint {
    const char *name;
    size_t at;
};

struct walk {
    struct arena *arena;
    bool *undone;
    bool in_transaction;
    size_t begin;
    VEC(struct savepoint) savepoints;
};

static void mark(struct walk *walk, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        walk->undone[i] = true;
}

/* Forgets the savepoints after the last one of the name; false when there is none. */
static bool find_savepoint(struct walk *walk, const char *name)
{
    for (size_t n = walk->savepoints.n; n > 0; n--)
        if (strcmp(walk->savepoints.items[n - 1].name, name) == 0) {
            walk->savepoints.n = n;
            return true;
        }
    return false;
}

static void begin(struct walk *walk, size_t at)
{
    walk->in_transaction = true;
    walk->begin = at;
    walk->savepoints.n = 0;
}

static void visit(struct walk *walk, const PgQuery__TransactionStmt *statement, size_t at)
{
    const PgQuery__TransactionStmtKind kind = statement->kind;

    if (!walk->in_transaction) {
        if (kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN ||
            kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START)
            begin(walk, at);
        return;
    }
    switch (kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
        mark(walk, walk->begin, at);
        begin(walk, at);
        walk->in_transaction = statement->chain;
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
        begin(walk, at);
        walk->in_transaction = statement->chain;
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
        walk->in_transaction = false;
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
        vec_push(walk->arena, &walk->savepoints, (struct savepoint){statement->savepoint_name, at});
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
        if (find_savepoint(walk, statement->savepoint_name))
            mark(walk, walk->savepoints.items[walk->savepoints.n - 1].at, at);
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
        if (find_savepoint(walk, statement->savepoint_name))
            walk->savepoints.n--;
        break;
    default:
        break;
    }
}

const bool *statements_undone(struct arena *arena, struct statements statements)
{
    struct walk walk = {.arena = arena, .undone = arena_array(arena, bool, statements.n)};

    for (size_t i = 0; i < statements.n; i++)
        if (NODE_IS(statements.items[i].tree, TRANSACTION_STMT))
            visit(&walk, statements.items[i].tree->transaction_stmt, i);
    return walk.undone;
}

/* --- Ends of transactions --------------------------------------------------------------------- */

static void end_transaction(struct session *session, bool chain)
{
    session->in_transaction = chain;
    session->undone_in_transaction = false;
    if (session->path_is_local)
        session_set_path(session, session->path_after);
    session->path_is_local = false;
}

static void roll_back(struct ddl *ddl)
{
    if (ddl->session->undone_in_transaction)
        diag_warning(ddl->diags, "PL303", ddl_span(ddl, -1),
                     "the changes before ROLLBACK are left out");
    ddl->session->undone_in_transaction = false;
}

void ddl_transaction(struct ddl *ddl, const PgQuery__TransactionStmt *statement)
{
    struct session *session = ddl->session;

    switch (statement->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
        session->in_transaction = true;
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
        drop_at_commit(ddl);
        end_transaction(session, statement->chain);
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
        roll_back(ddl);
        end_transaction(session, statement->chain);
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
        roll_back(ddl);
        break;
    default:
        break;
    }
}
