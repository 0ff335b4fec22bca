/* A server that lies. It knows the honest conversations of all scenarios, recorded from a real
 * server, and plays them back with one flight of answers replaced by what a script makes of it. The
 * client chooses the lie by the name of its user.
 *
 * A script is a row of items, separated by spaces, over the honest messages of the flight:
 *
 *     +        sends the next one         -    leaves it out      &   sends it, and it stays next
 *     +[7=255,8=0]  with bytes changed, counted from the type     =   sends all that are left
 *     <D       sends those before the next D (no such message: the lie does not apply)
 *     ?3       applies only if the next one is a DataRow of 3 columns
 *     /5       sends five bytes of the next one
 *     T(...)   sends a message of that type, its length being right;  !(...)  the bytes alone
 *     *9:item  sends it nine times; *0: for ever
 *     ~        falls silent                .    closes
 *
 * Fields: h1 i1 are integers of 2 and 4 bytes, 'a' is a text with its NUL and "a" one without, bX a
 * byte, xFF bytes, z9 nine times the letter z, # a decimal number that grows, with its NUL. */
#ifndef TESTS_FAULTS_LIAR_H
#define TESTS_FAULTS_LIAR_H

#include "scenarios.h"

#define MAX_FLIGHTS 16
#define LIE_MUTATED (-1000000000L)
/** The mark of what is recorded, and so of what is played back. */
#define RECORDED_MARK 900

/** What the server sends to so many messages of the client. */
struct flight {
    size_t n_asked;
    unsigned char *bytes;
    size_t length;
};

/** Flight 0 is the start-up. */
struct recording {
    const struct scenario *scenario;
    enum place place;
    struct flight flights[MAX_FLIGHTS];
    size_t n_flights;
};

/** Records a scenario through a proxy to the real server. */
void recording_make(struct recording *recording, struct proxy *proxy,
                    const struct scenario *scenario, enum place place);
void recording_finish(struct recording *recording);

/** Where the bytes of a script go; false: no more are wanted. */
typedef bool script_sink(void *context, const unsigned char *bytes, size_t length);

enum script_end { SCRIPT_GOES_ON, SCRIPT_FALLS_SILENT, SCRIPT_CLOSES, SCRIPT_DOES_NOT_APPLY };

/** Runs a script over a flight. */
enum script_end script_run(const char *script, const struct flight *flight, script_sink *sink,
                           void *context);
/** Whether it applies, found without sending anything. */
bool script_applies(const char *script, const struct flight *flight);

struct liar {
    int pid;
    char directory[64];
};

/** Starts the server. The scripts are numbered as the client will name them. */
void liar_start(struct liar *liar, const struct recording *recordings, const char *const *scripts);
void liar_stop(struct liar *liar);
/** The conninfo for this script in this flight; script -1: all is honest; -1000 - n: bit n of the
 *  flight is inverted; LIE_MUTATED - n: it is changed at random, as the seed n will have it. */
const char *liar_conninfo(const struct liar *liar, size_t recording, size_t flight, long script);

#endif
