/* A catalog as text, one line a fact, sorted. facts.sql asks a server for the same lines. */
#ifndef TESTS_SCHEMA_FACTS_H
#define TESTS_SCHEMA_FACTS_H

#include "catalog/catalog.h"

/* All user objects but those of extensions. */
const char *facts_of(struct arena *arena, const struct catalog *catalog);

/* Only the lines that start with the prefix. */
const char *facts_with(struct arena *arena, const struct catalog *catalog, const char *prefix);

#endif
