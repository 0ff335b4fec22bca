/* Connecting by a deadline: no host, name or flood keeps us beyond it; and TLS, whose name must be
 * the one that was asked for, though the address is ours. */
#include <check.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "connect_open.h"
#include "connect_places.h"
#include "server.h"

/* --- Hosts --- */

START_TEST(a_silent_host_is_left_at_the_deadline)
{
    struct listener silent;

    listener_start(&silent, SILENT);
    ck_opened(TENON_TIMEOUT, open_within(300, "host=%s " REST, silent.directory));
    ck_took(300, 300 + SLACK_MS);
    ck_says("not connected within ");
    listener_stop(&silent);
}
END_TEST

START_TEST(a_silent_host_leaves_time_for_the_next)
{
    struct listener silent;

    listener_start(&silent, SILENT);
    ck_opened(TENON_OK,
              open_within(3000, "host=%s,%s,%s/primary port=5432,5432,%d " REST, silent.directory,
                          silent.directory, servers.directory, servers.primary_port));
    ck_took(1900, 3000);
    ck_assert_int_eq(*silent.n_accepted, 2);
    listener_stop(&silent);
}
END_TEST

START_TEST(connect_timeout_is_that_of_an_attempt)
{
    struct listener silent;

    listener_start(&silent, SILENT);
    ck_opened(TENON_OK, open_with(NULL, "host=%s,%s/primary port=5432,%d connect_timeout=2 " REST,
                                  silent.directory, servers.directory, servers.primary_port));
    ck_took(2000, 2000 + SLACK_MS);
    /* As libpq has it, 1 is 2; and the deadline of all is shorter still. */
    ck_opened(TENON_TIMEOUT, open_with(&(tenon_db_options){.connect_timeout_ms = TENON_NO_TIMEOUT},
                                       "host=%s connect_timeout=1 " REST, silent.directory));
    ck_took(2000, 2000 + SLACK_MS);
    ck_opened(TENON_TIMEOUT, open_within(200, "host=%s connect_timeout=5 " REST, silent.directory));
    ck_took(200, 200 + SLACK_MS);
    listener_stop(&silent);
}
END_TEST

START_TEST(prefer_standby_does_not_wait_for_a_silent_host_twice)
{
    struct listener silent;

    listener_start(&silent, SILENT);
    ck_opened(TENON_OK, open_within(2400,
                                    "host=%s,%s/primary port=5432,%d "
                                    "target_session_attrs=prefer-standby " REST,
                                    silent.directory, servers.directory, servers.primary_port));
    ck_took(500, 2400);
    ck_assert_int_eq(*silent.n_accepted, 1);
    /* Nor does it leave no time for the hosts that have answered. */
    ck_opened(TENON_OK, open_within(2400,
                                    "host=%s/primary,%s port=%d,5432 "
                                    "target_session_attrs=prefer-standby " REST,
                                    servers.directory, silent.directory, servers.primary_port));
    ck_took(500, 2400);
    listener_stop(&silent);
}
END_TEST

/* Its queue is full, so that the kernel drops what asks to be let in. */
START_TEST(a_black_hole_is_left_in_time)
{
    int hole = listen_tcp("127.0.0.1", 0), clients[4];

    for (int i = 0; i < 4; i++)
        clients[i] = connect_without_waiting(hole);
    ck_opened(TENON_OK, open_within(2400, "host=127.0.0.1,%s/primary port=%d,%d " REST,
                                    servers.directory, port_of(hole), servers.primary_port));
    ck_took(1100, 2400);
    for (int i = 0; i < 4; i++)
        close(clients[i]);
    close(hole);
}
END_TEST

START_TEST(a_flood_does_not_keep_us)
{
    struct listener flooding;

    listener_start(&flooding, FLOODING);
    ck_opened(TENON_TIMEOUT, open_within(400, "host=%s " REST, flooding.directory));
    ck_took(400, 400 + SLACK_MS);
    ck_opened(TENON_OK, open_within(2400, "host=%s,%s/primary port=5432,%d " REST,
                                    flooding.directory, servers.directory, servers.primary_port));
    ck_took(1100, 2400);
    listener_stop(&flooding);
}
END_TEST

/* The time of the first ones is over: the rest is told of as well, not tried. */
START_TEST(a_deadline_that_is_over_leaves_the_rest_untried)
{
    struct listener silent;

    listener_start(&silent, SILENT);
    ck_opened(TENON_TIMEOUT,
              open_within(1, "host=%1$s,%1$s,%1$s,%1$s,,db.test " REST, silent.directory));
    ck_took(1, SLACK_MS);
    ck_says("on the default socket failed: no time was left to try it");
    ck_says("at \"db.test\", port 5432 failed: no time was left to try it");
    listener_stop(&silent);
}
END_TEST

