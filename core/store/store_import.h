/*
 * store_import: what lists say of addresses, put into a campaign thousands at a time.
 *
 * A target is an address and a port (0: none was said). What is said of one that is there already is added to it, and what
 * was said before by the same source in the same words is not kept twice: its last date and its count grow. Memory is that
 * of one batch, however long a list is.
 */
#pragma once

#include "store/store.h"

enum {
    STORE_BATCH = 10000, /* sightings that are written at once */
    STORE_SOURCE = 100,  /* bytes of a source's name, */
    STORE_SAID = 500,    /* of what it says, */
    STORE_NAME = 255,    /* of a host's name, */
    STORE_NETWORK = 100  /* and of a network's */
};

/* One address in one list. Texts are lent; what is too long is cut at a character. */
struct store_sighting {
    struct addr addr;
    struct bytes source;  /* "shadowserver: open proxies" */
    struct bytes said;    /* "open proxy: http, tag connect" */
    struct bytes name;    /* the host's, or empty */
    struct bytes country; /* two letters, or empty */
    struct bytes network; /* "AS64500 Example Net", or empty */
    unsigned priority;    /* 0 to STORE_PRIORITIES - 1: store_jobs.h */
    instant when;         /* it was said */
};

struct store_imported {
    unsigned long sightings; /* that were put */
    unsigned long added;     /* targets that were not there before */
};

struct store_import;

/* `now`: when they come in, the date of what is new. */
struct store_import *store_import_new(struct store *s, instant now, struct fail *fail);
/* Not what is still to be written. */
void store_import_free(struct store_import *i);
/* Writes what it has when a batch is full; after a failure of that the sighting is not taken, and it may be put again. */
bool store_import_put(struct store_import *i, const struct store_sighting *sighting,
                      struct fail *fail);
/* Writes what is left. May be called again when it failed. */
bool store_import_flush(struct store_import *i, struct fail *fail);
/* What has been written so far. */
struct store_imported store_import_counts(const struct store_import *i);
