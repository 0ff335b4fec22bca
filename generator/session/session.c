/* Names that a session knows things by. */
#include "session/session.h"

const char *extension_source_name(struct arena *arena, const char *extension)
{
    return arena_printf(arena, "extension %s", extension);
}
