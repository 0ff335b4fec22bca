/* What a hint claims, and what the two schemas say of it; for the files of this room. */
#ifndef TENON_MIGRATE_CLAIM_H
#define TENON_MIGRATE_CLAIM_H

#include "migrate/renaming.h"

enum level { LEVEL_SCHEMAS, LEVEL_OBJECTS, LEVEL_PARTS, N_LEVELS };

enum verdict { VERDICT_OPEN, VERDICT_FOLLOWED, VERDICT_DONE, VERDICT_WRONG };

/* A hint and what the two schemas say of its names. */
struct claim {
    const struct hint *hint;
    enum verdict verdict;
    const struct item *was; /* the object of the old name, before */
    bool was_new, is_old;   /* the new name is there before; the old one afterwards */
};

struct renamer {
    struct arena *arena;
    struct catalog *before_catalog;
    struct inventory before, after;
    const struct folder *folder;
    struct diags *diags;
    hint_list hints;
    VEC(struct claim) claims; /* of the level */
    renaming_list done;
    rename_list *renames;
};

/* Where the object of the hint was before. */
const char *old_schema(const struct hint *hint);

/* Takes the hints of the level, and gives each its verdict. */
void claims_judge(struct renamer *renamer, enum level level);

/* Whether names go round: a from b, b from a. */
bool claim_is_in_circle(struct renamer *renamer, const struct claim *claim);

/* "column b of public.t from a": what the folder keeps of a name that went round. */
const char *record_of(struct arena *arena, const struct hint *hint);

#endif
