#include "cli/contact_run.h"

#include <signal.h>
#include <stdlib.h>

#define TICK SPAN_SECOND

/* The addresses for which one registry answers, or none does; a list through `next`. */
struct lane {
    const char *registry; /* by its text's place; NULL: none */
    uint32_t first;       /* the next to be looked up, and one; 0: there is none */
    uint32_t last;
    size_t under_way;
    struct running *running;
};

struct running {
    const struct contact_run *run;
    struct lane *lanes;
    size_t lane_count;
    size_t turn; /* the lane that is looked at first */
    uint32_t *next;
    struct timer *timer;
    size_t done;
    size_t under_way;
    bool filling;
    bool in_vain;
    bool failed; /* no memory */
};

static struct lane *lane_of(struct running *r, const struct addr *a)
{
    const char *registry = bootstrap_find(r->run->desk->tables->bootstrap, a);
    for (size_t i = 0; i < r->lane_count; i++)
        if (r->lanes[i].registry == registry)
            return &r->lanes[i];
    struct lane *lanes = realloc(r->lanes, (r->lane_count + 1) * sizeof *lanes);
    if (!lanes)
        return NULL;
    r->lanes = lanes;
    lanes[r->lane_count] = (struct lane){.registry = registry, .running = r};
    return &lanes[r->lane_count++];
}

static bool make_lanes(struct running *r)
{
    const struct addresses *all = r->run->addresses;
    r->next = calloc(all->count + 1, sizeof *r->next);
    for (size_t i = 0; r->next && i < all->count; i++) {
        struct lane *lane = lane_of(r, &all->all[i]);
        if (!lane)
            return false;
        if (lane->first)
            r->next[lane->last] = (uint32_t)i + 1;
        else
            lane->first = (uint32_t)i + 1;
        lane->last = (uint32_t)i + 1;
    }
    return r->next != NULL;
}

/* NULL: nobody's turn now. */
static struct lane *next_lane(struct running *r)
{
    for (size_t i = 0; i < r->lane_count; i++) {
        struct lane *lane = &r->lanes[(r->turn + i) % r->lane_count];
        if (!lane->first || lane->under_way >= RUN_OF_A_REGISTRY)
            continue;
        r->turn = (r->turn + i + 1) % r->lane_count;
        return lane;
    }
    return NULL;
}

static bool is_over(const struct running *r)
{
    return r->in_vain || r->failed || r->run->desk->stopped;
}

static void fill(struct running *r);

static void on_result(void *arg, const struct contact_result *result)
{
    struct lane *lane = arg;
    struct running *r = lane->running;
    lane->under_way--;
    r->under_way--;
    if (!result->stopped) {
        r->done++;
        r->in_vain |= !r->run->on_result(r->run->arg, result);
    }
    if (!r->filling)
        fill(r);
}

static void begin(struct running *r, struct lane *lane)
{
    const struct addr *a = &r->run->addresses->all[lane->first - 1];
    lane->first = r->next[lane->first];
    lane->under_way++;
    r->under_way++;
    if (contact_look_up(r->run->desk, r->run->order, a, on_result, lane))
        return;
    r->failed = true;
    lane->under_way--;
    r->under_way--;
}

/* Results that need no question come from inside begin: then it is this loop that goes on, not another one within it. */
static void fill(struct running *r)
{
    struct lane *lane;
    r->filling = true;
    while (!is_over(r) && r->under_way < RUN_LOOKUPS && (lane = next_lane(r)))
        begin(r, lane);
    r->filling = false;
    if (r->under_way == 0)
        loop_stop(r->run->desk->loop);
}

static void on_tick(void *arg)
{
    struct running *r = arg;
    r->run->on_tick(r->run->arg, r->done, r->under_way);
    timer_start(r->timer, TICK);
}

static void on_stop(void *arg)
{
    struct contact_desk *d = arg;
    if (d->stopped) {
        signal(SIGINT, SIG_DFL);
        raise(SIGINT);
    }
    d->stopped = true;
    contact_pace_stop(d->pace);
}

static bool go(struct running *r, struct fail *fail)
{
    struct contact_desk *d = r->run->desk;
    r->timer = timer_new(d->loop, on_tick, r);
    if (!r->timer || !make_lanes(r) || !loop_on_signal(d->loop, SIGINT, on_stop, d) ||
        !loop_on_signal(d->loop, SIGTERM, on_stop, d))
        return fail_set(fail, "ENOMEM", "out of memory");
    timer_start(r->timer, TICK);
    fill(r);
    while (r->under_way > 0)
        loop_run(d->loop);
    return !r->failed || fail_set(fail, "ENOMEM", "out of memory");
}

bool contact_run(const struct contact_run *run, bool *stopped, struct fail *fail)
{
    struct running r = {.run = run};
    bool ok = go(&r, fail);
    *stopped = run->desk->stopped;
    timer_free(r.timer);
    free(r.lanes);
    free(r.next);
    return ok;
}
