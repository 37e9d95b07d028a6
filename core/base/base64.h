/*
 * base64: RFC 4648, section 4, with padding.
 */
#pragma once

#include "base/buf.h"

/* On one line. */
bool base64_put(struct buf *out, struct bytes what);
/* Appends what this stands for, as mail is read (RFC 2045, section 6.8): other characters count for nothing, padding ends
 * it. False when it does not fit. */
bool base64_take(struct buf *out, struct bytes text);
