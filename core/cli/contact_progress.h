/*
 * contact_progress: how far a run of `ajar contact` is, on stderr: in one line that changes on a terminal, else a line now and
 * then.
 */
#pragma once

#include "cli/eta.h"

#include <stdbool.h>
#include <stddef.h>

struct contact_progress {
    struct eta eta;
    size_t total;
    instant told; /* monotonic */
    bool terminal;
    bool shown;
};

void contact_progress_begin(struct contact_progress *p, size_t total);
void contact_progress_tick(struct contact_progress *p, size_t done, size_t under_way);
/* Before a line of another's. */
void contact_progress_make_room(struct contact_progress *p);
