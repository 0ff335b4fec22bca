/* Folds what was read into a number, so that two runs can be compared; makes a row of every type.
 */
#ifndef TESTS_FAULTS_DIGEST_H
#define TESTS_FAULTS_DIGEST_H

#include <app/queries.h>

void digest_number(uint64_t *digest, uint64_t number);
void digest_text(uint64_t *digest, const char *text);
void digest_entry(uint64_t *digest, int64_t mark, int32_t item, const char *note);
void digest_every(uint64_t *digest, const app_every_row *row);

app_add_every_params every_params(int64_t mark);

#endif
