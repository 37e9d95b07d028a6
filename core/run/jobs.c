#include "run/jobs.h"

#include "base/random.h"

#include <stdlib.h>
#include <string.h>

struct jobs {
    struct sup_job *slots;
    unsigned most;
    unsigned count;
    uint32_t free; /* slot + 1 of the first free one */
    uint32_t *buckets;
    unsigned bucket_count;    /* a power of two */
    struct random_lot random; /* for their numbers */
};

struct jobs *jobs_new(unsigned most)
{
    struct jobs *jobs = calloc(1, sizeof *jobs);
    if (!jobs)
        return NULL;
    jobs->most = most;
    jobs->bucket_count = 64;
    while (jobs->bucket_count < most)
        jobs->bucket_count *= 2;
    jobs->slots = calloc(most, sizeof *jobs->slots);
    jobs->buckets = calloc(jobs->bucket_count, sizeof *jobs->buckets);
    if (!jobs->slots || !jobs->buckets) {
        jobs_free(jobs);
        return NULL;
    }
    for (unsigned i = 0; i < most; i++)
        jobs->slots[i].next = i + 1 < most ? i + 2 : 0;
    jobs->free = 1;
    return jobs;
}

void run_item_free(struct run_item *item)
{
    free(item->name);
    free(item->source);
    free(item->contacts);
    free(item->exchanges);
}

bool run_receipts_add(struct run_receipt **receipts, unsigned *count, const struct receipt *receipt,
                      struct bytes raw)
{
    size_t n = *count;
    bool room = n < RUN_RECEIPTS && receipt_fits(raw);
    struct run_receipt *more = room ? realloc(*receipts, (n + 1) * sizeof *more) : NULL;
    if (!more)
        return false;
    *receipts = more;
    struct run_receipt *kept = &more[n];
    if (!(kept->raw = malloc(raw.n ? raw.n : 1)))
        return false;
    memcpy(kept->raw, raw.p ? raw.p : (const unsigned char *)"", raw.n);
    kept->size = raw.n;
    kept->receipt = *receipt;
    ++*count;
    return true;
}

void run_receipts_free(struct run_receipt *receipts, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        free(receipts[i].raw);
    free(receipts);
}

static void empty(struct sup_job *job)
{
    run_item_free(&job->item);
    run_receipts_free(job->receipts, job->receipt_count);
}

void jobs_free(struct jobs *jobs)
{
    if (!jobs)
        return;
    for (unsigned i = 0; jobs->slots && i < jobs->most; i++)
        if (jobs->slots[i].id != 0)
            empty(&jobs->slots[i]);
    free(jobs->slots);
    free(jobs->buckets);
    free(jobs);
}

static uint32_t *bucket_of(struct jobs *jobs, const unsigned char number[TOKEN_JOB])
{
    uint32_t hash = 0;
    memcpy(&hash, number, sizeof hash);
    return &jobs->buckets[hash & (jobs->bucket_count - 1)];
}

static void new_number(struct jobs *jobs, unsigned char number[TOKEN_JOB])
{
    random_take(&jobs->random, number, TOKEN_JOB);
}

struct sup_job *jobs_add(struct jobs *jobs, const struct run_item *item)
{
    if (jobs->free == 0)
        return NULL;
    uint32_t slot = jobs->free - 1;
    struct sup_job *job = &jobs->slots[slot];
    uint32_t generation = job->generation + 1;
    jobs->free = job->next;
    *job = (struct sup_job){
        .id = (uint64_t)generation << 32 | slot, .generation = generation, .item = *item};
    new_number(jobs, job->number);
    uint32_t *bucket = bucket_of(jobs, job->number);
    job->next = *bucket;
    *bucket = slot + 1;
    jobs->count++;
    return job;
}

static void unlink_number(struct jobs *jobs, const struct sup_job *job)
{
    uint32_t *at = bucket_of(jobs, job->number);
    while (*at != 0 && &jobs->slots[*at - 1] != job)
        at = &jobs->slots[*at - 1].next;
    if (*at != 0)
        *at = job->next;
}

void jobs_remove(struct jobs *jobs, struct sup_job *job)
{
    unlink_number(jobs, job);
    empty(job);
    *job = (struct sup_job){.generation = job->generation, .next = jobs->free};
    jobs->free = (uint32_t)(job - jobs->slots) + 1;
    jobs->count--;
}

struct sup_job *jobs_find(struct jobs *jobs, uint64_t id)
{
    uint32_t slot = (uint32_t)id;
    return id != 0 && slot < jobs->most && jobs->slots[slot].id == id ? &jobs->slots[slot] : NULL;
}

struct sup_job *jobs_find_number(struct jobs *jobs, const unsigned char number[TOKEN_JOB])
{
    for (uint32_t at = *bucket_of(jobs, number); at != 0; at = jobs->slots[at - 1].next)
        if (memcmp(jobs->slots[at - 1].number, number, TOKEN_JOB) == 0)
            return &jobs->slots[at - 1];
    return NULL;
}

unsigned jobs_count(const struct jobs *jobs)
{
    return jobs->count;
}

bool jobs_full(const struct jobs *jobs)
{
    return jobs->free == 0;
}

struct sup_job *jobs_of_worker(struct jobs *jobs, unsigned worker, const struct sup_job *before)
{
    for (unsigned i = before ? (unsigned)(before - jobs->slots) + 1 : 0; i < jobs->most; i++)
        if (jobs->slots[i].id != 0 && jobs->slots[i].started && jobs->slots[i].worker == worker)
            return &jobs->slots[i];
    return NULL;
}

/* Stands one of its connections in our own line? */
static bool waits(const struct sup_job *job)
{
    for (size_t i = 0; i < WORLD_CONNECTIONS; i++)
        if (job->conns[i].number && job->conns[i].asked)
            return true;
    return false;
}

int jobs_overdue(const struct jobs *jobs, instant then)
{
    for (unsigned i = 0; i < jobs->most; i++)
        if (jobs->slots[i].started && jobs->slots[i].began < then && !waits(&jobs->slots[i]))
            return (int)jobs->slots[i].worker;
    return -1;
}

void jobs_remove_waiting(struct jobs *jobs)
{
    for (unsigned i = 0; i < jobs->most; i++)
        if (jobs->slots[i].id != 0 && !jobs->slots[i].started)
            jobs_remove(jobs, &jobs->slots[i]);
}
