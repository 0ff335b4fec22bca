/* Sequences: what they count, and the columns that own them. */
#ifndef TENON_DDL_SEQUENCE_H
#define TENON_DDL_SEQUENCE_H

#include "ddl/ddl.h"

/* What the sequence of a serial or identity column is made of. */
struct sequence_source {
    const char *column;
    const char *name; /* SEQUENCE NAME option, else NULL */
    bool is_identity;
    PgQuery__Node **options;
    size_t n_options;
    const struct sequence *like; /* LIKE … INCLUDING IDENTITY: the source's; else NULL */
};

/* What CREATE or ALTER SEQUENCE says of the values; 22023 for what the server refuses. */
void sequence_set(struct ddl *ddl, struct relation *relation, PgQuery__Node **options, size_t n);
/* The same of one that has nothing yet but its type, which may be 0. */
void sequence_set_new(struct ddl *ddl, struct sequence *sequence, PgQuery__Node **options,
                      size_t n);
/* The column that owns it got that type. */
void sequence_set_type(struct ddl *ddl, struct relation *relation, oid type);

/* The sequence of a serial or identity column, and what a serial column gets from it. */
void sequence_create_owned(struct ddl *ddl, struct relation *owner,
                           const struct sequence_source *source);
/* The sequence at *at or after it that a column of the relation owns; *at moves on. NULL after the
 * last. */
const struct relation *owned_sequence_next(struct ddl *ddl, const struct relation *owner,
                                           size_t *at);
/* The sequence that the column owns; NULL when there is none. */
const struct relation *owned_sequence_find(struct ddl *ddl, const struct relation *owner,
                                           int16_t column);

#endif
