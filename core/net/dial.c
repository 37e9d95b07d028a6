#include "net/dial.h"

#include "net/sockaddr.h"

#include <errno.h>
#include <netinet/in.h>
#include <unistd.h>

static bool no_socket(int error, struct fail *fail)
{
    if (error == EMFILE || error == ENFILE)
        return fail_set(fail, "EMFILE",
                        "no file descriptors left for another connection: raise the limit "
                        "(ulimit -n) or probe fewer targets at once");
    return fail_errno(fail, error, "no socket");
}

static bool no_connection(const struct addr *to, int error, struct fail *fail)
{
    char text[ADDR_TEXT];
    return fail_errno(fail, error, addr_text(to, text));
}

/* Binds the address alone: the port is taken with the connection, so that none is reserved for it. */
static bool bind_to(int fd, const struct addr *from)
{
    struct addr any_port = *from;
    struct sockaddr_storage at;
    int one = 1;
    any_port.port = 0;
    socklen_t size = sockaddr_of(&any_port, &at);
    return setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one) == 0 &&
           bind(fd, (const struct sockaddr *)&at, size) == 0;
}

static int dial(int type, const struct addr *from, const struct addr *to, struct fail *fail)
{
    struct sockaddr_storage at;
    socklen_t size = sockaddr_of(to, &at);
    int fd = socket(at.ss_family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        no_socket(errno, fail);
        return -1;
    }
    if ((!from || bind_to(fd, from)) &&
        (connect(fd, (const struct sockaddr *)&at, size) == 0 || errno == EINPROGRESS))
        return fd;
    no_connection(to, errno, fail);
    close(fd);
    return -1;
}

int dial_start(const struct addr *to, struct fail *fail)
{
    return dial(SOCK_STREAM, NULL, to, fail);
}

int dial_start_from(const struct addr *from, const struct addr *to, struct fail *fail)
{
    return dial(SOCK_STREAM, from, to, fail);
}

int dial_datagrams(const struct addr *from, const struct addr *to, struct fail *fail)
{
    return dial(SOCK_DGRAM, from, to, fail);
}

bool dial_own_address(const struct addr *to, struct addr *out)
{
    struct sockaddr_storage sa;
    socklen_t size = sizeof sa;
    struct fail ignored;
    struct addr there = *to;
    there.port = there.port ? there.port : 9; /* any: it is not sent to */
    int fd = dial_datagrams(NULL, &there, &ignored);
    if (fd < 0)
        return false;
    bool ok = getsockname(fd, (struct sockaddr *)&sa, &size) == 0 && sockaddr_read(&sa, out);
    close(fd);
    out->port = 0;
    return ok;
}
