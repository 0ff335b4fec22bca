/* The release of PostgreSQL that is compiled for. What releases differ in is said in rows: of a
 * thing that comes and goes, the releases that have it; of how the server behaves, a feature by
 * name. Nobody else compares versions.
 */
#ifndef TENON_SUPPORT_RELEASE_H
#define TENON_SUPPORT_RELEASE_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

struct release {
    int major; /* 15 */
};

/* From the first major version that has it up to the first that does not; 0: no such bound. */
struct releases {
    uint8_t since, until;
};

static inline bool releases_have(struct releases releases, struct release release)
{
    return release.major >= releases.since &&
           (releases.until == 0 || release.major < releases.until);
}

enum feature {
    FEATURE_SUBQUERY_WITHOUT_ALIAS, /* in FROM */
    FEATURE_WIDE_NUMBERS,           /* 0x1F, 0o17, 0b11, 1_000: a word may not follow a number */
    N_FEATURES
};

bool release_has(struct release release, enum feature feature);

/* The release that is meant where none is named. */
struct release release_default(void);

/* Whether the built-in catalog is that of the release, among others. */
bool release_is_known(struct release release);

/* "WHAT came with PostgreSQL 18, and this is checked for PostgreSQL 15" */
const char *release_came(struct arena *arena, const char *what, int since, struct release release);

/* What server_version_num is at least: 150000. */
long release_number(struct release release);

#endif
