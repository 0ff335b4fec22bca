/* send, recv and poll of the whole program, made to fail. They take the place of the C library's,
 * so that libpq calls them. */
#ifndef TESTS_FAULTS_SHIM_SOCKET_H
#define TESTS_FAULTS_SHIM_SOCKET_H

#include <stdbool.h>
#include <stddef.h>

/** Zero members do nothing. Only this thread's calls are touched. */
struct socket_fault {
    size_t send_part;      /**< bytes that one send takes at most */
    size_t send_limit;     /**< bytes after which send fails with `send_errno`, from then on */
    int send_errno;        /**< EPIPE, ECONNRESET */
    int send_waits;        /**< one send in so many says EAGAIN */
    int interrupts;        /**< one call in so many says EINTR */
    int recv_pause_ms;     /**< a recv that follows a send of all there was sleeps first, until the
                                answer is there */
    int recv_errno;        /**< ECONNRESET: recv number `recv_at` says so */
    size_t recv_at;        /**< from 1 */
    size_t recv_part;      /**< bytes that one recv gives at most */
    const char *endless;   /**< what recv gives, again and again, once something has been sent on */
    size_t endless_length; /**< that socket; poll always finds more of it */
};

void socket_fail(const struct socket_fault *fault);
/** Bytes sent since then. */
size_t socket_sent(void);
/** Calls of poll that came to their end with nothing having happened. */
size_t socket_polls_in_vain(void);
/** Whether send_limit or recv_at has been reached. */
bool socket_has_failed(void);

#endif
