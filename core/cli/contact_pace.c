#include "cli/contact_pace.h"

#include <stdlib.h>
#include <string.h>

struct pace_turn {
    struct contact_pace *pace;
    void *arg;
    pace_fn fn; /* NULL: it waits for nothing */
    struct timer *timer;
    struct pace_turn *next;           /* in line at a service */
    struct pace_turn *other, **place; /* of all turns */
};

struct pace_service {
    struct contact_pace *pace;
    char *name;
    instant free_at; /* it may be asked then (monotonic) */
    bool taken;      /* somebody is in there */
    struct pace_turn *first, **end;
    unsigned failed;  /* one after the other */
    struct fail shut; /* code not NULL: it is */
    struct pace_service *next;
};

struct contact_pace {
    struct loop *loop;
    struct pace_service *services;
    struct pace_turn *turns;
    bool stopped;
};

struct contact_pace *contact_pace_new(struct loop *loop)
{
    struct contact_pace *p = calloc(1, sizeof *p);
    if (p)
        p->loop = loop;
    return p;
}

void contact_pace_free(struct contact_pace *p)
{
    if (!p)
        return;
    while (p->services) {
        struct pace_service *s = p->services;
        p->services = s->next;
        free(s->name);
        free(s);
    }
    free(p);
}

struct pace_service *pace_service(struct contact_pace *p, const char *name)
{
    struct pace_service *s = p->services;
    while (s && strcmp(s->name, name) != 0)
        s = s->next;
    if (s)
        return s;
    s = calloc(1, sizeof *s);
    char *copy = strdup(name);
    if (!s || !copy) {
        free(s);
        free(copy);
        return NULL;
    }
    *s = (struct pace_service){.pace = p, .name = copy, .next = p->services};
    s->end = &s->first;
    p->services = s;
    return s;
}

static void on_due(void *arg)
{
    struct pace_turn *t = arg;
    pace_fn fn = t->fn;
    t->fn = NULL;
    fn(t->arg);
}

struct pace_turn *pace_turn_new(struct contact_pace *p, void *arg)
{
    struct pace_turn *t = calloc(1, sizeof *t);
    if (!t || !(t->timer = timer_new(p->loop, on_due, t))) {
        free(t);
        return NULL;
    }
    t->pace = p;
    t->arg = arg;
    t->other = p->turns;
    t->place = &p->turns;
    if (t->other)
        t->other->place = &t->other;
    p->turns = t;
    return t;
}

void pace_turn_free(struct pace_turn *t)
{
    if (!t)
        return;
    timer_free(t->timer);
    *t->place = t->other;
    if (t->other)
        t->other->place = t->place;
    free(t);
}

void pace_pause(struct pace_turn *t, span time, pace_fn fn)
{
    t->fn = fn;
    timer_start(t->timer, t->pace->stopped || time < 0 ? 0 : time);
}

void pace_enter(struct pace_service *s, struct pace_turn *t, pace_fn fn)
{
    t->fn = fn;
    t->next = NULL;
    if (!s->taken) {
        s->taken = true;
        timer_start(t->timer, 0);
        return;
    }
    *s->end = t;
    s->end = &t->next;
}

void pace_leave(struct pace_service *s)
{
    struct pace_turn *t = s->first;
    s->taken = t != NULL;
    if (!t)
        return;
    s->first = t->next;
    if (!s->first)
        s->end = &s->first;
    timer_start(t->timer, 0);
}

void pace_wait(struct pace_service *s, unsigned rate, struct pace_turn *t, pace_fn fn)
{
    instant now = loop_monotonic();
    instant at = s->free_at > now ? s->free_at : now;
    s->free_at = at + SPAN_SECOND / rate;
    pace_pause(t, at - now, fn);
}

void pace_note(struct pace_service *s, bool ok, const struct fail *why)
{
    s->failed = ok ? 0 : s->failed + 1;
    if (s->failed >= PACE_FAILURES)
        s->shut = *why;
}

void pace_shut(struct pace_service *s, const struct fail *why)
{
    s->shut = *why;
}

bool pace_is_shut(const struct pace_service *s, struct fail *why)
{
    if (s->pace->stopped)
        return !fail_set(why, "ESTOPPED", "not asked, as the run was stopped");
    return s->shut.code &&
           !fail_set(why, s->shut.code, "not asked any more in this run: %s", s->shut.text);
}

/* Those in line at a service come one after the other, as each leaves. */
void contact_pace_stop(struct contact_pace *p)
{
    p->stopped = true;
    for (struct pace_turn *t = p->turns; t; t = t->other) {
        bool in_line = false;
        for (struct pace_service *s = p->services; s && !in_line; s = s->next)
            for (struct pace_turn *w = s->first; w && !in_line; w = w->next)
                in_line = w == t;
        if (t->fn && !in_line)
            timer_start(t->timer, 0);
    }
}
