/* What a query over the system's relations looks for: names, collected from its WHERE and ON. */
#ifndef TENON_REPLAY_DO_PROBE_H
#define TENON_REPLAY_DO_PROBE_H

#include "ddl/ddl.h"

enum probed {
    PROBED_SCHEMA,
    PROBED_RELATION,
    PROBED_COLUMN,
    PROBED_DATA_TYPE, /* as information_schema spells it */
    PROBED_UDT,       /* pg_type.typname of a column */
    PROBED_NULLABLE,  /* YES, NO */
    PROBED_TYPE,
    PROBED_LABEL,
    PROBED_CONSTRAINT,
    PROBED_INDEX,
    N_PROBED,
};

struct probe {
    const char *names[N_PROBED]; /* NULL: not asked for */
    bool has_indexes;            /* FROM pg_class, which lists indexes too */
    bool is_strange;             /* something is not understood */
};

/* The string of a constant, under any casts; NULL for anything else. */
const char *probe_string(const PgQuery__Node *node);

void probe_add_from(struct ddl *ddl, struct probe *probe, const PgQuery__Node *item);
void probe_add_condition(struct ddl *ddl, struct probe *probe, const PgQuery__Node *condition);
/* to_regclass('…') and to_regtype('…'); false for anything else. */
bool probe_add_lookup(struct ddl *ddl, struct probe *probe, const PgQuery__Node *call);

/* Whether all of it was understood, and it asks for something. */
bool probe_is_understood(const struct probe *probe);
/* Whether what it asks for is there. */
bool probe_finds(struct ddl *ddl, const struct probe *probe);

#endif
