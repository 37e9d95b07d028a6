/*
 * remark: what the deciding lines of a dialogue mean, said beside them for a person.
 *
 * It listens to a dialogue as it stands on a tape (SMTP, HTTP proxies, SOCKS 4 and 5, TURN) and remarks on
 * few lines: what became of a recipient, of a message, of a tunnel. It decides nothing: the verdict
 * was reached by the script, and a dialogue that it does not understand gets no remarks.
 */
#pragma once

#include "base/bytes.h"

#include <stdint.h>

enum { REMARK_TALKS = 8, REMARK_QUEUE = 16, REMARK_HEAD = 16 };

/* One connection's dialogue. */
struct remark_talk {
    unsigned c;
    unsigned char language;
    unsigned char asked[REMARK_QUEUE]; /* what the next answers will answer */
    unsigned asked_count;
    bool in_message;       /* what is sent is the message's text */
    unsigned char tail[5]; /* the last bytes of it */
    unsigned char
        head[REMARK_HEAD]; /* the first bytes of the line, or of the SOCKS answer, received */
    size_t head_count;
    unsigned gaps; /* those of `remarks` that it has gone on after */
};

/* A zeroed one is ready. Of the connections only the latest REMARK_TALKS are remembered. */
struct remarks {
    struct remark_talk talks[REMARK_TALKS];
    unsigned gaps; /* how often something was hidden */
};

/* Here stands something that was redacted, of whatever connection: what comes next may answer what is hidden. On each
 * connection there are no remarks until our side has sent something again. */
void remark_hidden(struct remarks *all);
/* A connection begins. */
void remark_opened(struct remarks *all, unsigned c);
/* Our side sent something. */
void remark_sent(struct remarks *all, unsigned c, struct bytes data);
/* The peer sent this: at most one line with its end, or part of one. A remark (static text), or NULL. */
const char *remark_received(struct remarks *all, unsigned c, struct bytes piece);
