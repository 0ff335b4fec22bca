/* The fuzz targets. Each takes any bytes and must come back; a finding is a crash, a report of a
 * sanitizer, or a CHECK that fails. */
#ifndef TESTS_FUZZ_TARGETS_H
#define TESTS_FUZZ_TARGETS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef void fuzz_target(const uint8_t *data, size_t size);

/* A schema, a line `----`, a file of annotated queries: from text to C. */
fuzz_target fuzz_compile;
/* A line `-- schema: NAME` (a folder of tests/agree/cases) and one statement: analysis,
 * nullability, cardinality. */
fuzz_target fuzz_statement;
/* A tenon.yaml. */
fuzz_target fuzz_config;
/* What a plug-in answers. */
fuzz_target fuzz_answer;
/* A line with the name of a codec of tests/runtime, and the bytes of a value. */
fuzz_target fuzz_decode;

/* Changes data in place, to at most `most` bytes; gives the new size. */
typedef size_t fuzz_mutator(uint8_t *data, size_t size, size_t most, unsigned seed);

fuzz_mutator mutate_sql, mutate_value, mutate_bytes;

/* libFuzzer's own mutation. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

#define CHECK(condition, ...)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition);                        \
            fprintf(stderr, __VA_ARGS__);                                                          \
            fputc('\n', stderr);                                                                   \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
