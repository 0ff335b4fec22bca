/* Which hosts a connection string names. libpq alone knows how the string, its service, the
 * environment and the defaults go together, and tells it of a PGconn only. So it is given the
 * string with one value that it must refuse before it connects, and asked what it has made of the
 * rest.
 *
 * Each attempt gives libpq the same string again with one host in the place of all, so that nothing
 * else of it (passwords, TLS, services) is ours to understand. */
#include "connect.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A value of no option, to be found again in libpq's message. */
#define IMPOSSIBLE "(tenon asks)"

/* libpq 15 and older take it for a mistake. */
#define LOAD_BALANCE_HOSTS "load_balance_hosts"
#define LIBPQ_WITH_LOAD_BALANCE_HOSTS 160000

/* --- load_balance_hosts, taken out of a string --- */

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_load_balance_hosts(const char *name, size_t length)
{
    return length == strlen(LOAD_BALANCE_HOSTS) && memcmp(name, LOAD_BALANCE_HOSTS, length) == 0;
}

/* Copies the value at `text`, quoted or not, without its quotes; returns its end. */
static char *read_value(char *text, char *value)
{
    bool quoted = *text == '\'';

    for (text += quoted; *text != '\0'; text++) {
        if (quoted ? *text == '\'' : is_space(*text))
            break;
        if (*text == '\\' && text[1] != '\0')
            text++;
        *value++ = *text;
    }
    *value = '\0';
    return text + (quoted && *text == '\'');
}

/* In `name = 'value' …` blanks the option out; tells whether it was there. What is malformed is
 * left for libpq to find. */
static bool take_from_pairs(char *text, char *value, char *other)
{
    bool any = false;

    for (;;) {
        while (is_space(*text))
            text++;
        char *begin = text;
        while (*text != '\0' && *text != '=' && !is_space(*text))
            text++;
        bool found = is_load_balance_hosts(begin, (size_t)(text - begin));
        while (is_space(*text))
            text++;
        if (*text != '=')
            return any;
        do
            text++;
        while (is_space(*text));
        text = read_value(text, found ? value : other);
        if (found)
            memset(begin, ' ', (size_t)(text - begin));
        any |= found;
    }
}

/* The same in postgresql://user:password@hosts/database?name=value&…, where it is cut out. */
static bool take_from_uri(char *text, char *value)
{
    bool any = false;

    if (text[strcspn(text, "@/")] == '@')
        text += strcspn(text, "@"); /* a password may have a question mark */
    text += strcspn(text, "?");
    text += *text == '?';
    while (*text != '\0') {
        size_t length = strcspn(text, "&");
        size_t name_length = strcspn(text, "=");
        char *next = text + length + (text[length] == '&');
        if (name_length < length && is_load_balance_hosts(text, name_length)) {
            memcpy(value, text + name_length + 1, length - name_length - 1);
            value[length - name_length - 1] = '\0';
            memmove(text, next, strlen(next) + 1);
            any = true;
        } else {
            text = next;
        }
    }
    return any;
}

static size_t uri_scheme_length(const char *conninfo)
{
    static const char *const schemes[] = {"postgresql://", "postgres://"};

    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncmp(conninfo, schemes[i], strlen(schemes[i])) == 0)
            return strlen(schemes[i]);
    return 0;
}

/* Returns the string without the option, whose value (of the environment, if it is not there; or
 * NULL) goes to *value. NULL when there is no memory. */
static char *take_load_balance_hosts(tenon_arena *mem, const char *conninfo, const char **value)
{
    size_t length = strlen(conninfo), scheme = uri_scheme_length(conninfo);
    char *rest = tenon_arena_copy(mem, conninfo, length);
    char *given = tenon_arena_alloc(mem, length + 1);
    char *other = tenon_arena_alloc(mem, length + 1);

    if (rest == NULL || given == NULL || other == NULL)
        return NULL;
    bool any =
        scheme != 0 ? take_from_uri(rest + scheme, given) : take_from_pairs(rest, given, other);
    *value = any ? given : getenv("PGLOADBALANCEHOSTS");
    return rest;
}

