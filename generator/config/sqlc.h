/* The configuration of sqlc, so that one of its repositories can be tried as it is. */
#ifndef TENON_CONFIG_SQLC_H
#define TENON_CONFIG_SQLC_H

#include "config/settings.h"

/* Whether the text is such a configuration: a version beside `packages` or `sql`. */
bool sqlc_is_config(struct arena *arena, str text);

/* Appends the settings of each package of version 1 or 2 whose engine is PostgreSQL: its schema and
 * its queries, relative to the file's own directory. All other keys are ignored. */
void sqlc_load(struct arena *arena, const struct source *source, settings_list *packages,
               struct diags *diags);

#endif
