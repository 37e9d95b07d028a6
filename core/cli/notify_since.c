#include "cli/notify_since.h"

#include "base/hash_file.h"
#include "tape/object.h"
#include "tape/tape_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROBE = 96, CASE = 65 };

/* A server that was found open by this probe. Sorted by server; of one server in the order of the bundle. */
struct row {
    struct addr target;
    size_t order;
    char probe[PROBE];
    char id[CASE];
    bool suspect;
    bool closed; /* now, by the same probe */
    bool still;  /* now, by any probe: open, suspect, or not to be told */
};

struct since {
    struct row *rows;
    size_t count;
    size_t room;
    char digest[SHA256_HEX];
};

/* What a case says, without its dialogue. */
struct said {
    char probe[PROBE];
    struct addr target;
    bool open; /* or suspect */
    bool suspect;
    bool closed;
    bool reached; /* unreachable servers say nothing */
};

static bool read_said(const struct bundle_case *c, struct said *out, struct fail *fail)
{
    struct tape_reader reader;
    struct tape_head head;
    json_t *json = object_load(c->case_json);
    struct bytes verdict = object_text(json, "verdict");
    *out = (struct said){
        .open = bytes_equal_text(verdict, "open") || bytes_equal_text(verdict, "suspect"),
        .suspect = bytes_equal_text(verdict, "suspect"),
        .closed = bytes_equal_text(verdict, "closed"),
        .reached = !bytes_equal_text(verdict, "unreachable"),
    };
    json_decref(json);
    if (!tape_reader_open(&reader, c->tape, &head, fail))
        return fail_prefix(fail, "case %s", c->id);
    out->target = head.target;
    snprintf(out->probe, sizeof out->probe, "%.*s", (int)(head.probe.n < PROBE ? head.probe.n : 0),
             (const char *)head.probe.p);
    tape_reader_close(&reader);
    return true;
}

static bool add(struct since *s, const struct said *said, const char *id, struct fail *fail)
{
    if (s->count == s->room) {
        size_t room = s->room ? 2 * s->room : 64;
        struct row *rows = realloc(s->rows, room * sizeof *rows);
        if (!rows)
            return fail_set(fail, "ENOMEM", "no memory for the earlier bundle's cases");
        s->rows = rows;
        s->room = room;
    }
    struct row *row = &s->rows[s->count];
    *row = (struct row){.target = said->target, .order = s->count, .suspect = said->suspect};
    snprintf(row->probe, sizeof row->probe, "%s", said->probe);
    snprintf(row->id, sizeof row->id, "%s", id);
    s->count++;
    return true;
}

static bool on_earlier(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct said said;
    return read_said(c, &said, fail) && (!said.open || add(arg, &said, c->id, fail));
}

static int compare_targets(const struct addr *a, const struct addr *b)
{
    int ip = memcmp(a->ip, b->ip, addr_ip_length(a));
    return a->family != b->family ? a->family - b->family : ip ? ip : a->port - b->port;
}

static int compare_rows(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int target = compare_targets(&x->target, &y->target);
    return target ? target : (x->order > y->order) - (x->order < y->order);
}

static bool read_earlier(struct since *s, const char *path, const struct public_key *key,
                         struct fail *fail)
{
    struct bundle_report report;
    if (!bundle_verify(path, key, &report, fail) || !sha256_file(path, s->digest, fail) ||
        !bundle_cases(path, NULL, on_earlier, s, fail))
        return false;
    if (s->count > 0)
        qsort(s->rows, s->count, sizeof *s->rows, compare_rows);
    return true;
}

struct since *since_load(const char *path, const struct public_key *key, struct fail *fail)
{
    struct since *s = calloc(1, sizeof *s);
    if (!s) {
        fail_set(fail, "ENOMEM", "no memory for the earlier bundle");
        return NULL;
    }
    if (read_earlier(s, path, key, fail))
        return s;
    since_free(s);
    return NULL;
}

void since_free(struct since *s)
{
    if (!s)
        return;
    free(s->rows);
    free(s);
}

const char *since_digest(const struct since *s)
{
    return s->digest;
}

bool since_each(const struct since *s, bool suspects, since_fn fn, void *arg, struct fail *fail)
{
    for (size_t i = 0; i < s->count; i++)
        if ((suspects || !s->rows[i].suspect) && !fn(arg, &s->rows[i].target, fail))
            return false;
    return true;
}

/* The server's rows; their number. */
static size_t rows_of(const struct since *s, const struct addr *target, struct row **first)
{
    size_t from = 0, to = s->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare_targets(&s->rows[middle].target, target) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    size_t n = 0;
    while (from + n < s->count && compare_targets(&s->rows[from + n].target, target) == 0)
        n++;
    *first = s->rows + from;
    return n;
}

static struct row *row_of(const struct since *s, const struct addr *target, struct bytes probe)
{
    struct row *rows;
    size_t n = rows_of(s, target, &rows);
    for (size_t i = 0; i < n; i++)
        if (bytes_equal_text(probe, rows[i].probe))
            return &rows[i];
    return NULL;
}

bool since_note(struct since *s, const struct bundle_case *c, struct fail *fail)
{
    struct said said;
    struct row *rows;
    if (!read_said(c, &said, fail))
        return false;
    size_t n = rows_of(s, &said.target, &rows);
    for (size_t i = 0; i < n; i++) {
        if (!said.closed && said.reached)
            rows[i].still = true;
        else if (said.closed && strcmp(said.probe, rows[i].probe) == 0)
            rows[i].closed = true;
    }
    return true;
}

const char *since_case(const struct since *s, const struct addr *target, struct bytes probe)
{
    struct row *rows;
    const struct row *own = row_of(s, target, probe);
    size_t n = rows_of(s, target, &rows);
    return own ? own->id : n > 0 ? rows[0].id : NULL;
}

bool since_is_closed(const struct since *s, const struct addr *target)
{
    struct row *rows;
    size_t n = rows_of(s, target, &rows);
    for (size_t i = 0; i < n; i++)
        if (rows[i].still || !rows[i].closed)
            return false;
    return n > 0;
}

bool since_is_told_by(const struct since *s, const struct addr *target, struct bytes probe)
{
    struct row *rows;
    return rows_of(s, target, &rows) > 0 && bytes_equal_text(probe, rows[0].probe);
}
