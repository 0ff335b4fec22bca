/* What decoders do with bytes that no honest server would send, and with those that one would. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "server.h"

/* Encodes the sample; returns a copy of its bytes. */
static char *encode_sample(const struct codec *codec, int *length)
{
    struct fake_call fake;

    fake_init(&fake);
    codec->bind(&fake.call);
    ck_assert_int_eq(fake.call.status, TENON_OK);
    ck_assert_ptr_nonnull(fake.values[0]);
    *length = fake.lengths[0];
    char *copy = malloc((size_t)*length + 1);
    memcpy(copy, fake.values[0], (size_t)*length);
    fake_finish(&fake);
    return copy;
}

static tenon_status decode(const struct codec *codec, const char *bytes, int length)
{
    struct fake_call fake;

    fake_init(&fake);
    fake_set(&fake, bytes, length, codec->is_text);
    codec->rebind(&fake.call);
    tenon_status status = fake.call.status;
    if (status == TENON_OK) {
        ck_assert_ptr_eq(fake.call.cell, &fake.cell + 1);
        ck_assert_ptr_null(fake.call.nested);
    }
    fake_finish(&fake);
    return status;
}

START_TEST(what_is_decoded_encodes_to_the_same_bytes)
{
    const struct codec *codec = &codecs[_i];
    struct fake_call fake;
    int length;
    char *sample = encode_sample(codec, &length);

    fake_init(&fake);
    fake_set(&fake, sample, length, codec->is_text);
    codec->rebind(&fake.call);
    ck_assert_msg(fake.call.status == TENON_OK, "%s: status %d", codec->name, fake.call.status);
    ck_assert_msg(fake.lengths[0] == length && memcmp(fake.values[0], sample, (size_t)length) == 0,
                  "%s: other bytes", codec->name);
    fake_finish(&fake);
    free(sample);
}
END_TEST

/* An array of a record with one field, and perhaps a NULL behind it. */
static void bind_records(tenon__call *call, bool field_is_null, bool element_is_null)
{
    const tenon__shape shape = {.items = "", .count = element_is_null ? 2 : 1};
    tenon__opened array = tenon__open_array(call, &shape);
    tenon__opened record = tenon__open_record(call, 1);

    tenon__field(call, 20, "id");
    if (field_is_null)
        tenon__bind_null(call);
    else
        tenon__bind_int64(call, 5);
    tenon__close(call, record);
    if (element_is_null)
        tenon__bind_null(call);
    tenon__close_array(call, array);
}

/* The flag behind the number of dimensions is for elements, not for what is inside of them. */
START_TEST(an_array_says_whether_an_element_is_null)
{
    for (int i = 0; i < 4; i++) {
        struct fake_call fake;

        fake_init(&fake);
        bind_records(&fake.call, i & 1, i & 2);
        ck_assert_ptr_nonnull(fake.values[0]);
        ck_assert_mem_eq(fake.values[0] + 4, i & 2 ? "\0\0\0\1" : "\0\0\0\0", 4);
        fake_finish(&fake);
    }
}
END_TEST

START_TEST(a_null_in_front_of_an_array_is_not_in_it)
{
    static const int64_t five = 5;
    struct fake_call fake;

    fake_init(&fake);
    tenon__opened record = tenon__open_record(&fake.call, 2);
    tenon__field(&fake.call, 20, "id");
    tenon__bind_null(&fake.call);
    tenon__field(&fake.call, 1016, "ids");
    tenon__bind_int64_array(&fake.call, (tenon_int64_array){.count = 1, .items = &five}, 20);
    tenon__close(&fake.call, record);
    /* Behind the record's count, two OIDs and lengths, and the number of dimensions. */
    ck_assert_mem_eq(fake.values[0] + 4 + 8 + 8 + 4, "\0\0\0\0", 4);
    fake_finish(&fake);
}
END_TEST

static bool has_every_length(const struct codec *codec)
{
    return codec->is_text;
}

START_TEST(a_value_cut_anywhere_is_a_bad_value)
{
    const struct codec *codec = &codecs[_i];
    int length;
    char *sample = encode_sample(codec, &length);

    for (int cut = has_every_length(codec) ? length : 0; cut < length; cut++)
        ck_assert_msg(decode(codec, sample, cut) == TENON_BAD_VALUE, "%s: %d of %d bytes",
                      codec->name, cut, length);
    free(sample);
}
END_TEST

START_TEST(a_value_with_a_byte_more_is_a_bad_value)
{
    const struct codec *codec = &codecs[_i];
    int length;
    char *sample = encode_sample(codec, &length);

    sample[length] = 0;
    ck_assert_msg(decode(codec, sample, length + 1) == TENON_BAD_VALUE, "%s", codec->name);
    free(sample);
}
END_TEST

