/* A machine on which no thread can be started, for programs linked with --wrap=pthread_create. */
#ifndef TESTS_RUNTIME_NO_THREADS_H
#define TESTS_RUNTIME_NO_THREADS_H

#include <stdatomic.h>

/** Whether it is so. */
extern atomic_bool no_threads;

#endif
