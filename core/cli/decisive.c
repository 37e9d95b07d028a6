#include "cli/decisive.h"

#include "proto/receipt.h"

#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a;
    unsigned y = *(const unsigned *)b;
    return (x > y) - (x < y);
}

/* The lines that steps point at; of very many the first. */
static void take_steps(struct decisive *d, const json_t *steps)
{
    size_t i = 0;
    json_t *step = NULL;
    json_array_foreach(steps, i, step)
    {
        json_int_t line = json_integer_value(json_object_get(step, "line"));
        if (line > 1 && line <= TAPE_LIMIT && d->step_count < DECISIVE_MOST)
            d->steps[d->step_count++] = (unsigned)line;
    }
    qsort(d->steps, d->step_count, sizeof d->steps[0], by_number);
}

void decisive_begin(struct decisive *d, const json_t *steps, struct bytes mark, bool relay)
{
    *d = (struct decisive){.mark = mark, .relay = relay};
    take_steps(d, steps);
}

static bool is_pointed_at(const struct decisive *d, unsigned line)
{
    return bsearch(&line, d->steps, d->step_count, sizeof line, by_number) != NULL;
}

static bool has_mark(const struct decisive *d, struct bytes data)
{
    return d->mark.n > 0 && bytes_find(data, d->mark) != BYTES_NOT_FOUND;
}

/* Something of ours: a new turn, where the other side spoke before. */
static void take_sent(struct decisive *d, struct bytes data, unsigned line)
{
    struct decisive_place *at = &d->at;
    if (!at->ours || at->sent == 0) {
        at->sent_before = at->sent;
        at->sent = line;
        at->marked = false;
        at->sender_open = false;
    }
    at->marked |= has_mark(d, data);
    if (d->relay && bytes_starts_nocase(data, "MAIL FROM:")) {
        at->first_sender = at->first_sender ? at->first_sender : line;
        at->sender.from = at->sender.to = line;
        at->sender_open = true;
    }
}

/* From what was sent before, and its answer; where that is MAIL, from what was sent for it; where it is nothing, from the first
 * words. */
static unsigned begins(const struct decisive_place *at)
{
    if (at->sent_before == 0)
        return at->first;
    return at->sent_before > at->sender.from ? at->sent_before : at->sent;
}

static void find(struct decisive *d, struct bytes data, unsigned line)
{
    const struct decisive_place *at = &d->at;
    if (d->count == DECISIVE_MOST)
        return;
    d->found[d->count++] = (struct decisive_line){
        .line = line,
        .connection = at->connection,
        .opening = {at->first, at->first_sender > 0 ? at->first_sender - 1 : 0},
        .sender = at->sender,
        .before = {begins(at), line},
        .marked = at->marked || has_mark(d, data),
    };
}

static void take_words(struct decisive *d, const struct record *record, unsigned line)
{
    struct decisive_place *at = &d->at;
    bool ours = record->op == RECORD_SEND;
    if (record->c != at->connection)
        *at = (struct decisive_place){.connection = record->c};
    if (at->first == 0)
        at->first = line;
    if (ours)
        take_sent(d, record->data, line);
    else if (at->sender_open)
        at->sender.to = line;
    at->ours = ours;
    if (is_pointed_at(d, line))
        find(d, record->data, line);
}

void decisive_take(struct decisive *d, const struct record *record, unsigned line)
{
    if (d->over || d->step_count == 0)
        return;
    if (record->op == RECORD_SEND || record->op == RECORD_RECV)
        take_words(d, record, line);
    else if (record->op == RECORD_RECEIPT && d->mark.n > 0)
        d->over = bytes_equal(record->data, d->mark);
}

/* By which the token came: the last that has it, or where it is in none the last of all; without a token, the first. */
static const struct decisive_line *chosen(const struct decisive *d)
{
    if (d->mark.n == 0)
        return &d->found[0];
    for (size_t i = d->count; i-- > 0;)
        if (d->found[i].marked)
            return &d->found[i];
    return &d->found[d->count - 1];
}

void decisive_choose(struct decisive *d)
{
    if (d->count == 0)
        return;
    struct decisive_line one = *chosen(d);
    size_t kept = 0;
    for (size_t i = 0; i < d->count; i++) {
        const struct decisive_line *f = &d->found[i];
        if (f->connection == one.connection && f->sender.from == one.sender.from)
            d->found[kept++] = *f;
    }
    d->count = kept;
}

static bool is_in(struct tape_span lines, unsigned line)
{
    return line >= lines.from && line <= lines.to;
}

bool decisive_is_opening(const struct decisive *d, unsigned line)
{
    return is_in(d->found[0].opening, line);
}

bool decisive_has(const struct decisive *d, unsigned connection, unsigned line)
{
    if (connection != d->found[0].connection)
        return false;
    for (size_t i = 0; i < d->count; i++) {
        const struct decisive_line *f = &d->found[i];
        if (is_in(f->before, line) || is_in(f->sender, line) || is_in(f->opening, line))
            return true;
    }
    return false;
}

bool decisive_is(const struct decisive *d, unsigned line)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->found[i].line == line)
            return true;
    return false;
}
