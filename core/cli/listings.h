/*
 * listings: what `ajar lists --json` wrote, so that a case can say where the suspicion comes from.
 */
#pragma once

#include "base/addr.h"

struct listings;

enum { LISTING_TEXT = 256 };

/* Reads the file: one JSON object a line; of those whose state is "listed" the list and what it says is kept.
 * At most 1,000,000. NULL with fail: EFORMAT names the line. */
struct listings *listings_load(const char *path, struct fail *fail);
void listings_free(struct listings *l);
/* Writes what the lists say of the address: "dnsbl.dronebl.org: HTTP proxy; rbl.efnetrbl.org: open proxy", cut
 * to the room, printable. False: nothing. */
bool listings_text(const struct listings *l, const struct addr *address, char out[LISTING_TEXT]);