/* --- Names --- */

START_TEST(a_name_has_several_addresses)
{
    /* 127.0.0.2 accepts and is silent. */
    int silent = listen_tcp("127.0.0.2", servers.primary_port);

    ck_opened(TENON_OK, open_within(2400, "host=two.test port=%d " REST, servers.primary_port));
    ck_took(1100, 2400);
    ck_assert_str_eq(PQhostaddr(tenon_db_conn(attempt.db)), "127.0.0.1");
    ck_assert_str_eq(PQhost(tenon_db_conn(attempt.db)), "two.test");
    close(silent);
    /* Where nobody listens it goes on at once. */
    ck_opened(TENON_OK, open_with(NULL, "host=two.test port=%d " REST, servers.primary_port));
    ck_took(0, 1000);
    ck_opened(TENON_OK, open_with(NULL, "host=localhost port=%d " REST, servers.primary_port));
}
END_TEST

START_TEST(a_name_that_is_unknown_leads_on)
{
    ck_opened(TENON_CONNECTION_LOST, open_with(NULL, "host=unknown.test " REST));
    ck_says("unknown.test");
    ck_opened(TENON_OK,
              open_with(NULL, "host=unknown.test,127.0.0.1 port=%d " REST, servers.primary_port));
}
END_TEST

static void wait_for_lookups(void)
{
    for (int i = 0; n_slow > 0 && i < 1000; i++)
        poll(NULL, 0, 10);
    ck_assert_int_eq(n_slow, 0);
    poll(NULL, 0, 50); /* and for the ends of the threads */
}

START_TEST(a_slow_resolver_does_not_keep_us)
{
    slow_ms = 10000;
    ck_opened(TENON_TIMEOUT, open_within(300, "host=slow.test " REST));
    ck_took(300, 300 + SLACK_MS);
    ck_says("slow.test");
    ck_opened(TENON_OK, open_within(2400, "host=slow.test,%s/primary port=5432,%d " REST,
                                    servers.directory, servers.primary_port));
    ck_took(1100, 2400);
}
END_TEST

/* Under a leak checker: what a lookup found that nobody waits for is freed. */
START_TEST(a_late_answer_is_thrown_away)
{
    slow_ms = 500;
    ck_opened(TENON_TIMEOUT, open_within(100, "host=slow.test " REST));
    wait_for_lookups();
    ck_opened(TENON_OK, open_within(4000, "host=slow.test port=%d " REST, servers.primary_port));
    ck_took(500, 500 + SLACK_MS);
}
END_TEST

/* Handlers of the program run in its own threads only; and those can be signalled as before. */
START_TEST(the_thread_of_a_lookup_takes_no_signals)
{
    sigset_t now;

    n_open_to_signals = 0;
    ck_opened(TENON_OK, open_with(NULL, "host=db.test port=%d " REST, servers.primary_port));
    ck_assert_int_eq(n_open_to_signals, 0);
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    ck_assert_int_eq(sigismember(&now, SIGUSR1), 0);
}
END_TEST

static void *open_slowly(void *argument)
{
    const tenon_db_options options = {.connect_timeout_ms = 300};
    tenon_db *mine;
    tenon_status *status = argument;

    *status = tenon_db_open("host=slow.test " REST, &options, &mine);
    tenon_db_close(mine);
    return NULL;
}

START_TEST(lookups_are_bounded_in_number)
{
    enum { N = 24 };
    pthread_t threads[N];
    tenon_status statuses[N];

    slow_ms = 2000;
    double before = now_ms();
    for (int i = 0; i < N; i++)
        pthread_create(&threads[i], NULL, open_slowly, &statuses[i]);
    for (int i = 0; i < N; i++)
        pthread_join(threads[i], NULL);
    ck_assert_double_lt(now_ms() - before, 2000);
    for (int i = 0; i < N; i++)
        ck_assert_int_eq(statuses[i], TENON_TIMEOUT);
    ck_assert_int_le(most_slow, 16);
    /* All are taken, and one waits for the first that ends. */
    ck_opened(TENON_OK, open_within(8000, "host=db.test port=%d " REST, servers.primary_port));
    ck_assert_double_gt(attempt.took_ms, 100);
    wait_for_lookups();
}
END_TEST