/* --- What libpq makes of it --- */

static tenon_status fail_with(tenon_db *db, const char *text)
{
    size_t length = strlen(text);

    while (length > 0 && text[length - 1] == '\n')
        length--;
    return tenon__fail(db, NULL,
                       strstr(text, "out of memory") == NULL ? TENON_INVALID_ARGUMENT
                                                             : TENON_OUT_OF_MEMORY,
                       "%.*s", (int)length, text);
}

static tenon_status fail_without_memory(tenon_db *db)
{
    return tenon__fail(db, NULL, TENON_OUT_OF_MEMORY, "out of memory");
}

static tenon_status check_syntax(tenon_db *db, const char *conninfo)
{
    char *reason = NULL;
    PQconninfoOption *options = PQconninfoParse(conninfo, &reason);
    tenon_status status = TENON_OK;

    if (options == NULL)
        status = reason == NULL ? fail_without_memory(db) : fail_with(db, reason);
    PQfreemem(reason);
    PQconninfoFree(options);
    return status;
}

/* A PGconn that libpq has filled in, and refused because of the impossible value of `keyword`. NULL
 * when it found something else to refuse before that: db's error tells what. */
static PGconn *fill_in(tenon_db *db, const char *conninfo, const char *keyword)
{
    const char *const keywords[] = {"dbname", keyword, NULL};
    const char *const values[] = {conninfo, IMPOSSIBLE, NULL};
    PGconn *conn = PQconnectStartParams(keywords, values, 1);

    if (conn == NULL) {
        fail_without_memory(db);
        return NULL;
    }
    if (strstr(PQerrorMessage(conn), IMPOSSIBLE) != NULL)
        return conn;
    fail_with(db, PQerrorMessage(conn));
    PQfinish(conn);
    return NULL;
}

static bool is_same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool are_same_options(const PQconninfoOption *a, const PQconninfoOption *b)
{
    for (; a->keyword != NULL && b->keyword != NULL; a++, b++)
        if (!is_same_text(a->val, b->val))
            return false;
    return a->keyword == b->keyword;
}

PQconninfoOption *tenon__options_of(PGconn *conn)
{
    /* What two calls agree on is whole. Where both leave out the same there is no memory to connect
     * either. */
    PQconninfoOption *options = PQconninfo(conn), *again = PQconninfo(conn);
    bool is_whole = options != NULL && again != NULL && are_same_options(options, again);

    PQconninfoFree(again);
    if (is_whole)
        return options;
    PQconninfoFree(options);
    return NULL;
}

static const char *option_of(const PQconninfoOption *options, const char *keyword)
{
    for (; options->keyword != NULL; options++)
        if (strcmp(options->keyword, keyword) == 0)
            return options->val == NULL ? "" : options->val;
    return "";
}

/* --- Its values --- */

static size_t count_items(const char *list)
{
    size_t count = 1;

    for (; *list != '\0'; list++)
        count += *list == ',';
    return count;
}

/* The item of that number; the only one of a list that has but one, as the manual says of ports. */
static char *item_of(tenon_arena *mem, const char *list, size_t number)
{
    if (count_items(list) == 1)
        number = 0;
    for (; number > 0; number--)
        list += strcspn(list, ",") + 1;
    return tenon_arena_copy(mem, list, strcspn(list, ","));
}

static bool split_hosts(tenon_arena *mem, const PQconninfoOption *options, struct targets *targets)
{
    const char *names = option_of(options, "host");
    const char *addresses = option_of(options, "hostaddr");
    const char *ports = option_of(options, "port");

    targets->has_names = *names != '\0';
    targets->has_addresses = *addresses != '\0';
    targets->n_hosts = count_items(*addresses != '\0' ? addresses : names);
    targets->hosts = tenon_arena_alloc(mem, targets->n_hosts * sizeof *targets->hosts);
    if (targets->hosts == NULL)
        return false;
    for (size_t i = 0; i < targets->n_hosts; i++) {
        struct host *host = &targets->hosts[i];
        *host = (struct host){item_of(mem, names, i), item_of(mem, addresses, i),
                              item_of(mem, ports, i), false};
        if (host->name == NULL || host->address == NULL || host->port == NULL)
            return false;
    }
    return true;
}

