/* Connecting: which host is taken, and what a failure says. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "connect_open.h"
#include "connect_places.h"
#include "no_threads.h"
#include "server.h"

static bool is_standby(void)
{
    const char *value = PQparameterStatus(tenon_db_conn(attempt.db), "in_hot_standby");

    return value != NULL && strcmp(value, "on") == 0;
}

/* --- Which host --- */

#define PAIR(first, second) "host=%1$s/" first ",%1$s/" second " port=%2$d,%3$d " REST " "

START_TEST(target_session_attrs_chooses_the_host)
{
    const char *const attrs[] = {"any",     "read-write", "read-only",
                                 "primary", "standby",    "prefer-standby"};
    const char *dir = servers.directory;
    int primary = servers.primary_port, standby = servers.standby_port;

    for (size_t i = 0; i < sizeof attrs / sizeof *attrs; i++) {
        bool wants_standby = i == 2 || i >= 4;
        ck_opened(TENON_OK, open_with(NULL, PAIR("primary", "standby") "target_session_attrs=%4$s",
                                      dir, primary, standby, attrs[i]));
        ck_assert_int_eq(is_standby(), wants_standby);
        ck_opened(TENON_OK, open_with(NULL, PAIR("standby", "primary") "target_session_attrs=%4$s",
                                      dir, standby, primary, attrs[i]));
        ck_assert_int_eq(is_standby(), wants_standby || i == 0);
        ck_assert_double_lt(attempt.took_ms, 2000);
    }
    ck_opened(TENON_CONNECTION_LOST,
              open_with(NULL, PRIMARY " target_session_attrs=standby", dir, primary));
    ck_says("standby");
    ck_opened(TENON_OK,
              open_with(NULL, PRIMARY " target_session_attrs=prefer-standby", dir, primary));
    ck_opened(TENON_INVALID_ARGUMENT, open_with(NULL, "target_session_attrs=best"));
}
END_TEST

START_TEST(a_host_that_cannot_be_reached_leads_on)
{
    struct listener closing, starting;

    listener_start(&closing, CLOSING);
    listener_start(&starting, REFUSING_57P03);
    ck_opened(TENON_OK,
              open_with(NULL, "host=/nowhere,%s,%s,%s/primary port=5432,5432,5432,%d " REST,
                        closing.directory, starting.directory, servers.directory,
                        servers.primary_port));
    ck_assert_double_lt(attempt.took_ms, 2000);
    ck_assert_int_eq(*starting.n_accepted, 1);
    ck_assert_int_eq(PQsetErrorVerbosity(tenon_db_conn(attempt.db), PQERRORS_DEFAULT),
                     PQERRORS_DEFAULT);
    ck_opened(
        TENON_CONNECTION_LOST,
        open_with(NULL, "host=%s,/nowhere,127.0.0.1 port=5432,5432,1 " REST, starting.directory));
    ck_says("/nowhere");
    ck_says("FATAL:  nicht so");
    ck_says("\"127.0.0.1\", port 1 failed");
    ck_assert_str_eq(sqlstate(), "");
    listener_stop(&closing);
    listener_stop(&starting);
}
END_TEST

START_TEST(a_host_that_has_not_answered_is_not_asked_again)
{
    struct listener closing;

    listener_start(&closing, CLOSING);
    ck_opened(TENON_OK, open_with(NULL,
                                  "host=%s,%s/primary port=5432,%d "
                                  "target_session_attrs=prefer-standby " REST,
                                  closing.directory, servers.directory, servers.primary_port));
    ck_assert_int_eq(*closing.n_accepted, 1);
    listener_stop(&closing);
}
END_TEST

START_TEST(a_server_that_refuses_ends_it)
{
    struct listener refusing;

    listener_start(&refusing, REFUSING_28P01);
    ck_opened(TENON_CONNECTION_LOST,
              open_with(NULL, "host=%s,%s/primary port=5432,%d " REST, refusing.directory,
                        servers.directory, servers.primary_port));
    ck_assert_str_eq(sqlstate(), "28P01");
    ck_assert_str_eq(tenon_db_error(attempt.db)->severity, "FATAL");
    ck_says("SCHWERWIEGENDER FEHLER:  nicht so:  12345: niemals");
    ck_assert_ptr_null(strstr(tenon_db_error(attempt.db)->message, "postinit.c"));
    listener_stop(&refusing);
}
END_TEST

