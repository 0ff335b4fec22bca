/* Strings in SQL text. */
#ifndef TENON_MIGRATE_LITERAL_H
#define TENON_MIGRATE_LITERAL_H

#include "support/arena.h"

/* 'it''s', as the inventory writes literals too. */
const char *migrate_literal(struct arena *arena, const char *text);

#endif