/* Whole seconds. libpq reads it only where it waits itself, and takes 1 for 2. */
static bool read_connect_timeout(const char *text, int64_t *timeout_ns)
{
    char *end;

    *timeout_ns = INT64_MAX;
    if (*text == '\0')
        return true;
    errno = 0;
    long seconds = strtol(text, &end, 10);
    while (is_space(*end))
        end++;
    if (errno != 0 || *end != '\0' || seconds > INT_MAX || seconds < INT_MIN)
        return false;
    if (seconds > 0)
        *timeout_ns = (int64_t)(seconds < 2 ? 2 : seconds) * 1000000000;
    return true;
}

static bool is_one_of(const char *value, const char *const *values)
{
    while (*values != NULL && strcmp(value, *values) != 0)
        values++;
    return *values != NULL;
}

static tenon_status check_values(tenon_db *db, const char *timeout, const char *balance,
                                 struct targets *targets)
{
    static const char *const session_attrs[] = {"any",     "read-write",     "read-only", "primary",
                                                "standby", "prefer-standby", NULL};
    static const char *const balances[] = {"disable", "random", NULL};

    if (!is_one_of(targets->session_attrs, session_attrs))
        return tenon__fail(db, NULL, TENON_INVALID_ARGUMENT,
                           "invalid target_session_attrs value: \"%s\"", targets->session_attrs);
    if (!is_one_of(balance, balances))
        return tenon__fail(db, NULL, TENON_INVALID_ARGUMENT,
                           "invalid load_balance_hosts value: \"%s\"", balance);
    targets->shuffled = strcmp(balance, "random") == 0;
    if (!read_connect_timeout(timeout, &targets->timeout_ns))
        return tenon__fail(db, NULL, TENON_INVALID_ARGUMENT,
                           "invalid integer value \"%s\" for connection option "
                           "\"connect_timeout\"",
                           timeout);
    return TENON_OK;
}

/* Copies from libpq's options what is needed of them. */
static tenon_status read_options(tenon_db *db, const PQconninfoOption *options, const char *balance,
                                 struct targets *targets)
{
    const char *text = option_of(options, "options");
    const char *session = option_of(options, "target_session_attrs");

    targets->options = tenon_arena_copy(db->scratch, text, strlen(text));
    targets->session_attrs = tenon_arena_copy(db->scratch, session, strlen(session));
    if (targets->options == NULL || targets->session_attrs == NULL ||
        !split_hosts(db->scratch, options, targets))
        return fail_without_memory(db);
    if (PQlibVersion() >= LIBPQ_WITH_LOAD_BALANCE_HOSTS)
        balance = option_of(options, LOAD_BALANCE_HOSTS);
    return check_values(db, option_of(options, "connect_timeout"),
                        balance == NULL ? "disable" : balance, targets);
}

tenon_status tenon__find_targets(tenon_db *db, const char *conninfo, struct targets *targets)
{
    const char *balance = NULL;

    if (PQlibVersion() < LIBPQ_WITH_LOAD_BALANCE_HOSTS)
        conninfo = take_load_balance_hosts(db->scratch, conninfo, &balance);
    if (conninfo == NULL)
        return fail_without_memory(db);
    targets->conninfo = conninfo;
    tenon_status status = check_syntax(db, conninfo);
    if (status != TENON_OK)
        return status;

    /* Twice, because the impossible value is the one that cannot be asked for. target_session_attrs
     * is checked behind all others of libpq 15, sslmode is of no interest here. */
    PGconn *all_checked = fill_in(db, conninfo, "target_session_attrs");
    if (all_checked == NULL)
        return db->error.status;
    PQfinish(all_checked);
    PGconn *filled = fill_in(db, conninfo, "sslmode");
    if (filled == NULL)
        return db->error.status;
    PQconninfoOption *options = tenon__options_of(filled);
    status =
        options == NULL ? fail_without_memory(db) : read_options(db, options, balance, targets);
    PQconninfoFree(options);
    PQfinish(filled);
    return status;
}
