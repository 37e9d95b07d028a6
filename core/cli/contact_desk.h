/*
 * contact_desk: what it takes to ask about contacts: who is asked and how often, what may be reached, where the answers are
 * read, kept and taped. One question at a time.
 */
#pragma once

#include "cli/contact_cache.h"
#include "cli/contact_reader.h"
#include "cli/contact_services.h"
#include "cli/contact_tape.h"
#include "net/dns.h"

enum { DESK_SERVICES = 128, DESK_FAILURES = 3, DESK_HOPS = 5 };

#define DESK_PATIENCE                                                                              \
    (30 * SPAN_SECOND) /* how long a service that asks for it is waited for, once */

/* How a service is getting on. */
struct desk_pace {
    char name[RDAP_URL];
    instant next;     /* not before that (monotonic) */
    unsigned failed;  /* one after the other */
    struct fail shut; /* code not NULL: it is asked no more in this run */
};

struct contact_desk {
    const struct contact_services *services;
    const struct contact_tables *tables;
    struct loop *loop;
    struct dns *dns;
    struct contact_reader *reader;
    struct contact_cache *cache; /* NULL: nothing is kept, nor believed */
    struct contact_tape *tape;   /* NULL: none */
    const char *proxy;           /* NULL: none */
    span timeout;                /* of an exchange */
    struct desk_pace paces[DESK_SERVICES];
    size_t pace_count;
};

/* What one source has said, and how it came to be. */
struct contact_finding {
    struct contact_said said;
    char service[RDAP_URL]; /* who; or empty */
    char detail[256];       /* the scope of the own list, the CERT's name; or empty */
    struct fail why; /* CONTACT_FAILED; CONTACT_NONE and CONTACT_NOT_ASKED where it says why */
    instant asked;
    bool cached;
    unsigned long taped[DESK_HOPS + 4]; /* exchanges on the tape */
    size_t taped_count;
};

/* Waits until the service may be asked again. False: it is asked no more in this run; *f is then CONTACT_FAILED. */
bool desk_begin(struct contact_desk *d, const char *service, unsigned rate,
                struct contact_finding *f);
/* The question is over: after DESK_FAILURES that failed one after the other the service is asked no more. */
void desk_end(struct contact_desk *d, const char *service, bool ok, const struct fail *why);
/* At once, as it has said so. */
void desk_shut(struct contact_desk *d, const char *service, const struct fail *why);
/* Nothing happens for this long. */
void desk_pause(struct contact_desk *d, span time);

/* May this address be asked? `base`: the URL or host of the service that the operator has configured, whose own address may
 * be anything. */
bool desk_may_reach(const struct contact_desk *d, const char *base, const struct addr *to);

/* Tapes an exchange of this finding. */
void desk_tape(struct contact_desk *d, struct contact_finding *f, const struct contact_exchange *e);
/* Has an answer read, and takes it into the finding: found, none, or failed. */
void desk_read(struct contact_desk *d, enum contact_reading what, struct bytes body,
               const struct addr *about, struct contact_finding *f);

/* The sources that are asked over the network. Each fills a finding that is zeroed. */
void desk_ask_rdap(struct contact_desk *d, const struct addr *about, struct contact_finding *f);
void desk_ask_whois(struct contact_desk *d, const struct addr *about, struct contact_finding *f);
void desk_ask_txt(struct contact_desk *d, const struct addr *about, struct contact_finding *f);
/* `host`: the confirmed name of the address. */
void desk_ask_security_txt(struct contact_desk *d, const struct addr *about, const char *host,
                           struct contact_finding *f);
/* The name that the address has in the DNS (PTR), in small letters, which leads back to it; false with fail: ENONAME: it has none, or that leads
 * elsewhere; else: nobody knows. */
bool desk_ask_name(struct contact_desk *d, const struct addr *about, char out[ANSWER_HOST],
                   struct fail *fail);
/* Does mail to this name have a way (RFC 5321, 5.1: its MX, or else an address; RFC 7505: none where it says so)? False with
 * fail: ENOMAIL: it has none; else: nobody knows. */
bool desk_takes_mail(struct contact_desk *d, const struct addr *about, const char *name,
                     struct contact_finding *f);
/* The addresses of a name; how many. */
size_t desk_resolve(struct contact_desk *d, const char *name, struct addr out[DNS_ADDRESSES],
                    struct fail *fail);
