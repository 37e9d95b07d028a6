/*
 * warc_record: one record of a web archive (ISO 28500:2017, WARC/1.1).
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/time.h"

enum { WARC_ID = 64 };

struct warc_record {
    const char *type; /* "response" */
    const char *id;   /* as warc_id made it */
    instant at;
    struct bytes target;     /* a URI; empty: none */
    const struct addr *peer; /* who answered, or NULL */
    const char *concurrent;  /* the record that belongs to this one, or NULL */
    const char *content_type;
    struct bytes block;
};

/* "<urn:uuid:…>" (RFC 9562, version 8), always the same for the same name. */
const char *warc_id(char out[WARC_ID], const char *name);
/* Appends it with its length and the SHA-256 of its block. */
bool warc_put(struct buf *out, const struct warc_record *r);
