#include "cli/notify_desk.h"

#include "cli/shown_name.h"
#include "net/loop.h"
#include "notice/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* HELD_MOST: bytes of tables that wait; GROUPS_MOST: letters about several findings, whose facts are large. */
enum {
    DEATHS_MOST = 3,
    MESSAGE_LIMIT = 32 * 1024 * 1024,
    HELD_MOST = 8 * 1024 * 1024,
    GROUPS_MOST = 16
};

struct bytes notify_desk_from(const struct notify_desk *d)
{
    const json_t *from = json_object_get(composing_profile(d->composing), "from");
    return bytes_at(json_string_value(from), json_string_length(from));
}

bool notify_desk_begin(struct notify_desk *d, struct fail *fail)
{
    const json_t *profile = composing_profile(d->composing);
    d->message = buf_new(MESSAGE_LIMIT);
    d->waiting = calloc(NOTIFY_BATCH, sizeof *d->waiting);
    d->kept = layout_kept_new();
    if (!d->waiting || !d->kept)
        return fail_set(fail, "ENOMEM", "no memory for letters");
    return notify_profile_read(profile, &d->profile, fail) &&
           notify_dkim_load(&d->dkim, notify_desk_from(d), fail) &&
           notify_output_open(&d->output, fail) && notify_paper_open(&d->paper, fail);
}

struct notify_waiting *notify_desk_place(struct notify_desk *d)
{
    return &d->waiting[d->count];
}

/* The number by which the letter is known: the case's, or one for all of them. */
static const char *number_of(const struct notify_waiting *w)
{
    return w->group ? notify_group_ticket(w->group) : w->id;
}

static bool put_parts(struct notify_desk *d, struct notify_waiting *w,
                      struct message_envelope *envelope, struct fail *fail)
{
    return w->group ? notify_group_parts(w->group, &w->letter, &d->parts, envelope, fail)
                    : machine_put(d->machine, &w->read.finding, w->facts, &w->letter, &d->parts,
                                  envelope, fail);
}

/* On paper a letter to nobody known goes to an address, if it is about one alone. */
static struct sheet_place place_of(const struct notify_waiting *w,
                                   const struct message_envelope *envelope)
{
    const struct finding *f = &w->read.finding;
    bool at_many = w->group && group_addresses(notify_group_about(w->group)) > 1;
    return (struct sheet_place){.to = envelope->to,
                                .target = at_many ? NULL : &f->target,
                                .case_id = bytes_of(number_of(w)),
                                .when = envelope->when};
}

/* The letter that this one answers; it has no tone where it answers none. */
static struct notify_before before_of(const struct notify_desk *d, const struct notify_waiting *w)
{
    const char *digest = w->earlier_digest[0] ? w->earlier_digest : d->since;
    return (struct notify_before){.tone = w->earlier_digest[0] ? w->earlier_tone : d->follows,
                                  .id = w->earlier[0] ? w->earlier : number_of(w),
                                  .digest = w->earlier[0] ? digest : d->where.digest};
}

