/* Connecting by a deadline. libpq goes from host to host by itself, but looks at the clock only
 * where it waits itself; so it is given one address at a time, and the going on is ours:
 *
 *     each host of the list -> each address of its name -> one attempt of libpq, polled
 *
 * An attempt may take connect_timeout, and no more than its share of what is left: a host that is
 * frozen must leave time for the next. As in libpq a server that refuses us in so many words is the
 * end of the matter, unless it is just starting up or stopping; whatever else fails leads on. */
#include "connect.h"
#include "thread.h"

#include <string.h>

static void shuffle_hosts(tenon_db *db, struct host *hosts, size_t count)
{
    for (size_t n = count; n > 1; n--) {
        size_t other = (size_t)tenon__random_below(&db->random, n);
        struct host swapped = hosts[n - 1];
        hosts[n - 1] = hosts[other];
        hosts[other] = swapped;
    }
}

static void shuffle_addresses(tenon_db *db, struct addresses *addresses)
{
    for (size_t n = addresses->count; n > 1; n--) {
        size_t other = (size_t)tenon__random_below(&db->random, n);
        char *swapped = addresses->items[n - 1];
        addresses->items[n - 1] = addresses->items[other];
        addresses->items[other] = swapped;
    }
}

/* The end of a wait that begins now, is one of n before the deadline, and may take connect_timeout.
 */
static int64_t share_of(const struct attempts *all, int64_t deadline, size_t n)
{
    int64_t now = tenon__now_ns();
    int64_t share = INT64_MAX;

    if (deadline != INT64_MAX)
        share = deadline <= now ? 0 : (deadline - now) / (int64_t)n;
    if (share > all->targets.timeout_ns)
        share = all->targets.timeout_ns;
    return share > INT64_MAX - now ? INT64_MAX : now + share;
}

static enum outcome try_addresses(struct attempts *all, struct attempt *attempt, int64_t deadline,
                                  const struct addresses *addresses)
{
    enum outcome outcome = LEADS_ON;

    for (size_t i = 0; i < addresses->count && outcome == LEADS_ON; i++) {
        attempt->address = addresses->items[i];
        attempt->begin = tenon__now_ns();
        attempt->deadline = share_of(all, deadline, addresses->count - i);
        outcome = tenon__attempt(all, attempt);
    }
    return outcome;
}

/* libpq takes what begins like this for the directory of a socket. */
static bool is_socket(const char *name)
{
    return *name == '\0' || *name == '/' || *name == '@';
}

static enum outcome try_host(struct attempts *all, struct host *host, const char *session_attrs)
{
    struct attempt attempt = {.host = host, .address = "", .session_attrs = session_attrs};
    struct addresses addresses = {&host->address, 1};
    const char *why = NULL;
    int64_t deadline = INT64_MAX;

    if (all->deadline != INT64_MAX) {
        int64_t now = tenon__now_ns();
        if (now >= all->deadline)
            return tenon__attempt_failed(all, &attempt, TENON_TIMEOUT,
                                         "no time was left to try it");
        deadline = now + (all->deadline - now) / (int64_t)all->n_left;
    }
    all->n_left--;
    if (*host->address == '\0' && !is_socket(host->name)) {
        tenon_status status =
            tenon__resolve(host->name, share_of(all, deadline, 1), all->mem, &addresses, &why);
        if (status == TENON_OUT_OF_MEMORY)
            return tenon__attempts_lack_memory(all);
        if (status != TENON_OK)
            return tenon__attempt_failed(all, &attempt, status, why);
        if (addresses.count == 0)
            return tenon__attempt_failed(all, &attempt, TENON_CONNECTION_LOST,
                                         "the name has no address");
        if (all->targets.shuffled)
            shuffle_addresses(all->db, &addresses);
    }
    return try_addresses(all, &attempt, deadline, &addresses);
}

/* Tries every host, or of them those that have answered before. */
static enum outcome try_hosts(struct attempts *all, const char *session_attrs, bool that_answered)
{
    enum outcome outcome = LEADS_ON;

    for (size_t i = 0; i < all->targets.n_hosts && outcome == LEADS_ON; i++) {
        struct host *host = &all->targets.hosts[i];
        if (!that_answered || host->answered)
            outcome = try_host(all, host, session_attrs);
    }
    return outcome;
}

static enum outcome try_all(struct attempts *all)
{
    struct targets *targets = &all->targets;
    enum outcome outcome;

    if (targets->shuffled)
        shuffle_hosts(all->db, targets->hosts, targets->n_hosts);
    all->n_left = targets->n_hosts;
    if (strcmp(targets->session_attrs, "prefer-standby") != 0)
        return try_hosts(all, targets->session_attrs, false);

    /* No standby: then any will do of those that are known to be there. */
    all->n_left *= 2;
    outcome = try_hosts(all, "standby", false);
    if (outcome != LEADS_ON)
        return outcome;
    all->n_left = 0;
    for (size_t i = 0; i < targets->n_hosts; i++)
        all->n_left += targets->hosts[i].answered;
    return try_hosts(all, "any", true);
}

/* --- From outside --- */

static tenon_status fail(struct attempts *all)
{
    tenon_db *db = all->db;

    if (all->status == TENON_OUT_OF_MEMORY)
        return tenon__fail(db, NULL, TENON_OUT_OF_MEMORY, "out of memory");
    tenon_status status = tenon__fail(db, NULL, all->status, "%s", all->report);
    if (status == TENON_OUT_OF_MEMORY)
        return status;
    memcpy(db->sqlstate, all->last.sqlstate, sizeof db->sqlstate);
    db->error.sqlstate = db->sqlstate;
    db->error.severity = all->last.severity;
    db->error.effect = TENON_EFFECT_NONE; /* nothing has been asked for */
    return status;
}

/* The server's own deadline of each statement, behind the options of the string, which it wins
 * against. */
static bool add_server_timeout(struct attempts *all)
{
    const tenon_db *db = all->db;

    all->options = all->targets.options;
    if (db->server_timeout && db->timeout_ms > 0)
        all->options =
            tenon__format(all->mem, "%s -c statement_timeout=%d", all->options, db->timeout_ms);
    return all->options != NULL;
}

tenon_status tenon__connect(tenon_db *db, const char *conninfo, int64_t deadline_ns)
{
    struct attempts all = {.db = db, .mem = db->scratch, .deadline = deadline_ns};
    arena_mark mark = tenon__arena_mark(db->scratch);

    tenon_status status = tenon__find_targets(db, conninfo, &all.targets);
    if (status == TENON_OK) {
        enum outcome outcome =
            add_server_timeout(&all) ? try_all(&all) : tenon__attempts_lack_memory(&all);
        if (outcome != CONNECTED)
            status = fail(&all);
    }
    tenon__arena_rewind(db->scratch, mark);
    db->lost = status != TENON_OK;
    return status;
}
