/* Triggers of tables and the copies that partitions have of them. */
#ifndef TENON_DDL_TRIGGER_H
#define TENON_DDL_TRIGGER_H

#include "ddl/ddl.h"

/* Gives a new partition the row triggers of its parent. */
void triggers_inherit(struct ddl *ddl, struct relation *child, const struct relation *parent);
/* Gives the partitions there are the trigger, if it is one for each row; with `replaces` in the
 * place of one of theirs. */
void trigger_copy_down(struct ddl *ddl, const struct relation *relation,
                       const struct trigger *trigger, bool replaces);
/* The partition is one no more: it loses the copies. */
void triggers_detach(struct ddl *ddl, struct relation *child);
/* Drops the copies that partitions have. */
void trigger_drop_copies(struct ddl *ddl, const struct relation *relation,
                         const struct trigger *trigger);
/* The same for a new name. */
void trigger_rename_copies(struct ddl *ddl, const struct relation *relation,
                           const struct trigger *trigger);

#endif
