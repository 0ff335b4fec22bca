/* Lowering: the SQL of an annotated query → plain PostgreSQL with $n, before anything is parsed.
 * Inside the room only.
 */
#ifndef TENON_SQL_LOWER_H
#define TENON_SQL_LOWER_H

#include "sql/query_file.h"

struct operator_oracle {
    bool (*is_operator)(void *context, const char *name);
    void *context;
};

/* Lowers the statement in the bytes [from, to) of the file; fills the query's sql, params (without
 * docs) and embeds. False after a diagnostic was added. */
bool lower_statement(struct arena *arena, const struct source *source, size_t from, size_t to,
                     struct operator_oracle operators, struct diags *diags,
                     struct annotated_query *query);

#endif
