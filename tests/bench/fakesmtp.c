/*
 * fakesmtp: the mail server of the benchmark: it speaks SMTP and refuses every recipient.
 *
 *     fakesmtp [-p PORT] [-d MS] [-H N] [-P] [-w] [-m NAME] [-T SECONDS]
 *
 *     -p PORT     where to listen, on all of 127.0.0.0/8; 0 (default): a free port
 *     -d MS       each reply (or batch of replies to pipelined commands) goes out MS later
 *     -H N        a connection's Nth reply and all later ones are never sent (1: the banner)
 *     -P          offers PIPELINING
 *     -w          stays awake: never sleeps while a connection is open. A server that sleeps must be woken by
 *                 the client's sends, which on a virtual machine costs the client more than the send; and a
 *                 fast client, who keeps the server busy, pays it less often than a slow one
 *     -m NAME     what the server calls itself (default: localhost)
 *     -T SECONDS  ends by itself after so long (default: 600)
 *
 * Prints "ready PORT" once it listens, and "open N held N served N dropped N commands N" at each SIGUSR1. After
 * QUIT the server closes first, in the same segment as its reply: TIME_WAIT stays on this side.
 * Nobody but loopback is served: the socket is bound to "lo", and a peer outside 127.0.0.0/8 is dropped.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum {
    LINE_LIMIT = 1024,
    READ_SIZE = 16384,
    REPLY_ROOM = 65536,
    WHEEL = 8192, /* slots of one millisecond */
    EVENTS = 512,
};

struct options {
    uint16_t port;
    unsigned delay; /* milliseconds */
    unsigned hold;  /* 0: nothing is held back */
    bool pipelining;
    bool awake;
    const char *name;
    unsigned seconds;
};

struct conn {
    int fd; /* -1: gone, and only still in the wheel */
    unsigned replies;
    bool mail, quit, queued, held;
    uint16_t line_n;
    char *line; /* begun and not ended; LINE_LIMIT bytes, or NULL */
    char *late; /* replies that wait for their time, or NULL */
    size_t late_n;
    struct conn *next; /* in its slot of the wheel */
};

struct server {
    struct options options;
    int epoll, listener, signals;
    bool full; /* no descriptor is left: nobody is accepted until one is free */
    unsigned open, held, served, dropped;
    unsigned long commands;
    uint64_t wheel_at; /* the millisecond up to which the wheel has turned */
    unsigned waiting;  /* connections in the wheel */
    struct conn *wheel[WHEEL];
    char in[LINE_LIMIT + READ_SIZE];
    char out[REPLY_ROOM];
    size_t out_n;
};

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static uint64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void watch(struct server *s, int op, int fd, void *what, uint32_t events)
{
    struct epoll_event e = {.events = events, .data.ptr = what};
    if (epoll_ctl(s->epoll, op, fd, &e) != 0)
        die("fakesmtp: epoll_ctl");
}

static void conn_free(struct conn *c)
{
    free(c->line);
    free(c->late);
    free(c);
}

static void conn_close(struct server *s, struct conn *c)
{
    close(c->fd);
    c->fd = -1;
    s->open--;
    s->held -= c->held;
    if (s->full)
        watch(s, EPOLL_CTL_MOD, s->listener, &s->listener, EPOLLIN);
    s->full = false;
    if (!c->queued)
        conn_free(c);
}

/* Adds a reply to those that go out together. False: it (and so all later ones) is held back. */
static bool reply(struct server *s, struct conn *c, const char *text)
{
    size_t n = strlen(text);
    if (s->options.hold != 0 && c->replies + 1 >= s->options.hold) {
        s->held += !c->held;
        c->held = true;
        return false;
    }
    c->replies++;
    if (s->out_n + n <= sizeof s->out)
        memcpy(s->out + s->out_n, text, n);
    s->out_n += n; /* beyond the room: flush drops the connection */
    return true;
}

static void greet(struct server *s, struct conn *c)
{
    char text[300];
    snprintf(text, sizeof text, "220 %s ESMTP\r\n", s->options.name);
    reply(s, c, text);
}

static void answer_ehlo(struct server *s, struct conn *c)
{
    char text[400];
    snprintf(text, sizeof text,
             "250-%s\r\n250-SIZE 10240000\r\n%s250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n",
             s->options.name, s->options.pipelining ? "250-PIPELINING\r\n" : "");
    reply(s, c, text);
}

static bool is(const char *line, const char *verb)
{
    return strncasecmp(line, verb, strlen(verb)) == 0;
}

