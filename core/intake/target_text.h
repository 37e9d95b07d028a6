/*
 * target_text: one target as a person writes it: ADDR, ADDR:PORT, [V6]:PORT, NAME, NAME:PORT, CIDR or CIDR:PORT.
 */
#pragma once

#include "base/addr.h"

enum target_kind { TARGET_ADDRESS, TARGET_NETWORK, TARGET_NAME };

struct target_text {
    enum target_kind kind;
    struct addr addr; /* with its port, or 0; a network's first one; of a name the port alone */
    struct prefix network; /* of TARGET_NETWORK */
    char name[256];        /* of TARGET_NAME */
};

/* ETARGET: one sentence that says what is wrong with it, and where that is clear what was probably meant. */
bool target_text_parse(struct bytes text, struct target_text *out, struct fail *fail);
/* How many addresses a network has that was given as a target: 2^32 at most, as no run comes to the end of more. */
unsigned long target_text_addresses(const struct prefix *network);
