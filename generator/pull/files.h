/* Units → files. */
#ifndef TENON_PULL_FILES_H
#define TENON_PULL_FILES_H

#include "pull/pull.h"
#include "pull/unit.h"

void files_make(struct arena *arena, const unit_list *units, enum pull_split split,
                pull_file_list *files);

#endif
