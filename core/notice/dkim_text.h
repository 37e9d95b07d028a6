/*
 * dkim_text: what is hashed when a message is signed (RFC 6376, relaxed/relaxed: sections 3.4.2, 3.4.4, 3.7). Pure functions
 * over bytes.
 */
#pragma once

#include "base/buf.h"

/* One field, with its CRLF, as it is hashed: the name in small letters, unfolded, runs of white space as one blank, none at the
 * ends. */
void dkim_put_field(struct buf *out, struct bytes field);
/* A body: no white space at the ends of lines, runs of it as one blank, no empty lines at the end; ends with CRLF unless it is
 * empty. */
void dkim_put_body(struct buf *out, struct bytes body);
/* The field of this name that is the `nth` from below, from 0, with its CRLF and what is folded; false: there is none. The
 * header ends where its fields do. */
bool dkim_find_field(struct bytes header, const char *name, unsigned nth, struct bytes *out);
/* What a signature's hash is of: the named fields, each time that a name stands in the list the next from below (one that is
 * not there counts as nothing), and the DKIM-Signature itself, whose b= is empty, without its last CRLF. */
void dkim_put_hashed(struct buf *out, struct bytes header, const char *const *names, size_t count,
                     struct bytes signature);
