/*
 * smtp_reply: what an SMTP server answers (RFC 5321, section 4.2), one reply of any number of lines.
 *
 * Lines end in CRLF; a bare LF is taken too, as servers in the field send it. The three digits of all
 * lines must agree; a separator other than '-' and ' ' is refused.
 */
#pragma once

#include "proto/parse.h"

enum {
    SMTP_REPLY_LINE_LIMIT = 2048, /* RFC 5321 says 512; the field sends more */
    SMTP_REPLY_LIMIT = 16384,     /* a whole reply */
};

struct smtp_reply {
    unsigned code;     /* 200 to 599 */
    unsigned lines;    /* 1 or more */
    struct bytes raw;  /* all lines as they came, line ends included */
    struct bytes said; /* last line: behind the code, without its line end */
};

/* Parses the first reply in `in`. PARSE_OK: *used bytes belong to it. PARSE_BAD: *why says why. */
enum parse smtp_reply_parse(struct bytes in, struct smtp_reply *out, size_t *used,
                            const char **why);
/* Parts what was said into an enhanced status code (RFC 3463, RFC 2034: "5.7.1") and the text behind it. The code
 * counts only when its class agrees with that of `code`; else *enhanced is empty. */
void smtp_reply_part(unsigned code, struct bytes said, struct bytes *enhanced, struct bytes *text);
/* The text of line `index` (0 = first) behind its code; false when there is no such line. */
bool smtp_reply_line(const struct smtp_reply *reply, unsigned index, struct bytes *text);
