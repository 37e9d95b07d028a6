#include "cli/delivery_batch.h"

#include "base/hash.h"
#include "cli/early_stop.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REFUSED_MOST = 10, ATTEMPTS = 2, NOTED_MOST = 1024 };

bool batch_begin(struct batch *b)
{
    b->file = buf_new(SUBMIT_LETTER);
    b->letters = calloc(BATCH_LETTERS, sizeof *b->letters);
    for (size_t i = 0; b->letters && i < BATCH_LETTERS; i++)
        b->letters[i].message = buf_new(SUBMIT_LETTER);
    return b->letters || fail_set(b->fail, "ENOMEM", "no memory for letters");
}

void batch_end(struct batch *b)
{
    batch_hang_up(b);
    for (size_t i = 0; b->letters && i < BATCH_LETTERS; i++)
        buf_free(&b->letters[i].message);
    free(b->letters);
    buf_free(&b->file);
}

void batch_hang_up(struct batch *b)
{
    postman_close(b->postman);
    b->postman = NULL;
    b->asked = false;
}

bool batch_stopped(struct fail *fail)
{
    return early_stop_asked() &&
           !fail_set(fail, "ESTOPPED", "stopped; what was not sent is waiting");
}

bool batch_is_full(const struct batch *b)
{
    return b->count == BATCH_LETTERS || b->bytes >= BATCH_BYTES;
}

static bool fill(struct batch *b, struct batch_letter *to, const struct entry *known,
                 const struct envelope *envelope)
{
    unsigned char digest[SHA256_SIZE];
    char sender[TICKET_ADDRESS];
    struct entry *e = &to->e;
    buf_clear(&to->message);
    if (!envelope_strip(buf_view(&b->file), &to->message))
        return fail_set(b->fail, "ENOMEM", "no memory for a letter");
    *e = *known;
    if (!delivery_sender(b->order, e, sender, b->fail))
        return false;
    sha256_of(buf_view(&b->file), digest);
    hash_hex(digest, sizeof digest, e->digest);
    memcpy(e->to, envelope->to, sizeof e->to);
    memcpy(e->id, envelope->id, sizeof e->id);
    snprintf(e->from, sizeof e->from, "%s", sender);
    snprintf(e->host, sizeof e->host, "%s", b->order->smarthost->shown);
    b->bytes += to->message.n;
    b->count++;
    return true;
}

/* What it is by now: another program may have changed the folder. */
bool batch_add(struct batch *b, const char *name)
{
    struct queue_letter l;
    struct envelope envelope;
    struct fail why;
    if (!queue_get(b->order->queue, name, &l, &why, b->fail))
        return strcmp(b->fail->code, "ENOENT") == 0;
    if (l.wrong || l.e.state != ENTRY_WAITING)
        return true;
    buf_clear(&b->file);
    if (!queue_read(b->order->queue, name, &b->file, b->fail))
        return false;
    return !envelope_read(buf_view(&b->file), &envelope, &why) ||
           fill(b, &b->letters[b->count], &l.e, &envelope);
}

static void print(const struct batch *b, const struct entry *e)
{
    struct buf out = buf_new(ENTRY_LIMIT);
    if (b->order->json)
        entry_put(&out, e);
    else
        buf_printf(&out, "%-9s  %s  %s  %s\n", entry_state_name(e->state), e->name, e->to, e->said);
    fwrite(out.p, 1, out.n, stdout);
    fflush(stdout);
    buf_free(&out);
}

static bool note(struct batch *b, struct entry *e, const struct submit_outcome *outcome)
{
    entry_conclude(e, outcome, loop_now(), &b->order->patience);
    b->counts->sent += e->state == ENTRY_SENT;
    b->counts->failed += e->state == ENTRY_FAILED;
    b->counts->uncertain += e->state == ENTRY_UNCERTAIN;
    if (!queue_note(b->order->queue, e, b->fail))
        return false;
    b->noted++;
    print(b, e);
    return b->counts->sent > 0 || b->counts->failed < REFUSED_MOST ||
           fail_set(
               b->fail, "EBARRED",
               "the smarthost has refused the first %d letters; the last reply: %s; no more is "
               "tried (see doc/delivery.md, --again)",
               REFUSED_MOST, e->said);
}

static bool connect_now(struct batch *b)
{
    struct fail why;
    if (b->postman && !postman_serves(b->postman, &why))
        batch_hang_up(b);
    if (!b->postman)
        b->postman = smarthost_connect(b->order->smarthost, b->fail);
    return b->postman != NULL;
}

