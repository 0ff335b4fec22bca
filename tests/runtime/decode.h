/* Decoders without a server: a call over cells that the test makes up. A value lies in memory of
 * exactly its size, so that AddressSanitizer sees any read beyond it; inside of a PGresult it would
 * not, because libpq allocates in blocks. */
#ifndef TESTS_RUNTIME_DECODE_H
#define TESTS_RUNTIME_DECODE_H

#include <tenon/generated.h>

#define MAX_CELLS 4096

struct fake_call {
    tenon__call call;
    const char *values[MAX_CELLS];
    int lengths[MAX_CELLS];
    unsigned char space[1 << 16];
    tenon__cell cell;
    const tenon__cell *row[1];
    void *copy;
};

/* A decoder and an encoder of the same type, with a value to encode. */
struct codec {
    const char *name;
    void (*bind)(tenon__call *call);   /* binds the sample */
    void (*rebind)(tenon__call *call); /* reads a value and binds it again */
    bool is_text;                      /* top-level text relies on the NUL that libpq adds */
};

extern const struct codec codecs[];
extern const size_t n_codecs;

void fake_init(struct fake_call *fake);
void fake_finish(struct fake_call *fake);
/* Makes a copy of the bytes the only cell of the row; length -1 for NULL. */
void fake_set(struct fake_call *fake, const void *data, int length, bool terminated);

#endif
