/* Random values inside of values (arrays of records of ranges, with NULLs, of all sizes) arrive as
 * they were sent: as parameters, in batches and as rows of COPY. Sizes cross the borders of every
 * buffer on the way. A failure names its seed. */
#include <stdio.h>
#include <string.h>

#include "internal.h"
#include "server.h"
#include "trees.h"

enum { N_SEEDS = 4, N_TREES = 120 };

/* The parameters have the members of the row. */
_Static_assert(sizeof(nest_add_tree_params) == sizeof(nest_tree_row), "columns in order");
_Static_assert(sizeof(nest_add_trees_params) == sizeof(nest_tree_row), "columns in order");
_Static_assert(sizeof(nest_load_trees_params) == sizeof(nest_tree_row), "columns in order");

static void send_singly(const nest_tree_row *trees, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        nest_add_tree_params params;
        memcpy(&params, &trees[i], sizeof params);
        ck_status(TENON_OK, nest_add_tree(db, &params));
    }
}

static void send_as_batch(const nest_tree_row *trees, size_t n)
{
    nest_add_trees_params *items = items_of(n, sizeof *items);

    memcpy(items, trees, n * sizeof *items);
    ck_status(TENON_OK, nest_add_trees(db, items, n));
}

static void send_as_copy(const nest_tree_row *trees, size_t n)
{
    nest_load_trees_params *items = items_of(n, sizeof *items);
    int64_t stored = 0;

    memcpy(items, trees, n * sizeof *items);
    ck_status(TENON_OK, nest_load_trees(db, items, n, &stored));
    ck_assert_int_eq(stored, (int64_t)n);
}

static void load_schema(void)
{
    static char sql[4096];
    FILE *file = fopen(NESTED_SCHEMA, "r");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_gt(fread(sql, 1, sizeof sql - 1, file), 0);
    fclose(file);
    server_ask(sql);
}

static void setup(void)
{
    server_setup();
    given = tenon_arena_create();
    ck_status(TENON_OK, nest_remove_trees(db));
}

static void teardown(void)
{
    tenon_arena_destroy(given);
    server_teardown();
}

static void check_arrival(void (*send)(const nest_tree_row *, size_t), int seed)
{
    nest_tree_row *trees = items_of(N_TREES, sizeof *trees);
    nest_tree_row_list stored;

    seed_trees(seed);
    for (int32_t i = 0; i < N_TREES; i++)
        trees[i] = tree_of(i);
    send(trees, N_TREES);
    ck_status(TENON_OK, nest_list_trees(db, mem, &stored));
    ck_assert_uint_eq(stored.count, N_TREES);
    for (size_t i = 0; i < N_TREES; i++)
        ck_assert_msg(same_tree(&trees[i], &stored.items[i]), "seed %d: tree %zu is another", seed,
                      i);
}

START_TEST(parameters_arrive_as_sent)
{
    check_arrival(send_singly, _i);
}
END_TEST

START_TEST(batches_arrive_as_sent)
{
    check_arrival(send_as_batch, _i);
}
END_TEST

START_TEST(copies_arrive_as_sent)
{
    check_arrival(send_as_copy, _i);
}
END_TEST

/* --- Values of a fixed width only, which nothing but the end of an item or row finds room for ---
 */

enum { N_CELLS = 6000 };

static void check_cells(void)
{
    ck_assert_str_eq(server_ask("SELECT count(*) || ' ' || sum(id) || ' ' || count(z) || ' ' ||"
                                " count(*) FILTER (WHERE x = id * 7 AND y[0] = id AND"
                                " coalesce(z = '1999-12-31'::date - id, id % 2 = 1)) FROM cell"),
                     "6000 17997000 3000 6000");
    ck_status(TENON_OK, nest_remove_cells(db));
}

START_TEST(many_small_items_and_rows_arrive_as_sent)
{
    nest_add_cells_params *items = items_of(N_CELLS, sizeof *items);
    nest_load_cells_params *rows = items_of(N_CELLS, sizeof *rows);

    for (int32_t i = 0; i < N_CELLS; i++) {
        items[i] = (nest_add_cells_params){.id = i, .x = (int64_t)i * 7, .y = {i, -1}};
        if (i % 2 == 0)
            items[i].z = (tenon_opt_date)TENON_SOME({-1 - i});
        memcpy(&rows[i], &items[i], sizeof rows[i]); /* the same members */
    }
    ck_status(TENON_OK, nest_add_cells(db, items, N_CELLS));
    check_cells();
    ck_status(TENON_OK, nest_load_cells(db, rows, N_CELLS, NULL));
    check_cells();
}
END_TEST

/* --- What cannot be sent --- */

static nest_add_tree_params plain_tree(void)
{
    return (nest_add_tree_params){.root = {.note = TENON_TEXT("root")}};
}

