#include "proto/dns.h"

#include <ares.h>
#include <netdb.h> /* struct hostent, c-ares's result; nothing is asked here */
#include <stdio.h>

enum { HEADER = 12, LABEL_MOST = 63, CLASS_INTERNET = 1 };

/* Bits and codes of the header (RFC 1035, 4.1.1). */
enum {
    FLAG_RESPONSE = 0x80, /* in byte 2 */
    FLAG_TRUNCATED = 0x02,
    CODE_MASK = 0x0f, /* in byte 3 */
    CODE_OK = 0,
    CODE_SERVFAIL = 2,
    CODE_NXDOMAIN = 3,
    CODE_REFUSED = 5
};

static const struct {
    const char *name;
    enum dns_type type;
} types[] = {{"A", DNS_A}, {"AAAA", DNS_AAAA}, {"PTR", DNS_PTR}, {"MX", DNS_MX}, {"TXT", DNS_TXT}};

enum { TYPES = sizeof types / sizeof types[0] };

const char *dns_type_name(enum dns_type type)
{
    for (size_t i = 0; i < TYPES; i++)
        if (types[i].type == type)
            return types[i].name;
    return "?";
}

bool dns_type_parse(struct bytes name, enum dns_type *out)
{
    for (size_t i = 0; i < TYPES; i++)
        if (bytes_equal_text(name, types[i].name)) {
            *out = types[i].type;
            return true;
        }
    return false;
}

bool dns_is_name(struct bytes name)
{
    size_t label = 0;
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = name.p[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        bool fine = letter || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '/';
        if (c == '.' ? label == 0 : !fine || label == LABEL_MOST)
            return false;
        label = c == '.' ? 0 : label + 1;
    }
    return label > 0 && name.n <= DNS_NAME_MOST;
}

bool dns_reversed(const struct addr *a, const char *zone, char out[DNS_NAME_TEXT])
{
    size_t n = 0;
    out[0] = '\0';
    if (strlen(zone) + 64 > DNS_NAME_MOST)
        return false;
    for (size_t i = addr_ip_length(a); i-- > 0;) {
        unsigned byte = a->ip[i];
        size_t room = DNS_NAME_TEXT - n;
        n += (size_t)(a->family == ADDR_IPV6
                          ? snprintf(out + n, room, "%x.%x.", byte & 15u, byte >> 4)
                          : snprintf(out + n, room, "%u.", byte));
    }
    snprintf(out + n, DNS_NAME_TEXT - n, "%s", zone);
    return true;
}

void dns_reverse_name(const struct addr *a, char out[DNS_NAME_TEXT])
{
    dns_reversed(a, a->family == ADDR_IPV6 ? "ip6.arpa" : "in-addr.arpa", out);
}

bool dns_query_put(struct buf *out, struct bytes name, enum dns_type type, uint16_t id,
                   struct fail *fail)
{
    unsigned char *query = NULL;
    int size = 0;
    char text[DNS_NAME_TEXT];
    if (!dns_is_name(name))
        return fail_set(fail, "EARGUMENT", "\"%.*s\" is no name that the DNS could know",
                        (int)(name.n > 100 ? 100 : name.n), (const char *)name.p);
    snprintf(text, sizeof text, "%.*s", (int)name.n, (const char *)name.p);
    int status = ares_create_query(text, CLASS_INTERNET, (int)type, id, 1, &query, &size, 0);
    bool ok = status == ARES_SUCCESS && buf_put(out, bytes_at(query, (size_t)size));
    ares_free_string(query);
    return ok || fail_set(fail, "ENOMEM", "out of memory for a question to the DNS");
}

