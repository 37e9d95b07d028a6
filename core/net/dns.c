#include "net/dns.h"

#include "net/dial.h"
#include "net/sockaddr.h"

#include <ares.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>

#define FIRST_TIMEOUT (2 * SPAN_SECOND)

enum { TRIES = 3, CLASS_INTERNET = 1, DNS_PORT = 53 };

/* A socket of c-ares's that the loop watches. */
struct watch {
    struct watch *next;
    struct dns *dns;
    int fd;
    struct event *event;
};

/* A question, from its asking until its answer is handed out. */
struct question {
    struct question *next; /* among those answered */
    struct dns *dns;
    dns_on_addresses on_addresses;
    dns_on_message on_message;
    void *arg;
    struct fail why; /* code NULL: it was answered */
    struct addr addresses[DNS_ADDRESSES];
    size_t count;
    unsigned char *message; /* owned */
    size_t size;
    char name[256];
};

struct dns {
    struct loop *loop;
    ares_channel channel;
    struct watch *watches;
    struct timer *timer;    /* c-ares's next time-out */
    struct timer *hand_out; /* goes off at once when something was answered */
    struct question *first; /* answered, not yet handed out */
    struct question **last; /* where the next goes */
    unsigned pending;
    bool over; /* being freed */
};

static bool read_server(const struct ares_addr_port_node *from, struct addr *out)
{
    *out = (struct addr){.family = from->family == AF_INET6 ? ADDR_IPV6 : ADDR_IPV4};
    out->port = from->udp_port ? (uint16_t)from->udp_port : DNS_PORT;
    memcpy(out->ip, &from->addr, addr_ip_length(out));
    return from->family == AF_INET || from->family == AF_INET6;
}

size_t dns_system_resolvers(struct addr out[DNS_RESOLVERS])
{
    ares_channel channel = NULL;
    struct ares_addr_port_node *list = NULL;
    size_t n = 0;
    if (ares_library_init(ARES_LIB_INIT_ALL) != ARES_SUCCESS || ares_init(&channel) != ARES_SUCCESS)
        return 0;
    if (ares_get_servers_ports(channel, &list) == ARES_SUCCESS)
        for (const struct ares_addr_port_node *at = list; at && n < DNS_RESOLVERS; at = at->next)
            n += read_server(at, &out[n]);
    ares_free_data(list);
    ares_destroy(channel);
    return n;
}

int dns_socket(const struct addr *resolver, bool tcp, struct fail *fail)
{
    struct addr at = *resolver;
    at.port = at.port ? at.port : DNS_PORT;
    return tcp ? dial_start(&at, fail) : dial_datagrams(NULL, &at, fail);
}

static void rearm(struct dns *dns)
{
    struct timeval buffer;
    const struct timeval *left = ares_timeout(dns->channel, NULL, &buffer);
    if (left)
        timer_start(dns->timer, left->tv_sec * SPAN_SECOND + left->tv_usec);
    else
        timer_stop(dns->timer);
}

