/* A picture of a schema: tables, columns, keys and the lines of foreign keys, as SVG without
 * scripts. Of two schemas it shows what was added, changed and removed.
 *
 *     picture_of(arena, before, after)      two catalogs → what is to be seen; before may be NULL
 *     picture_svg(arena, picture)           → text, the same for the same schemas
 */
#ifndef TENON_PICTURE_PICTURE_H
#define TENON_PICTURE_PICTURE_H

#include "catalog/catalog.h"
#include "support/vec.h"

enum picture_mark { MARK_SAME, MARK_ADDED, MARK_CHANGED, MARK_REMOVED };

struct picture_column {
    const char *name, *type; /* "bigint" */
    const char *old_type;    /* of a changed one; NULL */
    bool not_null, is_key, is_foreign;
    enum picture_mark mark;
};

struct picture_table {
    const char *name; /* "orders", or "sales.orders" outside of public */
    enum picture_mark mark;
    VEC(struct picture_column) columns;
    /* Where it lies (layout.c). */
    int layer;
    double x, y, width, height, rank;
};

/* A foreign key. */
struct picture_line {
    size_t from, to; /* tables: the one that refers, the one that is referred to */
    size_t from_column, to_column;
    enum picture_mark mark;
};

struct picture {
    VEC(struct picture_table) tables;
    VEC(struct picture_line) lines;
    size_t n_left_out; /* tables that have nothing to do with a change */
    bool has_marks;
};

struct picture *picture_of(struct arena *arena, const struct catalog *before,
                           const struct catalog *after);
/* Leaves out the tables that neither change nor are beside one that does, if there are more than a
 * few in the picture. */
void picture_focus(struct arena *arena, struct picture *picture);
const char *picture_svg(struct arena *arena, struct picture *picture);

#endif
