/*
 * beside: the names of what stands beside the list that is signed: signatures and time-stamps.
 *
 * No list names them, as nothing that is signed can hold what signs it; each is checked by itself.
 */
#pragma once

#include <stdbool.h>

#define BESIDE_TAGS      "tagmanifest-sha256.txt"
#define BESIDE_SIGNATURE BESIDE_TAGS ".minisig"

enum { BESIDE_NAME = 64, BESIDE_COSIGNATURES = 16, BESIDE_STAMPS = 8 };

enum beside {
    BESIDE_NOT, /* a file that must be on a list */
    BESIDE_LIST,
    BESIDE_FIRST, /* the signature of whoever sealed */
    BESIDE_COSIGNATURE,
    BESIDE_STAMP
};

enum beside beside_kind(const char *name);
/* Which time-stamp it is, counted from 1; 0: none. */
unsigned beside_stamp_number(const char *name);
/* "tagmanifest-sha256.txt.DB0FBC69D26D7CC4.minisig": one for each key number. */
const char *beside_cosignature(const unsigned char key_id[8], char out[BESIDE_NAME]);
/* "tagmanifest-sha256.txt.minisig.tsr", for nth = 2 to BESIDE_STAMPS "….minisig.2.tsr". */
const char *beside_stamp(unsigned nth, char out[BESIDE_NAME]);