/* The lookups of its parent do not go on in a child. */
START_TEST(a_child_can_look_names_up)
{
    int status;

    slow_ms = 4000;
    for (int i = 0; i < 16; i++)
        ck_opened(TENON_TIMEOUT, open_within(20, "host=slow.test " REST));
    close_it();
    pid_t child = fork();
    if (child == 0) {
        tenon_db *own;
        const tenon_db_options options = {.connect_timeout_ms = 2000};
        char conninfo[128];
        snprintf(conninfo, sizeof conninfo, "host=db.test port=%d " REST, servers.primary_port);
        server_end_child(tenon_db_open(conninfo, &options, &own) == TENON_OK ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    wait_for_lookups();
}
END_TEST

/* --- TLS --- */

static tenon_status open_tls(const char *host, int port, const char *mode, const char *ca)
{
    return open_with(NULL, "host=%s port=%d sslmode=%s sslrootcert=%s/%s " REST, host, port, mode,
                     servers.directory, ca);
}

START_TEST(verify_full_is_full)
{
    if (!servers.has_tls) {
        fprintf(stderr, "skipped: TLS, because there is no openssl to make certificates\n");
        return;
    }
    int primary = servers.primary_port, standby = servers.standby_port;

    ck_opened(TENON_OK, open_tls("db.test", primary, "verify-full", "ca.crt"));
    ck_assert_int_eq(PQsslInUse(tenon_db_conn(attempt.db)), 1);
    ck_assert_str_eq(PQhostaddr(tenon_db_conn(attempt.db)), "127.0.0.1");
    ck_opened(TENON_OK, open_tls("other.test", primary, "verify-ca", "ca.crt"));
    ck_opened(TENON_CONNECTION_LOST, open_tls("other.test", primary, "verify-full", "ca.crt"));
    ck_says("does not match host name \"other.test\"");
    ck_opened(TENON_CONNECTION_LOST, open_tls("127.0.0.1", primary, "verify-full", "ca.crt"));
    ck_opened(TENON_CONNECTION_LOST, open_tls("db.test", primary, "verify-full", "other_ca.crt"));
    ck_says("certificate verify failed");
    ck_opened(TENON_CONNECTION_LOST, open_tls("db.test", standby, "verify-full", "ca.crt"));
    ck_says("certificate");
    ck_opened(TENON_OK, open_tls("db.test", standby, "require", "no_such_file"));
}
END_TEST

START_TEST(the_password_file_is_asked_for_the_name)
{
    char path[64];

    snprintf(path, sizeof path, "%s/passwords", servers.directory);
    FILE *file = fopen(path, "w");
    fprintf(file, "db.test:%d:*:secretive:right\n127.0.0.1:*:*:*:wrong\n", servers.primary_port);
    fclose(file);
    chmod(path, 0600);
    ck_opened(TENON_OK,
              open_with(NULL, "host=db.test port=%d user=secretive dbname=postgres passfile=%s",
                        servers.primary_port, path));
    ck_opened(TENON_CONNECTION_LOST,
              open_with(NULL, "host=other.test port=%d user=secretive dbname=postgres passfile=%s",
                        servers.primary_port, path));
}
END_TEST

static void tear_down(void)
{
    close_it();
    listeners_stop();
}

int main(void)
{
    Suite *suite = suite_create("connect_deadline");
    TCase *tcase = tcase_create("all");

    servers_start(CONNECT_SERVERS);
    tcase_add_checked_fixture(tcase, NULL, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_silent_host_is_left_at_the_deadline);
    tcase_add_test(tcase, a_silent_host_leaves_time_for_the_next);
    tcase_add_test(tcase, connect_timeout_is_that_of_an_attempt);
    tcase_add_test(tcase, prefer_standby_does_not_wait_for_a_silent_host_twice);
    tcase_add_test(tcase, a_black_hole_is_left_in_time);
    tcase_add_test(tcase, a_flood_does_not_keep_us);
    tcase_add_test(tcase, a_deadline_that_is_over_leaves_the_rest_untried);
    tcase_add_test(tcase, a_name_has_several_addresses);
    tcase_add_test(tcase, a_name_that_is_unknown_leads_on);
    tcase_add_test(tcase, a_late_answer_is_thrown_away);
    tcase_add_test(tcase, the_thread_of_a_lookup_takes_no_signals);
    tcase_add_test(tcase, lookups_are_bounded_in_number);
    tcase_add_test(tcase, a_child_can_look_names_up);
    tcase_add_test(tcase, verify_full_is_full);
    tcase_add_test(tcase, the_password_file_is_asked_for_the_name);
    /* Last: its threads go on for a while. */
    tcase_add_test(tcase, a_slow_resolver_does_not_keep_us);
    suite_add_tcase(suite, tcase);
    int status = run_suite(suite);
    servers_stop();
    return status;
}
