/*
 * limit: the rival of the benchmark: the same dialogue by nothing but epoll and system calls.
 *
 *     limit -p PORT [-n TARGETS] [-C IN_FLIGHT] [-t RECIPIENTS,...] [-P] [-T SECONDS]
 *
 * Talks to TARGETS addresses 127.1.0.0, 127.1.0.1, ...: banner, EHLO, a transaction for each number of -t (default: 1),
 * QUIT. A transaction is MAIL and so many RCPT, with RSET before it unless it is the first (with -P all in one
 * segment). One fixed pair of mailboxes. It keeps nothing, has no time
 * limits but the one for all (-T, default 300), and asks nobody for leave: what a probing program of the
 * same shape can't be faster than. It counts replies and their first digits, so that a dialogue that
 * went otherwise shows. Prints one line of JSON.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
    TURNS_MOST = 400,
    TRANSACTIONS_MOST = 100,
    RECIPIENTS_MOST = 100,
    BURST = 64,
    EVENTS = 512,
    FIRST = 0x7f010000,
    DESCRIPTORS_OTHER = 16
};

#define MAIL "MAIL FROM:<antispam@relay.test>\r\n"
#define RCPT "RCPT TO:<relaytest@relay.test>\r\n"
#define RSET "RSET\r\n"

/* What is sent in one go, and how many replies end the wait for it. */
struct turn {
    const char *bytes;
    size_t n;
    unsigned replies;
};

struct dialogue {
    int fd;
    uint16_t turn;
    uint16_t missing; /* replies of this turn still to come */
    uint8_t column;   /* in the line under way, up to 4 */
    char first;       /* of the line under way */
    bool last_line;   /* of its reply */
};

struct limit {
    uint16_t port;
    unsigned targets, most;
    unsigned recipients[TRANSACTIONS_MOST];
    unsigned transactions;
    bool pipelining;
    unsigned seconds;
    struct turn turns[TURNS_MOST];
    unsigned turn_count;
    int epoll;
    struct dialogue *dialogues;
    unsigned *spare; /* indexes of dialogues that are free */
    unsigned spare_n, started, ended, failed;
    unsigned long refusals; /* replies that began with 5 */
};

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void add_turn(struct limit *l, const char *bytes, unsigned replies)
{
    if (l->turn_count < TURNS_MOST)
        l->turns[l->turn_count++] =
            (struct turn){.bytes = bytes, .n = strlen(bytes), .replies = replies};
}

/* All commands of a transaction, for as long as the program runs. */
static const char *segment_of(unsigned recipients, bool first)
{
    char *text = malloc(strlen(RSET MAIL) + recipients * strlen(RCPT) + 1);
    if (!text)
        die("limit");
    char *end = stpcpy(text, first ? MAIL : RSET MAIL);
    for (unsigned i = 0; i < recipients; i++)
        end = stpcpy(end, RCPT);
    return text;
}

static void add_transaction(struct limit *l, unsigned recipients, bool first)
{
    if (l->pipelining) {
        add_turn(l, segment_of(recipients, first), 1 + recipients + !first);
        return;
    }
    if (!first)
        add_turn(l, RSET, 1);
    add_turn(l, MAIL, 1);
    for (unsigned i = 0; i < recipients; i++)
        add_turn(l, RCPT, 1);
}

static void write_script(struct limit *l)
{
    add_turn(l, "", 1);
    add_turn(l, "EHLO probe.relay.test\r\n", 1);
    for (unsigned i = 0; i < l->transactions; i++)
        add_transaction(l, l->recipients[i], i == 0);
    add_turn(l, "QUIT\r\n", 1);
}

static void finish(struct limit *l, struct dialogue *d, bool failed)
{
    close(d->fd);
    l->ended++;
    l->failed += failed;
    l->spare[l->spare_n++] = (unsigned)(d - l->dialogues);
}

static void start(struct limit *l)
{
    struct dialogue *d = &l->dialogues[l->spare[--l->spare_n]];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(l->port)};
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = d};
    to.sin_addr.s_addr = htonl(FIRST + l->started++);
    *d = (struct dialogue){.missing = 1};
    d->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (d->fd < 0)
        die("limit: socket");
    if (connect(d->fd, (struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS)
        finish(l, d, true);
    else if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, d->fd, &e) != 0)
        die("limit: epoll_ctl");
}

/* Takes received bytes; the number of replies that they complete. */
static unsigned take(struct limit *l, struct dialogue *d, const char *bytes, size_t n)
{
    unsigned replies = 0;
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '\n') {
            replies += d->last_line;
            l->refusals += d->last_line && d->first == '5';
            d->column = 0;
            d->last_line = false;
        } else if (d->column < 4) {
            d->first = d->column == 0 ? bytes[i] : d->first;
            d->last_line = d->column == 3 && bytes[i] != '-';
            d->column++;
        }
    }
    return replies;
}