START_TEST(a_value_that_does_not_fit_is_refused)
{
    static const int64_t numbers[] = {1, 2, 3};
    static const tenon_dimension dims[] = {{2, 1}, {2, 1}};
    static const nest_mood moods[] = {NEST_MOOD_SAD, (nest_mood)7};
    nest_add_tree_params tree = plain_tree();

    tree.numbers.present = true;
    tree.numbers.value = (tenon_int64_array){.count = 3, .items = numbers, .n_dims = 2, dims};
    ck_status(TENON_INVALID_ARGUMENT, nest_add_tree(db, &tree));
    tree.numbers.value.n_dims = 1; /* two of three */
    ck_status(TENON_INVALID_ARGUMENT, nest_add_tree(db, &tree));
    tree.numbers.value = (tenon_int64_array){.count = 3};
    ck_status(TENON_INVALID_ARGUMENT, nest_add_tree(db, &tree));
    tree.numbers.value = (tenon_int64_array){.count = SIZE_MAX / 16, .items = numbers};
    ck_status(TENON_INVALID_ARGUMENT, nest_add_tree(db, &tree));
    tree = plain_tree();
    tree.moods = (nest_mood_array){.count = 2, .items = moods};
    ck_status(TENON_INVALID_ARGUMENT, nest_add_tree(db, &tree));
    tree = plain_tree();
    tree.words.has_lower = true;
    ck_status(TENON_INVALID_ARGUMENT, nest_add_tree(db, &tree));
    tree = plain_tree();
    tree.image = (tenon_opt_bytes)TENON_SOME({(const unsigned char *)"", SIZE_MAX - 2});
    ck_status(TENON_INVALID_ARGUMENT, nest_add_tree(db, &tree));
    tree = plain_tree();
    ck_status(TENON_OK, nest_add_tree(db, &tree));
}
END_TEST

START_TEST(a_row_that_does_not_fit_ends_the_copy)
{
    static const nest_mood moods[] = {NEST_MOOD_SAD, (nest_mood)7};
    nest_load_trees_params rows[3];
    nest_add_tree_params tree = plain_tree();

    for (size_t i = 0; i < 3; i++)
        memcpy(&rows[i], &tree, sizeof rows[i]);
    rows[1].image = (tenon_opt_bytes)TENON_SOME({(const unsigned char *)"", SIZE_MAX - 2});
    ck_status(TENON_INVALID_ARGUMENT, nest_load_trees(db, rows, 3, NULL));
    ck_assert_uint_eq(tenon_db_error(db)->item, 1);
    rows[1].image = rows[0].image;
    rows[2].moods = (nest_mood_array){.count = 2, .items = moods};
    ck_status(TENON_INVALID_ARGUMENT, nest_load_trees(db, rows, 3, NULL));
    ck_assert_uint_eq(tenon_db_error(db)->item, 2);
    ck_status(TENON_OK, nest_load_trees(db, rows, 2, NULL));
    ck_assert_str_eq(server_ask("SELECT count(*) FROM tree"), "2");
}
END_TEST

/* --- What is kept --- */

START_TEST(a_connection_gives_large_memory_back)
{
    const size_t n = (size_t)1 << 20;
    nest_add_tree_params tree = plain_tree();

    tree.numbers.present = true;
    tree.numbers.value = (tenon_int64_array){.count = n, .items = items_of(n, 8)};
    ck_status(TENON_OK, nest_add_tree(db, &tree));
    ck_assert_ptr_null(tenon__arena_mark(db->scratch).block); /* an arena without a block */

    nest_add_trees_params *items = items_of(10000, sizeof *items);
    for (size_t i = 0; i < 10000; i++)
        items[i].notes = (tenon_text_array){0};
    ck_status(TENON_OK, nest_add_trees(db, items, 10000));
    ck_assert_uint_lt(db->n_values, 10000);
    ck_assert_str_eq(server_ask("SELECT count(*), max(cardinality(numbers)) FROM tree"), "10001");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("nested");
    TCase *tcase = tcase_create("all");

    server_init("nested");
    tcase_add_unchecked_fixture(tcase, load_schema, NULL);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, parameters_arrive_as_sent, 0, N_SEEDS);
    tcase_add_loop_test(tcase, batches_arrive_as_sent, 0, N_SEEDS);
    tcase_add_loop_test(tcase, copies_arrive_as_sent, 0, N_SEEDS);
    tcase_add_test(tcase, many_small_items_and_rows_arrive_as_sent);
    tcase_add_test(tcase, a_value_that_does_not_fit_is_refused);
    tcase_add_test(tcase, a_row_that_does_not_fit_ends_the_copy);
    tcase_add_test(tcase, a_connection_gives_large_memory_back);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
