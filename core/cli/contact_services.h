/*
 * contact_services: who is asked about contacts, and how often: data/contact/services.json, or the operator's own file in its
 * place, in the same form.
 */
#pragma once

#include "contact/choice.h"
#include "contact/own_list.h"
#include "contact/rdap.h"

enum { SERVICES_WHOIS = 32, SERVICES_ZONES = 8, SERVICES_REACH = 32, SERVICES_BOOTSTRAP = 4 };

struct whois_service {
    char rdap
        [RDAP_URL]; /* for the addresses that this RDAP service answers for; "" : asked when it is referred to */
    char host[ANSWER_HOST];
    uint16_t port;
    char question[64]; /* "%s" is the address */
    unsigned rate;     /* questions a second at most, as below */
};

struct zone_service {
    char zone[ANSWER_HOST];
    unsigned rate;
};

struct contact_services {
    char bootstrap[SERVICES_BOOTSTRAP][RDAP_URL]; /* where IANA's files are */
    size_t bootstrap_count;
    unsigned rdap_rate;
    struct whois_service whois[SERVICES_WHOIS];
    size_t whois_count;
    struct zone_service zones[SERVICES_ZONES];
    size_t zone_count;
    char security_txt[RDAP_URL]; /* "%s" is the host */
    struct prefix
        reach[SERVICES_REACH]; /* addresses that are not public, and may be asked all the same */
    size_t reach_count;
};

/* `path` NULL: the built-in one. */
bool contact_services_load(const char *path, struct contact_services *out, struct fail *fail);
/* By its RDAP service or its host; NULL: there is none. */
const struct whois_service *contact_services_whois(const struct contact_services *s,
                                                   const char *rdap);
const struct whois_service *contact_services_referred(const struct contact_services *s,
                                                      const char *host);

/* The tables. Those whose path is NULL are the built-in ones; `own` may be NULL. */
struct contact_tables {
    struct bootstrap *bootstrap;
    struct own_list *own; /* NULL: there is none */
    struct certs *certs;
    struct languages *languages;
};
/* `bootstraps` ends with NULL; none: those that were fetched, or else the built-in one. */
bool contact_tables_load(const char *const *bootstraps, const char *own, const char *certs,
                         struct contact_tables *out, struct fail *fail);
void contact_tables_free(struct contact_tables *t);

/* Fetches IANA's files into the operator's cache. */
bool contact_bootstrap_update(const struct contact_services *s, struct fail *fail);

enum { CONTACT_PLACE = 4096 };
/* A file of the operator's cache, $XDG_CACHE_HOME/ajar/NAME or ~/.cache/ajar/NAME. Writes into out and returns it. */
const char *contact_place(const char *name, char out[CONTACT_PLACE]);