START_TEST(random_load_balancing_spreads)
{
    int n_standbys = 0, n_first = 0;

    for (int i = 0; i < 40; i++) {
        ck_opened(TENON_OK,
                  open_with(NULL, PAIR("primary", "standby") "load_balance_hosts = 'random'",
                            servers.directory, servers.primary_port, servers.standby_port));
        n_standbys += is_standby();
        ck_opened(TENON_OK, open_with(NULL,
                                      "postgresql://postgres@both.test:%d/postgres?"
                                      "sslmode=disable&load_balance_hosts=random",
                                      servers.primary_port));
        n_first += strcmp(PQhostaddr(tenon_db_conn(attempt.db)), "127.0.0.1") == 0;
    }
    /* Each is all or nothing once in 2^39 runs. */
    ck_assert(n_standbys > 0 && n_standbys < 40);
    ck_assert(n_first > 0 && n_first < 40);
    for (int i = 0; i < 10; i++) {
        ck_opened(TENON_OK,
                  open_with(NULL, PAIR("primary", "standby") "load_balance_hosts=disable",
                            servers.directory, servers.primary_port, servers.standby_port));
        ck_assert(!is_standby());
    }
    ck_opened(TENON_INVALID_ARGUMENT, open_with(NULL, "load_balance_hosts=some"));
    ck_opened(TENON_INVALID_ARGUMENT, open_with(NULL, "postgresql:///?load_balance_hosts=some"));
}
END_TEST

START_TEST(services_and_the_environment_count)
{
    char path[64];
    struct listener silent;

    listener_start(&silent, SILENT);
    snprintf(path, sizeof path, "%s/service.conf", servers.directory);
    FILE *file = fopen(path, "w");
    fprintf(file, "[pair]\nhost=%s,%s/primary\nport=5432,%d\nuser=postgres\ndbname=postgres\n",
            silent.directory, servers.directory, servers.primary_port);
    fclose(file);
    setenv("PGSERVICEFILE", path, 1);
    ck_opened(TENON_OK, open_within(3000, "service=pair"));
    ck_assert_int_eq(atoi(PQport(tenon_db_conn(attempt.db))), servers.primary_port);
    ck_took(1400, 3000);
    ck_opened(TENON_INVALID_ARGUMENT, open_with(NULL, "service=no_such_service"));
    ck_says("no_such_service");
    setenv("PGSERVICE", "pair", 1);
    setenv("PGCONNECT_TIMEOUT", "2", 1);
    ck_opened(TENON_OK, open_within(20000, ""));
    ck_took(1900, 2000 + SLACK_MS);
    listener_stop(&silent);
}
END_TEST

START_TEST(lists_may_have_gaps)
{
    struct listener starting;

    listener_start(&starting, REFUSING_57P03);
    ck_opened(TENON_OK, open_with(NULL, "host=%s,%s/primary port=,%d " REST, starting.directory,
                                  servers.directory, servers.primary_port));
    ck_assert_int_gt(*starting.n_accepted, 0); /* on the default port */
    listener_stop(&starting);
    ck_opened(TENON_OK, open_with(NULL, "host=,%s/primary port=,%d " REST, servers.directory,
                                  servers.primary_port));
    ck_opened(TENON_OK,
              open_with(NULL, "host=/nowhere,unknown.test hostaddr=,127.0.0.1 port=%d " REST,
                        servers.primary_port));
    ck_assert_str_eq(PQhostaddr(tenon_db_conn(attempt.db)), "127.0.0.1");
    ck_opened(TENON_OK, open_with(NULL, "hostaddr=127.0.0.3 port=%d " REST, servers.primary_port));
    ck_opened(TENON_INVALID_ARGUMENT, open_with(NULL, "host=a,b,c port=1,2"));
}
END_TEST

START_TEST(a_malformed_string_is_an_invalid_argument)
{
    static const char *const malformed[] = {"no such = = option",
                                            "host",
                                            "nonsense=1",
                                            "postgresql://[::1",
                                            "host='x",
                                            "sslmode=maybe",
                                            "connect_timeout=x",
                                            "postgresql:///x?nonsense=1",
                                            "load_balance_hostz=random",
                                            "postgresql:///x?load_balance_hostz=random",
                                            "postgresql:///x?load_balance_hosts",
                                            "connect_timeout=99999999999999999999",
                                            "connect_timeout=99999999999",
                                            "connect_timeout=-99999999999",
                                            "connect_timeout='2 x'",
                                            "target_session_attrs=''",
                                            "load_balance_hosts=''",
                                            "postgresql:///x?load_balance_hosts=&sslmode=disable"};

    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++)
        ck_opened(TENON_INVALID_ARGUMENT, open_with(NULL, "%s", malformed[i]));
    ck_opened(TENON_INVALID_ARGUMENT, open_with(NULL, "nonsense=1"));
    ck_assert_str_eq(tenon_db_error(attempt.db)->message, "invalid connection option \"nonsense\"");
}
END_TEST

