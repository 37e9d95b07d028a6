#include "cli/mail_domains.h"

#include "proto/dns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 700 };

struct mail_domains {
    const char *mail;
    const char *senders;
    void (*say)(void *arg, const char *line);
    void *arg;
};

static void tell_mail(const struct mail_domains *m, const char *what)
{
    char line[LINE];
    snprintf(line, sizeof line,
             "the mail domain %s %s: test mail finds the sink only where its MX leads to it "
             "(--mail-domain)",
             m->mail, what);
    m->say(m->arg, line);
}

static void tell_senders(const struct mail_domains *m, const char *what)
{
    char line[LINE];
    snprintf(line, sizeof line,
             "the senders' domain %s %s: many servers refuse such senders, and then seem closed; "
             "give it an MX that leads to the sink, or name another (--sender-domain)",
             m->senders, what);
    m->say(m->arg, line);
}

/* What is wrong; NULL: nothing, or it is not known. */
static const char *wrong_with(struct bytes message)
{
    struct dns_answer answer;
    struct fail why;
    if (dns_answer_get(message, DNS_MX, &answer, &why)) {
        bool none = answer.count == 0; /* the null MX of RFC 7505 has no name either */
        dns_answer_free(&answer);
        return none ? "has an MX record that names no server" : NULL;
    }
    if (strcmp(why.code, "ENONAME") == 0)
        return "is not in the DNS";
    return strcmp(why.code, "ENODATA") == 0 ? "has no MX record" : NULL;
}

static void on_mail(void *arg, struct bytes message, const struct fail *why)
{
    const char *wrong = why ? NULL : wrong_with(message);
    if (wrong)
        tell_mail(arg, wrong);
}

static void on_senders(void *arg, struct bytes message, const struct fail *why)
{
    const char *wrong = why ? NULL : wrong_with(message);
    if (wrong)
        tell_senders(arg, wrong);
}

/* By its top-level domain (RFC 6761, RFC 2606). */
static bool is_for_tests(const char *domain)
{
    static const char *const kept[] = {"test", "example", "invalid", "localhost"};
    const char *dot = strrchr(domain, '.');
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (bytes_equal_nocase(bytes_of(dot ? dot + 1 : domain), kept[i]))
            return true;
    return false;
}

static void ask(struct mail_domains *m, struct dns *dns, const char *domain, dns_on_message fn)
{
    struct fail ignored;
    if (!is_for_tests(domain))
        dns_ask(dns, domain, DNS_MX, fn, m, &ignored);
}

struct mail_domains *mail_domains_ask(struct dns *dns, const char *mail, const char *senders,
                                      void (*say)(void *arg, const char *line), void *arg)
{
    struct mail_domains *m = malloc(sizeof *m);
    if (!m)
        return NULL;
    *m = (struct mail_domains){mail, senders, say, arg};
    ask(m, dns, mail, on_mail);
    ask(m, dns, senders, on_senders);
    return m;
}

void mail_domains_free(struct mail_domains *m)
{
    free(m);
}
