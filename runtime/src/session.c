/* What the server session knows: the statements prepared in it, by name. The statements live as
 * long as the session, so of a connection that the program wraps again and again the set stays with
 * the PGconn, by libpq's event procedures (manual, 34.14), and is emptied by PQreset. A connection
 * of tenon's own keeps it without them, for each event procedure costs every result a copy.
 *
 * A statement is found by its address, a static object of generated code; the names decide. */
#include "internal.h"

#include <libpq-events.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_CACHED 64

/* Of a number behind a name. */
#define MAX_SUFFIX 12

struct session {
    struct prepared **slots; /* open addressing */
    size_t n_slots;          /* a power of two, or 0 */
    size_t n_used;
    struct cached {
        const tenon__statement *statement;
        struct prepared *prepared;
    } cache[N_CACHED];
};

struct session *tenon__session_create(void)
{
    return calloc(1, sizeof(struct session));
}

void tenon__session_destroy(struct session *session)
{
    if (session == NULL)
        return;
    for (size_t i = 0; i < session->n_slots; i++)
        free(session->slots[i]);
    free(session->slots);
    free(session);
}

void tenon__session_forget(struct session *session)
{
    for (size_t i = 0; session != NULL && i < session->n_slots; i++)
        if (session->slots[i] != NULL)
            session->slots[i]->known = session->slots[i]->stale = false;
}

/* Keys end in a hash of their own, so their last bytes will do. */
static uint64_t hash_of(const char *key, size_t length)
{
    uint64_t hash = 0;

    if (length >= sizeof hash)
        memcpy(&hash, key + length - sizeof hash, sizeof hash);
    else
        memcpy(&hash, key, length);
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static struct prepared **slot_of(const struct session *session, uint64_t hash, const char *key)
{
    size_t i = (size_t)hash & (session->n_slots - 1);

    while (session->slots[i] != NULL &&
           (session->slots[i]->hash != hash || strcmp(session->slots[i]->key, key) != 0))
        i = (i + 1) & (session->n_slots - 1);
    return &session->slots[i];
}

static bool grow(struct session *session)
{
    size_t n_slots = session->n_slots == 0 ? 32 : session->n_slots * 2;
    struct session larger = {.slots = calloc(n_slots, sizeof *larger.slots), .n_slots = n_slots};

    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < session->n_slots; i++)
        if (session->slots[i] != NULL)
            *slot_of(&larger, session->slots[i]->hash, session->slots[i]->key) = session->slots[i];
    free(session->slots);
    session->slots = larger.slots;
    session->n_slots = n_slots;
    return true;
}

static struct prepared *find_by_name(struct session *session, const char *key)
{
    size_t length = strlen(key);
    uint64_t hash = hash_of(key, length);

    if (session->n_used * 2 >= session->n_slots && !grow(session))
        return NULL;
    struct prepared **slot = slot_of(session, hash, key);
    if (*slot != NULL)
        return *slot;
    struct prepared *prepared = calloc(1, sizeof *prepared + 2 * (length + 1) + MAX_SUFFIX);
    if (prepared == NULL)
        return NULL;
    prepared->hash = hash;
    prepared->name = prepared->key + length + 1;
    memcpy(prepared->key, key, length + 1);
    memcpy(prepared->name, key, length + 1);
    session->n_used++;
    *slot = prepared;
    return prepared;
}

static struct cached *cached_of(struct session *session, const tenon__statement *statement)
{
    return &session->cache[(uintptr_t)statement / 64 % N_CACHED];
}

static TENON_APART struct prepared *find_and_cache(struct session *session,
                                                   const tenon__statement *statement)
{
    struct prepared *prepared = find_by_name(session, statement->key);

    if (prepared != NULL)
        *cached_of(session, statement) = (struct cached){statement, prepared};
    return prepared;
}

/* The address may be that of another statement by now, if a library has been loaded in the place of
 * another; the name tells. */
struct prepared *tenon__prepared_find(struct session *session, const tenon__statement *statement)
{
    const struct cached *cached = cached_of(session, statement);

    if (cached->statement == statement &&
        memcmp(cached->prepared->key, statement->key, TENON__KEY_SIZE) == 0)
        return cached->prepared;
    return find_and_cache(session, statement);
}

void tenon__prepared_doubt(struct prepared *prepared)
{
    prepared->known = prepared->stale = false;
    snprintf(prepared->name, strlen(prepared->key) + MAX_SUFFIX, "%s_%u", prepared->key,
             ++prepared->n_doubts);
}

static int on_event(PGEventId event, void *info, void *unused)
{
    (void)unused;
    if (event == PGEVT_CONNRESET)
        tenon__session_forget(PQinstanceData(((PGEventConnReset *)info)->conn, on_event));
    else if (event == PGEVT_CONNDESTROY)
        tenon__session_destroy(PQinstanceData(((PGEventConnDestroy *)info)->conn, on_event));
    return 1;
}

struct session *tenon__session_of(PGconn *conn)
{
    struct session *session = PQinstanceData(conn, on_event);

    if (session != NULL)
        return session;
    session = tenon__session_create();
    if (session == NULL)
        return NULL;
    /* Registered before, it says so by failing: then only the data is missing. */
    (void)PQregisterEventProc(conn, on_event, "tenon", NULL);
    if (PQsetInstanceData(conn, on_event, session))
        return session;
    tenon__session_destroy(session);
    return NULL;
}
