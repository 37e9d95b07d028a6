/*
 * token: an unguessable mark that belongs to one attempt of one job.
 *
 * Twenty bytes, 32 letters of base32 in lower case (RFC 4648 alphabet, no padding), so that a token
 * survives as the local part of a mailbox, a host label, a path or a line, in any case:
 *
 *     job number (9 random bytes) | attempt (1) | MAC (10)
 *
 * The run has one secret key. A job's key is derived from the run's key and the job number, the MAC
 * from the job's key and the attempt. So the worker that holds a job's key can make tokens of that
 * job alone, and the sink, which holds the run's key, knows a true token from a guess without a table.
 */
#pragma once

#include "base/bytes.h"

#include <stdint.h>

enum { TOKEN_KEY = 32, TOKEN_JOB = 9, TOKEN_SIZE = 20, TOKEN_TEXT = 33 };

struct token {
    unsigned char b[TOKEN_SIZE];
};

/* What lets a worker make the tokens of one job. */
struct token_seed {
    unsigned char job[TOKEN_JOB];
    unsigned char key[TOKEN_KEY];
};

struct token_seed token_seed_of(const unsigned char run_key[TOKEN_KEY],
                                const unsigned char job[TOKEN_JOB]);
struct token token_make(const struct token_seed *seed, uint8_t attempt);
/* True when the token was made with this run's key; compared in constant time. */
bool token_is_ours(const unsigned char run_key[TOKEN_KEY], const struct token *t);

/* 32 letters and a NUL. */
const char *token_text(const struct token *t, char out[TOKEN_TEXT]);
/* Exactly 32 letters, any case. */
bool token_parse(struct bytes text, struct token *out);

/* Which tokens are looked for: those that were made with the run's key. Who does not have it (NULL), as nobody has when the
 * run is over, looks for those of the job that `kin` is of, which anybody could make. */
struct token_family {
    const unsigned char *run_key;
    const struct token *kin;
};
bool token_is_of(const struct token_family *family, const struct token *t);
/* The first run of exactly 32 base32 letters (bounded by other characters) that is a token of the family: a relay may have
 * rewritten the recipient, the body still holds it. */
bool token_find(const struct token_family *family, struct bytes in, struct token *out);
/* The sink's answer to a token that arrived: 32 hexadecimal digits that only the holder of the run's
 * key can make, bound to the token, the peer and the time it came: neither an echo nor a guess passes. */
void token_answer(const unsigned char run_key[TOKEN_KEY], const struct token *t, struct bytes peer,
                  struct bytes when, char out[33]);
