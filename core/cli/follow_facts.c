#include "cli/follow_facts.h"

#include <stdio.h>
#include <string.h>

enum { JOBS_MOST = 256 };
#define DAY (24 * 3600 * SPAN_SECOND)

static const char *const founds[] = {[FOLLOW_OPEN] = "open",
                                     [FOLLOW_SUSPECT] = "suspect",
                                     [FOLLOW_CLOSED] = "closed",
                                     [FOLLOW_UNKNOWN] = "unknown",
                                     [FOLLOW_NOTHING] = "nothing"};

/* What one probe has said at one address and port. */
struct said {
    char probe[STORE_PROBE + 1];
    struct addr addr;
    bool ever; /* it found it open, or suspect */
    bool open; /* and the last time, */
    bool suspect;
    bool closed;
    struct follow_case last;
};

struct reading {
    struct follow_target *target;
    struct said said[JOBS_MOST];
    size_t count;
    bool full;
};

void follow_facts_begin(struct follow_target *out, const struct store_target *t)
{
    *out = (struct follow_target){.id = t->id,
                                  .addr = t->addr,
                                  .holdout = t->holdout,
                                  .state = t->state,
                                  .since = t->since,
                                  .next = t->next};
}

/* ---- letters ---- */

static void copy_text(char *to, size_t size, struct bytes text)
{
    snprintf(to, size, "%.*s", (int)text.n, text.n ? (const char *)text.p : "");
}

static void take_letter(void *arg, const struct store_letter *l)
{
    struct follow_target *t = arg;
    struct follow_letter letter = {.made = l->made,
                                   .withheld = bytes_equal_text(l->state, "withheld"),
                                   .bounced = bytes_equal_text(l->state, "bounced")};
    copy_text(letter.about.id, sizeof letter.about.id, l->case_id);
    if (!ruling_letter_parse(l->kind, &letter.kind) || bytes_equal_text(l->state, "unwritten"))
        return;
    if (bytes_equal_text(l->state, "planned")) {
        t->planned = true;
        t->plan = letter;
        return;
    }
    if (t->letter_count == FOLLOW_LETTERS) {
        memmove(t->letters, t->letters + 1, sizeof t->letters - sizeof t->letters[0]);
        t->letter_count--;
    }
    t->letters[t->letter_count++] = letter;
}

/* ---- cases ---- */

static struct said *said_by(struct reading *r, const struct store_case_row *c, bool *is_new)
{
    char probe[STORE_PROBE + 1];
    copy_text(probe, sizeof probe, c->probe);
    *is_new = false;
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->said[i].probe, probe) == 0 && addr_equal(&r->said[i].addr, &c->addr))
            return &r->said[i];
    if (r->count == JOBS_MOST)
        return NULL;
    struct said *s = &r->said[r->count++];
    *s = (struct said){.addr = c->addr};
    memcpy(s->probe, probe, sizeof probe);
    *is_new = true;
    return s;
}

/* Where a letter's case lies. */
static void place_letter(struct follow_letter *l, const struct store_case_row *c)
{
    if (bytes_equal_text(c->id, l->about.id))
        copy_text(l->about.bundle, sizeof l->about.bundle, c->bundle);
}

/* The newest come first. */
static void take_case(void *arg, const struct store_case_row *c)
{
    struct reading *r = arg;
    struct follow_target *t = r->target;
    bool is_new;
    struct said *s = said_by(r, c, &is_new);
    for (size_t i = 0; i < t->letter_count; i++)
        place_letter(&t->letters[i], c);
    place_letter(&t->plan, c);
    if (c->finished > t->tested)
        t->tested = c->finished;
    if (c->round + 1 > t->rounds)
        t->rounds = c->round + 1;
    r->full |= s == NULL;
    if (!s)
        return;
    bool open = bytes_equal_text(c->verdict, "open");
    bool suspect = bytes_equal_text(c->verdict, "suspect");
    s->ever |= open || suspect;
    if (!is_new)
        return;
    s->open = open;
    s->suspect = suspect;
    s->closed = bytes_equal_text(c->verdict, "closed");
    copy_text(s->last.id, sizeof s->last.id, c->id);
    copy_text(s->last.bundle, sizeof s->last.bundle, c->bundle);
}

