/*
 * h2_server: the server's half of an HTTP/2 connection (RFC 9113) that serves one request, sans-I/O: for simulated
 * proxies.
 *
 * It is a struct h2, and is fed, heard, told (h2_say) and freed as one; h2_answer(h).ended says that the client's half
 * has ended. Whatever the client asks first is served; it gets no answer to a second request.
 */
#pragma once

#include "proto/h2.h"

struct h2_field {
    struct bytes name;
    struct bytes value;
};

enum { H2_RESPONSE_FIELDS = 6 };

/* Begins with our settings in the output. extended: it says that it knows extended CONNECT (RFC 8441). NULL when no
 * memory is left. */
struct h2 *h2_serve(bool extended);
/* Its first request has come; the views live until the next feed. `fields` are all of its fields, "name: value" and CRLF
 * each, pseudo-header fields without their colon: ":method" is "method". */
bool h2_asked(const struct h2 *h, struct bytes *fields);
/* The head of the response, once: H2_RESPONSE_FIELDS fields at most beside the status, as text ("200"). What h2_say is
 * given goes behind it. False: nobody has asked, no memory, or a text that can't stand in a field. */
bool h2_respond(struct h2 *h, struct bytes status, const struct h2_field *fields, size_t n);
/* Our half ends behind what was said. */
bool h2_finish(struct h2 *h);
/* Ends the request with a code of RFC 9113, section 7. */
bool h2_reset(struct h2 *h, uint32_t error);
/* Takes no request any more, with such a code. */
bool h2_go_away(struct h2 *h, uint32_t error);
