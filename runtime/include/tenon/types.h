/* What generated headers and domain code need: statuses, values and arenas, but no libpq and no
 * functions of a connection. */
#ifndef TENON_TYPES_H
#define TENON_TYPES_H

#include <tenon/arena.h>
#include <tenon/arrays.h>
#include <tenon/convert.h>
#include <tenon/optional.h>
#include <tenon/status.h>
#include <tenon/values.h>
#include <tenon/version.h>

/** A connection: see <tenon/tenon.h>. */
typedef struct tenon_db tenon_db;

#endif
