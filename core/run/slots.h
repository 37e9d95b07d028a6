/*
 * slots: what a process holds of each job, found by the job's id. The low half of an id is its slot, which is used again.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct slot {
    uint64_t id;
    void *what; /* NULL: free */
};

/* Zeroed: empty. */
struct slots {
    struct slot *list;
    size_t count;
};

/* False: there is no room for such an id, or no memory. */
bool slots_put(struct slots *slots, uint64_t id, void *what);
/* NULL: no job has this id. */
void *slots_find(const struct slots *slots, uint64_t id);
void slots_remove(struct slots *slots, uint64_t id);
