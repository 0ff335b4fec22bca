/* Inputs and results of the tests of generator/schema. A fixture frees everything after each test.
 */
#ifndef TESTS_SCHEMA_GIVEN_H
#define TESTS_SCHEMA_GIVEN_H

#include <check.h>

#include "replay/replay.h"

extern struct arena given_arena;
extern struct diags given_diags;
extern struct catalog *given_catalog;

void given_setup(void);
void given_teardown(void);

/* Loads the text as one more schema file. */
void load(const char *text);

/* The facts that start with the prefix, after the schema was loaded without a diagnostic. */
const char *facts(const char *text, const char *prefix);

/* "code line:column bytes pointed at", one line for each diagnostic in order; notes follow as
 * "note line:column bytes", hints as "hint text". */
const char *diagnostics(void);
/* The same of a text that is loaded into an empty catalog. */
const char *diagnostics_of(const char *text);

/* The messages alone. */
const char *message_of(const char *text);

Suite *places_suite(void);
Suite *views_suite(void);
Suite *sessions_suite(void);
Suite *objects_suite(void);

#endif
