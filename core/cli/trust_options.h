/*
 * trust_options: whom the reader of a bundle believes: --public-key, --trusted, --threshold.
 */
#pragma once

#include "cli/args.h"
#include "evidence/bundle.h"

#define TRUST_OPTION_KEY                                                                           \
    {                                                                                              \
        "public-key", 'P', "KEY",                                                                  \
            "a signer's public key: its file, or the base64 line itself; repeatable"               \
    }
#define TRUST_OPTION_FILE                                                                          \
    {                                                                                              \
        "trusted", 'T', "FILE",                                                                    \
            "keys that you trust, one a line: KEY FROM UNTIL NAME; KEY is the base64 line, FROM "  \
            "and UNTIL are days (2026-12-31, UTC) or -"                                            \
    }
#define TRUST_OPTION_THRESHOLD                                                                     \
    {                                                                                              \
        "threshold", 0, "N", "how many of these keys must have signed; default 1"                  \
    }

#define TRUST_OPTION_SERVICES                                                                      \
    {                                                                                              \
        "tsa-ca", 0, "FILE",                                                                       \
            "certificates (PEM) that vouch for time-stamp services: one of these must have "       \
            "stamped the bundle"                                                                   \
    }

/* The four of them in a row of a command's options, from this number on. */
enum { TRUST_OPTIONS = 4 };
#define TRUST_OPTIONS_FROM(number)                                                                 \
    [number] = TRUST_OPTION_KEY, [(number) + 1] = TRUST_OPTION_FILE,                               \
    [(number) + 2] = TRUST_OPTION_THRESHOLD, [(number) + 3] = TRUST_OPTION_SERVICES

/* Zeroed before use. Texts are borrowed from argv. */
struct trust_options {
    const char *keys[TRUST_KEYS + 1]; /* ended by NULL, as is the next */
    const char *files[TRUST_KEYS + 1];
    long threshold;       /* 0: not given */
    const char *services; /* a PEM file, or NULL */
    struct trust trust;
    struct stamp_trust *vouching;
};

/* The option's value, as args_next gave it; wrong usage is said. */
void trust_take_key(struct args *a, struct trust_options *o);
void trust_take_file(struct args *a, struct trust_options *o);
/* The same for an option of TRUST_OPTIONS_FROM(from); false: `which` is none of them. */
bool trust_take(struct args *a, int which, int from, struct trust_options *o);
/* What the options together can't mean: gives ARGS_GO_ON or 2. */
int trust_check(struct args *a, const struct trust_options *o);
/* Reads the keys and certificates; *out borrows from `o`. The fail names option and file. */
bool trust_read(struct trust_options *o, struct bundle_trust *out, struct fail *fail);
void trust_free(struct trust_options *o);
