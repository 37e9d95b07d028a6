/*
 * lookup: addresses asked for in public DNS lists (RFC 5782), each list at its own pace.
 *
 * Before a list is believed it must show that it lives: 127.0.0.2 is listed, 127.0.0.1 is not (section 5).
 * A dead zone may list everything, or answer nothing. Only answers in 127.0.0.0/8 count.
 */
#pragma once

#include "cli/zones.h"
#include "net/dns.h"

enum lookup_state {
    LOOKUP_LISTED,
    LOOKUP_CLEAR,  /* the list knows nothing of it */
    LOOKUP_ERROR,  /* the list can't be believed, or gave no answer: `why` */
    LOOKUP_SKIPPED /* the list has no addresses of this family */
};

enum { LOOKUP_CODES = 8, LOOKUP_REASON = 400 };

struct lookup_result {
    struct addr address;
    const struct zone *zone;
    enum lookup_state state;
    struct addr codes[LOOKUP_CODES];
    size_t code_count;
    char reason[LOOKUP_REASON]; /* what the list says of it (TXT), printable; or empty */
    struct fail why;
    instant asked; /* when it was answered; the wall clock */
};

struct lookup {
    const struct zone *const *zones;
    size_t zone_count;
    const struct addr *addresses;
    size_t address_count;
    /* One for each address in each list, in the order of the answers. */
    void (*on_result)(void *arg, const struct lookup_result *result);
    void *arg;
};

/* "listed", "clear", "error", "skipped". */
const char *lookup_state_name(enum lookup_state state);
/* Asks for all of them; runs the loop until all is answered. False: no memory. */
bool lookup_run(const struct lookup *lookup, struct loop *loop, struct dns *dns, struct fail *fail);
