/*
 * signers: whose packs are taken, and which of them.
 *
 * The operator's file of them is one of trusted keys (evidence/trust.h) in which the name says more:
 *
 *     KEY FROM UNTIL PACKS CAPABILITIES WHOSE
 *     RWQ… - 2027-12-31 acme/ smtp,http ACME security team
 *
 * PACKS: names with a comma between them, "acme/" for all of an organisation, "*" for all there are. CAPABILITIES: what
 * such a pack may declare, with a comma between them; "all", "none". Behind them, with a comma, may stand "in-worker": the
 * probes of its packs need no process of their own, and run where the built-in ones do.
 */
#pragma once

#include "evidence/trust.h"
#include "pack/seal.h"

enum { SIGNER_PACKS = 64 };

/* What packs may. */
struct grant {
    unsigned capabilities; /* bits, 1 << enum capability: declare these */
    bool in_worker;        /* run there */
};

struct signer {
    char packs[SIGNER_PACKS];
    struct grant grant;
    const char *whose; /* within the trusted key's name */
};

struct signers {
    struct trust trust;
    struct signer each[TRUST_KEYS]; /* of each key of it */
};

/* Reads the text of such a file. The fail names the line. Fuzzed. */
bool signers_parse(struct signers *s, struct bytes text, struct fail *fail);
/* The same from a file; one that is not there holds none. */
bool signers_load(struct signers *s, const char *path, struct fail *fail);
/* May this pack be taken on the word of this signature's text? True: *out says who signed, *by which of the keys. Fails
 * with ESIGNATURE, EKEY (none of them), ETRUST (not then, not such a pack, not with what it may do). `now`: a key
 * whose trust has ended counts no more. */
bool signers_allow(const struct signers *s, const struct pack *p, struct bytes signature,
                   instant now, struct seal *out, const struct signer **by, struct fail *fail);
/* Appends it as such a line has it: "smtp,http", "all,in-worker", "none". */
void signers_put_grant(struct buf *out, const struct grant *grant);
/* Reads it. */
bool signers_read_grant(struct bytes text, struct grant *out);
/* Is it such a list of packs? */
bool signers_are_packs(struct bytes text);