static void on_timeout(void *arg)
{
    struct dns *dns = arg;
    ares_process_fd(dns->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    rearm(dns);
}

/* The watch may be gone when c-ares returns: it closes its sockets as it likes. */
static void on_event(evutil_socket_t fd, short events, void *arg)
{
    struct dns *dns = ((struct watch *)arg)->dns;
    ares_process_fd(dns->channel, events & EV_READ ? fd : ARES_SOCKET_BAD,
                    events & EV_WRITE ? fd : ARES_SOCKET_BAD);
    rearm(dns);
}

static void unwatch(struct dns *dns, int fd)
{
    for (struct watch **at = &dns->watches; *at; at = &(*at)->next)
        if ((*at)->fd == fd) {
            struct watch *w = *at;
            *at = w->next;
            event_free(w->event);
            free(w);
            return;
        }
}

/* Without memory the socket is not watched, and its questions end by their time-outs. */
static void on_socket(void *arg, ares_socket_t fd, int readable, int writable)
{
    struct dns *dns = arg;
    short events = (short)((readable ? EV_READ : 0) | (writable ? EV_WRITE : 0));
    unwatch(dns, fd);
    struct watch *w = events ? malloc(sizeof *w) : NULL;
    if (!w)
        return;
    *w = (struct watch){.next = dns->watches, .dns = dns, .fd = fd};
    w->event = event_new(loop_base(dns->loop), fd, (short)(events | EV_PERSIST), on_event, w);
    if (w->event && event_add(w->event, NULL) == 0) {
        dns->watches = w;
        return;
    }
    if (w->event)
        event_free(w->event);
    free(w);
}

static void hand_out_one(struct question *q)
{
    const struct fail *why = q->why.code ? &q->why : NULL;
    if (q->on_addresses)
        q->on_addresses(q->arg, q->addresses, q->count, why);
    else
        q->on_message(q->arg, bytes_at(q->message, q->size), why);
}

static void question_free(struct question *q)
{
    free(q->message);
    free(q);
}

/* Those answered by now; what their owners ask meanwhile waits for the next time. */
static void on_hand_out(void *arg)
{
    struct dns *dns = arg;
    struct question *q = dns->first;
    dns->first = NULL;
    dns->last = &dns->first;
    while (q) {
        struct question *next = q->next;
        dns->pending--;
        hand_out_one(q);
        question_free(q);
        q = next;
    }
}

static void answered(struct question *q)
{
    struct dns *dns = q->dns;
    if (dns->over) {
        question_free(q);
        return;
    }
    *dns->last = q;
    dns->last = &q->next;
    timer_start(dns->hand_out, 0);
}

static void set_why(struct question *q, int status)
{
    const char *name = q->name;
    switch (status) {
    case ARES_ENOTFOUND:
    case ARES_ENODATA:
    case ARES_EBADNAME:
        fail_set(&q->why, "ENONAME", "%s has no address: the DNS knows none", name);
        break;
    case ARES_ETIMEOUT:
        fail_set(&q->why, "ETIMEDOUT", "%s: the resolver gave no answer in time", name);
        break;
    case ARES_ESERVFAIL:
    case ARES_EREFUSED:
    case ARES_ECONNREFUSED: /* c-ares's word for all three, once no resolver is left to ask */
        fail_set(&q->why, "ESERVFAIL",
                 "%s: no resolver could find out: each failed, refused or could not be reached",
                 name);
        break;
    case ARES_ENOMEM:
        fail_set(&q->why, "ENOMEM", "%s: out of memory", name);
        break;
    default:
        fail_set(&q->why, "EFORMAT", "%s: the resolver's answer is broken", name);
        break;
    }
}

static void keep_addresses(struct question *q, const struct ares_addrinfo *info)
{
    const struct ares_addrinfo_node *node = info ? info->nodes : NULL;
    for (; node && q->count < DNS_ADDRESSES; node = node->ai_next) {
        struct addr *to = &q->addresses[q->count];
        if (sockaddr_read((const struct sockaddr_storage *)(const void *)node->ai_addr, to)) {
            to->port = 0;
            q->count++;
        }
    }
}

static void on_addresses(void *arg, int status, int timeouts, struct ares_addrinfo *info)
{
    struct question *q = arg;
    (void)timeouts;
    if (status == ARES_SUCCESS)
        keep_addresses(q, info);
    if (q->count == 0)
        set_why(q, status == ARES_SUCCESS ? ARES_ENODATA : status);
    ares_freeaddrinfo(info);
    answered(q);
}

static bool keep_message(struct question *q, const unsigned char *message, size_t size)
{
    if (!message || size > DNS_MESSAGE_MOST || !(q->message = malloc(size + 1)))
        return false;
    memcpy(q->message, message, size);
    q->size = size;
    return true;
}

/* A message that says "no such name" or "nothing of this type" is an answer too. */
static void on_message(void *arg, int status, int timeouts, unsigned char *message, int size)
{
    struct question *q = arg;
    (void)timeouts;
    bool has_message = status == ARES_SUCCESS || status == ARES_ENOTFOUND || status == ARES_ENODATA;
    if (!has_message || !keep_message(q, message, (size_t)size))
        set_why(q, has_message && message ? ARES_ENOMEM : status);
    answered(q);
}

/* "ADDR:PORT,ADDR:PORT,…" */
static bool set_resolvers(struct dns *dns, const struct dns_options *options)
{
    char list[DNS_RESOLVERS * (ADDR_TEXT + 1)] = "";
    size_t n = 0;
    for (size_t i = 0; i < options->count && i < DNS_RESOLVERS; i++) {
        char text[ADDR_TEXT];
        struct addr at = options->resolvers[i];
        at.port = at.port ? at.port : DNS_PORT;
        n +=
            (size_t)snprintf(list + n, sizeof list - n, "%s%s", i ? "," : "", addr_text(&at, text));
    }
    return n == 0 || ares_set_servers_ports_csv(dns->channel, list) == ARES_SUCCESS;
}

static bool open_channel(struct dns *dns, const struct dns_options *options)
{
    char lookups[] = "fb"; /* the hosts file, then the resolvers */
    struct ares_options o = {
        .timeout = (int)((options->timeout ? options->timeout : FIRST_TIMEOUT) / 1000),
        .tries = (int)(options->tries ? options->tries : TRIES),
        .lookups = lookups,
        .sock_state_cb = on_socket,
        .sock_state_cb_data = dns,
    };
    return ares_library_init(ARES_LIB_INIT_ALL) == ARES_SUCCESS &&
           ares_init_options(&dns->channel, &o,
                             ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_LOOKUPS |
                                 ARES_OPT_SOCK_STATE_CB) == ARES_SUCCESS &&
           set_resolvers(dns, options);
}

struct dns *dns_new(struct loop *loop, const struct dns_options *options, struct fail *fail)
{
    struct dns *dns = calloc(1, sizeof *dns);
    if (dns) {
        dns->loop = loop;
        dns->last = &dns->first;
        dns->timer = timer_new(loop, on_timeout, dns);
        dns->hand_out = timer_new(loop, on_hand_out, dns);
        if (dns->timer && dns->hand_out && open_channel(dns, options))
            return dns;
    }
    dns_free(dns);
    fail_set(fail, "ENOMEM",
             "the resolver can't start: out of memory, or /etc/resolv.conf is broken");
    return NULL;
}

void dns_free(struct dns *dns)
{
    if (!dns)
        return;
    dns->over = true;
    if (dns->channel)
        ares_destroy(dns->channel);
    while (dns->watches)
        unwatch(dns, dns->watches->fd);
    while (dns->first) {
        struct question *q = dns->first;
        dns->first = q->next;
        question_free(q);
    }
    timer_free(dns->timer);
    timer_free(dns->hand_out);
    free(dns);
}

unsigned dns_pending(const struct dns *dns)
{
    return dns->pending;
}

static struct question *question_new(struct dns *dns, const char *name, void *arg,
                                     struct fail *fail)
{
    struct question *q = dns->pending < DNS_PENDING_MOST ? calloc(1, sizeof *q) : NULL;
    if (!q) {
        fail_set(fail, "ELIMIT", "%s: too many names are being looked up", name);
        return NULL;
    }
    q->dns = dns;
    q->arg = arg;
    snprintf(q->name, sizeof q->name, "%s", name);
    dns->pending++;
    return q;
}

bool dns_addresses(struct dns *dns, const char *name, dns_on_addresses fn, void *arg,
                   struct fail *fail)
{
    struct ares_addrinfo_hints hints = {.ai_flags = ARES_AI_NOSORT, .ai_socktype = SOCK_STREAM};
    struct question *q = question_new(dns, name, arg, fail);
    if (!q)
        return false;
    q->on_addresses = fn;
    ares_getaddrinfo(dns->channel, name, NULL, &hints, on_addresses, q);
    rearm(dns);
    return true;
}

bool dns_ask(struct dns *dns, const char *name, unsigned type, dns_on_message fn, void *arg,
             struct fail *fail)
{
    struct question *q = question_new(dns, name, arg, fail);
    if (!q)
        return false;
    q->on_message = fn;
    ares_query(dns->channel, name, CLASS_INTERNET, (int)type, on_message, q);
    rearm(dns);
    return true;
}
