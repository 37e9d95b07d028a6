/*
 * contact_desk: what it takes to ask about contacts: who is asked and how often, what may be reached, where the answers are
 * read, kept and taped. Questions go on beside each other in one loop, but for those to one service (contact_pace.h).
 */
#pragma once

#include "cli/contact_cache.h"
#include "cli/contact_pace.h"
#include "cli/contact_reader.h"
#include "cli/contact_services.h"
#include "cli/contact_tape.h"
#include "net/dns.h"
#include "net/fetcher.h"

enum { DESK_HOPS = 5, DESK_TAPED = CACHE_TAPED };

#define DESK_PATIENCE                                                                              \
    (30 * SPAN_SECOND) /* how long a service that asks for it is waited for, once */

struct contact_desk {
    const struct contact_services *services;
    const struct contact_tables *tables;
    struct loop *loop;
    struct dns *dns;
    struct fetcher *fetcher;
    struct contact_pace *pace;
    struct contact_reader *reader;
    struct contact_cache *cache; /* NULL: nothing is kept, nor believed */
    struct contact_tape *tape;   /* NULL: none */
    const char *proxy;           /* NULL: none */
    const char *ca_file;         /* NULL: the system's authorities */
    span timeout;                /* of an exchange */
    bool stopped;                /* by the operator: nothing more is asked */
};

/* What one source has said, and how it came to be. */
struct contact_finding {
    struct contact_said said;
    char service[RDAP_URL]; /* who; or empty */
    char detail[256];       /* the scope of the own list, the CERT's name; or empty */
    struct fail why; /* CONTACT_FAILED; CONTACT_NONE and CONTACT_NOT_ASKED where it says why */
    instant asked;
    bool cached;
    unsigned long taped[DESK_TAPED]; /* exchanges on the tape */
    size_t taped_count;
};

/* May this address be asked? `base`: the URL or host of the service that the operator has configured, whose own address may
 * be anything. */
bool desk_may_reach(const struct contact_desk *d, const char *base, const struct addr *to);

/* Tapes an exchange of this finding. */
void desk_tape(struct contact_desk *d, struct contact_finding *f, const struct contact_exchange *e);
/* This finding rests on the exchanges of that one too. */
void desk_tape_too(struct contact_finding *f, const struct contact_finding *other);
/* Has an answer read, and takes it into the finding: found, none, or failed. */
void desk_read(struct contact_desk *d, enum contact_reading what, struct bytes body,
               const struct addr *about, struct contact_finding *f);
/* What this service has said before of a range in which the address is: the finding is that, and it need not be asked. */
bool desk_recall(struct contact_desk *d, enum contact_source source, const char *service,
                 const struct addr *about, struct contact_finding *f);
void desk_remember(struct contact_desk *d, enum contact_source source, const char *service,
                   const struct contact_finding *f);
/* The service is asked now. False: no more in this run; *f is then CONTACT_FAILED. */
bool desk_asks(struct pace_service *s, const char *service, struct contact_finding *f);

typedef void (*desk_done)(void *arg);

/* The sources that are asked over the network. Each fills a finding that is zeroed, and then calls done, once, maybe from inside
 * the call. `about` and `f` are lent until then. */
void desk_ask_rdap(struct contact_desk *d, const struct addr *about, struct contact_finding *f,
                   desk_done done, void *arg);
void desk_ask_whois(struct contact_desk *d, const struct addr *about, struct contact_finding *f,
                    desk_done done, void *arg);
void desk_ask_txt(struct contact_desk *d, const struct addr *about, struct contact_finding *f,
                  desk_done done, void *arg);
/* `host`: the confirmed name of the address. */
void desk_ask_security_txt(struct contact_desk *d, const struct addr *about, const char *host,
                           struct contact_finding *f, desk_done done, void *arg);
/* The name that the address has in the DNS (PTR), in small letters, which leads back to it, into out; else that is empty, and
 * f->why says ENONAME: it has none, or that leads elsewhere; else: nobody knows. */
void desk_ask_name(struct contact_desk *d, const struct addr *about, char out[ANSWER_HOST],
                   struct contact_finding *f, desk_done done, void *arg);
/* Does mail to this name have a way (RFC 5321, 5.1: its MX, or else an address; RFC 7505: none where it says so)? f->why
 * without a code: yes; ENOMAIL: it has none; else: nobody knows. `name` is lent until done. */
void desk_ask_mail(struct contact_desk *d, const struct addr *about, const char *name,
                   struct contact_finding *f, desk_done done, void *arg);