static bool put_message(struct notify_desk *d, struct notify_waiting *w, struct fail *fail)
{
    struct notify_names names;
    const char *number = number_of(w);
    const struct finding *f = &w->read.finding;
    struct message_envelope envelope = {.to = notify_recipient(&d->recipients, &f->target),
                                        .when = loop_now(),
                                        .signers = d->dkim.signers,
                                        .signer_count = d->dkim.count};
    struct notify_message m = {.id = number,
                               .group = w->group ? notify_group_about(w->group) : NULL,
                               .target = &f->target,
                               .letter = &w->letter,
                               .envelope = &envelope};
    const struct notify_before before = before_of(d, w);
    if (!notify_names_take(&d->profile, number, d->where.digest, d->tone,
                           before.tone ? &before : NULL, d->tickets, &names, &envelope, fail))
        return false;
    if (notify_output_takes_messages(&d->output)) {
        buf_clear(&d->message);
        if (!put_parts(d, w, &envelope, fail) ||
            !message_put(&d->message, &w->letter, &envelope, fail))
            return fail_prefix(fail, "case %s", number);
        m.bytes = buf_view(&d->message);
    }
    const struct sheet_place place = place_of(w, &envelope);
    if (!notify_output_put(&d->output, &m, fail) ||
        !notify_paper_put(&d->paper, number, &w->letter, &place, fail))
        return false;
    if (d->on_letter)
        d->on_letter(d->on_letter_arg, &m);
    return true;
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

static json_t *facts_about(struct notify_desk *d, struct notify_waiting *w, struct fail *fail)
{
    json_t *facts = notify_facts(&d->where, &w->read.finding, fail);
    if (facts &&
        (!w->group || group_tell(notify_group_about(w->group), facts, number_of(w), fail)) &&
        (!d->tickets ||
         notify_marks_put(composing_profile(d->composing), d->tickets, number_of(w), facts, fail)))
        return facts;
    json_decref(facts);
    return NULL;
}

/* The facts of all that wait; of one that has none no letter is written. */
static bool take_facts(struct notify_desk *d, json_t *facts[NOTIFY_BATCH], size_t *count,
                       struct fail *fail)
{
    *count = 0;
    for (size_t i = 0; i < d->count; i++) {
        struct notify_waiting *w = &d->waiting[i];
        w->facts = facts_about(d, w, fail);
        if (w->facts)
            facts[(*count)++] = w->facts;
        else if (!note_unworded(d, number_of(w), fail))
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
        return note_unworded(d, number_of(w), fail);
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
    notify_group_free(w->group);
    notify_case_free(&w->read);
    w->group = NULL;
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
    d->held = 0;
    return ok;
}

bool notify_desk_holds_back(struct notify_desk *d)
{
    instant last;
    char day[TIME_TEXT];
    struct notify_case *read = &notify_desk_place(d)->read;
    const char *to = notify_recipient(&d->recipients, &read->finding.target);
    if (!d->interval || !notify_interval_holds(d->interval, to, loop_now(), &last))
        return false;
    d->held_back++;
    if (d->output.form == NOTIFY_DRY_RUN)
        printf("-\t-\t%s\theld back: written to on %.10s\n", to, time_text(last, day));
    notify_case_free(read);
    return true;
}

/* The letter before was about that case alone, or about all that its recipient had then. */
static bool name_earlier(const struct notify_desk *d, struct notify_waiting *w, struct fail *fail)
{
    bool several;
    memcpy(w->earlier, w->earlier_case, sizeof w->earlier);
    if (!w->earlier_case[0] || !d->before)
        return true;
    struct notify_key key = notify_key_of(&d->recipients, &w->read.finding.target);
    if (!notify_groups_has_several(d->before, &key, &several, fail))
        return false;
    if (several)
        notify_ticket(&key, d->since, 0, w->earlier);
    return true;
}

bool notify_desk_own(struct notify_desk *d, struct fail *fail)
{
    struct notify_waiting *w = notify_desk_place(d);
    struct finding *f = &w->read.finding;
    snprintf(w->id, sizeof w->id, "%.*s", (int)f->case_id.n, (const char *)f->case_id.p);
    f->case_id = bytes_of(w->id);
    f->today = loop_now();
    f->languages = notify_recipient_languages(&d->recipients, &f->target);
    snprintf(w->earlier_case, sizeof w->earlier_case, "%.*s", (int)f->earlier_case.n,
             (const char *)f->earlier_case.p);
    f->earlier_case = bytes_of(w->earlier_case);
    w->earlier_digest[0] = '\0';
    if (!name_earlier(d, w, fail)) {
        notify_case_free(&w->read);
        return false;
    }
    f->written = d->earlier_sent;
    f->interval = d->interval_days;
    w->mail_back.limit = MACHINE_MAIL + 1; /* so that it shows when it was longer */
    buf_clear(&w->mail_back);
    buf_put(&w->mail_back, bytes_slice(f->mail_back, 0, MACHINE_MAIL + 1));
    f->mail_back = buf_view(&w->mail_back);
    return true;
}

void notify_desk_follow(struct notify_desk *d, const struct notify_earlier *e)
{
    struct notify_waiting *w = notify_desk_place(d);
    snprintf(w->earlier, sizeof w->earlier, "%s", e->case_id);
    snprintf(w->earlier_digest, sizeof w->earlier_digest, "%s", e->digest);
    w->earlier_tone = e->tone;
    w->read.finding.written = e->sent;
}

bool notify_desk_take(struct notify_desk *d, struct notify_group *group, struct fail *fail)
{
    struct notify_waiting *w = &d->waiting[d->count++];
    w->group = group;
    if (!group) /* as the letter before named it */
        w->read.finding.earlier_case = bytes_of(w->earlier);
    d->held += group ? HELD_MOST / GROUPS_MOST + group_table(notify_group_about(group)).n : 0;
    return (d->count < NOTIFY_BATCH && d->held < HELD_MOST) || flush(d, fail);
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
