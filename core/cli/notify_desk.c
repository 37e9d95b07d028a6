#include "cli/notify_desk.h"

#include "cli/shown_name.h"
#include "net/loop.h"
#include "notice/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEATHS_MOST = 3, MESSAGE_LIMIT = 1024 * 1024 };

bool notify_desk_begin(struct notify_desk *d, struct fail *fail)
{
    const json_t *profile = composing_profile(d->composing);
    const json_t *from = json_object_get(profile, "from");
    d->message = buf_new(MESSAGE_LIMIT);
    d->waiting = calloc(NOTIFY_BATCH, sizeof *d->waiting);
    d->kept = layout_kept_new();
    if (!d->waiting || !d->kept)
        return fail_set(fail, "ENOMEM", "no memory for letters");
    return notify_profile_read(profile, &d->profile, fail) &&
           notify_dkim_load(&d->dkim, bytes_at(json_string_value(from), json_string_length(from)),
                            fail) &&
           notify_output_open(&d->output, fail) && notify_paper_open(&d->paper, fail);
}

struct notify_waiting *notify_desk_place(struct notify_desk *d)
{
    return &d->waiting[d->count];
}

static bool put_message(struct notify_desk *d, struct notify_waiting *w, struct fail *fail)
{
    struct notify_names names;
    const struct finding *f = &w->read.finding;
    struct message_envelope envelope = {.to = notify_recipient(&d->recipients, f),
                                        .when = loop_now(),
                                        .signers = d->dkim.signers,
                                        .signer_count = d->dkim.count};
    struct notify_message m = {
        .id = w->id, .target = &f->target, .letter = &w->letter, .envelope = &envelope};
    const struct notify_before before = {.tone = d->follows,
                                         .id = w->earlier[0] ? w->earlier : w->id,
                                         .digest = w->earlier[0] ? d->since : d->where.digest};
    if (!notify_names_take(&d->profile, w->id, d->where.digest, d->tone,
                           d->follows ? &before : NULL, d->tickets, &names, &envelope, fail))
        return false;
    if (notify_output_takes_messages(&d->output)) {
        buf_clear(&d->message);
        if (!machine_put(d->machine, f, w->facts, &w->letter, &d->parts, &envelope, fail) ||
            !message_put(&d->message, &w->letter, &envelope, fail))
            return fail_prefix(fail, "case %s", w->id);
        m.bytes = buf_view(&d->message);
    }
    const struct sheet_place place = {.to = envelope.to,
                                      .host = f->host,
                                      .target = &f->target,
                                      .case_id = f->case_id,
                                      .when = envelope.when};
    return notify_output_put(&d->output, &m, fail) &&
           notify_paper_put(&d->paper, w->id, &w->letter, &place, fail);
}

/* The wording's fault keeps back the letter that it is about, and no other. */
static bool note_unworded(struct notify_desk *d, const char *id, struct fail *fail)
{
    char name[SHOWN_NAME];
    bool died = strcmp(fail->code, "EWORKER") == 0 || strcmp(fail->code, "ETIMEDOUT") == 0;
    d->deaths = died ? d->deaths + 1 : 0;
    if (d->deaths == DEATHS_MOST)
        return fail_prefix(fail, "case %s", id);
    fprintf(stderr, "ajar notify: %s: case %s: no letter is written: %s\n",
            shown_name(d->bundle, name), id, fail->text);
    d->unworded++;
    return true;
}

/* The facts of all that wait; of one that has none no letter is written. */
static bool take_facts(struct notify_desk *d, json_t *facts[NOTIFY_BATCH], size_t *count,
                       struct fail *fail)
{
    *count = 0;
    for (size_t i = 0; i < d->count; i++) {
        struct notify_waiting *w = &d->waiting[i];
        w->facts = notify_facts(&d->where, &w->read.finding, fail);
        if (w->facts)
            facts[(*count)++] = w->facts;
        else if (!note_unworded(d, w->id, fail))
            return false;
    }
    return true;
}

