/* SQL files that are part of the program: made at build time by embed.cmake, sorted by name. */
#ifndef TENON_CATALOG_EMBEDDED_H
#define TENON_CATALOG_EMBEDDED_H

#include <stddef.h>

struct embedded_text {
    const char *name, *sql;
};

/* extensions/NAME.sql: what CREATE EXTENSION replays. */
extern const struct embedded_text extension_texts[];
extern const size_t n_extension_texts;

/* views/SCHEMA.NAME.sql: the bodies of the system's views. */
extern const struct embedded_text view_texts[];
extern const size_t n_view_texts;

/* NULL when there is none of that name. */
const char *embedded_find(const struct embedded_text *texts, size_t n, const char *name);

#endif
