/* Starts from the bytes of a codec's own sample now and then; the name stays a name. */
#include <string.h>

#include "fuzz/targets.h"
#include "runtime/decode.h"

static size_t write_sample(uint8_t *data, size_t most, unsigned seed)
{
    static struct fake_call fake;
    const struct codec *codec = &codecs[seed % n_codecs];
    size_t n_name = strlen(codec->name) + 1, size = 0, length;

    fake_init(&fake);
    codec->bind(&fake.call);
    length = fake.lengths[0] > 0 ? (size_t)fake.lengths[0] : 0;
    if (n_name + length <= most) {
        memcpy(data, codec->name, n_name - 1);
        data[n_name - 1] = '\n';
        memcpy(data + n_name, fake.values[0], length);
        size = n_name + length;
    }
    fake_finish(&fake);
    return size;
}

size_t mutate_value(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    uint8_t *end = size ? memchr(data, '\n', size) : NULL;
    size_t n_name;

    if (!end || seed % 64 == 0) {
        size = write_sample(data, most, seed / 64);
        end = memchr(data, '\n', size);
        if (!end)
            return size;
    }
    n_name = (size_t)(end - data) + 1;
    return n_name + LLVMFuzzerMutate(data + n_name, size - n_name, most - n_name);
}
