/* Random trees, and whether two are the same. */
#include "trees.h"

#include <check.h>
#include <string.h>

tenon_arena *given;

static uint64_t state;

void seed_trees(int seed)
{
    state = (uint64_t)seed * 7919 + 17;
}

static uint64_t next_random(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) ^ (state >> 17 & 0xff);
}

static bool chance(unsigned percent)
{
    return next_random() % 100 < percent;
}

/* Mostly few, sometimes up to `most`. */
static size_t some(size_t few, size_t most)
{
    return (size_t)(next_random() % (chance(4) ? most : few));
}

/* --- Making values --- */

void *items_of(size_t count, size_t size)
{
    void *items = tenon_arena_alloc(given, count * size + 1);

    ck_assert_ptr_nonnull(items);
    return memset(items, 0, count * size + 1);
}

static const char *text_of(char first)
{
    size_t length = 1 + (chance(1) ? some(70000, 200000) : some(30, 2000));
    char *text = items_of(length + 1, 1);

    for (size_t i = 0; i < length; i++)
        text[i] = (char)('a' + next_random() % 26);
    text[0] = first;
    return text;
}

static tenon_opt_text opt_text(void)
{
    return (tenon_opt_text)TENON_TEXT(chance(20) ? NULL : chance(10) ? "" : text_of('t'));
}

/* NULLs for some of so many elements, or NULL. */
static bool *nulls_of(size_t count)
{
    bool *nulls = items_of(count, 1);
    bool any = false;

    if (chance(50))
        return NULL;
    for (size_t i = 0; i < count; i++)
        any |= nulls[i] = chance(30);
    return any ? nulls : NULL; /* as they are read */
}

static bool is_null(const bool *nulls, size_t i)
{
    return nulls != NULL && nulls[i];
}

static tenon_text_array texts_of(void)
{
    size_t count = some(5, 400);
    tenon_opt_text *items = items_of(count, sizeof *items);
    bool *nulls = items_of(count, 1), any = false;

    for (size_t i = 0; i < count; i++) {
        items[i] = opt_text();
        any |= nulls[i] = items[i].or_null == NULL;
    }
    return (tenon_text_array){.count = count, .items = items, .nulls = any ? nulls : NULL};
}

static nest_span span_of(void)
{
    nest_span span = {.has_lower = chance(80), .has_upper = chance(80)};

    if (chance(10))
        return (nest_span){.empty = true};
    span.lower = span.has_lower ? (double)(next_random() % 1000) / 7 : 0;
    span.upper = span.has_upper ? 1000 + (double)(next_random() % 1000) / 3 : 0;
    span.lower_inclusive = span.has_lower && chance(50);
    span.upper_inclusive = span.has_upper && chance(50);
    return span;
}

static nest_words words_of(void)
{
    nest_words words = {.has_lower = chance(80), .has_upper = chance(80)};

    if (chance(10))
        return (nest_words){.empty = true};
    words.lower = words.has_lower ? text_of('a') : NULL;
    words.upper = words.has_upper ? text_of('z') : NULL;
    words.lower_inclusive = words.has_lower && chance(50);
    words.upper_inclusive = words.has_upper && chance(50);
    return words;
}

static nest_leaf leaf_of(void)
{
    nest_leaf leaf = {.note = opt_text()};

    if (chance(80))
        leaf.id = (tenon_opt_int64)TENON_SOME((int64_t)next_random() << 20);
    if (chance(80))
        leaf.span = (nest_opt_span)TENON_SOME(span_of());
    if (chance(80))
        leaf.words = (nest_opt_words)TENON_SOME(words_of());
    if (chance(80))
        leaf.mood = (nest_opt_mood)TENON_SOME((nest_mood)(1 + next_random() % NEST_MOOD_COUNT));
    if (chance(80))
        leaf.tags = (tenon_opt_text_array)TENON_SOME(texts_of());
    return leaf;
}

static nest_leaf_array leaves_of(void)
{
    size_t count = some(4, 100);
    nest_leaf *items = items_of(count, sizeof *items);
    bool *nulls = nulls_of(count);

    for (size_t i = 0; i < count; i++)
        if (!is_null(nulls, i))
            items[i] = leaf_of();
    return (nest_leaf_array){.count = count, .items = items, .nulls = nulls};
}

