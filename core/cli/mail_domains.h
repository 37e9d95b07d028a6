/*
 * mail_domains: has the DNS a mail server for our own domains? Without one test mail does not come back, and many servers
 * refuse a sender whose domain they don't find: they would seem closed, and are not.
 *
 * So the resolvers are asked for the MX of both as a run begins, in its own loop. The operator is told what is missing;
 * the run goes on. Where no resolver answers, nothing is said.
 */
#pragma once

#include "net/dns.h"

struct mail_domains;

/* `say` is called for each that has none, with words to the operator. Domains that are kept for tests (RFC 6761) are in no
 * DNS, and not asked for. dns and the names are lent. NULL: no memory. */
struct mail_domains *mail_domains_ask(struct dns *dns, const char *mail, const char *senders,
                                      void (*say)(void *arg, const char *line), void *arg);
/* After dns is freed. */
void mail_domains_free(struct mail_domains *m);
