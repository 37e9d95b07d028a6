/*
 * chain_text: the lines of a chain file.
 *
 *     ajar-chain/2 DB0FBC69D26D7CC4
 *     sealing 1 DIGEST 4203 /evidence/a.tar
 *     sealed 1
 *     sealing 2 DIGEST 17 /evidence/b.tar
 *     abandoned 2
 *
 * The first line may be of another run than 1, which then must be sealed: so a chain whose file was lost goes on.
 */
#pragma once

#include "base/buf.h"
#include "evidence/key.h"
#include "evidence/tree_head.h"

enum { CHAIN_PATH = 4096 };

struct chain_entry {
    unsigned long number;
    unsigned char head[SHA256_SIZE];
    unsigned long cases;
    char path[CHAIN_PATH];
};

struct chain_state {
    struct chain_entry last;    /* sealed; number 0: none yet */
    struct chain_entry pending; /* number 0: nothing was being sealed at the end */
    bool begun;                 /* there was a line of a run */
};

bool chain_text_put_head(struct buf *out, const struct public_key *key);
bool chain_text_put_sealing(struct buf *out, const struct chain_entry *entry);
/* Each line whole, by this key, the numbers in order. Fuzzed. */
bool chain_text_parse(struct bytes text, const struct public_key *key, struct chain_state *out,
                      struct fail *fail);
