/* What the files of this room share. */
#ifndef TENON_REPLAY_SCRIPT_H
#define TENON_REPLAY_SCRIPT_H

#include "ddl/ddl.h"
#include "sql/statement.h"

/* Runs the statements of another text in the same session. */
void session_replay(struct session *session, struct statements statements);
void statement_replay(struct session *session, const struct statement *statement);

extension_loader extension_load_used;

#endif
