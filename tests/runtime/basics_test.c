/* What stands below everything else: arenas, the names and meanings of statuses, the version. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <tenon/tenon.h>

#include "server.h"

/* --- Arenas --- */

START_TEST(an_arena_aligns_and_grows)
{
    tenon_arena *arena = tenon_arena_create();

    for (size_t size = 0; size < 5000; size += 7) {
        unsigned char *memory = tenon_arena_alloc(arena, size);
        ck_assert_ptr_nonnull(memory);
        ck_assert_uint_eq((uintptr_t)memory % _Alignof(max_align_t), 0);
        memset(memory, 0xab, size);
    }
    ck_assert_ptr_null(tenon_arena_alloc(arena, SIZE_MAX));
    ck_assert_str_eq(tenon_arena_copy(arena, "abc", 2), "ab");
    tenon_arena_destroy(arena);
}
END_TEST

START_TEST(a_reset_arena_gives_the_same_memory_again)
{
    tenon_arena *arena = tenon_arena_create();
    void *first[3], *again[3];

    for (int round = 0; round < 2; round++) {
        void **at = round == 0 ? first : again;
        at[0] = tenon_arena_alloc(arena, 100);
        at[1] = tenon_arena_alloc(arena, 100000);
        at[2] = tenon_arena_alloc(arena, 5000000);
        tenon_arena_reset(arena);
    }
    ck_assert_mem_eq(first, again, sizeof first);
    tenon_arena_destroy(arena);
}
END_TEST

#define NAMED(status)                                                                              \
    {                                                                                              \
        TENON_##status, #status                                                                    \
    }

static const struct {
    tenon_status status;
    const char *name;
} statuses[] = {
    NAMED(OK),
    NAMED(NO_ROW),
    NAMED(MANY_ROWS),
    NAMED(UNIQUE_VIOLATION),
    NAMED(FOREIGN_KEY_VIOLATION),
    NAMED(CHECK_VIOLATION),
    NAMED(NOT_NULL_VIOLATION),
    NAMED(EXCLUSION_VIOLATION),
    NAMED(SERIALIZATION_FAILURE),
    NAMED(DEADLOCK),
    NAMED(TIMEOUT),
    NAMED(CANCELED),
    NAMED(CONNECTION_LOST),
    NAMED(COMMIT_UNKNOWN),
    NAMED(SCHEMA_MISMATCH),
    NAMED(BAD_VALUE),
    NAMED(PROTOCOL_VIOLATION),
    NAMED(TOO_LARGE),
    NAMED(INVALID_ARGUMENT),
    NAMED(OUT_OF_MEMORY),
    NAMED(SQL_ERROR),
};

START_TEST(statuses_and_effects_have_names)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        ck_assert_str_eq(tenon_status_name(statuses[i].status), statuses[i].name);
    ck_assert_str_eq(tenon_status_name((tenon_status)(TENON_SQL_ERROR + 1)), "UNKNOWN");
    ck_assert_str_eq(tenon_status_name((tenon_status)-1), "UNKNOWN");
    ck_assert_str_eq(tenon_effect_name(TENON_EFFECT_NONE), "NONE");
    ck_assert_str_eq(tenon_effect_name(TENON_EFFECT_DONE), "DONE");
    ck_assert_str_eq(tenon_effect_name(TENON_EFFECT_UNKNOWN), "UNKNOWN");
    ck_assert_str_eq(tenon_effect_name((tenon_effect)9), "UNKNOWN");
}
END_TEST

/* Appendix A of the manual, as far as a program would act on it; a class where all of it is meant.
 */
static const struct {
    const char *sqlstate;
    tenon_status status;
} states[] = {
    {"00000", TENON_OK},
    {"08000", TENON_CONNECTION_LOST},
    {"08006", TENON_CONNECTION_LOST},
    {"23000", TENON_SQL_ERROR},
    {"23001", TENON_FOREIGN_KEY_VIOLATION},
    {"23502", TENON_NOT_NULL_VIOLATION},
    {"23503", TENON_FOREIGN_KEY_VIOLATION},
    {"23505", TENON_UNIQUE_VIOLATION},
    {"23514", TENON_CHECK_VIOLATION},
    {"23P01", TENON_EXCLUSION_VIOLATION},
    {"25P02", TENON_SQL_ERROR},
    {"25P03", TENON_CONNECTION_LOST},
    {"40001", TENON_SERIALIZATION_FAILURE},
    {"40003", TENON_SQL_ERROR},
    {"40P01", TENON_DEADLOCK},
    {"55P03", TENON_TIMEOUT},
    {"57014", TENON_CANCELED},
    {"57P01", TENON_CONNECTION_LOST},
    {"57P02", TENON_CONNECTION_LOST},
    {"57P03", TENON_CONNECTION_LOST},
    {"57P04", TENON_SQL_ERROR},
    {"57P05", TENON_CONNECTION_LOST},
    {"XX000", TENON_SQL_ERROR},
    {"", TENON_SQL_ERROR},
};

START_TEST(a_sqlstate_has_a_status)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        ck_assert_msg(tenon_status_of_sqlstate(states[i].sqlstate) == states[i].status, "%s is %s",
                      states[i].sqlstate,
                      tenon_status_name(tenon_status_of_sqlstate(states[i].sqlstate)));
}
END_TEST

/* A program can tell that it was compiled for another library than it found. */
START_TEST(the_library_has_the_version_of_its_headers)
{
    char text[32];
    int version = tenon_version();

    snprintf(text, sizeof text, "%d.%d.%d", version / 10000, version / 100 % 100, version % 100);
    ck_assert_str_eq(text, TENON_VERSION_STRING);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("basics");
    TCase *tcase = tcase_create("all");

    tcase_add_test(tcase, an_arena_aligns_and_grows);
    tcase_add_test(tcase, a_reset_arena_gives_the_same_memory_again);
    tcase_add_test(tcase, statuses_and_effects_have_names);
    tcase_add_test(tcase, a_sqlstate_has_a_status);
    tcase_add_test(tcase, the_library_has_the_version_of_its_headers);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
