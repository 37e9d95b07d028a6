/*
 * base64: RFC 4648, section 4, with padding, on one line.
 */
#pragma once

#include "base/buf.h"

bool base64_put(struct buf *out, struct bytes what);
