#include "contact/security_txt.h"

/* Two digits at `p`, or -1. */
static int two(const unsigned char *p)
{
    bool digits = p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9';
    return digits ? (p[0] - '0') * 10 + p[1] - '0' : -1;
}

/* "+02:00", "Z": what is to be taken off to have UTC. */
static bool parse_zone(struct bytes zone, span *out)
{
    *out = 0;
    if (zone.n == 1)
        return zone.p[0] == 'Z' || zone.p[0] == 'z';
    if (zone.n != 6 || (zone.p[0] != '+' && zone.p[0] != '-') || zone.p[3] != ':')
        return false;
    int hours = two(zone.p + 1), minutes = two(zone.p + 4);
    *out = ((span)hours * 60 + minutes) * 60 * SPAN_SECOND * (zone.p[0] == '-' ? -1 : 1);
    return hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60;
}

/* RFC 3339, to the second: what a file says of its own end. */
static bool parse_time(struct bytes text, instant *out)
{
    char exact[TIME_TEXT];
    span off;
    size_t zone = 19; /* "2026-11-24T02:10:16" */
    if (text.n < 20 || (text.p[10] != 'T' && text.p[10] != 't' && text.p[10] != ' '))
        return false;
    if (text.p[zone] == '.')
        for (zone++; zone < text.n && text.p[zone] >= '0' && text.p[zone] <= '9';)
            zone++;
    memcpy(exact, text.p, 19);
    exact[10] = 'T';
    memcpy(exact + 19, ".000000Z", sizeof ".000000Z");
    if (!parse_zone(bytes_slice(text, zone, text.n), &off) || !time_parse(bytes_of(exact), out))
        return false;
    *out -= off;
    return true;
}

struct reading {
    struct contact_answer *out;
    instant expires;
    unsigned expiries;
    bool broken; /* one of them is no time */
};

static void take_languages(struct reading *r, struct bytes list)
{
    for (size_t from = 0; from <= list.n;) {
        size_t comma = bytes_index(list, ',', from);
        comma = comma == BYTES_NOT_FOUND ? list.n : comma;
        answer_add_language(r->out, bytes_trim(bytes_slice(list, from, comma)));
        from = comma + 1;
    }
}

static void take_field(struct reading *r, struct bytes line)
{
    char address[MAILBOX_TEXT];
    size_t colon = bytes_index(line, ':', 0);
    if (line.n == 0 || line.p[0] == '#' || colon == BYTES_NOT_FOUND)
        return;
    struct bytes name = bytes_slice(line, 0, colon);
    struct bytes value = bytes_trim(bytes_slice(line, colon + 1, line.n));
    if (bytes_equal_nocase(name, "Contact") && mailbox_take_uri(value, address))
        answer_add(r->out, bytes_of(address), CONTACT_SECURITY);
    else if (bytes_equal_nocase(name, "Preferred-Languages"))
        take_languages(r, value);
    else if (bytes_equal_nocase(name, "Expires")) {
        r->expiries++;
        r->broken |= !parse_time(value, &r->expires);
    }
}

/* In a text that is signed: what stands between the header of its armour and its signature. */
static void read_lines(struct reading *r, struct bytes rest)
{
    bool in_header = bytes_starts_nocase(rest, "-----BEGIN PGP SIGNED MESSAGE-----");
    bool is_signed = in_header;
    for (size_t end; rest.n > 0; rest = bytes_slice(rest, end + 1, rest.n)) {
        end = bytes_index(rest, '\n', 0);
        end = end == BYTES_NOT_FOUND ? rest.n : end;
        struct bytes line = bytes_trim(bytes_slice(rest, 0, end));
        if (is_signed && bytes_starts_nocase(line, "-----BEGIN PGP SIGNATURE-----"))
            return;
        if (is_signed && bytes_starts_nocase(line, "- "))
            line = bytes_slice(line, 2, line.n);
        if (!in_header)
            take_field(r, line);
        in_header = in_header && line.n > 0;
    }
}

bool security_txt_read(struct bytes text, instant now, struct contact_answer *out,
                       struct fail *fail)
{
    struct reading r = {.out = out};
    *out = (struct contact_answer){0};
    if (text.n <= SECURITY_TXT_LIMIT)
        read_lines(&r, text);
    bool ok = r.expiries == 1 && !r.broken;
    if (!ok)
        fail_set(fail, "EFORMAT", "no security.txt: it has not exactly one Expires field");
    else if (r.expires < now)
        ok = fail_set(fail, "EEXPIRED", "its security.txt has expired");
    if (!ok)
        *out = (struct contact_answer){0};
    return ok;
}
