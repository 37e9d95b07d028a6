#include "cli/listing_output.h"

#include "base/json.h"
#include "base/time.h"

#include <stdio.h>

enum { LINE_LIMIT = 64 * 1024 };

static void print_line(struct buf *line)
{
    buf_put_text(line, "}\n");
    fwrite(line->p, 1, line->n, stdout);
    buf_free(line);
}

static void begin_list(struct buf *line, const char *name)
{
    json_put_name(line, name);
    buf_put_byte(line, '[');
}

/* What one answer says: [{"code":…,"kind":…,"text":…}]. */
static void put_says(struct buf *line, const struct zone *z, const struct addr *code)
{
    const struct zone_meaning *says[ZONE_SAYS_MOST];
    char text[ADDR_IP_TEXT];
    size_t n = zone_says(z, code, says);
    for (size_t i = 0; i < n || i == 0; i++) {
        buf_put_text(line, line->p[line->n - 1] == '[' ? "{" : ",{");
        json_put_member_text(line, "code", addr_ip_text(code, text));
        json_put_member_text(line, "kind", zone_kind_name(n ? says[i]->kind : ZONE_OTHER));
        json_put_member_text(line, "text", n ? says[i]->text : "a code that is not in the table");
        buf_put_byte(line, '}');
    }
}

static void print_json(const struct lookup_result *r)
{
    struct buf line = buf_new(LINE_LIMIT);
    char text[ADDR_IP_TEXT];
    char time[TIME_TEXT];
    buf_put_byte(&line, '{');
    json_put_member_text(&line, "address", addr_ip_text(&r->address, text));
    json_put_member_text(&line, "list", r->zone->zone);
    json_put_member_text(&line, "name", r->zone->name);
    json_put_member_text(&line, "state", lookup_state_name(r->state));
    if (r->state == LOOKUP_LISTED) {
        begin_list(&line, "says");
        for (size_t i = 0; i < r->code_count; i++)
            put_says(&line, r->zone, &r->codes[i]);
        buf_put_byte(&line, ']');
        json_put_member_text(&line, "reason", r->reason);
    } else if (r->state == LOOKUP_ERROR) {
        json_put_member_text(&line, "error", r->why.text);
    }
    json_put_member_text(&line, "asked", time_text(r->asked, time));
    print_line(&line);
}

static void print_says(const struct lookup_result *r)
{
    const struct zone_meaning *says[ZONE_SAYS_MOST];
    char text[ADDR_IP_TEXT];
    for (size_t i = 0; i < r->code_count; i++) {
        size_t n = zone_says(r->zone, &r->codes[i], says);
        for (size_t k = 0; k < n; k++)
            printf("%s%s", i + k ? "; " : "", says[k]->text);
        printf("%s (%s)",
               n   ? ""
               : i ? "; unknown code"
                   : "unknown code",
               addr_ip_text(&r->codes[i], text));
    }
    if (r->reason[0])
        printf(": %s", r->reason);
}

static void print_row(const struct lookup_result *r)
{
    char text[ADDR_IP_TEXT];
    printf("%-16s %-20s %-8s ", addr_ip_text(&r->address, text), r->zone->zone,
           lookup_state_name(r->state));
    if (r->state == LOOKUP_LISTED)
        print_says(r);
    else if (r->state == LOOKUP_ERROR)
        fputs(r->why.text, stdout);
    else if (r->state == LOOKUP_SKIPPED)
        fputs("the list knows no addresses of this kind", stdout);
    putchar('\n');
}

void listing_print_head(void)
{
    printf("%-16s %-20s %-8s %s\n", "ADDRESS", "LIST", "STATE", "WHAT IT SAYS");
}

void listing_print(const struct lookup_result *result, bool json)
{
    json ? print_json(result) : print_row(result);
}

static const char *families(const struct zone *z)
{
    return z->families[0] && z->families[1] ? "IPv4, IPv6" : z->families[0] ? "IPv4" : "IPv6";
}

static void put_meanings(struct buf *line, const struct zone *z)
{
    char text[ADDR_IP_TEXT];
    begin_list(line, z->is_mask ? "mask" : "codes");
    for (size_t i = 0; i < z->count; i++) {
        const struct zone_meaning *m = &z->meanings[i];
        buf_put_text(line, i ? ",{" : "{");
        if (m->mask)
            json_put_member_number(line, "bit", m->mask);
        else
            json_put_member_text(line, "code", addr_ip_text(&m->code, text));
        json_put_member_text(line, "kind", m->is_error ? "error" : zone_kind_name(m->kind));
        json_put_member_text(line, "text", m->text);
        buf_put_byte(line, '}');
    }
    buf_put_byte(line, ']');
}

static void print_zone_json(const struct zone *z)
{
    struct buf line = buf_new(LINE_LIMIT);
    buf_put_byte(&line, '{');
    json_put_member_text(&line, "list", z->zone);
    json_put_member_text(&line, "name", z->name);
    json_put_member_text(&line, "state", z->closed ? "closed" : "alive");
    json_put_member_text(&line, "note", z->note);
    json_put_member_text(&line, "families", families(z));
    json_put_member_number(&line, "rate", z->rate);
    put_meanings(&line, z);
    print_line(&line);
}

/* The codes that speak of relays and proxies; the others are in the JSON. */
static void print_zone_row(const struct zone *z)
{
    char text[ADDR_IP_TEXT];
    printf("%-27s %-7s %-11s %s%s%s\n", z->zone, z->closed ? "closed" : "alive", families(z),
           z->name, z->note[0] ? "; " : "", z->note);
    for (size_t i = 0; i < z->count; i++) {
        const struct zone_meaning *m = &z->meanings[i];
        if (m->is_error || m->kind == ZONE_OTHER)
            continue;
        if (m->mask)
            printf("    bit %-11u %-6s %s\n", m->mask, zone_kind_name(m->kind), m->text);
        else
            printf("    %-15s %-6s %s\n", addr_ip_text(&m->code, text), zone_kind_name(m->kind),
                   m->text);
    }
}

void listing_print_zone(const struct zone *zone, bool json)
{
    json ? print_zone_json(zone) : print_zone_row(zone);
}
