/*
 * http_coding: content codings (RFC 9110, section 8.4.1), undone: gzip (RFC 1952), deflate in its wrapping (RFC 1950), and
 * deflate without one (RFC 1951), which some servers send for the same. Which it is, the bytes say. zlib does the work.
 */
#pragma once

#include "base/buf.h"

/* Appends what `in` decodes to, up to the limit of `out`. What is cut short or spoiled counts as far as it goes. False when
 * nothing could be decoded, or there was no memory for it. */
bool http_coding_undo(struct bytes in, struct buf *out);
