/* CPU time of a process, its own or another's. */
#ifndef BENCH_QUERIES_CLOCK_H
#define BENCH_QUERIES_CLOCK_H

#include <stdint.h>
#include <sys/types.h>

/** Nanoseconds of CPU that the process has taken so far, in it and for it; pid 0: this one. 0 when
 *  it cannot be told. */
uint64_t cpu_of(pid_t pid);

#endif
