#include "support/release.h"

#include "support/arena.h"

static const struct releases known = {.since = 15, .until = 16};

static const struct releases features[] = {
    [FEATURE_SUBQUERY_WITHOUT_ALIAS] = {.since = 16},
    [FEATURE_WIDE_NUMBERS] = {.since = 16},
};

bool release_has(struct release release, enum feature feature)
{
    return releases_have(features[feature], release);
}

struct release release_default(void)
{
    return (struct release){known.since};
}

bool release_is_known(struct release release)
{
    return releases_have(known, release);
}

long release_number(struct release release)
{
    return release.major * 10000L;
}

const char *release_came(struct arena *arena, const char *what, int since, struct release release)
{
    return arena_printf(arena, "%s came with PostgreSQL %d, and this is checked for PostgreSQL %d",
                        what, since, release.major);
}
