#include "cli/contact_lookup.h"

#include "cli/registrable.h"
#include "contact/guess.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One address, while it is asked about. */
struct looking {
    struct contact_desk *desk;
    const struct contact_order *order;
    contact_on_result fn;
    void *arg;
    struct contact_result out;
    unsigned source; /* that is asked, or the next */
    bool enough;     /* somebody is known */
    bool name_asked; /* for the address's name; `name` says what came of it */
    struct contact_finding name;
    void (*with_name)(struct looking *l);
    const char *domain; /* whose mailboxes are guessed; NULL: the name's own */
};

static struct contact_finding *finding_of(struct looking *l)
{
    return &l->out.findings[l->source];
}

static void go_on(struct looking *l);

/* The source at hand has said what it says. */
static void said(void *arg)
{
    struct looking *l = arg;
    l->enough = l->enough || contact_is_enough(&finding_of(l)->said);
    l->source++;
    go_on(l);
}

static void on_name(void *arg)
{
    struct looking *l = arg;
    desk_tape_too(finding_of(l), &l->name);
    l->with_name(l);
}

/* Goes on with the name of the address, which is asked for once. */
static void ask_name(struct looking *l, void (*with_name)(struct looking *l))
{
    bool asked = l->name_asked;
    l->name_asked = true;
    l->with_name = with_name;
    if (asked)
        on_name(l);
    else
        desk_ask_name(l->desk, &l->out.about, l->out.name, &l->name, on_name, l);
}

static bool has_name(const struct looking *l)
{
    return l->out.name[0] != '\0';
}

/* Without a confirmed name: none where there is none, failed where nobody knows. */
static void take_no_name(struct looking *l)
{
    struct contact_finding *f = finding_of(l);
    const struct fail *why = &l->name.why;
    f->said.state = why->code && strcmp(why->code, "ENONAME") == 0 ? CONTACT_NONE : CONTACT_FAILED;
    f->why = *why;
    f->asked = loop_now();
    said(l);
}

static void take_answer(struct looking *l, bool found, const char *detail)
{
    struct contact_finding *f = finding_of(l);
    f->asked = loop_now();
    f->said.state = found ? CONTACT_FOUND : CONTACT_NONE;
    snprintf(f->detail, sizeof f->detail, "%s", found ? detail : "");
    said(l);
}

/* ---- the operator's own list ---- */

static void look_for_domain(struct looking *l)
{
    const char *scope = "";
    bool found =
        has_name(l) && own_list_find(l->desk->tables->own, &l->out.about, bytes_of(l->out.name),
                                     &finding_of(l)->said.answer, &scope);
    take_answer(l, found, scope);
}

/* Domains are only looked for where an address has no row of its own. */
static void ask_own(struct looking *l)
{
    const struct own_list *own = l->desk->tables->own;
    const char *scope = "";
    if (!own)
        said(l);
    else if (own_list_find(own, &l->out.about, bytes_of(""), &finding_of(l)->said.answer, &scope))
        take_answer(l, true, scope);
    else if (own_list_has_domains(own))
        ask_name(l, look_for_domain);
    else
        take_answer(l, false, "");
}

/* ---- what is known by the address's name ---- */

static void ask_host(struct looking *l)
{
    if (has_name(l))
        desk_ask_security_txt(l->desk, &l->out.about, l->out.name, finding_of(l), said, l);
    else
        take_no_name(l);
}

static void take_guess(struct looking *l, const char *domain)
{
    struct contact_finding *f = finding_of(l);
    if (!f->why.code || strcmp(f->why.code, "ENOMAIL") == 0) {
        take_answer(l, !f->why.code && guess_mailboxes(bytes_of(domain), &f->said.answer), domain);
        return;
    }
    f->asked = loop_now();
    f->said.state = CONTACT_FAILED;
    said(l);
}

static void on_mail_of_name(void *arg)
{
    struct looking *l = arg;
    take_guess(l, l->out.name);
}

/* At the domain that the name belongs to, or where that takes no mail at the name itself. */
static void on_mail_of_domain(void *arg)
{
    struct looking *l = arg;
    struct contact_finding *f = finding_of(l);
    if (f->why.code && strcmp(f->why.code, "ENOMAIL") == 0)
        desk_ask_mail(l->desk, &l->out.about, l->out.name, f, on_mail_of_name, l);
    else
        take_guess(l, l->domain);
}

