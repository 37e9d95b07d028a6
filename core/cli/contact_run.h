/*
 * contact_run: many addresses, each looked up once, beside each other: at most RUN_LOOKUPS at a time, and of those for which
 * one registry answers at most RUN_OF_A_REGISTRY, so that a slow one keeps nobody else waiting. What is held in memory is an
 * address's results while it is asked about, and four bytes for each that is still to come.
 */
#pragma once

#include "cli/addresses.h"
#include "cli/contact_lookup.h"

enum { RUN_LOOKUPS = 64, RUN_OF_A_REGISTRY = 8 };

struct contact_run {
    struct contact_desk *desk;
    const struct contact_order *order;
    const struct addresses *addresses;
    /* Each result, as it comes: in no order. False: there is no use in going on. */
    bool (*on_result)(void *arg, const struct contact_result *r);
    /* About once a second: how many are done, and are under way. */
    void (*on_tick)(void *arg, size_t done, size_t under_way);
    void *arg;
};

/* Until all are done, or somebody presses Ctrl-C (SIGINT, SIGTERM): then no more are begun, those under way end as soon as the
 * answer that each waits for is there, without a result, and *stopped is true. A second Ctrl-C ends the process. */
bool contact_run(const struct contact_run *run, bool *stopped, struct fail *fail);