static enum follow_found found_by(const struct said *s)
{
    if (!s->ever)
        return FOLLOW_NOTHING;
    if (s->open)
        return FOLLOW_OPEN;
    return s->suspect ? FOLLOW_SUSPECT : s->closed ? FOLLOW_CLOSED : FOLLOW_UNKNOWN;
}

/* One that can't tell leaves open whether it is closed. */
static unsigned rank(enum follow_found found)
{
    static const unsigned ranks[] = {[FOLLOW_OPEN] = 4,
                                     [FOLLOW_SUSPECT] = 3,
                                     [FOLLOW_UNKNOWN] = 2,
                                     [FOLLOW_CLOSED] = 1,
                                     [FOLLOW_NOTHING] = 0};
    return ranks[found];
}

static void conclude(struct reading *r)
{
    struct follow_target *t = r->target;
    t->found = FOLLOW_NOTHING;
    for (size_t i = 0; i < r->count; i++) {
        enum follow_found found = found_by(&r->said[i]);
        if (rank(found) <= rank(t->found))
            continue;
        t->found = found;
        t->ground = r->said[i].last;
    }
    if (t->found == FOLLOW_UNKNOWN)
        t->ground = (struct follow_case){{0}, {0}};
    for (size_t i = 0; i < t->letter_count; i++)
        t->ground_is_told |= strcmp(t->letters[i].about.id, t->ground.id) == 0;
}

bool follow_facts_read(struct store *s, struct follow_target *t, struct fail *fail)
{
    struct reading r = {.target = t};
    if (!store_letters(s, t->id, take_letter, t, fail) ||
        !store_cases(s, t->id, take_case, &r, fail))
        return false;
    if (r.full)
        return fail_set(fail, "ELIMIT", "target %lld has cases of more than %d probes",
                        (long long)t->id, JOBS_MOST);
    conclude(&r);
    return true;
}

/* ---- what follows from it ---- */

/* Since it was last said that all is well. */
static enum store_state state_by_letters(const struct follow_target *t)
{
    static const enum store_state states[] = {[RULING_FIRST] = STORE_NOTIFIED,
                                              [RULING_REMINDER] = STORE_REMINDED,
                                              [RULING_PROVIDER] = STORE_ESCALATED,
                                              [RULING_ALL_CLEAR] = STORE_TESTED};
    enum store_state state = STORE_TESTED;
    for (size_t i = 0; i < t->letter_count; i++) {
        const struct follow_letter *l = &t->letters[i];
        enum store_state by = states[l->kind];
        if (!l->withheld && (by > state || l->kind == RULING_ALL_CLEAR))
            state = by;
    }
    return state;
}

enum store_state follow_facts_state(const struct follow_target *t)
{
    if (t->state == STORE_OBJECTED || t->tested == 0)
        return t->state;
    if (t->found == FOLLOW_CLOSED || (t->found == FOLLOW_UNKNOWN && t->state == STORE_CLOSED))
        return STORE_CLOSED;
    return state_by_letters(t);
}

const struct follow_letter *follow_facts_last(const struct follow_target *t)
{
    for (size_t i = t->letter_count; i-- > 0;)
        if (!t->letters[i].withheld)
            return &t->letters[i];
    return NULL;
}

static double days(instant from, instant to)
{
    return (double)(to - from) / (double)DAY;
}

static json_t *letters_json(const struct follow_target *t, instant now)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < t->letter_count; i++) {
        const struct follow_letter *l = &t->letters[i];
        json_t *letter =
            json_pack("{s:s,s:f}", "kind", ruling_letter_name(l->kind), "days", days(l->made, now));
        if (letter && l->withheld)
            json_object_set_new(letter, "withheld", json_true());
        if (letter && l->bounced)
            json_object_set_new(letter, "bounced", json_true());
        json_array_append_new(list, letter);
    }
    return list;
}

json_t *follow_facts_json(const struct follow_target *t, instant now)
{
    json_t *out = json_pack("{s:s,s:s,s:f,s:i,s:b}", "found", founds[t->found], "state",
                            store_state_name(t->state), "in_state", days(t->since, now), "rounds",
                            (int)t->rounds, "holdout", (int)t->holdout);
    json_t *letters = letters_json(t, now);
    bool ok = out && letters && json_object_set(out, "letters", letters) == 0 &&
              (t->tested == 0 ||
               json_object_set_new(out, "tested", json_real(days(t->tested, now))) == 0);
    json_decref(letters);
    if (ok)
        return out;
    json_decref(out);
    return NULL;
}