static void answer(struct server *s, struct conn *c, const char *line)
{
    s->commands++;
    if (is(line, "MAIL FROM:")) {
        reply(s, c, c->mail ? "503 5.5.1 Error: nested MAIL command\r\n" : "250 2.1.0 Ok\r\n");
        c->mail = true;
    } else if (is(line, "RCPT TO:")) {
        reply(s, c, c->mail ? "554 5.7.1 Relay access denied\r\n" : "503 5.5.1 MAIL first\r\n");
    } else if (is(line, "RSET") || is(line, "NOOP")) {
        c->mail = c->mail && !is(line, "RSET");
        reply(s, c, "250 2.0.0 Ok\r\n");
    } else if (is(line, "EHLO ")) {
        answer_ehlo(s, c);
    } else if (is(line, "QUIT")) {
        c->quit = reply(s, c, "221 2.0.0 Bye\r\n");
    } else {
        reply(s, c, "502 5.5.2 Error: command not recognized\r\n");
    }
}

/* Sends, and closes after QUIT. False: the connection is gone. */
static bool put_out(struct server *s, struct conn *c, const char *bytes, size_t n)
{
    ssize_t sent = send(c->fd, bytes, n, MSG_NOSIGNAL | (c->quit ? MSG_MORE : 0));
    bool whole = sent == (ssize_t)n;
    s->served += whole && c->quit;
    s->dropped += !whole;
    if (whole && !c->quit)
        return true;
    conn_close(s, c);
    return false;
}

static void put_late(struct server *s, struct conn *c)
{
    char *late = realloc(c->late, c->late_n + s->out_n);
    if (!late)
        die("fakesmtp");
    memcpy(late + c->late_n, s->out, s->out_n);
    c->late = late;
    c->late_n += s->out_n;
    if (c->queued)
        return;
    struct conn **slot = &s->wheel[(now_ms() + s->options.delay + 1) % WHEEL];
    c->queued = true;
    c->next = *slot;
    *slot = c;
    s->waiting++;
}

/* What was answered goes out, now or later. False: the connection is gone. */
static bool flush(struct server *s, struct conn *c)
{
    size_t n = s->out_n;
    if (n > sizeof s->out) {
        s->dropped++;
        conn_close(s, c);
        n = s->out_n = 0;
        return false;
    }
    bool stays = true;
    if (n > 0 && s->options.delay > 0)
        put_late(s, c);
    else if (n > 0)
        stays = put_out(s, c, s->out, n);
    s->out_n = 0;
    return stays;
}

static void turn_slot(struct server *s, struct conn **slot)
{
    struct conn *c = *slot;
    *slot = NULL;
    while (c) {
        struct conn *next = c->next;
        char *late = c->late;
        size_t n = c->late_n;
        c->late = NULL;
        c->late_n = 0;
        c->queued = false;
        s->waiting--;
        if (c->fd < 0)
            conn_free(c);
        else
            put_out(s, c, late, n);
        free(late);
        c = next;
    }
}

static void turn_wheel(struct server *s)
{
    uint64_t now = now_ms();
    for (; s->wheel_at < now; s->wheel_at++)
        turn_slot(s, &s->wheel[(s->wheel_at + 1) % WHEEL]);
}

/* Answers all whole lines of s->in; what is left of them. False: too long a line. */
static bool answer_lines(struct server *s, struct conn *c, size_t n)
{
    char *at = s->in;
    char *end = s->in + n;
    for (char *lf; !c->quit && (lf = memchr(at, '\n', (size_t)(end - at))); at = lf + 1) {
        *lf = '\0';
        answer(s, c, at);
    }
    size_t left = c->quit ? 0 : (size_t)(end - at);
    if (left > LINE_LIMIT)
        return false;
    if (left > 0 && !c->line && !(c->line = malloc(LINE_LIMIT)))
        die("fakesmtp");
    if (left > 0)
        memcpy(c->line, at, left);
    c->line_n = (uint16_t)left;
    return true;
}

static void hear(struct server *s, struct conn *c)
{
    if (c->line_n > 0)
        memcpy(s->in, c->line, c->line_n);
    ssize_t got = recv(c->fd, s->in + c->line_n, READ_SIZE, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got > 0 && answer_lines(s, c, c->line_n + (size_t)got)) {
        flush(s, c);
        return;
    }
    s->dropped++;
    s->out_n = 0;
    conn_close(s, c);
}

static bool is_loopback(const struct sockaddr_in *peer)
{
    return ntohl(peer->sin_addr.s_addr) >> 24 == 127;
}

