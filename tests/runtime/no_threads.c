#include "no_threads.h"

#include <errno.h>
#include <pthread.h>

atomic_bool no_threads;

int __real_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
int __wrap_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*function)(void *), void *argument)
{
    return no_threads ? EAGAIN : __real_pthread_create(thread, attributes, function, argument);
}
