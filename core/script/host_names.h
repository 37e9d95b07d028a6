/*
 * host_names: a few names of hosts, as a stranger has said them.
 *
 * A name kept here is one of a host: letters, digits, hyphens and dots, its last label beginning with a letter, so that
 * no number or address literal passes. Names are compared in any case; one dot at the end does no harm.
 */
#pragma once

#include "base/buf.h"

enum { HOST_NAMES = 1024 /* bytes of them all */, HOST_NAME = 253 };

struct host_names {
    struct buf list; /* each: its length in one byte, then the name */
};

struct host_names host_names_new(void);
void host_names_free(struct host_names *h);
/* Keeps a name. False, and not kept, when it is none of a host, or there is no room. */
bool host_names_add(struct host_names *h, struct bytes name);
bool host_names_have(const struct host_names *h, struct bytes name);
