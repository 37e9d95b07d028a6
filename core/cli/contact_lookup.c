#include "cli/contact_lookup.h"

#include "cli/registrable.h"
#include "contact/guess.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>

/* One address, while it is asked about. */
struct looking {
    struct contact_desk *desk;
    struct contact_result *out;
    bool name_asked;
    struct fail no_name;
};

static bool has_name(struct looking *l)
{
    struct contact_result *r = l->out;
    if (!l->name_asked)
        desk_ask_name(l->desk, &r->about, r->name, &l->no_name);
    l->name_asked = true;
    return r->name[0] != '\0';
}

/* Without a confirmed name: none where there is none, failed where nobody knows. */
static void take_no_name(const struct looking *l, struct contact_finding *f)
{
    f->said.state = strcmp(l->no_name.code, "ENONAME") == 0 ? CONTACT_NONE : CONTACT_FAILED;
    f->why = l->no_name;
    f->asked = loop_now();
}

static void take_answer(struct contact_finding *f, bool found, const char *detail)
{
    f->asked = loop_now();
    f->said.state = found ? CONTACT_FOUND : CONTACT_NONE;
    snprintf(f->detail, sizeof f->detail, "%s", found ? detail : "");
}

/* Domains are only looked for where an address has no row of its own. */
static void ask_own(struct looking *l, struct contact_finding *f)
{
    const struct own_list *own = l->desk->tables->own;
    const char *scope = "";
    if (!own)
        return;
    bool found = own_list_find(own, &l->out->about, bytes_of(""), &f->said.answer, &scope);
    if (!found && own_list_has_domains(own) && has_name(l))
        found = own_list_find(own, &l->out->about, bytes_of(l->out->name), &f->said.answer, &scope);
    take_answer(f, found, scope);
}

/* At the domain that the name belongs to, or where that takes no mail at the name itself. */
static void ask_guess(struct looking *l, struct contact_finding *f)
{
    const char *name = l->out->name;
    const char *domain = has_name(l) ? registrable_domain(name) : NULL;
    if (!name[0]) {
        take_no_name(l, f);
        return;
    }
    if (domain && !desk_takes_mail(l->desk, &l->out->about, domain, f) &&
        strcmp(f->why.code, "ENOMAIL") == 0)
        domain = NULL;
    if (!domain && desk_takes_mail(l->desk, &l->out->about, name, f))
        domain = name;
    if (f->why.code && strcmp(f->why.code, "ENOMAIL") != 0) {
        f->asked = loop_now();
        f->said.state = CONTACT_FAILED;
    } else {
        take_answer(f, domain && guess_mailboxes(bytes_of(domain), &f->said.answer), domain);
    }
}

static void ask_security_txt(struct looking *l, struct contact_finding *f)
{
    if (!has_name(l))
        take_no_name(l, f);
    else
        desk_ask_security_txt(l->desk, &l->out->about, l->out->name, f);
}

/* Of the country that a registry has named. */
static void ask_cert(struct looking *l, struct contact_finding *f)
{
    const struct contact_finding *all = l->out->findings;
    const char *country = all[SOURCE_RDAP].said.answer.country;
    const char *name = "";
    if (!country[0])
        country = all[SOURCE_WHOIS].said.answer.country;
    if (!country[0]) {
        fail_set(&f->why, "ENONAME", "no registry has named its country");
        return;
    }
    bool found = certs_find(l->desk->tables->certs, country, &f->said.answer, &name);
    take_answer(f, found, name);
}

static void ask(struct looking *l, enum contact_source source, struct contact_finding *f)
{
    const struct addr *about = &l->out->about;
    switch (source) {
    case SOURCE_OWN:
        ask_own(l, f);
        break;
    case SOURCE_RDAP:
        desk_ask_rdap(l->desk, about, f);
        break;
    case SOURCE_WHOIS:
        desk_ask_whois(l->desk, about, f);
        break;
    case SOURCE_TXT:
        desk_ask_txt(l->desk, about, f);
        break;
    case SOURCE_SECURITY_TXT:
        ask_security_txt(l, f);
        break;
    case SOURCE_GUESS:
        ask_guess(l, f);
        break;
    default:
        ask_cert(l, f);
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

void contact_look_up(struct contact_desk *d, const struct contact_order *order,
                     const struct addr *about, struct contact_result *out)
{
    struct looking l = {.desk = d, .out = out};
    bool enough = false;
    memset(out, 0, sizeof *out);
    out->about = *about;
    for (unsigned i = 0; i < SOURCES; i++) {
        struct contact_finding *f = &out->findings[i];
        if (order->sources[i] && (!enough || order->all))
            ask(&l, (enum contact_source)i, f);
        enough = enough || contact_is_enough(&f->said);
    }
    choose(d, order, out);
}

bool contact_is_uncertain(const struct contact_result *r)
{
    bool failed = false;
    for (unsigned i = 0; i < SOURCES; i++)
        failed |= r->findings[i].said.state == CONTACT_FAILED;
    return failed && r->choice.source == SOURCES;
}