START_TEST(a_null_is_a_bad_value_where_it_was_ruled_out)
{
    const struct codec *codec = &codecs[_i];

    if (!codec->is_text) /* their codecs are those of nullable columns */
        ck_assert_msg(decode(codec, "", -1) == TENON_BAD_VALUE, "%s", codec->name);
}
END_TEST

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Bytes that look like small counts more often than chance would have it. */
static char random_byte(uint64_t *state)
{
    uint64_t r = next_random(state);

    switch (r % 8) {
    case 0:
    case 1:
    case 2:
    case 3:
        return 0;
    case 4:
        return (char)(r >> 8 & 3);
    case 5:
        return (char)0xff;
    default:
        return (char)(r >> 8);
    }
}

START_TEST(random_bytes_never_do_harm)
{
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)_i;
    const struct codec *codec = &codecs[_i];
    char bytes[80];

    for (int round = 0; round < 3000; round++) {
        int length = (int)(next_random(&state) % sizeof bytes);
        for (int i = 0; i < length; i++)
            bytes[i] = random_byte(&state);
        tenon_status status = decode(codec, bytes, length);
        ck_assert_msg(status == TENON_OK || status == TENON_BAD_VALUE, "%s: %d", codec->name,
                      status);
    }
}
END_TEST

START_TEST(a_changed_byte_never_does_harm)
{
    const struct codec *codec = &codecs[_i];
    int length;
    char *sample = encode_sample(codec, &length);

    for (int i = 0; i < length; i++) {
        for (int value = 0; value < 256; value++) {
            char before = sample[i];
            sample[i] = (char)value;
            tenon_status status = decode(codec, sample, length);
            ck_assert_msg(status == TENON_OK || status == TENON_BAD_VALUE, "%s", codec->name);
            sample[i] = before;
        }
    }
    free(sample);
}
END_TEST

/* --- Cases with names --- */

struct lie {
    const char *codec, *what;
    const char *bytes;
    int length;
};

#define BYTES(text) text, sizeof(text) - 1

static const struct lie lies[] = {
    {"int64_array", "2^31-1 elements", BYTES("\0\0\0\1\0\0\0\0\0\0\0\x14\x7f\xff\xff\xff\0\0\0\1")},
    {"int64_array", "2^32 elements over two dimensions",
     BYTES("\0\0\0\2\0\0\0\0\0\0\0\x14\0\1\0\0\0\0\0\1\0\1\0\0\0\0\0\1")},
    {"int64_array", "-1 dimensions", BYTES("\xff\xff\xff\xff\0\0\0\0\0\0\0\x14")},
    {"int64_array", "7 dimensions", BYTES("\0\0\0\7\0\0\0\0\0\0\0\x14")},
    {"int64_array", "a negative length of a dimension",
     BYTES("\0\0\0\1\0\0\0\0\0\0\0\x14\xff\xff\xff\xff\0\0\0\1")},
    {"int64_array", "elements of type text",
     BYTES("\0\0\0\1\0\0\0\0\0\0\0\x19\0\0\0\1\0\0\0\1\0\0\0\1a")},
    {"int64_array", "an element of length -7",
     BYTES("\0\0\0\1\0\0\0\0\0\0\0\x14\0\0\0\1\0\0\0\1\xff\xff\xff\xf9")},
    {"text", "a NUL inside", BYTES("ab\0de")},
    {"text_array", "a NUL inside of an element",
     BYTES("\0\0\0\1\0\0\0\0\0\0\0\x19\0\0\0\1\0\0\0\1\0\0\0\3a\0b")},
    {"jsonb", "version 2", BYTES("\2{}")},
    {"numeric", "a digit of 10000", BYTES("\0\1\0\0\0\0\0\0\x27\x10")},
    {"numeric", "a sign that does not exist", BYTES("\0\0\0\0\x12\x34\0\0")},
    {"numeric", "digits of NaN", BYTES("\0\1\0\0\xc0\0\0\0\0\1")},
    {"numeric", "more places than there can be", BYTES("\0\0\0\0\0\0\x40\0")},
    {"bits", "more bits than bytes", BYTES("\0\0\0\x28\xff\xff")},
    {"inet", "a family that does not exist", BYTES("\4\x20\0\4\1\2\3\4")},
    {"inet", "a prefix of 33 bits", BYTES("\2\x21\0\4\1\2\3\4")},
    {"path", "2^28 points", BYTES("\1\x10\0\0\0")},
    {"record", "two fields of three", BYTES("\0\0\0\2")},
    {"enum", "a label that is the beginning of one", BYTES("re")},
    {"enum", "a label that begins with one", BYTES("redd")},
    {"enum", "a label with a NUL", BYTES("red\0")},
};

