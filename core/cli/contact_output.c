#include "cli/contact_output.h"

#include "base/json.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 1024 * 1024 };

static void put_list(struct buf *out, const char *name, const char *items, size_t size, size_t n)
{
    json_put_name(out, name);
    buf_put_byte(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_put_byte(out, ',');
        json_put_string(out, bytes_of(items + i * size));
    }
    buf_put_byte(out, ']');
}

static void put_taped(struct buf *out, const struct contact_finding *f)
{
    json_put_name(out, "exchanges");
    for (size_t i = 0; i < f->taped_count; i++) {
        buf_put_byte(out, i ? ',' : '[');
        buf_put_number(out, f->taped[i]);
    }
    buf_put_byte(out, ']');
}

static bool has_answered(const struct contact_finding *f)
{
    return f->said.state == CONTACT_FOUND || f->said.state == CONTACT_NONE;
}

static void put_finding(struct buf *out, enum contact_source source,
                        const struct contact_finding *f)
{
    char time[TIME_TEXT];
    buf_put_byte(out, '{');
    json_put_member_text(out, "source", contact_source_name(source));
    json_put_member_text(out, "state", contact_state_name(f->said.state));
    if (f->service[0])
        json_put_member_text(out, "service", f->service);
    if (f->detail[0])
        json_put_member_text(out, "detail", f->detail);
    if (f->asked)
        json_put_member_text(out, "asked", time_text(f->asked, time));
    if (f->cached) {
        json_put_name(out, "cached");
        buf_put_text(out, "true");
    }
    if (has_answered(f))
        answer_put(out, &f->said.answer);
    if (f->why.code) {
        json_put_member_text(out, "code", f->why.code);
        json_put_member_text(out, "error", f->why.text);
    }
    if (f->taped_count > 0)
        put_taped(out, f);
    buf_put_byte(out, '}');
}

void contact_put_json(struct buf *out, const struct contact_result *r)
{
    const struct contact_choice *c = &r->choice;
    char text[ADDR_IP_TEXT];
    buf_put_byte(out, '{');
    json_put_member_text(out, "address", addr_ip_text(&r->about, text));
    if (r->name[0])
        json_put_member_text(out, "name", r->name);
    put_list(out, "to", c->to[0], sizeof c->to[0], c->count);
    if (c->source != SOURCES)
        json_put_member_text(out, "to_from", contact_source_name(c->source));
    json_put_name(out, "opted_out");
    buf_put_text(out, c->opted_out ? "true" : "false");
    if (c->country[0])
        json_put_member_text(out, "country", c->country);
    put_list(out, "languages", c->languages[0], sizeof c->languages[0], c->language_count);
    if (c->language_from)
        json_put_member_text(out, "languages_from", c->language_from);
    json_put_name(out, "sources");
    for (unsigned i = 0; i < SOURCES; i++) {
        buf_put_byte(out, i ? ',' : '[');
        put_finding(out, (enum contact_source)i, &r->findings[i]);
    }
    buf_put_text(out, "]}");
}

static void print_contacts(const struct contact_answer *a)
{
    for (size_t i = 0; i < a->count; i++)
        printf("%s%s (%s)", i ? ", " : "", a->contacts[i].address,
               contact_role_name(a->contacts[i].role));
    if (a->opted_out)
        fputs("not to be written to", stdout);
}

/* "for 192.0.2.0 - 192.0.2.255, NO" */
static void print_range(const struct contact_answer *a)
{
    char text[ADDR_IP_TEXT];
    printf("%s ", a->count > 0 ? "for" : "nobody for");
    fputs(addr_ip_text(&a->first, text), stdout);
    printf(" - %s", addr_ip_text(&a->last, text));
    if (a->country[0])
        printf(", %s", a->country);
}

/* What stands between two things that are said of a source, or ahead of the first. */
static void part(bool *begun, const char *state)
{
    if (*begun)
        fputs("; ", stdout);
    else
        printf("%*s", 10 - (int)strlen(state), "");
    *begun = true;
}

static void print_answer(const struct contact_answer *a, bool *begun, const char *state)
{
    if (a->count > 0 || a->opted_out) {
        part(begun, state);
        print_contacts(a);
    }
    if (a->first.family != ADDR_NONE) {
        part(begun, state);
        print_range(a);
    }
}

static void print_finding(enum contact_source source, const struct contact_finding *f)
{
    char time[TIME_TEXT];
    const char *state = contact_state_name(f->said.state);
    const char *const told[] = {f->detail, f->why.code ? f->why.text : "", f->service};
    bool begun = false;
    printf("  %-13s %s", contact_source_name(source), state);
    if (has_answered(f))
        print_answer(&f->said.answer, &begun, state);
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
        if (told[i][0]) {
            part(&begun, state);
            fputs(told[i], stdout);
        }
    if (f->said.state != CONTACT_NOT_ASKED) {
        part(&begun, state);
        printf("%s%s", f->cached ? "kept since " : "", time_reader_text(f->asked, time));
    }
    putchar('\n');
}

static void print_to(const struct contact_choice *c)
{
    fputs("  to            ", stdout);
    if (c->opted_out)
        fputs("nobody: not to be written to", stdout);
    else if (c->count == 0)
        fputs("nobody is known", stdout);
    for (size_t i = 0; i < c->count; i++)
        printf("%s%s", i ? ", " : "", c->to[i]);
    putchar('\n');
}

static void print_languages(const struct contact_choice *c)
{
    if (c->language_count == 0)
        return;
    fputs("  language      ", stdout);
    for (size_t i = 0; i < c->language_count; i++)
        printf("%s%s", i ? ", " : "", c->languages[i]);
    printf(" (by %s)\n", c->language_from);
}

void contact_print(const struct contact_result *r)
{
    char text[ADDR_IP_TEXT];
    fputs(addr_ip_text(&r->about, text), stdout);
    if (r->name[0])
        printf("  %s", r->name);
    putchar('\n');
    print_to(&r->choice);
    print_languages(&r->choice);
    for (unsigned i = 0; i < SOURCES; i++)
        print_finding((enum contact_source)i, &r->findings[i]);
}

static void print_service(const char *source, const char *service, unsigned rate, bool json)
{
    struct buf line = buf_new(LINE);
    if (!json) {
        printf("%-13s %-60s %u a second\n", source, service, rate);
        return;
    }
    buf_put_byte(&line, '{');
    json_put_member_text(&line, "source", source);
    json_put_member_text(&line, "service", service);
    json_put_member_number(&line, "rate", rate);
    buf_put_text(&line, "}\n");
    fwrite(line.p, 1, line.n, stdout);
    buf_free(&line);
}

void contact_print_services(const struct contact_services *s, const struct bootstrap *b, bool json)
{
    const char *url;
    char text[ANSWER_HOST + 16];
    for (size_t i = 0; (url = bootstrap_url(b, i)); i++)
        print_service(contact_source_name(SOURCE_RDAP), url, s->rdap_rate, json);
    for (size_t i = 0; i < s->whois_count; i++) {
        snprintf(text, sizeof text, "%s:%u", s->whois[i].host, s->whois[i].port);
        print_service(contact_source_name(SOURCE_WHOIS), text, s->whois[i].rate, json);
    }
    for (size_t i = 0; i < s->zone_count; i++)
        print_service(contact_source_name(SOURCE_TXT), s->zones[i].zone, s->zones[i].rate, json);
}
