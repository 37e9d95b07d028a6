#include "net/alarm.h"

#include "base/check.h"

#include <stdlib.h>

enum { FIRST_CAP = 16 };

bool alarms_join(struct alarms *all)
{
    if (all->members == all->cap) {
        size_t cap = all->cap ? all->cap * 2 : FIRST_CAP;
        struct alarm_entry *heap = reallocarray(all->heap, cap, sizeof *heap);
        if (!heap)
            return false;
        all->heap = heap;
        all->cap = cap;
    }
    all->members++;
    return true;
}

void alarms_leave(struct alarms *all, struct alarm *alarm)
{
    alarms_clear(all, alarm);
    all->members--;
}

static void place(struct alarms *all, size_t at, struct alarm_entry entry)
{
    all->heap[at] = entry;
    entry.alarm->slot = at + 1;
}

static void sift_up(struct alarms *all, size_t at, struct alarm_entry entry)
{
    while (at > 0 && entry.at < all->heap[(at - 1) / 2].at) {
        place(all, at, all->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(all, at, entry);
}

static void sift_down(struct alarms *all, size_t at, struct alarm_entry entry)
{
    for (size_t child = 2 * at + 1; child < all->n; child = 2 * at + 1) {
        if (child + 1 < all->n && all->heap[child + 1].at < all->heap[child].at)
            child++;
        if (entry.at <= all->heap[child].at)
            break;
        place(all, at, all->heap[child]);
        at = child;
    }
    place(all, at, entry);
}

static void settle(struct alarms *all, size_t at, struct alarm_entry entry)
{
    if (at > 0 && entry.at < all->heap[(at - 1) / 2].at)
        sift_up(all, at, entry);
    else
        sift_down(all, at, entry);
}

void alarms_set(struct alarms *all, struct alarm *alarm, instant at)
{
    struct alarm_entry entry = {.at = at, .alarm = alarm};
    if (alarm->slot > 0) {
        settle(all, alarm->slot - 1, entry);
        return;
    }
    require(all->n < all->members);
    all->n++;
    sift_up(all, all->n - 1, entry);
}

void alarms_clear(struct alarms *all, struct alarm *alarm)
{
    if (alarm->slot == 0)
        return;
    size_t at = alarm->slot - 1;
    struct alarm_entry last = all->heap[--all->n];
    alarm->slot = 0;
    if (at < all->n)
        settle(all, at, last);
}

instant alarms_when(const struct alarms *all, const struct alarm *alarm)
{
    return alarm->slot > 0 ? all->heap[alarm->slot - 1].at : 0;
}

instant alarms_first(const struct alarms *all)
{
    return all->n > 0 ? all->heap[0].at : 0;
}

struct alarm *alarms_take(struct alarms *all, instant now)
{
    if (all->n == 0 || all->heap[0].at > now)
        return NULL;
    struct alarm *first = all->heap[0].alarm;
    alarms_clear(all, first);
    return first;
}