static const struct codec *codec_named(const char *name)
{
    for (size_t i = 0; i < n_codecs; i++)
        if (strcmp(codecs[i].name, name) == 0)
            return &codecs[i];
    ck_abort_msg("no codec %s", name);
    return NULL;
}

START_TEST(a_lie_is_a_bad_value)
{
    const struct lie *lie = &lies[_i];

    ck_assert_msg(decode(codec_named(lie->codec), lie->bytes, lie->length) == TENON_BAD_VALUE,
                  "%s with %s", lie->codec, lie->what);
}
END_TEST

/* 256 MB of them, which a C int of bits does not count; the pages are never touched. */
START_TEST(more_bits_than_there_can_be_are_a_bad_value)
{
    const int length = 4 + (1 << 28);
    char *bytes = calloc(1, (size_t)length);
    const struct codec *codec = codec_named("bits");
    struct fake_call fake;

    memcpy(bytes, "\x80\0\0\0", 4);
    fake_init(&fake);
    fake_set(&fake, "", 0, false);
    fake.cell = (tenon__cell){length, bytes};
    codec->rebind(&fake.call);
    ck_assert_int_eq(fake.call.status, TENON_BAD_VALUE);
    fake_finish(&fake);
    free(bytes);
}
END_TEST

START_TEST(the_first_failure_sticks_and_later_reads_are_zero)
{
    struct fake_call fake;

    fake_init(&fake);
    fake_set(&fake, "abc", 3, false);
    ck_assert_int_eq(tenon__read_int64(&fake.call), 0);
    ck_assert_int_eq(fake.call.status, TENON_BAD_VALUE);
    ck_assert(!tenon__next_row(&fake.call));
    fake_finish(&fake);
}
END_TEST

START_TEST(parameters_that_cannot_be_are_refused)
{
    static const tenon_dimension wrong[] = {{3, 1}};
    static const int64_t items[] = {1, 2};
    struct fake_call fake;

    fake_init(&fake);
    tenon__bind_int64_array(&fake.call, (tenon_int64_array){.count = 2}, 20);
    ck_assert_int_eq(fake.call.status, TENON_INVALID_ARGUMENT);
    fake.call.status = TENON_OK;
    tenon__bind_int64_array(&fake.call, (tenon_int64_array){2, items, NULL, 1, wrong}, 20);
    ck_assert_int_eq(fake.call.status, TENON_INVALID_ARGUMENT);
    fake.call.status = TENON_OK;
    tenon__bind_text(&fake.call, NULL);
    ck_assert_int_eq(fake.call.status, TENON_INVALID_ARGUMENT);
    fake.call.status = TENON_OK;
    tenon__bind_inet(&fake.call, (tenon_inet){.version = 5});
    ck_assert_int_eq(fake.call.status, TENON_INVALID_ARGUMENT);
    fake.call.status = TENON_OK;
    tenon__bind_bytes(&fake.call, (tenon_bytes){(const unsigned char *)"", (size_t)1 << 30});
    ck_assert_int_eq(fake.call.status, TENON_INVALID_ARGUMENT);
    fake_finish(&fake);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode");
    TCase *all = tcase_create("every codec"), *named = tcase_create("named");

    tcase_set_timeout(all, 120);
    tcase_add_loop_test(all, what_is_decoded_encodes_to_the_same_bytes, 0, (int)n_codecs);
    tcase_add_loop_test(all, a_value_cut_anywhere_is_a_bad_value, 0, (int)n_codecs);
    tcase_add_loop_test(all, a_value_with_a_byte_more_is_a_bad_value, 0, (int)n_codecs);
    tcase_add_loop_test(all, a_null_is_a_bad_value_where_it_was_ruled_out, 0, (int)n_codecs);
    tcase_add_loop_test(all, random_bytes_never_do_harm, 0, (int)n_codecs);
    tcase_add_loop_test(all, a_changed_byte_never_does_harm, 0, (int)n_codecs);
    suite_add_tcase(suite, all);
    tcase_add_loop_test(named, a_lie_is_a_bad_value, 0, sizeof lies / sizeof *lies);
    tcase_add_test(named, more_bits_than_there_can_be_are_a_bad_value);
    tcase_add_test(named, the_first_failure_sticks_and_later_reads_are_zero);
    tcase_add_test(named, parameters_that_cannot_be_are_refused);
    tcase_add_test(named, an_array_says_whether_an_element_is_null);
    tcase_add_test(named, a_null_in_front_of_an_array_is_not_in_it);
    suite_add_tcase(suite, named);

    return run_suite(suite);
}