/* On the disk before any letter's end is said: from here on nobody sends one again without being told to, unless it is known
 * that its end was not said. */
static bool intend(struct batch *b)
{
    struct entry sending[BATCH_LETTERS];
    instant now = loop_now();
    for (size_t i = 0; i < b->count; i++) {
        struct entry *e = &sending[i];
        *e = b->letters[i].e;
        e->state = ENTRY_SENDING;
        e->tries++;
        e->first = e->first ? e->first : now;
        e->last = now;
        e->next = 0;
        e->said[0] = '\0';
    }
    return queue_intend(b->order->queue, sending, b->count, b->fail);
}

/* The connection was over before the letter began: what is said of it is what is said of the letter. */
static void note_broken(const struct batch *b, struct submit_outcome *outcome)
{
    struct fail why;
    if (outcome->result != SUBMIT_NONE)
        return;
    outcome->result = SUBMIT_LATER;
    if (!postman_serves(b->postman, &why))
        snprintf(outcome->said, sizeof outcome->said, "%s", why.text);
}

static struct submit_letter letter_of(const struct batch_letter *l)
{
    return (struct submit_letter){l->e.from, l->e.to, l->e.name, buf_view(&l->message)};
}

/* Says its end, and gives the next one with it, unless this is to be the last. */
static bool release(struct batch *b, struct batch_letter *l)
{
    struct submit_outcome outcome = {.result = SUBMIT_NONE};
    struct submit_letter next;
    b->asked = b->at + 1 < b->count && !early_stop_asked();
    if (b->asked)
        next = letter_of(l + 1);
    if (!queue_begin(b->order->queue, l->e.name, b->fail)) {
        batch_hang_up(b);
        return false;
    }
    b->at++;
    postman_release(b->postman, b->asked ? &next : NULL, &outcome);
    return note(b, &l->e, &outcome);
}

/* True: all of it but its end is said. */
static bool offer(struct batch *b, const struct batch_letter *l, struct submit_outcome *outcome)
{
    struct submit_letter letter = letter_of(l);
    bool asked = b->asked;
    b->asked = false;
    return asked ? postman_offered(b->postman, outcome)
                 : postman_offer(b->postman, &letter, outcome);
}

/* One letter. A connection that is over before its end is said counts nothing against it, but the `last` time. False: no letter
 * can be sent. */
static bool try(struct batch *b, bool last)
{
    struct batch_letter *l = &b->letters[b->at];
    struct submit_outcome outcome = {.result = SUBMIT_NONE};
    if (!b->asked && !connect_now(b))
        return false;
    if (offer(b, l, &outcome))
        return release(b, l);
    if (outcome.result == SUBMIT_BARRED)
        return postman_serves(b->postman, b->fail) ||
               fail_prefix(b->fail, "%s", b->order->smarthost->shown);
    if (outcome.result == SUBMIT_NONE || (outcome.result == SUBMIT_LATER && !outcome.code)) {
        note_broken(b, &outcome);
        batch_hang_up(b);
        if (!last)
            return true;
    }
    b->at++;
    return note(b, &l->e, &outcome);
}

static bool send_one(struct batch *b)
{
    size_t at = b->at;
    bool ok = true;
    for (unsigned i = 1; ok && b->at == at && i <= ATTEMPTS; i++)
        ok = try(b, i == ATTEMPTS);
    return ok;
}

/* Those that were not begun. What can't be written down is only less well known. */
static void withdraw(const struct batch *b)
{
    struct fail ignored;
    for (size_t i = b->at; i < b->count; i++)
        queue_withdraw(b->order->queue, b->letters[i].e.name, &ignored);
}

/* The connection first: where there is none, nothing is noted of any letter. */
static bool send_all(struct batch *b)
{
    bool ok = connect_now(b) && intend(b);
    while (ok && b->at < b->count)
        ok = !batch_stopped(b->fail) && send_one(b);
    if (b->asked)
        batch_hang_up(b);
    withdraw(b);
    return ok;
}

bool batch_send(struct batch *b)
{
    bool ok = b->count == 0 || send_all(b);
    b->count = b->at = b->bytes = 0;
    if (b->noted < NOTED_MOST)
        return ok;
    b->noted = 0;
    struct fail second;
    return queue_settle(b->order->queue, ok ? b->fail : &second) && ok;
}
