/* Values inside of values, of all sizes: rows of the table of nested/schema.sql. */
#ifndef TESTS_RUNTIME_TREES_H
#define TESTS_RUNTIME_TREES_H

#include <nest/trees.h>

/** Owns what is made; the test creates and destroys it. */
extern tenon_arena *given;

/** Zeroed memory of it. */
void *items_of(size_t count, size_t size);

/** The trees that are made next depend on this only. */
void seed_trees(int seed);
nest_tree_row tree_of(int32_t id);

bool same_tree(const nest_tree_row *a, const nest_tree_row *b);

#endif
