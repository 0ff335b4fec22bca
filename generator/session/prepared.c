/* PREPARE name AS query; */
#include <string.h>

#include "session/session.h"

const struct prepared *prepared_find(const struct session *session, const char *name)
{
    for (size_t i = 0; i < session->prepared.n; i++)
        if (strcmp(session->prepared.items[i].name, name) == 0)
            return &session->prepared.items[i];
    return NULL;
}
