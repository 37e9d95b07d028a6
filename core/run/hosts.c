#include "run/hosts.h"

#include <stdlib.h>

struct host {
    struct addr addr;
    uint64_t job;
    unsigned holds;
    struct hosts_waiter *first;
    struct hosts_waiter **last;
    struct host *next;
};

struct hosts {
    struct host **buckets;
    size_t count; /* a power of two */
    struct host *spare;
};

struct hosts *hosts_new(unsigned most)
{
    struct hosts *h = calloc(1, sizeof *h);
    if (!h)
        return NULL;
    h->count = 64;
    while (h->count < most)
        h->count *= 2;
    h->buckets = calloc(h->count, sizeof(struct host *));
    if (h->buckets)
        return h;
    free(h);
    return NULL;
}

static void free_list(struct host *host)
{
    while (host) {
        struct host *next = host->next;
        free(host);
        host = next;
    }
}

void hosts_free(struct hosts *h)
{
    if (!h)
        return;
    for (size_t i = 0; i < h->count; i++)
        free_list(h->buckets[i]);
    free_list(h->spare);
    free(h->buckets);
    free(h);
}

static struct host **find(struct hosts *h, const struct addr *addr)
{
    struct host **at = &h->buckets[addr_ip_hash(addr) & (h->count - 1)];
    while (*at && !addr_equal_ip(&(*at)->addr, addr))
        at = &(*at)->next;
    return at;
}

bool hosts_is_free(struct hosts *h, const struct addr *addr)
{
    return *find(h, addr) == NULL;
}

static struct host *take_spare(struct hosts *h)
{
    struct host *host = h->spare;
    if (!host)
        return malloc(sizeof *host);
    h->spare = host->next;
    return host;
}

bool hosts_take(struct hosts *h, const struct addr *addr, uint64_t job)
{
    struct host **at = find(h, addr);
    struct host *host = *at;
    if (host && host->job != job)
        return false;
    if (!host) {
        if (!(host = take_spare(h)))
            return false;
        *host = (struct host){.addr = *addr, .job = job, .last = &host->first};
        *at = host;
    }
    host->holds++;
    return true;
}

bool hosts_wait(struct hosts *h, const struct addr *addr, struct hosts_waiter *waiter)
{
    struct host *host = *find(h, addr);
    if (!host)
        return false;
    struct hosts_waiter **at = waiter->whole_job ? host->last : &host->first;
    while (*at && !(*at)->whole_job)
        at = &(*at)->next;
    waiter->next = *at;
    *at = waiter;
    if (!waiter->next)
        host->last = &waiter->next;
    return true;
}

static void forget_jobs(struct host *host)
{
    struct hosts_waiter **at = &host->first;
    while (*at)
        if ((*at)->whole_job)
            *at = (*at)->next;
        else
            at = &(*at)->next;
    host->last = at;
}

void hosts_forget_jobs(struct hosts *h)
{
    for (size_t i = 0; i < h->count; i++)
        for (struct host *host = h->buckets[i]; host; host = host->next)
            forget_jobs(host);
}

struct hosts_waiter *hosts_give(struct hosts *h, const struct addr *addr, uint64_t job)
{
    struct host **at = find(h, addr);
    struct host *host = *at;
    if (!host || host->job != job || --host->holds > 0)
        return NULL;
    struct hosts_waiter *waiter = host->first;
    if (!waiter) {
        *at = host->next;
        host->next = h->spare;
        h->spare = host;
        return NULL;
    }
    host->first = waiter->next;
    if (!host->first)
        host->last = &host->first;
    host->job = waiter->job;
    host->holds = 1;
    return waiter;
}
