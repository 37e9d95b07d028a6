/*
 * minisign: what the texts of keys and signatures have in common: a comment line, then base64.
 */
#pragma once

#include "base/buf.h"

#define MINISIGN_UNTRUSTED "untrusted comment: "
#define MINISIGN_TRUSTED   "trusted comment: "

enum { MINISIGN_COMMENT_LIMIT = 1024, MINISIGN_TRUSTED_LIMIT = 8192 };

/* Takes the first line off *rest and returns it without its LF; a last line may lack the LF. */
struct bytes minisign_line(struct bytes *rest);
/* True when the line begins with `prefix`; *after is then what follows it. */
bool minisign_comment(struct bytes line, const char *prefix, struct bytes *after);
/* Decodes a line of standard base64 that must give exactly `size` bytes. */
bool minisign_decode(struct bytes line, void *out, size_t size);
/* Appends base64 and LF. Not for secrets: a buf is not wiped. */
bool minisign_put(struct buf *out, const void *what, size_t size);
