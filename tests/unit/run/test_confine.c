/* What a confined process can't do any more, and what it still can. */
#include "run/confine.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

struct sockets {
    int pair[2];
    int refused; /* its own connection was refused: it could be used for another one */
    struct sockaddr_in listener;
    pid_t parent;
};

/* The status of a confined child that does `what`: 0 when it could. */
static int confined(void (*what)(struct sockets *s), struct sockets *s)
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        struct fail fail;
        char missing[64];
        if (!confine(CONFINE_WORKER, missing, &fail))
            _exit(1);
        what(s);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void assert_killed(void (*what)(struct sockets *s), struct sockets *s)
{
#ifdef SANITIZED
    (void)what;
    (void)s;
    skip(); /* no system calls are refused in that build */
#else
    int status = confined(what, s);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSYS);
#endif
}

static void set_up(struct sockets *s)
{
    socklen_t size = sizeof s->listener;
    s->parent = getpid();
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    s->listener =
        (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert_int_equal(bind(listener, (struct sockaddr *)&s->listener, size), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&s->listener, &size), 0);
    s->refused = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_not_equal(connect(s->refused, (struct sockaddr *)&s->listener, size), 0);
    assert_int_equal(listen(listener, 1), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, s->pair), 0);
}

static void use_what_it_has(struct sockets *s)
{
    char got = 0;
    if (send(s->pair[0], "x", 1, MSG_NOSIGNAL) != 1 || recv(s->pair[1], &got, 1, 0) != 1 ||
        fcntl(s->pair[0], F_SETFL, O_NONBLOCK) != 0)
        _exit(1);
}

static void can_use_the_sockets_it_was_given(void **state)
{
    struct sockets s;
    (void)state;
    set_up(&s);
    assert_int_equal(confined(use_what_it_has, &s), 0);
}

static void make_socket(struct sockets *s)
{
    (void)s;
    socket(AF_INET, SOCK_STREAM, 0);
}

static void cannot_make_a_socket(void **state)
{
    struct sockets s;
    (void)state;
    set_up(&s);
    assert_killed(make_socket, &s);
}

static void connect_by_fast_open(struct sockets *s)
{
    sendto(s->refused, "x", 1, MSG_FASTOPEN | MSG_NOSIGNAL, (struct sockaddr *)&s->listener,
           sizeof s->listener);
}

static void cannot_connect_a_refused_socket_to_somebody_else(void **state)
{
    struct sockets s;
    (void)state;
    set_up(&s);
    assert_killed(connect_by_fast_open, &s);
}

static void connect_by_fast_open_message(struct sockets *s)
{
    char text[] = "x";
    struct iovec part = {.iov_base = text, .iov_len = 1};
    struct msghdr message = {.msg_name = &s->listener,
                             .msg_namelen = sizeof s->listener,
                             .msg_iov = &part,
                             .msg_iovlen = 1};
    sendmsg(s->refused, &message, MSG_FASTOPEN | MSG_NOSIGNAL);
}

static void cannot_do_so_by_sendmsg_either(void **state)
{
    struct sockets s;
    (void)state;
    set_up(&s);
    assert_killed(connect_by_fast_open_message, &s);
}

static void signal_the_parent(struct sockets *s)
{
    syscall(SYS_tgkill, s->parent, s->parent, 0);
}

static void cannot_signal_another_process(void **state)
{
    struct sockets s;
    (void)state;
    set_up(&s);
    assert_killed(signal_the_parent, &s);
}

static void own_a_descriptor_for_another(struct sockets *s)
{
    fcntl(s->pair[0], F_SETOWN, 1);
}

static void cannot_have_the_kernel_signal_another_process(void **state)
{
    struct sockets s;
    (void)state;
    set_up(&s);
    assert_killed(own_a_descriptor_for_another, &s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(can_use_the_sockets_it_was_given),
        cmocka_unit_test(cannot_make_a_socket),
        cmocka_unit_test(cannot_connect_a_refused_socket_to_somebody_else),
        cmocka_unit_test(cannot_do_so_by_sendmsg_either),
        cmocka_unit_test(cannot_signal_another_process),
        cmocka_unit_test(cannot_have_the_kernel_signal_another_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
