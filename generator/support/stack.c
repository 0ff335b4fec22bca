/* A POSIX thread that is joined at once: to the caller it is a plain call. */
#include "support/stack.h"

#include <pthread.h>

struct call {
    void (*work)(void *context);
    void *context;
};

static void *run(void *argument)
{
    const struct call *call = argument;

    call->work(call->context);
    return NULL;
}

bool stack_run(size_t size, void (*work)(void *context), void *context)
{
    struct call call = {work, context};
    pthread_attr_t attributes;
    pthread_t thread;
    bool started;

    if (pthread_attr_init(&attributes) != 0)
        return false;
    started = pthread_attr_setstacksize(&attributes, size) == 0 &&
              pthread_create(&thread, &attributes, run, &call) == 0;
    pthread_attr_destroy(&attributes);
    if (started)
        pthread_join(thread, NULL);
    return started;
}
