/* The runtime's decoders, fed by a server that lies. What is decoded must encode to bytes that
 * decode to the same bytes again. */
#include "runtime/decode.h"

#include <string.h>

#include "fuzz/targets.h"

static const struct codec *find_codec(const uint8_t *name, size_t len)
{
    for (size_t i = 0; i < n_codecs; i++)
        if (strlen(codecs[i].name) == len && memcmp(codecs[i].name, name, len) == 0)
            return &codecs[i];
    return NULL;
}

/* Decodes and encodes. The caller frees *bytes, which is NULL unless TENON_OK is returned. */
static tenon_status again(const struct codec *codec, const void *data, int length,
                          unsigned char **bytes, int *n_bytes)
{
    static struct fake_call fake;
    tenon_status status;

    fake_init(&fake);
    fake_set(&fake, data, length, codec->is_text);
    codec->rebind(&fake.call);
    status = fake.call.status;
    *bytes = NULL;
    if (status == TENON_OK) {
        CHECK(fake.call.nested == NULL && fake.values[0] != NULL, "%s", codec->name);
        CHECK(fake.call.cell == &fake.cell + 1, "%s: the cell was not passed", codec->name);
        *n_bytes = fake.lengths[0];
        *bytes = malloc((size_t)*n_bytes + 1);
        CHECK(*bytes, "memory");
        memcpy(*bytes, fake.values[0], (size_t)*n_bytes);
    }
    fake_finish(&fake);
    return status;
}

void fuzz_decode(const uint8_t *data, size_t size)
{
    const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
    const struct codec *codec = end ? find_codec(data, (size_t)(end - data)) : NULL;
    unsigned char *first, *second;
    int n_first, n_second;
    tenon_status status;

    if (!codec)
        return;
    status = again(codec, end + 1, (int)(data + size - end - 1), &first, &n_first);
    CHECK(status == TENON_OK || status == TENON_BAD_VALUE || status == TENON_INVALID_ARGUMENT,
          "%s: status %d", codec->name, (int)status);
    if (status != TENON_OK)
        return;
    status = again(codec, first, n_first, &second, &n_second);
    CHECK(status == TENON_OK, "%s: what was encoded is status %d", codec->name, (int)status);
    CHECK(n_first == n_second && memcmp(first, second, (size_t)n_first) == 0,
          "%s: other bytes the second time", codec->name);
    free(first);
    free(second);
}