static nest_span_array spans_of(void)
{
    size_t count = some(4, 100);
    nest_span *items = items_of(count, sizeof *items);
    bool *nulls = nulls_of(count);

    for (size_t i = 0; i < count; i++)
        if (!is_null(nulls, i))
            items[i] = span_of();
    return (nest_span_array){.count = count, .items = items, .nulls = nulls};
}

static nest_branch_array branches_of(void)
{
    size_t count = some(3, 20);
    nest_branch *items = items_of(count, sizeof *items);
    bool *nulls = nulls_of(count);

    for (size_t i = 0; i < count; i++) {
        if (is_null(nulls, i))
            continue;
        items[i].name = opt_text();
        if (chance(80))
            items[i].leaves = (nest_opt_leaf_array)TENON_SOME(leaves_of());
        if (chance(80))
            items[i].spans = (nest_opt_span_array)TENON_SOME(spans_of());
        if (chance(80))
            items[i].at = (tenon_opt_timestamptz)TENON_SOME({(int64_t)next_random()});
    }
    return (nest_branch_array){.count = count, .items = items, .nulls = nulls};
}

/* With any number of dimensions up to two, beginning anywhere. */
static tenon_int64_array numbers_of(void)
{
    size_t count = some(6, 20000);
    int64_t *items = items_of(count, sizeof *items);
    tenon_int64_array numbers = {.count = count, .items = items, .nulls = nulls_of(count)};

    for (size_t i = 0; i < count; i++)
        items[i] = is_null(numbers.nulls, i) ? 0 : (int64_t)(next_random() * next_random());
    if (count > 0 && count % 2 == 0 && chance(50)) {
        tenon_dimension *dims = items_of(2, sizeof *dims);
        dims[0] = (tenon_dimension){2, 1 - (int32_t)some(5, 9)};
        dims[1] = (tenon_dimension){(int32_t)(count / 2), (int32_t)some(5, 9)};
        numbers.n_dims = 2;
        numbers.dims = dims;
    }
    return numbers;
}

static nest_mood_array moods_of(void)
{
    size_t count = some(4, 30000);
    nest_mood *items = items_of(count, sizeof *items);
    bool *nulls = nulls_of(count);

    for (size_t i = 0; i < count; i++)
        if (!is_null(nulls, i))
            items[i] = (nest_mood)(1 + next_random() % NEST_MOOD_COUNT);
    return (nest_mood_array){.count = count, .items = items, .nulls = nulls};
}

static tenon_opt_bytes image_of(void)
{
    const char *text = opt_text().or_null;

    if (text == NULL)
        return (tenon_opt_bytes)TENON_NONE;
    return (tenon_opt_bytes)TENON_SOME({(const unsigned char *)text, strlen(text)});
}

static const char *extra_of(void)
{
    const char *text = text_of('t');
    char *json = items_of(strlen(text) + 16, 1);

    return strcat(strcat(strcpy(json, "{\"a\": \""), text), "\"}");
}

nest_tree_row tree_of(int32_t id)
{
    nest_tree_row tree = {
        .id = id,
        .root = leaf_of(),
        .notes = texts_of(),
        .title = opt_text(),
        .image = image_of(),
        .extra = TENON_TEXT(chance(80) ? extra_of() : NULL),
        .words = words_of(),
        .moods = moods_of(),
        .at = {(int64_t)next_random()},
    };

    if (chance(80))
        tree.branches = (nest_opt_branch_array)TENON_SOME(branches_of());
    if (chance(80))
        tree.numbers = (tenon_opt_int64_array)TENON_SOME(numbers_of());
    if (chance(80))
        tree.price =
            (tenon_opt_numeric)TENON_SOME(tenon_numeric_from_scaled((int64_t)next_random(), 3));
    return tree;
}

/* --- Comparing them --- */

