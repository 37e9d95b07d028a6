#include "cli/follow_letters.h"

#include "cli/complain.h"
#include "cli/notify_selection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A letter that could not be written is tried again then. */
#define LATER (7 * 24 * 3600 * SPAN_SECOND)

enum { LANGUAGE = 36 };

/* A target whose letter is to be written, and what became of it. */
struct letter_item {
    struct follow_target *target;
    struct follow_letter letter;
    char file[CAMPAIGN_FILE]; /* in evidence/ */
    const char *to;           /* lent; NULL: nobody is known */
    char language[LANGUAGE];
    bool put;
};

/* The letters of one kind about cases of one bundle. */
struct batch {
    struct follow_letters *letters;
    struct letter_item *items; /* by their cases' names */
    size_t count;
    char path[CAMPAIGN_PATH];
    struct notify_selection selection;
    struct notify_desk desk;
};

/* ---- what is in the store ---- */

static bool note(struct batch *b, const struct letter_item *i, const char *state, struct fail *fail)
{
    struct follow *f = b->letters->follow;
    const struct store_letter letter = {.id = bytes_of(i->letter.about.id),
                                        .target = i->target->id,
                                        .case_id = bytes_of(i->letter.about.id),
                                        .kind = bytes_of(ruling_letter_name(i->letter.kind)),
                                        .recipient = bytes_of(i->to ? i->to : ""),
                                        .language = bytes_of(i->language),
                                        .state = bytes_of(state),
                                        .made = f->now};
    return f->dry_run || store_letter_put(f->store, &letter, fail);
}

static bool note_written(struct batch *b, struct letter_item *i, struct fail *fail)
{
    struct follow_target *t = i->target;
    if (!note(b, i, "written", fail))
        return false;
    b->letters->written++;
    if (t->letter_count == FOLLOW_LETTERS)
        t->letter_count--;
    t->letters[t->letter_count++] = i->letter;
    /* A planned one's rules were not asked: they are, at once. */
    span after = t->planned ? 1 : t->ruling.after;
    return follow_move(b->letters->follow, t, follow_facts_state(t), after, i->to ? i->to : "",
                       fail);
}

static bool note_unwritten(struct batch *b, struct letter_item *i, struct fail *fail)
{
    struct follow *f = b->letters->follow;
    b->letters->unwritten += i->to != NULL;
    b->letters->nobody += i->to == NULL;
    if (f->dry_run)
        return true;
    return note(b, i, "unwritten", fail) &&
           follow_move(f, i->target, i->target->state, LATER, "", fail) &&
           store_event(f->store, i->target->id, f->now, "unwritten",
                       bytes_of(i->to ? "no letter could be made" : "no recipient is known"), fail);
}

/* ---- one bundle ---- */

static int by_case(const void *a, const void *b)
{
    const struct letter_item *x = a;
    const struct letter_item *y = b;
    return strcmp(x->letter.about.id, y->letter.about.id);
}

static struct letter_item *item_of(const struct batch *b, const char *case_id)
{
    struct letter_item key = {0};
    snprintf(key.letter.about.id, sizeof key.letter.about.id, "%s", case_id);
    return bsearch(&key, b->items, b->count, sizeof key, by_case);
}

static void on_letter(void *arg, const struct notify_message *m)
{
    const struct batch *b = arg;
    struct letter_item *i = item_of(b, m->id);
    struct bytes languages = m->letter->languages;
    if (!i)
        return;
    i->put = true;
    size_t first = bytes_index(languages, ',', 0);
    snprintf(i->language, sizeof i->language, "%.*s",
             (int)(first == BYTES_NOT_FOUND ? languages.n : first), (const char *)languages.p);
}

/* The letter before, if there was one: a reminder answers it, and so does an all-clear. */
static void follow_earlier(struct batch *b, const struct letter_item *i)
{
    const struct follow_letter *last = follow_facts_last(i->target);
    char digest[SHA256_HEX] = "";
    if (!last || last->kind == RULING_ALL_CLEAR || !last->about.bundle[0])
        return;
    struct fail fail;
    struct buf file = buf_new(CAMPAIGN_FILE);
    if (store_bundle_file(b->letters->follow->store, bytes_of(last->about.bundle), &file, &fail))
        snprintf(digest, sizeof digest, "%.*s", SHA256_HEX - 1, buf_text(&file));
    buf_free(&file);
    const struct notify_earlier earlier = {
        .case_id = last->about.id,
        .digest = digest,
        .tone = i->letter.kind == RULING_PROVIDER ? NULL : ruling_letter_name(last->kind),
        .sent = last->made};
    if (strlen(digest) == SHA256_HEX - 1)
        notify_desk_follow(&b->desk, &earlier);
}

static bool on_case(void *arg, const struct bundle_case *c, struct fail *fail)
{
    bool told;
    struct batch *b = arg;
    const struct letter_item *i = item_of(b, c->id);
    if (!i || (!i->to && !b->letters->follow->dry_run))
        return true;
    if (!notify_selection_read(&b->selection, c, &notify_desk_place(&b->desk)->read, &told, fail))
        return false;
    if (!told)
        return true;
    if (!notify_desk_own(&b->desk, fail))
        return false;
    follow_earlier(b, i);
    return notify_desk_take(&b->desk, NULL, fail);
}

