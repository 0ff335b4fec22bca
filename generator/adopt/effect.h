/* What a DO block does to the schema, where it says so itself. */
#ifndef TENON_ADOPT_EFFECT_H
#define TENON_ADOPT_EFFECT_H

#include "sql/statement.h"

/* Lines `-- @effect DDL` for a DO block of the form of drizzle-kit's,
 *
 *     DO $$ BEGIN CREATE TYPE …; EXCEPTION WHEN duplicate_object THEN null; END $$;
 *
 * "" for all other statements. */
const char *effect_lines(struct arena *arena, const struct statement *statement);

#endif