static void guess(struct looking *l)
{
    struct contact_finding *f = finding_of(l);
    l->domain = has_name(l) ? registrable_domain(l->out.name) : NULL;
    if (!has_name(l))
        take_no_name(l);
    else if (l->domain)
        desk_ask_mail(l->desk, &l->out.about, l->domain, f, on_mail_of_domain, l);
    else
        desk_ask_mail(l->desk, &l->out.about, l->out.name, f, on_mail_of_name, l);
}

/* ---- the country's CERT ---- */

/* Of the country that a registry has named. */
static void ask_cert(struct looking *l)
{
    const struct contact_finding *all = l->out.findings;
    struct contact_finding *f = finding_of(l);
    bool by_rdap = all[SOURCE_RDAP].said.answer.country[0] != '\0';
    const struct contact_finding *registry = &all[by_rdap ? SOURCE_RDAP : SOURCE_WHOIS];
    const char *country = registry->said.answer.country;
    struct cert_entry cert;
    if (!country[0]) {
        fail_set(&f->why, "ENONAME", "no registry has named its country");
        said(l);
        return;
    }
    bool found = certs_find(l->desk->tables->certs, country, &f->said.answer, &cert);
    if (found)
        desk_tape_too(f, registry);
    else if (cert.name)
        fail_set(&f->why, "ENOMAIL", "no address of %s is known; it can be told at %s", cert.name,
                 cert.web);
    take_answer(l, found, cert.name);
}

static void ask(struct looking *l)
{
    const struct addr *about = &l->out.about;
    struct contact_finding *f = finding_of(l);
    switch ((enum contact_source)l->source) {
    case SOURCE_OWN:
        ask_own(l);
        break;
    case SOURCE_RDAP:
        desk_ask_rdap(l->desk, about, f, said, l);
        break;
    case SOURCE_WHOIS:
        desk_ask_whois(l->desk, about, f, said, l);
        break;
    case SOURCE_TXT:
        desk_ask_txt(l->desk, about, f, said, l);
        break;
    case SOURCE_SECURITY_TXT:
        ask_name(l, ask_host);
        break;
    case SOURCE_GUESS:
        ask_name(l, guess);
        break;
    default:
        ask_cert(l);
        break;
    }
}

static void choose(const struct contact_desk *d, const struct contact_order *order,
                   struct contact_result *out)
{
    struct contact_said said[SOURCES];
    struct contact_answer chosen = {0};
    for (unsigned i = 0; i < SOURCES; i++)
        said[i] = out->findings[i].said;
    contact_choose(said, d->tables->languages, &out->choice);
    if (!order->language || !answer_add_language(&chosen, bytes_of(order->language)))
        return;
    memcpy(out->choice.languages, chosen.languages, sizeof chosen.languages);
    out->choice.language_count = 1;
    out->choice.language_from = "operator";
}

/* One source after the other; each calls this again when it has said what it says. */
static void go_on(struct looking *l)
{
    while (l->source < SOURCES && (!l->order->sources[l->source] || (l->enough && !l->order->all)))
        l->source++;
    l->out.stopped = l->desk->stopped;
    if (l->source < SOURCES && !l->out.stopped) {
        ask(l);
        return;
    }
    choose(l->desk, l->order, &l->out);
    l->fn(l->arg, &l->out);
    free(l);
}

bool contact_look_up(struct contact_desk *d, const struct contact_order *order,
                     const struct addr *about, contact_on_result fn, void *arg)
{
    struct looking *l = calloc(1, sizeof *l);
    if (!l)
        return false;
    l->desk = d;
    l->order = order;
    l->fn = fn;
    l->arg = arg;
    l->out.about = *about;
    go_on(l);
    return true;
}

bool contact_is_uncertain(const struct contact_result *r)
{
    bool failed = false;
    for (unsigned i = 0; i < SOURCES; i++)
        failed |= r->findings[i].said.state == CONTACT_FAILED;
    return failed && r->choice.source == SOURCES;
}
