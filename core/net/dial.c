#include "net/dial.h"

#include "net/sockaddr.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
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

int dial_start(const struct addr *to, struct fail *fail)
{
    struct sockaddr_storage at;
    socklen_t size = sockaddr_of(to, &at);
    int one = 1;
    int fd = socket(at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
    if (fd < 0) {
        no_socket(errno, fail);
        return -1;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (const struct sockaddr *)&at, size) == 0 || errno == EINPROGRESS)
        return fd;
    no_connection(to, errno, fail);
    close(fd);
    return -1;
}