static struct composing *composing_for(struct follow_letters *l, enum ruling_letter kind,
                                       struct fail *fail)
{
    struct composing_order order = l->order;
    order.tone = ruling_letter_name(kind);
    if (!l->composing[kind])
        l->composing[kind] = composing_new(&order, fail);
    return l->composing[kind];
}

/* A bundle that does not verify is no ground for a letter. */
static bool open_bundle(struct batch *b, struct fail *fail)
{
    struct bundle_report report;
    if (!bundle_verify(b->path, NULL, &report, fail))
        return false;
    case_asker_begin(&b->selection.asker, b->path, &report);
    time_parse(bytes_of(report.sealed), &b->selection.asker.sealed);
    b->selection.asker.tests = digests_new();
    return notify_where_take(&b->desk.where, b->path, &report, fail);
}

static bool begin(struct batch *b, enum ruling_letter kind, struct fail *fail)
{
    struct follow_letters *l = b->letters;
    b->desk = *l->desk;
    b->desk.bundle = b->path;
    b->desk.tone = ruling_letter_name(kind);
    b->desk.on_letter = on_letter;
    b->desk.on_letter_arg = b;
    b->desk.output.resumes = true;
    if (kind == RULING_ALL_CLEAR)
        b->desk.machine = MACHINE_NONE; /* there is nothing left to report */
    b->selection = (struct notify_selection){.bundle = b->path,
                                             .recipients = &b->desk.recipients,
                                             .include_suspect = true,
                                             .all_clear = kind == RULING_ALL_CLEAR,
                                             .chosen = true};
    b->desk.composing = composing_for(l, kind, fail);
    return b->desk.composing != NULL;
}

static bool plan(struct batch *b, struct fail *fail)
{
    bool ok = true;
    for (size_t i = 0; ok && i < b->count; i++) {
        b->items[i].to = notify_recipient(&b->desk.recipients, &b->items[i].target->addr);
        ok = !b->items[i].to || note(b, &b->items[i], "planned", fail);
    }
    return ok;
}

static bool write_bundle(struct batch *b, enum ruling_letter kind, struct fail *fail)
{
    bool ok = begin(b, kind, fail) && open_bundle(b, fail) && plan(b, fail) &&
              notify_desk_begin(&b->desk, fail) && bundle_cases(b->path, NULL, on_case, b, fail);
    ok = notify_desk_end(&b->desk, ok, fail);
    digests_free(b->selection.asker.tests);
    case_asker_end(&b->selection.asker);
    for (size_t i = 0; ok && i < b->count; i++)
        ok = b->items[i].put && b->items[i].to ? note_written(b, &b->items[i], fail)
                                               : note_unwritten(b, &b->items[i], fail);
    return ok;
}

/* ---- a page ---- */

/* Where its evidence lies. False: nothing can be written now. */
static bool find_bundle(struct follow_letters *l, struct letter_item *i, bool *here,
                        struct fail *fail)
{
    const char *name = i->letter.about.bundle;
    struct buf file = buf_new(CAMPAIGN_FILE);
    bool ok = store_bundle_file(l->follow->store, bytes_of(name), &file, fail);
    snprintf(i->file, sizeof i->file, "%s", buf_text(&file));
    buf_free(&file);
    bool sealed = ok && strcmp(i->file, name) != 0;
    *here = sealed && campaign_has(l->folder, i->file);
    l->not_sealed += ok && !sealed;
    l->elsewhere += sealed && !*here;
    return ok;
}

static int by_bundle(const void *a, const void *b)
{
    const struct letter_item *x = a;
    const struct letter_item *y = b;
    if (x->letter.kind != y->letter.kind)
        return x->letter.kind < y->letter.kind ? -1 : 1;
    int files = strcmp(x->file, y->file);
    return files ? files : by_case(a, b);
}

static bool write_items(struct follow_letters *l, struct letter_item *items, size_t count,
                        struct fail *fail)
{
    bool ok = true;
    struct batch *b = calloc(1, sizeof *b);
    char name[CAMPAIGN_PATH];
    if (!b)
        return fail_set(fail, "ENOMEM", "no memory for letters");
    for (size_t from = 0, to; ok && from < count; from = to) {
        for (to = from + 1; to < count && items[to].letter.kind == items[from].letter.kind &&
                            strcmp(items[to].file, items[from].file) == 0;)
            to++;
        *b = (struct batch){.letters = l, .items = items + from, .count = to - from};
        ok = campaign_path(name, l->folder, "evidence", fail) &&
             campaign_path(b->path, name, items[from].file, fail) &&
             write_bundle(b, items[from].letter.kind, fail);
    }
    free(b);
    return ok;
}

bool follow_letters_write(void *arg, struct follow_target **targets, size_t count,
                          struct fail *fail)
{
    struct follow_letters *l = arg;
    size_t n = 0;
    bool ok = true;
    struct letter_item *items = calloc(count, sizeof *items);
    if (!items)
        return fail_set(fail, "ENOMEM", "no memory for letters");
    for (size_t i = 0; ok && i < count; i++) {
        bool here;
        items[n] = (struct letter_item){.target = targets[i], .letter = follow_letter(targets[i])};
        ok = find_bundle(l, &items[n], &here, fail);
        n += ok && here;
    }
    qsort(items, n, sizeof *items, by_bundle);
    ok = ok && write_items(l, items, n, fail);
    free(items);
    return ok;
}

void follow_letters_end(struct follow_letters *l)
{
    for (unsigned i = 0; i < RULING_LETTERS; i++)
        composing_free(l->composing[i]);
}