/* Spaces, quotes and backslashes, as the manual has them (34.1.1.1). */
START_TEST(a_string_may_be_written_in_many_ways)
{
    ck_opened(TENON_OK, open_with(NULL,
                                  "\t host = '%s/pri\\mary'\nport\t=%d user=post\\gres "
                                  "dbname='postgres' load_balance_hosts='ran\\dom' "
                                  "connect_timeout=' 3 ' sslmode=disable",
                                  servers.directory, servers.primary_port));
    ck_opened(TENON_OK, open_with(NULL,
                                  "postgres://postgres:a?b@127.0.0.1:%d/postgres"
                                  "?load_balance_hosts=random&sslmode=disable&connect_timeout=0",
                                  servers.primary_port));
    ck_opened(TENON_OK, open_with(NULL, "connect_timeout=-1 port=%d host=%s/primary " REST,
                                  servers.primary_port, servers.directory));
    setenv("PGLOADBALANCEHOSTS", "some", 1);
    ck_opened(TENON_INVALID_ARGUMENT, open_with(NULL, "host=%s/primary", servers.directory));
    ck_says("load_balance_hosts");
}
END_TEST

START_TEST(without_a_string_the_environment_counts)
{
    const tenon_db_options patient = {.connect_timeout_ms = TENON_NO_TIMEOUT};
    char host[64], port[16];

    snprintf(host, sizeof host, "%s/primary", servers.directory);
    snprintf(port, sizeof port, "%d", servers.primary_port);
    setenv("PGHOST", host, 1);
    setenv("PGPORT", port, 1);
    setenv("PGUSER", "postgres", 1);
    setenv("PGDATABASE", "postgres", 1);
    close_it();
    attempt.status = tenon_db_open(NULL, &patient, &attempt.db);
    ck_opened(TENON_OK, attempt.status);
    setenv("PGCONNECT_TIMEOUT", "3000000", 1); /* longer than poll() can wait */
    ck_opened(TENON_OK, open_with(&patient, ""));
}
END_TEST

START_TEST(an_abstract_socket_is_no_name)
{
    ck_opened(TENON_OK, open_with(NULL, "host=@nowhere,%s/primary port=1,%d " REST,
                                  servers.directory, servers.primary_port));
    ck_opened(TENON_CONNECTION_LOST, open_with(NULL, "host=@nowhere port=1 " REST));
    ck_says("\"@nowhere/.s.PGSQL.1\"");
}
END_TEST

/* --- What a failure says --- */

START_TEST(a_name_that_cannot_be_looked_up_says_why)
{
    ck_opened(TENON_CONNECTION_LOST, open_with(NULL, "host=broken.test port=5432 " REST));
    ck_says("at \"broken.test\", port 5432 failed: Too many open files");
    ck_opened(TENON_CONNECTION_LOST, open_with(NULL, "host=odd.test port=5432 " REST));
    ck_says("at \"odd.test\", port 5432 failed: the name has no address");
    ck_opened(TENON_OK, open_with(NULL, "host=half.test port=%d " REST, servers.primary_port));
    ck_assert_str_eq(PQhostaddr(tenon_db_conn(attempt.db)), "127.0.0.1");
    ck_opened(TENON_OUT_OF_MEMORY,
              open_with(NULL, "host=greedy.test,db.test port=%d " REST, servers.primary_port));
    no_threads = true;
    ck_opened(TENON_CONNECTION_LOST, open_with(NULL, "host=db.test port=5432 " REST));
    ck_says("no thread can be started to resolve the name");
    no_threads = false;
    ck_opened(TENON_OK, open_with(NULL, "host=db.test port=%d " REST, servers.primary_port));
}
END_TEST

