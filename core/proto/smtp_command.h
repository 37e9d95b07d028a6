/*
 * smtp_command: the client's half of SMTP (RFC 5321, sections 4.1 and 4.5.2), both writing it and
 * reading it (our sink and the simulators read).
 */
#pragma once

#include "base/buf.h"
#include "proto/parse.h"

enum {
    SMTP_COMMAND_LIMIT = 2048,      /* one command line, its end included */
    SMTP_MESSAGE_LIMIT = 256 * 1024 /* one message that we receive */
};

enum smtp_verb {
    SMTP_UNKNOWN,
    SMTP_HELO,
    SMTP_EHLO,
    SMTP_MAIL,
    SMTP_RCPT,
    SMTP_DATA,
    SMTP_RSET,
    SMTP_NOOP,
    SMTP_QUIT,
    SMTP_VRFY,
    SMTP_EXPN,
    SMTP_HELP,
    SMTP_STARTTLS,
    SMTP_AUTH,
};

struct smtp_command {
    enum smtp_verb verb;
    struct bytes word;     /* the verb as it came */
    struct bytes argument; /* behind the verb, trimmed; may be empty */
    struct bytes path;     /* MAIL and RCPT: what stands in the <>, or the bare word without them */
};

/* Reads one command line; CRLF or LF. MAIL and RCPT without FROM: or TO: are SMTP_UNKNOWN. */
enum parse smtp_command_parse(struct bytes in, struct smtp_command *out, size_t *used,
                              const char **why);

/* Writes `line` and CRLF. False, and nothing written, when the line holds CR, LF or NUL or is longer
 * than SMTP_COMMAND_LIMIT: no script can smuggle a second command. */
bool smtp_command_put(struct buf *out, struct bytes line);

/* Writes a message as DATA wants it: CRLF line ends (a bare CR or LF becomes CRLF), dots doubled at
 * line starts, and the final ".": RFC 5321, section 4.5.2. */
bool smtp_data_put(struct buf *out, struct bytes message);
/* Reads a message up to its final ".": the message, dots undone, is appended to `out` (whose limit
 * bounds it: PARSE_BAD when it is passed). Only CRLF "." CRLF ends it (no SMTP smuggling); a message
 * may be empty. */
enum parse smtp_data_parse(struct bytes in, struct buf *out, size_t *used, const char **why);
/* Of a message without an end, or one that is too long: as much of its beginning as `out` has room for, dots undone. */
void smtp_data_begin(struct bytes in, struct buf *out);
