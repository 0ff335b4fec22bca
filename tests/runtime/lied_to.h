/* What tests share that write the answers of a server: the script, the server that reads it out,
 * and a connection to it (db and mem of server.h). */
#ifndef TESTS_RUNTIME_LIED_TO_H
#define TESTS_RUNTIME_LIED_TO_H

#include <tenon/connection.h>

#include "fake_server.h"
#include "server.h"

extern struct script script;
extern struct fake_server server;

/** The fixture of each test. */
void lied_to_setup(void);
void lied_to_teardown(void);
/** Starts the server and connects. */
void lied_to_connect(const tenon_db_options *options);

#endif
