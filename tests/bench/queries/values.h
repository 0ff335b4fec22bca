/* What clients that speak text make of texts, and back. */
#ifndef BENCH_QUERIES_VALUES_H
#define BENCH_QUERIES_VALUES_H

#include <tenon/types.h>

/** Room for a uuid, or a time, as text. */
#define VALUE_SIZE 40

tenon_uuid uuid_of_text(const char *text);
void text_of_uuid(const tenon_uuid *uuid, char text[VALUE_SIZE]);

/** Of "2024-01-01 00:00:00+00", with or without a zone, which must be UTC. */
tenon_timestamptz time_of_text(const char *text);
void text_of_time(tenon_timestamptz time, char text[VALUE_SIZE]);

#endif