static void take(struct server *s, int fd)
{
    struct conn *c = calloc(1, sizeof *c);
    if (!c)
        die("fakesmtp");
    c->fd = fd;
    s->open++;
    watch(s, EPOLL_CTL_ADD, fd, c, EPOLLIN);
    greet(s, c);
    flush(s, c);
}

static void accept_all(struct server *s)
{
    struct sockaddr_in peer;
    socklen_t n = sizeof peer;
    int fd;
    while ((fd = accept4(s->listener, (struct sockaddr *)&peer, &n,
                         SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        if (is_loopback(&peer))
            take(s, fd);
        else
            close(fd);
        n = sizeof peer;
    }
    if (errno != EMFILE && errno != ENFILE)
        return;
    if (!s->full)
        fprintf(stderr, "fakesmtp: no descriptor is left with %u connections open\n", s->open);
    s->full = true;
    watch(s, EPOLL_CTL_MOD, s->listener, &s->listener, 0);
}

/* False: it is told to end. */
static bool take_signal(const struct server *s)
{
    struct signalfd_siginfo info;
    if (read(s->signals, &info, sizeof info) != sizeof info)
        return true;
    if (info.ssi_signo != SIGUSR1)
        return false;
    printf("open %u held %u served %u dropped %u commands %lu\n", s->open, s->held, s->served,
           s->dropped, s->commands);
    fflush(stdout);
    return true;
}

static void listen_on_loopback(struct server *s)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(s->options.port)};
    socklen_t n = sizeof at;
    int one = 1;
    s->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    at.sin_addr.s_addr = htonl(INADDR_ANY);
    setsockopt(s->listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(s->listener, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (setsockopt(s->listener, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3) != 0)
        perror("fakesmtp: not bound to lo, strangers are dropped when they connect");
    if (bind(s->listener, (struct sockaddr *)&at, sizeof at) != 0 ||
        listen(s->listener, 65535) != 0 ||
        getsockname(s->listener, (struct sockaddr *)&at, &n) != 0)
        die("fakesmtp: listen");
    printf("ready %u\n", (unsigned)ntohs(at.sin_port));
    fflush(stdout);
}

static void set_up(struct server *s)
{
    sigset_t set;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    s->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    s->epoll = epoll_create1(EPOLL_CLOEXEC);
    s->wheel_at = now_ms();
    listen_on_loopback(s);
    watch(s, EPOLL_CTL_ADD, s->listener, &s->listener, EPOLLIN);
    watch(s, EPOLL_CTL_ADD, s->signals, &s->signals, EPOLLIN);
}

/* Milliseconds that may be slept. */
static int patience(const struct server *s)
{
    if (s->options.awake && s->open > 0)
        return 0;
    return s->waiting > 0 ? 1 : 1000;
}

static void serve(struct server *s)
{
    struct epoll_event events[EVENTS];
    uint64_t end = now_ms() + (uint64_t)s->options.seconds * 1000;
    while (now_ms() < end) {
        int n = epoll_wait(s->epoll, events, EVENTS, patience(s));
        for (int i = 0; i < n; i++) {
            void *what = events[i].data.ptr;
            if (what == &s->listener)
                accept_all(s);
            else if (what != &s->signals)
                hear(s, what);
            else if (!take_signal(s))
                return;
        }
        turn_wheel(s);
    }
}

static unsigned number(const char *text, unsigned long most)
{
    char *end;
    unsigned long n = strtoul(text, &end, 10);
    if (*text == '\0' || *end != '\0' || n > most) {
        fprintf(stderr, "fakesmtp: %s: a number up to %lu is expected\n", text, most);
        exit(2);
    }
    return (unsigned)n;
}

static struct options options_of(int argc, char **argv)
{
    struct options o = {.name = "localhost", .seconds = 600};
    for (int c; (c = getopt(argc, argv, "p:d:H:Pwm:T:")) != -1;) {
        switch (c) {
        case 'p':
            o.port = (uint16_t)number(optarg, 65535);
            break;
        case 'd':
            o.delay = number(optarg, WHEEL - 2);
            break;
        case 'H':
            o.hold = number(optarg, 1000000);
            break;
        case 'P':
            o.pipelining = true;
            break;
        case 'w':
            o.awake = true;
            break;
        case 'm':
            o.name = optarg;
            break;
        case 'T':
            o.seconds = number(optarg, 86400);
            break;
        default:
            exit(2);
        }
    }
    return o;
}

int main(int argc, char **argv)
{
    struct server *s = calloc(1, sizeof *s);
    if (!s)
        die("fakesmtp");
    s->options = options_of(argc, argv);
    set_up(s);
    serve(s);
    free(s);
    return 0;
}
