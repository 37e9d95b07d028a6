#include "evidence/sorted.h"

#include "evidence/spool.h"

#include <stdlib.h>
#include <string.h>

/* PIECE: what is sorted in memory; MERGED: so many pieces become one at a time, of each of which BLOCK bytes are in memory. */
enum { PIECE = 128 * 1024, MERGED = 32, BLOCK = 4 * 1024 };

struct sorted {
    size_t size; /* of a record */
    uint64_t count;
    struct spool *
        spool; /* pieces of piece_records() each, the last may be shorter; once closed, all in order */
    unsigned char *piece; /* until closed: what is to be sorted next */
    size_t held;          /* records of it */
};

static size_t piece_records(const struct sorted *s)
{
    return PIECE / s->size;
}

struct sorted *sorted_new(size_t size, struct fail *fail)
{
    struct sorted *s = calloc(1, sizeof *s);
    if (s) {
        s->size = size;
        s->piece = malloc(PIECE);
        s->spool = s->piece ? spool_new(NULL, fail) : NULL;
        if (s->spool)
            return s;
    }
    if (!s || !s->piece)
        fail_set(fail, "ENOMEM", "no memory for what is to be sorted");
    sorted_free(s);
    return NULL;
}

void sorted_free(struct sorted *s)
{
    if (!s)
        return;
    spool_free(s->spool);
    free(s->piece);
    free(s);
}

static int compare(const void *a, const void *b, void *size)
{
    return memcmp(a, b, *(const size_t *)size);
}

static bool put_piece(struct sorted *s, struct fail *fail)
{
    size_t n = s->held;
    s->held = 0;
    qsort_r(s->piece, n, s->size, compare, &s->size);
    return spool_put(s->spool, bytes_at(s->piece, n * s->size), fail);
}

bool sorted_add(struct sorted *s, const void *record, struct fail *fail)
{
    memcpy(s->piece + s->held++ * s->size, record, s->size);
    s->count++;
    return s->held < piece_records(s) || put_piece(s, fail);
}

/* ---- reading one after the other ---- */

struct source {
    uint64_t next; /* the record behind the block */
    uint64_t end;
    size_t at; /* in the block: bytes */
    size_t n;
    unsigned char block[BLOCK];
};

static bool read_records(const struct sorted *s, uint64_t i, size_t n, void *out, struct fail *fail)
{
    unsigned char *to = out;
    uint64_t offset = i * s->size;
    for (size_t left = n * s->size, got; left > 0; to += got, offset += got, left -= got) {
        if (!spool_read(s->spool, offset, to, left, &got, fail))
            return false;
        if (got == 0)
            return fail_set(fail, "EIO", "a temporary file lost its end");
    }
    return true;
}

/* The source's next record, lent until it is passed; NULL at its end. */
static bool look(const struct sorted *s, struct source *from, const unsigned char **record,
                 struct fail *fail)
{
    *record = NULL;
    if (from->at == from->n) {
        size_t most = BLOCK / s->size;
        size_t n = from->end - from->next < most ? (size_t)(from->end - from->next) : most;
        if (!read_records(s, from->next, n, from->block, fail))
            return false;
        from->next += n;
        from->at = 0;
        from->n = n * s->size;
    }
    if (from->n > 0)
        *record = from->block + from->at;
    return true;
}

/* ---- merging ---- */

struct merge {
    const struct sorted *sorted;
    struct spool *to;
    struct source sources[MERGED];
    size_t count;
};

/* The source whose next record comes first; NULL: all are at their ends. */
static bool find_least(struct merge *m, struct source **least, struct fail *fail)
{
    const unsigned char *first = NULL, *record;
    *least = NULL;
    for (size_t i = 0; i < m->count; i++) {
        if (!look(m->sorted, &m->sources[i], &record, fail))
            return false;
        if (record && (!first || memcmp(record, first, m->sorted->size) < 0)) {
            first = record;
            *least = &m->sources[i];
        }
    }
    return true;
}

/* Pieces of `length` records become one, from the record `from` on. */
static bool merge_some(struct merge *m, uint64_t from, uint64_t length, struct fail *fail)
{
    size_t size = m->sorted->size;
    struct source *least;
    for (m->count = 0; m->count < MERGED && from < m->sorted->count; from += length) {
        uint64_t left = m->sorted->count - from;
        struct source *s = &m->sources[m->count++];
        s->next = from;
        s->end = from + (left < length ? left : length);
        s->at = s->n = 0;
    }
    while (find_least(m, &least, fail)) {
        if (!least)
            return true;
        if (!spool_put(m->to, bytes_at(least->block + least->at, size), fail))
            return false;
        least->at += size;
    }
    return false;
}

/* All pieces of `length` records, some after the other, into another file. */
static bool merge_all(struct sorted *s, struct merge *m, uint64_t length, struct fail *fail)
{
    m->sorted = s;
    m->to = spool_new(NULL, fail);
    bool ok = m->to != NULL;
    for (uint64_t from = 0; ok && from < s->count; from += MERGED * length)
        ok = merge_some(m, from, length, fail);
    if (!ok || !spool_write(m->to, fail)) {
        spool_free(m->to);
        return false;
    }
    spool_free(s->spool);
    s->spool = m->to;
    return true;
}

static bool merge(struct sorted *s, struct fail *fail)
{
    uint64_t length = piece_records(s);
    if (length >= s->count)
        return true;
    struct merge *m = malloc(sizeof *m);
    bool ok = m || fail_set(fail, "ENOMEM", "no memory for what is to be sorted");
    for (; ok && length < s->count; length *= MERGED)
        ok = merge_all(s, m, length, fail);
    free(m);
    return ok;
}

bool sorted_close(struct sorted *s, struct fail *fail)
{
    bool ok = put_piece(s, fail) && spool_write(s->spool, fail);
    free(s->piece);
    s->piece = NULL;
    return ok && merge(s, fail);
}

/* ---- reading ---- */

uint64_t sorted_count(const struct sorted *s)
{
    return s->count;
}

bool sorted_read(const struct sorted *s, uint64_t i, size_t n, void *out, struct fail *fail)
{
    return read_records(s, i, n, out, fail);
}

bool sorted_each(const struct sorted *s, sorted_fn fn, void *arg, struct fail *fail)
{
    struct source all = {.end = s->count};
    const unsigned char *record;
    while (look(s, &all, &record, fail)) {
        if (!record)
            return true;
        if (!fn(arg, record, fail))
            return false;
        all.at += s->size;
    }
    return false;
}

bool sorted_find(const struct sorted *s, struct bytes beginning, uint64_t *i, struct fail *fail)
{
    unsigned char record[SORTED_RECORD];
    uint64_t from = 0, to = s->count;
    while (from < to) {
        uint64_t middle = from + (to - from) / 2;
        if (!read_records(s, middle, 1, record, fail))
            return false;
        if (memcmp(record, beginning.p, beginning.n) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    *i = from;
    return true;
}
