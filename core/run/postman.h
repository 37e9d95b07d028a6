/*
 * postman: the process that talks with the operator's smarthost, one a connection.
 *
 * It has that connection, the authorities' certificates and the password, which it reads itself before it is confined
 * (the command never has it), and no other file and no other socket. It is handed letter by letter and gives outcomes;
 * before a letter's end it waits until it is told that its owner has written that down (postman_release).
 */
#pragma once

#include "base/addr.h"
#include "mail/submit.h"

struct postman_order {
    const char *host; /* as the certificate must say it */
    enum submit_tls tls;
    const char *ca_file; /* NULL: the system's */
    const char *
        auth_file; /* the user's name and password, a line each, readable by its owner alone; NULL: none */
    const char *name; /* ours, for EHLO; NULL: the address that we connect from, in brackets */
    unsigned seconds; /* that an answer may take; that to a letter's end twice as long */
};

struct postman;

/* Connects (the socket is the process's own from then on), shakes hands, greets, authenticates. NULL: it can't be; codes
 * beside those of streams: ETLS, EAUTH, EBARRED: it will be no other the next time; EAGAIN; EPROTO; EWORKER. */
struct postman *postman_open(const struct postman_order *order, const struct addr *at,
                             struct fail *fail);
/* Does all of it that needs no connection: reads the files. */
bool postman_check(const struct postman_order *order, struct fail *fail);
/* Says good-bye, if there is somebody to say it to. NULL is allowed. */
void postman_close(struct postman *p);

/* "TLSv1.3 TLS_AES_256_GCM_SHA384", or "no TLS". */
const char *postman_tls(const struct postman *p);
/* False: this connection serves no more, and why. */
bool postman_serves(const struct postman *p, struct fail *why);

/* True: all of the letter but its end is sent; postman_release, or postman_close, which leaves it unsent. False: the
 * outcome stands; SUBMIT_NONE: the connection was over before it began. */
bool postman_offer(struct postman *p, const struct submit_letter *letter,
                   struct submit_outcome *outcome);
/* Sends the letter's end, and behind it, in one go where the server takes several commands so, all of `next` (or NULL) but its
 * end. What comes of that is postman_offered's to say, which is to be asked then, or postman_close. */
void postman_release(struct postman *p, const struct submit_letter *next,
                     struct submit_outcome *outcome);
/* As postman_offer, of the letter that was given to postman_release. */
bool postman_offered(struct postman *p, struct submit_outcome *outcome);
