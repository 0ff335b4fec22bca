/* Effects: what a statement may do beside giving rows, for the runtime and for lint. Each fact errs
 * on the side that costs least: a statement counts as reading only when it is proved to, and as
 * changing the session when it cannot be seen that it does not.
 *
 * What triggers, rules and the defaults of columns do is not looked at.
 */
#ifndef TENON_PROVE_EFFECTS_H
#define TENON_PROVE_EFFECTS_H

#include "tree/query.h"

struct effects {
    bool reads_only;      /* a SELECT or VALUES that changes nothing, locks no rows and calls no
                             volatile function, also through operators, casts, views, policies */
    bool may_commit;      /* it can commit something itself, so that an error undoes only a part */
    bool changes_session; /* it may leave in the session what a transaction's end does not undo */
};

struct effects effects_infer(struct arena *arena, const struct catalog *catalog,
                             const PgQuery__Node *tree, const struct query *query);

#endif