static bool same_letters(struct bytes a, struct bytes b)
{
    for (size_t i = 0; i < a.n; i++) {
        unsigned char c = a.p[i];
        unsigned char d = b.p[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (c != d && !(letter && (c | 32) == (d | 32)))
            return false;
    }
    return true;
}

bool dns_is_answer(struct bytes query, struct bytes message)
{
    if (query.n < HEADER || message.n < query.n)
        return false;
    struct bytes question = bytes_slice(query, HEADER, query.n);
    return memcmp(query.p, message.p, 2) == 0 && (message.p[2] & FLAG_RESPONSE) &&
           message.p[4] == 0 && message.p[5] == 1 &&
           same_letters(question, bytes_slice(message, HEADER, query.n));
}

bool dns_is_truncated(struct bytes message)
{
    return message.n >= HEADER && (message.p[2] & FLAG_TRUNCATED);
}

/* One record more, its text being what was put into hold since `before`; offsets become views at the end. */
static void add(struct dns_answer *a, size_t before, unsigned preference)
{
    a->records[a->count].text = bytes_at(NULL, a->hold.n - before);
    a->records[a->count].preference = preference;
    a->count++;
}

static bool has_room(const struct dns_answer *a)
{
    return a->count < DNS_RECORDS_MOST;
}

static void add_addr(struct dns_answer *a, enum addr_family family, const void *ip)
{
    char text[ADDR_IP_TEXT];
    struct addr at = {.family = (unsigned char)family};
    size_t before = a->hold.n;
    memcpy(at.ip, ip, family == ADDR_IPV4 ? 4 : 16);
    buf_put_text(&a->hold, addr_ip_text(&at, text));
    add(a, before, 0);
}

/* A name that is none is left out. */
static void add_name(struct dns_answer *a, const char *name, unsigned preference)
{
    size_t before = a->hold.n;
    if (!has_room(a) || !name || !dns_is_name(bytes_of(name)))
        return;
    buf_put_text(&a->hold, name);
    add(a, before, preference);
}

static int get_a(struct bytes m, struct dns_answer *out)
{
    struct ares_addrttl found[DNS_RECORDS_MOST];
    int n = DNS_RECORDS_MOST;
    int status = ares_parse_a_reply(m.p, (int)m.n, NULL, found, &n);
    for (int i = 0; status == ARES_SUCCESS && i < n; i++)
        add_addr(out, ADDR_IPV4, &found[i].ipaddr);
    return status;
}

static int get_aaaa(struct bytes m, struct dns_answer *out)
{
    struct ares_addr6ttl found[DNS_RECORDS_MOST];
    int n = DNS_RECORDS_MOST;
    int status = ares_parse_aaaa_reply(m.p, (int)m.n, NULL, found, &n);
    for (int i = 0; status == ARES_SUCCESS && i < n; i++)
        add_addr(out, ADDR_IPV6, &found[i].ip6addr);
    return status;
}

static int get_ptr(struct bytes m, struct dns_answer *out)
{
    struct hostent *host = NULL;
    int status = ares_parse_ptr_reply(m.p, (int)m.n, NULL, 0, AF_INET, &host);
    for (size_t i = 0; status == ARES_SUCCESS && host->h_aliases[i]; i++)
        add_name(out, host->h_aliases[i], 0);
    if (host)
        ares_free_hostent(host);
    return status;
}

static int get_mx(struct bytes m, struct dns_answer *out)
{
    struct ares_mx_reply *list = NULL;
    int status = ares_parse_mx_reply(m.p, (int)m.n, &list);
    for (struct ares_mx_reply *at = list; at; at = at->next)
        add_name(out, at->host, at->priority);
    ares_free_data(list);
    return status;
}

/* A record comes as strings of at most 255 bytes, the first of which says so. */
static int get_txt(struct bytes m, struct dns_answer *out)
{
    struct ares_txt_ext *list = NULL;
    int status = ares_parse_txt_reply_ext(m.p, (int)m.n, &list);
    for (struct ares_txt_ext *at = list; at && (has_room(out) || !at->record_start);
         at = at->next) {
        if (at->record_start || out->count == 0)
            add(out, out->hold.n, 0);
        struct bytes *text = &out->records[out->count - 1].text;
        struct bytes more = bytes_slice(bytes_at(at->txt, at->length), 0, DNS_TEXT_MOST - text->n);
        if (buf_put(&out->hold, more))
            text->n += more.n;
    }
    ares_free_data(list);
    return status;
}

static int get(struct bytes message, enum dns_type type, struct dns_answer *out)
{
    switch (type) {
    case DNS_A:
        return get_a(message, out);
    case DNS_AAAA:
        return get_aaaa(message, out);
    case DNS_PTR:
        return get_ptr(message, out);
    case DNS_MX:
        return get_mx(message, out);
    default:
        return get_txt(message, out);
    }
}

static bool denied(unsigned code, struct fail *fail)
{
    switch (code) {
    case CODE_NXDOMAIN:
        return fail_set(fail, "ENONAME", "there is no such name");
    case CODE_SERVFAIL:
        return fail_set(fail, "ESERVFAIL", "the resolver could not find out (SERVFAIL)");
    case CODE_REFUSED:
        return fail_set(fail, "EREFUSED", "the resolver refused to answer");
    default:
        return fail_set(fail, "EFORMAT", "the resolver answered with code %u", code);
    }
}

static bool conclude(int status, struct dns_answer *out, struct fail *fail)
{
    size_t at = 0;
    for (size_t i = 0; i < out->count; i++) {
        size_t end = at + out->records[i].text.n;
        out->records[i].text = bytes_slice(buf_view(&out->hold), at, end);
        at = end;
    }
    if (status == ARES_SUCCESS && out->count > 0 && !out->hold.overflow)
        return true;
    dns_answer_free(out);
    if (status == ARES_ENOMEM)
        return fail_set(fail, "ENOMEM", "out of memory for an answer of the DNS");
    if (status == ARES_ENODATA || status == ARES_SUCCESS)
        return fail_set(fail, "ENODATA", "the name has no record of this type");
    return fail_set(fail, "EFORMAT", "the resolver's answer is broken");
}

bool dns_answer_get(struct bytes message, enum dns_type type, struct dns_answer *out,
                    struct fail *fail)
{
    memset(out, 0, sizeof *out);
    out->hold = buf_new((size_t)DNS_RECORDS_MOST * DNS_TEXT_MOST);
    if (message.n < HEADER || message.n > DNS_ANSWER_MOST || !(message.p[2] & FLAG_RESPONSE))
        return fail_set(fail, "EFORMAT", "the resolver's answer is broken");
    unsigned code = message.p[3] & CODE_MASK;
    if (code != CODE_OK)
        return denied(code, fail);
    return conclude(get(message, type, out), out, fail);
}

void dns_answer_free(struct dns_answer *answer)
{
    buf_free(&answer->hold);
    answer->count = 0;
}
