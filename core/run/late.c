#include "run/late.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct late {
    unsigned most;
    size_t most_bytes;
    unsigned count;
    size_t bytes;
    struct late_case *first; /* the oldest */
    struct late_case **end;
};

struct late *late_new(unsigned most, size_t bytes)
{
    struct late *late = malloc(sizeof *late);
    if (!late)
        return NULL;
    *late = (struct late){.most = most, .most_bytes = bytes};
    late->end = &late->first;
    return late;
}

void late_case_free(struct late_case *c)
{
    run_item_free(&c->item);
    run_receipts_free(c->receipts, c->receipt_count);
    free(c);
}

void late_free(struct late *late)
{
    for (struct late_case *c; late && (c = late_take_oldest(late));)
        late_case_free(c);
    free(late);
}

static struct bytes put(unsigned char **at, struct bytes what)
{
    struct bytes copy = bytes_at(*at, what.n);
    memcpy(*at, what.p ? what.p : (const unsigned char *)"", what.n);
    *at += what.n;
    return copy;
}

static size_t size_of_text(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

static size_t size_of_receipts(const struct sup_job *job)
{
    size_t size = 0;
    for (unsigned i = 0; i < job->receipt_count; i++)
        size += sizeof *job->receipts + job->receipts[i].size;
    return size;
}

/* What the result lends, copied behind the record. */
static void copy_result(struct late_case *c, const struct run_result *result, struct bytes reason)
{
    unsigned char *at = c->held;
    c->result = *result;
    c->result.item = &c->item;
    c->result.reason = (const char *)put(&at, reason).p;
    c->result.steps = put(&at, result->steps);
    c->result.tape = put(&at, result->tape);
    c->result.receipts = c->receipts;
    c->result.receipt_count = c->receipt_count;
}

bool late_hold(struct late *late, struct sup_job *job, const struct run_result *result)
{
    struct bytes reason = bytes_at(result->reason, strlen(result->reason) + 1);
    size_t size = sizeof(struct late_case) + reason.n + result->steps.n + result->tape.n;
    struct late_case *c = malloc(size);
    if (!c)
        return false;
    *c = (struct late_case){
        .item = job->item, .receipts = job->receipts, .receipt_count = job->receipt_count};
    c->size = size + size_of_text(job->item.name) + size_of_text(job->item.source) +
              size_of_text(job->item.contacts) + size_of_text(job->item.exchanges) +
              size_of_receipts(job);
    memcpy(c->number, job->number, TOKEN_JOB);
    job->item = (struct run_item){0};
    job->receipts = NULL;
    job->receipt_count = 0;
    copy_result(c, result, reason);
    *late->end = c;
    late->end = &c->next;
    late->count++;
    late->bytes += c->size;
    return true;
}

/* Receipts of jobs that are over are few: a true token is all that the sink takes, and each only some times. */
struct late_case *late_find(struct late *late, const unsigned char number[TOKEN_JOB])
{
    struct late_case *c = late->first;
    while (c && memcmp(c->number, number, TOKEN_JOB) != 0)
        c = c->next;
    return c;
}

bool late_add_receipt(struct late *late, struct late_case *c, const struct receipt *receipt,
                      struct bytes raw)
{
    if (!run_receipts_add(&c->receipts, &c->receipt_count, receipt, raw))
        return false;
    c->result.receipts = c->receipts;
    c->result.receipt_count = c->receipt_count;
    c->size += sizeof *c->receipts + raw.n;
    late->bytes += sizeof *c->receipts + raw.n;
    return true;
}

void late_take(struct late *late, struct late_case *c)
{
    struct late_case **at = &late->first;
    while (*at != c)
        at = &(*at)->next;
    *at = c->next;
    if (!c->next)
        late->end = at;
    late->count--;
    late->bytes -= c->size;
}

struct late_case *late_take_oldest(struct late *late)
{
    struct late_case *oldest = late->first;
    if (oldest)
        late_take(late, oldest);
    return oldest;
}

unsigned late_count(const struct late *late)
{
    return late->count;
}

bool late_is_full(const struct late *late)
{
    return late->count > late->most || late->bytes > late->most_bytes;
}

void late_reason(char out[LATE_REASON], instant started, span elapsed, instant came)
{
    /* case.json says how long it took in milliseconds, and whoever reads it is to find the same. The times are a
     * worker's, which may say any. */
    uint64_t took = elapsed > 0 ? (uint64_t)(elapsed / 1000 * 1000) : 0;
    span after = (span)((uint64_t)came - (uint64_t)started - took);
    snprintf(out, LATE_REASON, "token returned %llu s after the test had ended",
             after > 0 ? (unsigned long long)(after / SPAN_SECOND) : 0);
}