START_TEST(a_refusal_has_its_sqlstate)
{
    static const struct {
        const char *conninfo, *sqlstate;
    } refusals[] = {
        {"host=127.0.0.1 user=postgres dbname=none", "3D000"},
        {"host=127.0.0.1 user=secretive password=wrong dbname=postgres", "28P01"},
        {"host=127.0.0.1 user=nobody dbname=postgres", "28000"},
        {"host=127.0.0.1 user=nobody dbname=postgres sslmode=disable", "28000"},
        {"host=both.test user=crowded dbname=postgres", "53300"},
        {"host=127.0.0.1 user=postgres dbname=postgres options='-c no.such=1 -c work_mem=x'",
         "22023"},
    };

    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        ck_opened(TENON_CONNECTION_LOST,
                  open_with(NULL, "%s port=%d", refusals[i].conninfo, servers.primary_port));
        ck_assert_str_eq(sqlstate(), refusals[i].sqlstate);
        ck_assert_str_eq(tenon_db_error(attempt.db)->severity, "FATAL");
        ck_says("FATAL:  ");
        ck_assert_ptr_null(strstr(tenon_db_error(attempt.db)->message, "LOCATION"));
        ck_assert_ptr_null(strstr(tenon_db_error(attempt.db)->message, refusals[i].sqlstate));
    }
    ck_opened(TENON_CONNECTION_LOST,
              open_with(NULL, "host=127.0.0.1 port=%d user=secretive dbname=postgres",
                        servers.primary_port));
    ck_says("password");
    /* The next host would let in whoever comes. */
    ck_opened(TENON_CONNECTION_LOST,
              open_with(NULL,
                        "host=127.0.0.1,%1$s/primary port=%2$d,%2$d user=secretive "
                        "dbname=postgres",
                        servers.directory, servers.primary_port));
    ck_says("password");
    ck_opened(TENON_CONNECTION_LOST, open_with(NULL, "host=db.test port=%d user=nobody dbname=none",
                                               servers.primary_port));
    ck_says("connection to server at \"db.test\" (127.0.0.1), port ");
    ck_assert_ptr_null(strstr(tenon_db_error(attempt.db)->message, "at \"127.0.0.1\""));
    ck_opened(TENON_OK,
              open_with(NULL,
                        "host=127.0.0.1 port=%d user=secretive password=right dbname=postgres",
                        servers.primary_port));
}
END_TEST

/* What a server or a pooler says, and what is told of it: libpq has it in one text only. */
static const struct {
    struct refusal refusal;
    const char *severity, *sqlstate, *message;
} told[] = {
    {{"ERROR", "08P01", "no such database: x", NULL, NULL},
     "ERROR",
     "08P01",
     "ERROR:  no such database: x"},
    {{"PANIC", "XX000", "no more", "xlog.c", "XLogWrite"}, "PANIC", "XX000", "PANIC:  no more"},
    {{"F", "28000", "short", "auth.c", NULL}, "FATAL", "28000", "F:  short"},
    {{"FATAL", "28000", "", NULL, NULL}, "FATAL", "28000", "FATAL:  "},
    {{"FATAL", "28000", "a file that is none", "auth", "ClientAuthentication"},
     "FATAL",
     "28000",
     "FATAL:  a file that is none\nLOCATION:  ClientAuthentication, auth:7"},
    {{"FATAL", "28000", "see\n2024\nport 7\nhost a.b:7\n:7\nx:\nx, y:7\nx, :7", "a.c", "f"},
     "FATAL",
     "28000",
     "FATAL:  see\n2024\nport 7\nhost a.b:7\n:7\nx:\nx, y:7\nx, :7"},
    {{"FATAL", "no/ne", "no state", "a.c", "f"}, "FATAL", "", "FATAL:  no/ne: no state\nLOCATION"},
    {{"FATAL", "2800a", "no state", NULL, NULL}, "FATAL", "", "FATAL:  2800a: no state"},
    {{"FATAL", "280001", "no state", NULL, NULL}, "FATAL", "", "FATAL:  280001: no state"},
};

START_TEST(what_a_server_refuses_with_is_told)
{
    struct listener refusing;

    refusal = told[_i].refusal;
    listener_start(&refusing, REFUSING);
    ck_opened(TENON_CONNECTION_LOST, open_with(NULL, "host=%s " REST, refusing.directory));
    ck_assert_str_eq(sqlstate(), told[_i].sqlstate);
    if (told[_i].sqlstate[0] != '\0')
        ck_assert_str_eq(tenon_db_error(attempt.db)->severity, told[_i].severity);
    ck_says(told[_i].message);
    if (told[_i].sqlstate[0] != '\0' && strstr(told[_i].message, "LOCATION") == NULL)
        ck_assert_ptr_null(strstr(tenon_db_error(attempt.db)->message, "LOCATION"));
    listener_stop(&refusing);
}
END_TEST

START_TEST(another_encoding_is_refused)
{
    struct listener lying;

    listener_start(&lying, LYING);
    ck_opened(TENON_PROTOCOL_VIOLATION, open_with(NULL, "host=%s " REST, lying.directory));
    ck_says("LATIN1");
    ck_opened(TENON_OK,
              open_with(NULL, "host=%s,%s/primary port=5432,%d client_encoding=LATIN1 " REST,
                        lying.directory, servers.directory, servers.primary_port));
    ck_assert_str_eq(PQparameterStatus(tenon_db_conn(attempt.db), "client_encoding"), "UTF8");
    listener_stop(&lying);
}
END_TEST

