/* The condition of an IF of a DO block, as far as it asks for what the replay knows: whether a
 * table, a column, a type, a label, a constraint or an index is there.
 */
#ifndef TENON_REPLAY_DO_CONDITION_H
#define TENON_REPLAY_DO_CONDITION_H

#include "ddl/ddl.h"

enum truth { TRUTH_UNKNOWN, TRUTH_FALSE, TRUTH_TRUE };

/* The condition's value now; unknown when anything in it is not understood. Never an error. */
enum truth do_condition(struct ddl *ddl, const char *text);

#endif
