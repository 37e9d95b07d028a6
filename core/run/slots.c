#include "run/slots.h"

#include <stdlib.h>

enum { SLOTS_MOST = 1 << 20 };

static bool make_room(struct slots *slots, size_t at)
{
    if (at < slots->count)
        return true;
    if (at >= SLOTS_MOST)
        return false;
    size_t n = at * 2 + 64;
    struct slot *list = realloc(slots->list, n * sizeof *list);
    if (!list)
        return false;
    for (size_t i = slots->count; i < n; i++)
        list[i] = (struct slot){0};
    slots->list = list;
    slots->count = n;
    return true;
}

bool slots_put(struct slots *slots, uint64_t id, void *what)
{
    size_t at = (uint32_t)id;
    if (!make_room(slots, at))
        return false;
    slots->list[at] = (struct slot){.id = id, .what = what};
    return true;
}

void *slots_find(const struct slots *slots, uint64_t id)
{
    size_t at = (uint32_t)id;
    return at < slots->count && slots->list[at].id == id ? slots->list[at].what : NULL;
}

void slots_remove(struct slots *slots, uint64_t id)
{
    if (slots_find(slots, id))
        slots->list[(uint32_t)id].what = NULL;
}
