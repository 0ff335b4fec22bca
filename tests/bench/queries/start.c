/* start_CLIENT: connects, finds one order and ends. Prints the nanoseconds of CPU that it and its
 * server process have taken by then, and a digest of the order. A program for each client, so that
 * each loads its own libraries only. */
#include "bench.h"
#include "clock.h"

#include <inttypes.h>
#include <stdio.h>

int main(void)
{
    static struct inputs in;
    struct tally tally = {.digesting = true};

    in.keys[0].id = 7;
    if (!CLIENT.open() || !CLIENT.turn[LOOKUP](&in, 0, &tally))
        return 1;
    printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", cpu_of(0), cpu_of(CLIENT.backend()),
           tally.digest);
    CLIENT.close();
    return 0;
}