static bool same_pointer(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_text(tenon_opt_text a, tenon_opt_text b)
{
    return same_pointer(a.or_null, b.or_null);
}

static bool same_bytes(tenon_bytes a, tenon_bytes b)
{
    return a.length == b.length && memcmp(a.data, b.data, a.length) == 0;
}

static bool same_bound(bool has_a, bool inclusive_a, bool has_b, bool inclusive_b)
{
    return has_a == has_b && inclusive_a == inclusive_b;
}

#define SAME_SHAPE(a, b)                                                                           \
    ((a).empty == (b).empty &&                                                                     \
     same_bound((a).has_lower, (a).lower_inclusive, (b).has_lower, (b).lower_inclusive) &&         \
     same_bound((a).has_upper, (a).upper_inclusive, (b).has_upper, (b).upper_inclusive))

static bool same_span(nest_span a, nest_span b)
{
    return SAME_SHAPE(a, b) && a.lower == b.lower && a.upper == b.upper;
}

static bool same_words(nest_words a, nest_words b)
{
    return SAME_SHAPE(a, b) && same_pointer(a.lower, b.lower) && same_pointer(a.upper, b.upper);
}

static bool same_int64(int64_t a, int64_t b)
{
    return a == b;
}

static bool same_mood(nest_mood a, nest_mood b)
{
    return a == b;
}

static bool same_dims(size_t n_a, const tenon_dimension *a, size_t n_b, const tenon_dimension *b)
{
    return n_a == n_b && (n_a == 0 || memcmp(a, b, n_a * sizeof *a) == 0);
}

#define SAME_ARRAY(name, type, same)                                                               \
    static bool name(type a, type b)                                                               \
    {                                                                                              \
        if (a.count != b.count || !same_dims(a.n_dims, a.dims, b.n_dims, b.dims))                  \
            return false;                                                                          \
        for (size_t i = 0; i < a.count; i++)                                                       \
            if (is_null(a.nulls, i) != is_null(b.nulls, i) ||                                      \
                (!is_null(a.nulls, i) && !same(a.items[i], b.items[i])))                           \
                return false;                                                                      \
        return true;                                                                               \
    }

/* Of optionals, by what compares the values. */
#define SAME_OPT(same, a, b)                                                                       \
    ((a).present == (b).present && (!(a).present || same((a).value, (b).value)))

SAME_ARRAY(same_texts, tenon_text_array, same_text)
SAME_ARRAY(same_numbers, tenon_int64_array, same_int64)
SAME_ARRAY(same_moods, nest_mood_array, same_mood)
SAME_ARRAY(same_spans, nest_span_array, same_span)

static bool same_leaf(nest_leaf a, nest_leaf b)
{
    return SAME_OPT(same_int64, a.id, b.id) && SAME_OPT(same_span, a.span, b.span) &&
           SAME_OPT(same_words, a.words, b.words) && same_text(a.note, b.note) &&
           SAME_OPT(same_mood, a.mood, b.mood) && SAME_OPT(same_texts, a.tags, b.tags);
}

SAME_ARRAY(same_leaves, nest_leaf_array, same_leaf)

static bool same_time(tenon_timestamptz a, tenon_timestamptz b)
{
    return a.microseconds == b.microseconds;
}

static bool same_branch(nest_branch a, nest_branch b)
{
    return same_text(a.name, b.name) && SAME_OPT(same_leaves, a.leaves, b.leaves) &&
           SAME_OPT(same_spans, a.spans, b.spans) && SAME_OPT(same_time, a.at, b.at);
}

SAME_ARRAY(same_branches, nest_branch_array, same_branch)

static bool same_price(tenon_numeric a, tenon_numeric b)
{
    return tenon_numeric_compare(&a, &b) == 0;
}

bool same_tree(const nest_tree_row *a, const nest_tree_row *b)
{
    return a->id == b->id && same_leaf(a->root, b->root) &&
           SAME_OPT(same_branches, a->branches, b->branches) && same_texts(a->notes, b->notes) &&
           SAME_OPT(same_numbers, a->numbers, b->numbers) && same_text(a->title, b->title) &&
           SAME_OPT(same_bytes, a->image, b->image) && same_text(a->extra, b->extra) &&
           same_words(a->words, b->words) && same_moods(a->moods, b->moods) &&
           SAME_OPT(same_price, a->price, b->price) && same_time(a->at, b->at);
}
