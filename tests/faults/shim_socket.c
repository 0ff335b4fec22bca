/* Defined in the program, these functions are found before those of the C library by every library
 * that the program is linked with. */
#include "shim_socket.h"

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

static _Thread_local struct socket_fault fault;
static _Thread_local size_t n_sent, n_recvs, n_calls, polls_in_vain;
static _Thread_local bool failed, has_sent;
static _Thread_local int first_fd;   /* that was sent on */
static _Thread_local size_t n_given; /* of what is endless */

void socket_fail(const struct socket_fault *wanted)
{
    fault = wanted != NULL ? *wanted : (struct socket_fault){0};
    n_sent = n_recvs = n_calls = polls_in_vain = n_given = 0;
    failed = has_sent = false;
    first_fd = -1;
}

size_t socket_sent(void)
{
    return n_sent;
}

size_t socket_polls_in_vain(void)
{
    return polls_in_vain;
}

bool socket_has_failed(void)
{
    return failed;
}

/* A function of the C library, or of a sanitizer in front of it. */
static void find(const char *name, void *function)
{
    void *found = dlsym(RTLD_NEXT, name);

    memcpy(function, &found, sizeof found);
}

static bool strikes(int one_in, int error)
{
    if (one_in == 0 || ++n_calls % (size_t)one_in != 0)
        return false;
    errno = error;
    return true;
}

ssize_t send(int fd, const void *bytes, size_t length, int flags)
{
    static _Thread_local ssize_t (*real)(int, const void *, size_t, int);

    if (real == NULL)
        find("send", &real);
    if (strikes(fault.interrupts, EINTR) || strikes(fault.send_waits, EAGAIN))
        return -1;
    if (fault.send_errno != 0 && n_sent >= fault.send_limit) {
        failed = true;
        shutdown(fd, SHUT_RDWR); /* what cannot be sent to can not be heard from */
        errno = fault.send_errno;
        return -1;
    }
    if (first_fd < 0)
        first_fd = fd;
    size_t wanted = length;
    if (fault.send_part > 0 && length > fault.send_part)
        length = fault.send_part;
    if (fault.send_errno != 0 && length > fault.send_limit - n_sent)
        length = fault.send_limit - n_sent;
    ssize_t sent = real(fd, bytes, length, flags);
    if (sent > 0)
        n_sent += (size_t)sent;
    has_sent = sent >= 0 && (size_t)sent == wanted;
    return sent;
}

static bool is_endless(int fd)
{
    return fault.endless != NULL && fd == first_fd;
}

/* As much as there is room for, going on where it stopped. */
static ssize_t give_endless(char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        bytes[i] = fault.endless[n_given++ % fault.endless_length];
    return (ssize_t)length;
}

ssize_t recv(int fd, void *bytes, size_t length, int flags)
{
    static _Thread_local ssize_t (*real)(int, void *, size_t, int);

    if (real == NULL)
        find("recv", &real);
    if (strikes(fault.interrupts, EINTR))
        return -1;
    if (fault.recv_pause_ms > 0 && has_sent) {
        struct pollfd nothing = {.fd = -1};
        int (*wait)(struct pollfd *, nfds_t, int);
        find("poll", &wait);
        wait(&nothing, 1, fault.recv_pause_ms);
        has_sent = false;
    }
    if (fault.recv_errno != 0 && ++n_recvs >= fault.recv_at) {
        failed = true;
        errno = fault.recv_errno;
        return -1;
    }
    if (fault.recv_part > 0 && length > fault.recv_part)
        length = fault.recv_part;
    if (is_endless(fd))
        return give_endless(bytes, length);
    return real(fd, bytes, length, flags);
}

int poll(struct pollfd *polls, nfds_t n, int timeout)
{
    static _Thread_local int (*real)(struct pollfd *, nfds_t, int);

    if (real == NULL)
        find("poll", &real);
    if (n > 0 && strikes(fault.interrupts, EINTR))
        return -1;
    if (n == 1 && is_endless(polls->fd) && (polls->events & POLLIN)) {
        polls->revents = POLLIN;
        return 1;
    }
    int ready = real(polls, n, timeout);
    if (ready == 0 && timeout > 0)
        polls_in_vain++;
    return ready;
}
