/*
 * mail_decode: what stands in a message, without the encodings that servers on its way may have given it.
 *
 * Everything here is lenient: what is malformed is taken as it stands, and no charset is looked at.
 */
#pragma once

#include "base/buf.h"

/* Appends the text of a message (RFC 2045, RFC 2046): its body, or of a multipart all parts that are text, each behind a
 * line end; base64 and quoted-printable are undone. Attached messages are no text. False when it does not fit. */
bool mail_text_put(struct buf *out, struct bytes message);
/* Appends the value of a header field with its encoded words (RFC 2047) undone. False when it does not fit. */
bool mail_words_put(struct buf *out, struct bytes value);