static bool word_one(struct notify_desk *d, struct notify_waiting *w, struct fail *fail)
{
    const struct composing *c = d->composing;
    json_t *words = composing_next(d->composing, fail);
    w->worded = words && letter_lay_out_kept(words, w->facts, composing_profile(c), d->kept,
                                             &w->letter, fail);
    json_decref(words);
    if (!w->worded)
        return note_unworded(d, w->id, fail);
    d->deaths = 0;
    return true;
}

static bool word_all(struct notify_desk *d, struct fail *fail)
{
    json_t *facts[NOTIFY_BATCH];
    size_t count;
    if (!take_facts(d, facts, &count, fail))
        return false;
    composing_ask(d->composing, facts, count);
    for (size_t i = 0; i < d->count; i++)
        if (d->waiting[i].facts && !word_one(d, &d->waiting[i], fail))
            return false;
    return true;
}

/* The keys are open for as long as no process can be forked. */
static bool put_all(struct notify_desk *d, struct fail *fail)
{
    struct fail second = {0};
    bool ok = notify_dkim_open(&d->dkim, fail);
    for (size_t i = 0; ok && i < d->count; i++)
        ok = !d->waiting[i].worded || put_message(d, &d->waiting[i], fail);
    notify_dkim_close(&d->dkim);
    return notify_paper_flush(&d->paper, ok ? fail : &second) && ok;
}

static void forget(struct notify_waiting *w)
{
    if (w->worded)
        letter_free(&w->letter);
    json_decref(w->facts);
    notify_case_free(&w->read);
    w->worded = false;
    w->facts = NULL;
}

/* What was worded is written, also when the next could not be. */
static bool flush(struct notify_desk *d, struct fail *fail)
{
    struct fail second = {0};
    bool ok = word_all(d, fail);
    ok = put_all(d, ok ? fail : &second) && ok;
    for (size_t i = 0; i < d->count; i++)
        forget(&d->waiting[i]);
    d->count = 0;
    return ok;
}

bool notify_desk_take(struct notify_desk *d, struct fail *fail)
{
    struct notify_waiting *w = &d->waiting[d->count++];
    struct finding *f = &w->read.finding;
    snprintf(w->id, sizeof w->id, "%.*s", (int)f->case_id.n, (const char *)f->case_id.p);
    f->case_id = bytes_of(w->id);
    f->today = loop_now();
    f->languages = notify_recipient_languages(&d->recipients, f);
    snprintf(w->earlier, sizeof w->earlier, "%.*s", (int)f->earlier_case.n,
             (const char *)f->earlier_case.p);
    f->earlier_case = bytes_of(w->earlier);
    f->written = d->earlier_sent;
    w->mail_back.limit = MACHINE_MAIL + 1; /* so that it shows when it was longer */
    buf_clear(&w->mail_back);
    buf_put(&w->mail_back, bytes_slice(f->mail_back, 0, MACHINE_MAIL + 1));
    f->mail_back = buf_view(&w->mail_back);
    return d->count < NOTIFY_BATCH || flush(d, fail);
}

bool notify_desk_end(struct notify_desk *d, bool ok, struct fail *fail)
{
    struct fail second = {0};
    if (d->count > 0 && !flush(d, ok ? fail : &second))
        ok = false;
    for (size_t i = 0; d->waiting && i < NOTIFY_BATCH; i++)
        buf_free(&d->waiting[i].mail_back);
    free(d->waiting);
    layout_kept_free(d->kept);
    buf_free(&d->message);
    machine_free(&d->parts);
    notify_dkim_free(&d->dkim);
    notify_paper_close(&d->paper);
    ok = notify_output_close(&d->output, ok, fail);
    bool on_paper = d->output.form == NOTIFY_NOWHERE;
    d->written = on_paper ? d->paper.written : d->output.written;
    d->there = on_paper ? d->paper.kept : d->output.kept;
    return ok;
}
