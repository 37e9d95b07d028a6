#include "export/wire.h"

#include "base/check.h"

#include <stdlib.h>

#define UDP "udp "

bool wire_peer(const struct record *open, struct addr *peer, bool *udp)
{
    *udp = bytes_starts_nocase(open->data, UDP);
    struct bytes to = bytes_slice(open->data, *udp ? sizeof UDP - 1 : 0, open->data.n);
    return addr_parse(to, peer);
}

void *wire_row(struct wire_table *t, unsigned number, struct fail *fail)
{
    require(number > 0);
    if (number > WIRE_CONNECTIONS) {
        fail_set(fail, "ELIMIT", "more than %d connections", WIRE_CONNECTIONS);
        return NULL;
    }
    if (number > t->count) {
        unsigned char *more = realloc(t->rows, number * t->row);
        if (!more) {
            fail_set(fail, "ENOMEM", "no memory for a case's connections");
            return NULL;
        }
        memset(more + t->count * t->row, 0, (number - t->count) * t->row);
        t->rows = more;
        t->count = number;
    }
    return t->rows + (number - 1) * t->row;
}

void wire_table_free(struct wire_table *t)
{
    free(t->rows);
    *t = (struct wire_table){.row = t->row};
}

static bool fail_hidden(struct fail *fail)
{
    return fail_set(fail, "EHIDDEN",
                    "something is hidden on its tape: --json shows what there is, and what is not");
}

static bool check_time(const struct record *record, unsigned line, struct fail *fail)
{
    return record->t <= WIRE_DAYS_MOST * 24 * 3600 * SPAN_SECOND ||
           fail_set(fail, "ELIMIT", "line %u: it is more than %d days behind the tape's beginning",
                    line, WIRE_DAYS_MOST);
}

static bool each(struct tape_reader *r, const struct tape_head *head, wire_fn fn, void *arg,
                 struct fail *fail)
{
    struct record record;
    for (;;) {
        enum tape_step step = tape_reader_next(r, &record, fail);
        if (step != TAPE_RECORD)
            return step == TAPE_END;
        if (!check_time(&record, r->line, fail) || !fn(arg, head, &record, r->line, fail))
            return false;
    }
}

bool wire_each(struct bytes tape, wire_fn fn, void *arg, struct fail *fail)
{
    struct tape_reader reader;
    struct tape_head head;
    bool ok = tape_reader_open(&reader, tape, &head, fail) && each(&reader, &head, fn, arg, fail);
    tape_reader_close(&reader);
    if (!ok && fail->code && strcmp(fail->code, "EHIDDEN") == 0)
        return fail_hidden(fail);
    return ok;
}
