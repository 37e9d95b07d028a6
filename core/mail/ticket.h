/*
 * ticket: a letter's name in an address of ours, with a mark that nobody can make who has not the key: so a bounce, a
 * reply or an objection that comes to such an address is about that letter, and whoever wrote it has seen the letter.
 *
 *     bounces+c-1b2c3d.k3v9q2m7x4t8w5y6@example.org
 */
#pragma once

#include "base/bytes.h"
#include "base/fail.h"
#include "base/hash.h"

enum {
    TICKET_MARK = 16,
    TICKET_ADDRESS = 320,
    TICKET_LOCAL = 64 /* RFC 5321, section 4.5.3.1.1 */
};

struct ticket_key {
    unsigned char bytes[KEYED_KEY];
};

/* The file holds 64 hexadecimal digits and is its owner's alone. `make`: one that is not there is made, and *made says so
 * (may be NULL). The key lies in memory that forked processes find empty (evidence/secret.h). */
struct ticket_key *ticket_key_load(const char *path, bool make, bool *made, struct fail *fail);
/* NULL is allowed. */
void ticket_key_free(struct ticket_key *key);

/* What an address is for: a mark for the one is none for the other. Static text: "bounce", … */
#define TICKET_BOUNCE "bounce"
#define TICKET_RETEST "retest"
#define TICKET_OBJECT "object"

/* `base` with the ticket in it: "bounces@example.org" becomes the one above. False: base is no plain address, or the
 * result would be longer than mail allows. */
bool ticket_address(const struct ticket_key *key, const char *purpose, const char *base,
                    const char *name, char out[TICKET_ADDRESS], struct fail *fail);

enum ticket_state {
    TICKET_NONE,   /* it is no such address */
    TICKET_FORGED, /* it has this name, and a mark that is not its */
    TICKET_TRUE
};
/* The ticket in an address made of `base`; *name is a view of the address. Letters' case does not matter, as mail servers
 * change it. Fuzzed. */
enum ticket_state ticket_in(const struct ticket_key *key, const char *purpose, const char *base,
                            struct bytes address, struct bytes *name);
