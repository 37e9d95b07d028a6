/*
 * served: the scenarios that `ajar sim` would serve, as `ajar sim list` tells of them.
 *
 * To know them their scripts must run, which may be a stranger's: that is done in the confined process of that command.
 */
#pragma once

#include "cli/simulated.h"

/* One of them. */
struct served {
    char id[SCENARIO_ID];
    char name[256]; /* of the server, or "" */
    struct addr at;
    struct scenario_expect expects[SCENARIO_EXPECTS];
    unsigned expect_count;
};

struct served_list {
    struct served *all; /* owned */
    size_t count;
};

/* Those that the operands mean, as --probe's paths among `choices` (NULL-ended) and --net's number let them be; no more
 * than SIMULATED_MOST. Gives the exit status: when it is not 0, what is wrong has been said in the name of `command`. */
int served_list(struct served_list *out, const char *command, char *const *operands,
                const char *const *choices, unsigned net);
/* What is listed in one line, as JSON. False: it is no such line. */
bool served_read(struct bytes line, struct served *out);
void served_free(struct served_list *list);
