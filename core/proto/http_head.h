/*
 * http_head: the head of an HTTP/1.0 or 1.1 message (RFC 9112): start line and fields.
 *
 * Strict where it matters: no NUL, no obs-fold, no space before a colon, one Content-Length (repeats
 * must agree), Transfer-Encoding wins and must end in "chunked" to be used. Bare LF is taken as a line
 * end. Fields stay where they are; http_field finds one.
 */
#pragma once

#include "base/buf.h"
#include "proto/parse.h"

enum { HTTP_HEAD_LIMIT = 16384, HTTP_FIELDS_LIMIT = 128 };

enum http_body { HTTP_BODY_NONE, HTTP_BODY_LENGTH, HTTP_BODY_CHUNKED, HTTP_BODY_TO_END };

struct http_response {
    unsigned minor;      /* HTTP/1.minor */
    unsigned code;       /* 100 to 599 */
    struct bytes reason; /* may be empty */
    struct bytes fields; /* all field lines, line ends included */
    bool has_length;
    unsigned long length; /* Content-Length */
    bool chunked;
};

struct http_request {
    unsigned minor;
    struct bytes method;
    struct bytes target; /* as sent: origin form, absolute form or authority form */
    struct bytes fields;
    bool has_length;
    unsigned long length;
    bool chunked;
};

/* *used counts the head with its empty line. */
enum parse http_response_parse(struct bytes in, struct http_response *out, size_t *used,
                               const char **why);
enum parse http_request_parse(struct bytes in, struct http_request *out, size_t *used,
                              const char **why);
/* How the body that follows is delimited (RFC 9112, section 6.3) when `method` was asked. */
enum http_body http_body_of(const struct http_response *response, struct bytes method);
/* Value of the nth (0 = first) field called name, case ignored, outer blanks trimmed. */
bool http_field(struct bytes fields, const char *name, unsigned nth, struct bytes *value);

/* Writes a request head: "METHOD TARGET HTTP/1.1", Host, User-Agent, the caller's further fields (whole
 * lines, each ended by CRLF; may be empty) and the empty line. False when one of them can't stand in
 * a head (control characters, blanks in method, target or host): no script can smuggle a field. */
bool http_request_put(struct buf *out, struct bytes method, struct bytes target, struct bytes host,
                      struct bytes user_agent, struct bytes more);
/* The same for "METHOD TARGET HTTP/1.0", without a Host. */
bool http_request10_put(struct buf *out, struct bytes method, struct bytes target,
                        struct bytes user_agent, struct bytes more);
