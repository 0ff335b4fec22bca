/* Arena, vector, map. */
#include "suites.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "support/map.h"
#include "support/vec.h"

static struct arena arena;

static void setup(void)
{
    arena = (struct arena){0};
}

static void teardown(void)
{
    arena_finish(&arena);
}

START_TEST(memory_is_zeroed_and_aligned)
{
    for (size_t size = 0; size < 300; size++) {
        unsigned char *p = arena_alloc(&arena, size);
        ck_assert_uint_eq((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            ck_assert_uint_eq(p[i], 0);
        memset(p, 0xAA, size);
    }
}
END_TEST

START_TEST(memory_is_zeroed_after_reset)
{
    memset(arena_alloc(&arena, 100), 0xAA, 100);
    arena_reset(&arena);
    for (size_t i = 0; i < 100; i++)
        ck_assert_uint_eq(((unsigned char *)arena_alloc(&arena, 1))[0], 0);
}
END_TEST

START_TEST(growing_keeps_the_content)
{
    char *p = arena_strdup(&arena, "abc"), *other;

    p = arena_grow(&arena, p, 4, 100);
    ck_assert_str_eq(p, "abc");
    other = arena_alloc(&arena, 10);
    p = arena_grow(&arena, p, 100, 100000);
    ck_assert_str_eq(p, "abc");
    ck_assert_uint_eq((unsigned char)p[99999], 0);
    ck_assert_ptr_ne(p, other);
}
END_TEST

START_TEST(vectors_keep_their_order)
{
    VEC(int) numbers = {0};

    for (int i = 0; i < 1000; i++)
        vec_push(&arena, &numbers, i);
    ck_assert_uint_eq(numbers.n, 1000);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(numbers.items[i], i);
}
END_TEST

START_TEST(maps_find_what_was_put)
{
    struct map map = {.arena = &arena};
    int values[500];

    ck_assert_ptr_null(map_find(&map, "0"));
    for (int i = 0; i < 500; i++)
        map_put(&map, arena_printf(&arena, "%d", i), &values[i]);
    for (int i = 0; i < 500; i += 2)
        ck_assert(map_remove(&map, arena_printf(&arena, "%d", i)));
    ck_assert(!map_remove(&map, "0"));
    for (int i = 0; i < 500; i++)
        ck_assert_ptr_eq(map_find(&map, arena_printf(&arena, "%d", i)), i % 2 ? &values[i] : NULL);
}
END_TEST

START_TEST(maps_keep_the_order_of_insertion)
{
    struct map map = {.arena = &arena};
    int value, other;

    map_put(&map, "z", &value);
    map_put(&map, "a", &value);
    map_put(&map, "z", &other);
    ck_assert_uint_eq(map.n_entries, 2);
    ck_assert_str_eq(map.entries[0].key, "z");
    ck_assert_ptr_eq(map.entries[0].value, &other);
}
END_TEST

Suite *containers_suite(void)
{
    Suite *suite = suite_create("containers");
    TCase *tests = tcase_create("containers");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, memory_is_zeroed_and_aligned);
    tcase_add_test(tests, memory_is_zeroed_after_reset);
    tcase_add_test(tests, growing_keeps_the_content);
    tcase_add_test(tests, vectors_keep_their_order);
    tcase_add_test(tests, maps_find_what_was_put);
    tcase_add_test(tests, maps_keep_the_order_of_insertion);
    suite_add_tcase(suite, tests);
    return suite;
}
