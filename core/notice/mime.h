/*
 * mime: the pieces of an Internet message: header fields (RFC 5322, encoded words by RFC 2047, by GMime) and contents in their
 * transfer encodings (RFC 2045, section 6; mime_transfer.c). Line ends are CRLF in what is put.
 */
#pragma once

#include "base/buf.h"

/* "Subject: " and a text, encoded where it is not ASCII, folded where it is long. What can't stand in a header field (a control
 * character) is refused: false; nothing is put then. */
bool mime_put_field(struct buf *out, const char *name, struct bytes text);
/* "From: " with a name, in encoded words or quoted where it must be, and an address in ASCII. */
bool mime_put_mailbox(struct buf *out, const char *name, struct bytes person, struct bytes address);
/* "Message-ID: <a@b>": ASCII that is put as it is; false where it is not printable ASCII, or so long that the line would be
 * longer than any may be (RFC 5322, 2.1.1). */
bool mime_put_plain_field(struct buf *out, const char *name, struct bytes text);

/* Text with LF line ends as quoted-printable; its last line ends with a line end. */
bool mime_put_quoted(struct buf *out, struct bytes text);
/* As base64, in lines. */
bool mime_put_base64(struct buf *out, struct bytes content);
/* Is quoted-printable the shorter of the two for it? */
bool mime_is_better_quoted(struct bytes text);
/* Could it stand in a message as it is: ASCII, no NUL, lines of at most 998 bytes which end with CRLF? */
bool mime_is_seven_bit(struct bytes content);
