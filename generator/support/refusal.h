/* Why something is refused, for whoever knows the place of it. */
#ifndef TENON_SUPPORT_REFUSAL_H
#define TENON_SUPPORT_REFUSAL_H

struct refusal {
    const char *sqlstate;
    const char *message;
    const char *hint; /* NULL: none */
};

#endif