START_TEST(the_server_can_be_given_the_deadline)
{
    const tenon_db_options options = {.timeout_ms = 200, .server_timeout = true};

    ck_opened(TENON_OK, open_with(&options, PRIMARY " options='-c IntervalStyle=iso_8601'",
                                  servers.directory, servers.primary_port));
    ck_assert_str_eq(PQparameterStatus(tenon_db_conn(attempt.db), "IntervalStyle"), "iso_8601");
    tenon_db_set_timeout(attempt.db, 5000);
    ck_assert_int_eq(tenon_exec(attempt.db, "SELECT pg_sleep(3)"), TENON_TIMEOUT);
    ck_assert_str_eq(sqlstate(), "57014");
    ck_opened(TENON_OK, open_with(NULL, PRIMARY, servers.directory, servers.primary_port));
    ck_assert_str_eq(PQparameterStatus(tenon_db_conn(attempt.db), "application_name"), "tenon");
}
END_TEST

/* --- What only a standby can show --- */

/* It may not have heard yet of what its primary has committed. */
START_TEST(a_standby_does_not_know_what_became_of_a_commit)
{
    tenon_commit_token token = {0};
    const tenon_transaction_options options = {.token = &token};
    tenon_outcome outcome = TENON_OUTCOME_COMMITTED;

    ck_opened(TENON_OK, open_with(NULL, PRIMARY, servers.directory, servers.primary_port));
    ck_assert_int_eq(tenon_begin(attempt.db, &options), TENON_OK);
    ck_assert_int_eq(tenon_commit(attempt.db), TENON_OK);
    ck_opened(TENON_OK, open_with(NULL, "host=%s/standby port=%d " REST, servers.directory,
                                  servers.standby_port));
    ck_assert(is_standby());
    ck_opened(TENON_OK, tenon_commit_outcome(attempt.db, token, &outcome));
    ck_assert_int_eq(outcome, TENON_OUTCOME_UNKNOWN);
    ck_opened(TENON_OK, open_with(NULL, PRIMARY, servers.directory, servers.primary_port));
    ck_opened(TENON_OK, tenon_commit_outcome(attempt.db, token, &outcome));
    ck_assert_int_eq(outcome, TENON_OUTCOME_COMMITTED);
}
END_TEST

static void tear_down(void)
{
    close_it();
    listeners_stop();
    no_threads = false;
    unsetenv("PGHOST");
    unsetenv("PGPORT");
    unsetenv("PGUSER");
    unsetenv("PGDATABASE");
    unsetenv("PGLOADBALANCEHOSTS");
    unsetenv("PGSERVICE");
    unsetenv("PGCONNECT_TIMEOUT");
    unsetenv("PGSERVICEFILE");
}

int main(void)
{
    Suite *suite = suite_create("connect");
    TCase *tcase = tcase_create("all");

    servers_start(CONNECT_SERVERS);
    tcase_add_checked_fixture(tcase, NULL, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, target_session_attrs_chooses_the_host);
    tcase_add_test(tcase, a_host_that_cannot_be_reached_leads_on);
    tcase_add_test(tcase, a_host_that_has_not_answered_is_not_asked_again);
    tcase_add_test(tcase, a_server_that_refuses_ends_it);
    tcase_add_test(tcase, random_load_balancing_spreads);
    tcase_add_test(tcase, services_and_the_environment_count);
    tcase_add_test(tcase, lists_may_have_gaps);
    tcase_add_test(tcase, a_malformed_string_is_an_invalid_argument);
    tcase_add_test(tcase, a_string_may_be_written_in_many_ways);
    tcase_add_test(tcase, without_a_string_the_environment_counts);
    tcase_add_test(tcase, an_abstract_socket_is_no_name);
    tcase_add_test(tcase, a_name_that_cannot_be_looked_up_says_why);
    tcase_add_test(tcase, a_refusal_has_its_sqlstate);
    tcase_add_loop_test(tcase, what_a_server_refuses_with_is_told, 0, sizeof told / sizeof *told);
    tcase_add_test(tcase, another_encoding_is_refused);
    tcase_add_test(tcase, the_server_can_be_given_the_deadline);
    tcase_add_test(tcase, a_standby_does_not_know_what_became_of_a_commit);
    suite_add_tcase(suite, tcase);
    int status = run_suite(suite);
    servers_stop();
    return status;
}