static void hear(struct limit *l, struct dialogue *d)
{
    char bytes[4096];
    ssize_t n = recv(d->fd, bytes, sizeof bytes, 0);
    if (n < 0 && errno == EAGAIN)
        return;
    unsigned replies = n > 0 ? take(l, d, bytes, (size_t)n) : 0;
    if (n <= 0 || replies > d->missing) {
        finish(l, d, true);
        return;
    }
    d->missing -= (uint16_t)replies;
    if (d->missing > 0)
        return;
    if (++d->turn == l->turn_count) {
        finish(l, d, false);
        return;
    }
    const struct turn *turn = &l->turns[d->turn];
    d->missing = (uint16_t)turn->replies;
    if (send(d->fd, turn->bytes, turn->n, MSG_NOSIGNAL) != (ssize_t)turn->n)
        finish(l, d, true);
}

static void run(struct limit *l)
{
    struct epoll_event events[EVENTS];
    double end = now() + l->seconds;
    while (l->ended < l->targets && now() < end) {
        for (unsigned i = 0; i < BURST && l->spare_n > 0 && l->started < l->targets; i++)
            start(l);
        bool more = l->spare_n > 0 && l->started < l->targets;
        int n = epoll_wait(l->epoll, events, EVENTS, more ? 0 : 100);
        for (int i = 0; i < n; i++)
            hear(l, events[i].data.ptr);
    }
    l->failed += l->targets - l->ended;
}

static void set_up(struct limit *l)
{
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (l->most + DESCRIPTORS_OTHER > files.rlim_max) {
        fprintf(stderr, "limit: only %lu descriptors (ulimit -n)\n", (unsigned long)files.rlim_max);
        exit(1);
    }
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    l->dialogues = calloc(l->most, sizeof *l->dialogues);
    l->spare = calloc(l->most, sizeof *l->spare);
    if (l->epoll < 0 || !l->dialogues || !l->spare)
        die("limit");
    while (l->spare_n < l->most) {
        l->spare[l->spare_n] = l->most - 1 - l->spare_n;
        l->spare_n++;
    }
    write_script(l);
}

static double seconds_of(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* The most memory this program ever had. (getrusage counts what its parent had before it became this.) */
static long peak_kib(void)
{
    char line[200];
    long kib = 0;
    FILE *file = fopen("/proc/self/status", "re");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kib = strtol(line + 6, NULL, 10);
    if (file)
        fclose(file);
    return kib;
}

static void report(const struct limit *l, double seconds)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    double user = seconds_of(u.ru_utime);
    double system = seconds_of(u.ru_stime);
    double per = 1e6 / l->targets;
    printf("{\"targets\":%u,\"failed\":%u,\"refusals\":%lu,\"seconds\":%.3f,"
           "\"targets_per_second\":%.1f,\"user_us\":%.2f,\"system_us\":%.2f,\"max_rss_kib\":%ld}\n",
           l->targets, l->failed, l->refusals, seconds, l->targets / seconds, user * per,
           system * per, peak_kib());
}

static unsigned number(const char *text, unsigned long most)
{
    char *end;
    unsigned long n = strtoul(text, &end, 10);
    if (*text == '\0' || *end != '\0' || n == 0 || n > most) {
        fprintf(stderr, "limit: %s: a number from 1 to %lu is expected\n", text, most);
        exit(2);
    }
    return (unsigned)n;
}

static void read_transactions(struct limit *l, char *list)
{
    l->transactions = 0;
    for (char *one = strtok(list, ","); one && l->transactions < TRANSACTIONS_MOST;
         one = strtok(NULL, ","))
        l->recipients[l->transactions++] = number(one, RECIPIENTS_MOST);
}

static void read_options(struct limit *l, int argc, char **argv)
{
    for (int c; (c = getopt(argc, argv, "p:n:C:t:PT:")) != -1;) {
        switch (c) {
        case 'p':
            l->port = (uint16_t)number(optarg, 65535);
            break;
        case 'n':
            l->targets = number(optarg, 10000000);
            break;
        case 'C':
            l->most = number(optarg, 1000000);
            break;
        case 't':
            read_transactions(l, optarg);
            break;
        case 'P':
            l->pipelining = true;
            break;
        case 'T':
            l->seconds = number(optarg, 86400);
            break;
        default:
            exit(2);
        }
    }
    if (l->port == 0) {
        fprintf(stderr, "limit: -p PORT is missing\n");
        exit(2);
    }
}

int main(int argc, char **argv)
{
    struct limit *l = calloc(1, sizeof *l);
    if (!l)
        die("limit");
    l->targets = 1000;
    l->most = 1000;
    read_transactions(l, (char[]){"1"});
    l->seconds = 300;
    read_options(l, argc, argv);
    set_up(l);
    double began = now();
    run(l);
    report(l, now() - began);
    int status = l->failed == 0 ? 0 : 1;
    free(l->dialogues);
    free(l->spare);
    free(l);
    return status;
}
