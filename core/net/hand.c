#include "net/hand.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Room for more descriptors than may come, so that one too many is seen, and closed. */
enum { DESCRIPTORS = 2 };

union control {
    struct cmsghdr align;
    char room[CMSG_SPACE(sizeof(int) * DESCRIPTORS)];
};

bool hand_pair(int fds[2], struct fail *fail)
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) == 0 ||
           fail_errno(fail, errno, "no pair of sockets");
}

static bool send_with(int at, struct bytes message, int fd)
{
    union control control = {.room = {0}};
    unsigned char copy[HAND_MESSAGE];
    struct iovec part = {.iov_base = copy, .iov_len = message.n};
    memcpy(copy, message.p, message.n);
    struct msghdr whole = {.msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.room,
                           .msg_controllen = CMSG_SPACE(sizeof fd)};
    struct cmsghdr *c = CMSG_FIRSTHDR(&whole);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(c), &fd, sizeof fd);
    return sendmsg(at, &whole, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)message.n;
}

bool hand_send(int at, struct bytes message, int fd)
{
    if (message.n == 0 || message.n > HAND_MESSAGE)
        return false;
    if (fd >= 0)
        return send_with(at, message, fd);
    return send(at, message.p, message.n, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)message.n;
}

/* How many descriptors came; they stand in fds. */
static size_t take(struct msghdr *whole, int fds[DESCRIPTORS])
{
    size_t n = 0;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(whole); c; c = CMSG_NXTHDR(whole, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        size_t here = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < here && n < DESCRIPTORS; i++)
            memcpy(&fds[n++], CMSG_DATA(c) + i * sizeof(int), sizeof(int));
    }
    return n;
}

size_t hand_receive(int at, unsigned char into[HAND_MESSAGE], int *fd)
{
    union control control;
    unsigned char got[HAND_MESSAGE] = {0};
    struct iovec part = {.iov_base = got, .iov_len = sizeof got};
    struct msghdr whole = {.msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.room,
                           .msg_controllen = sizeof control.room};
    int fds[DESCRIPTORS] = {-1, -1};
    ssize_t n;
    do
        n = recvmsg(at, &whole, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    size_t descriptors = n >= 0 ? take(&whole, fds) : 0;
    *fd = fds[0];
    if (n > 0 && descriptors <= 1 && !(whole.msg_flags & (MSG_TRUNC | MSG_CTRUNC))) {
        memcpy(into, got, (size_t)n);
        return (size_t)n;
    }
    for (size_t i = 0; i < descriptors; i++)
        close(fds[i]);
    *fd = -1;
    return 0;
}

bool hand_to_loopback(int fd, struct fail *fail)
{
    static const char name[] = "lo";
    return setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, sizeof name) == 0 ||
           fail_errno(fail, errno, "a socket can't be held to the loopback interface");
}
