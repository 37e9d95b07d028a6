#include "notice/machine.h"

#include "base/base64.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "notice/mime.h"
#include "notice/quote.h"

#include <stdio.h>
#include <string.h>

bool machine_parse(const char *name, enum machine *out)
{
    static const char *const names[MACHINES] = {[MACHINE_XARF] = "xarf",
                                                [MACHINE_ARF] = "arf",
                                                [MACHINE_INTELMQ] = "intelmq",
                                                [MACHINE_NONE] = "none"};
    for (unsigned i = 0; i < MACHINES; i++) {
        if (strcmp(name, names[i]) == 0) {
            *out = (enum machine)i;
            return true;
        }
    }
    return false;
}

/* What is said of a finding ------------------------------------------------------------------------ */

enum { SERVICE = 40, NAME = 128 };

/* "smtp", "http", or what its probe is named after: "socks5" of "proxy/socks5". */
static const char *service_of(const struct finding *f, char out[SERVICE])
{
    size_t n = 0;
    struct bytes name = bytes_slice(f->probe, bytes_index(f->probe, '/', 0) + 1, f->probe.n);
    if (f->kind == FINDING_RELAY)
        return "smtp";
    if (f->kind == FINDING_HTTP)
        return "http";
    while (n < name.n && n + 1 < SERVICE &&
           ((name.p[n] >= 'a' && name.p[n] <= 'z') || (name.p[n] >= '0' && name.p[n] <= '9'))) {
        out[n] = (char)name.p[n];
        n++;
    }
    out[n] = '\0';
    return n > 0 ? out : "socks";
}

/* "method:relay_third-party": letters that a tag may have (XARF: neither slash nor dot). */
static void put_method(struct buf *out, struct bytes probe)
{
    buf_put_text(out, ",\"method:");
    for (size_t i = 0; i < probe.n && i < NAME; i++) {
        unsigned char c = probe.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain || (i > 0 && strchr("-_", c) && c != '\0'))
            buf_put_byte(out, c);
        else
            buf_put_byte(out, i > 0 ? '_' : 'x');
    }
    buf_put_text(out, probe.n > 0 ? "\"" : "unknown\"");
}

static struct bytes domain_of(struct bytes address)
{
    size_t at = bytes_index(address, '@', 0);
    return at == BYTES_NOT_FOUND ? address : bytes_slice(address, at + 1, address.n);
}

/* The digest of what the report is about: another one for each case of each bundle. */
static void identify(const struct finding *f, unsigned char out[SHA256_SIZE])
{
    struct buf all = buf_new(1024);
    buf_put_text(&all, "ajar report\n");
    buf_put(&all, bytes_slice(f->digest, 0, 256));
    buf_put_byte(&all, '\n');
    buf_put(&all, bytes_slice(f->case_id, 0, 256));
    sha256_of(buf_view(&all), out);
    buf_free(&all);
}

/* As one of version 4 is written. */
static void put_uuid(struct buf *out, const struct finding *f)
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    identify(f, digest);
    digest[6] = (unsigned char)((digest[6] & 0x0f) | 0x40);
    digest[8] = (unsigned char)((digest[8] & 0x3f) | 0x80);
    hash_hex(digest, sizeof digest, hex);
    buf_printf(out, ",\"report_id\":\"%.8s-%.4s-%.4s-%.4s-%.12s\"", hex, hex + 8, hex + 12,
               hex + 16, hex + 20);
}

static void put_instant(struct buf *out, const char *name, instant when)
{
    char text[TIME_TEXT];
    json_put_member_text(out, name, time_text(when, text));
}

/* What exactly was found, by our names of it: "; found: percent-route (form R4), …". */
static void put_causes(struct buf *text, const struct finding *f)
{
    enum { NAMED_MOST = 8, NAME_MOST = 40 };
    for (size_t i = 0; i < f->cause_count && i < NAMED_MOST; i++) {
        buf_put_text(text, i == 0 ? "; found: " : ", ");
        quote_put_word(text, f->causes[i].cause, NAME_MOST);
        buf_put_text(text, " (form ");
        quote_put_word(text, f->causes[i].form, NAME_MOST);
        buf_put_byte(text, ')');
    }
}

/* In English, as the fields are. */
static void put_description(struct buf *out, const struct finding *f)
{
    static const char *const what[] = {
        [FINDING_RELAY] = "mail relay", [FINDING_HTTP] = "HTTP proxy", [FINDING_SOCKS] = "proxy"};
    struct buf text = buf_new(2000);
    buf_printf(&text, "%s open %s: ", f->open ? "An" : "Probably an", what[f->kind]);
    buf_put_text(&text, !f->open
                            ? "it accepted what it should refuse, and nothing came back through it"
                        : f->kind == FINDING_RELAY
                            ? "a test mail between strangers came back through it to its sender"
                            : "a connection was made through it to a receiver of the tester");
    put_causes(&text, f);
    buf_printf(&text, ". Evidence: case %.*s of the bundle with the SHA-256 digest %.*s.",
               (int)(f->case_id.n < 64 ? f->case_id.n : 64), (const char *)f->case_id.p,
               (int)(f->digest.n < 64 ? f->digest.n : 64), (const char *)f->digest.p);
    json_put_member(out, "description", buf_view(&text));
    buf_free(&text);
}

/* XARF --------------------------------------------------------------------------------------------- */

static void put_contact(struct buf *out, const char *name, const struct letter *letter)
{
    struct bytes org = letter->from_name;
    size_t n = 0;
    while (n < org.n) { /* at most 200 bytes, and no half character */
        size_t step = text_printable_length(bytes_slice(org, n, org.n));
        if (step == 0 || n + step > 200)
            break;
        n += step;
    }
    json_put_name(out, name);
    buf_put_byte(out, '{');
    json_put_member(out, "org", bytes_slice(org, 0, n));
    json_put_member(out, "contact", letter->reply_to);
    json_put_member(out, "domain", domain_of(letter->from_address));
    buf_put_byte(out, '}');
}

static void put_evidence(struct buf *out, const char *type, const char *description,
                         struct bytes content)
{
    unsigned char digest[SHA256_SIZE];
    char hash[8 + SHA256_HEX] = "sha256:";
    sha256_of(content, digest);
    hash_hex(digest, sizeof digest, hash + strlen(hash));
    buf_put_text(out, out->p[out->n - 1] == '[' ? "{" : ",{");
    json_put_member_text(out, "content_type", type);
    json_put_member_text(out, "description", description);
    json_put_member_text(out, "hash", hash);
    json_put_member_number(out, "size", content.n);
    json_put_name(out, "payload");
    buf_put_byte(out, '"');
    base64_put(out, content);
    buf_put_text(out, "\"}");
}

/* The lines that the letter quotes, as it quotes them. */
static void put_dialogue(struct buf *out, const json_t *facts)
{
    size_t i = 0;
    const json_t *line = NULL;
    json_array_foreach(json_object_get(facts, "dialogue"), i, line)
    {
        const json_t *text = json_object_get(line, "text");
        const json_t *who = json_object_get(line, "who");
        json_int_t more = json_integer_value(json_object_get(line, "more"));
        buf_put_text(out, json_string_value(who));
        buf_put_text(out, ": ");
        buf_put(out, bytes_at(json_string_value(text), json_string_length(text)));
        buf_put_byte(out, '\n');
        if (more > 0)
            buf_printf(out, "(%lld more)\n", (long long)more);
    }
}

static void put_all_evidence(struct buf *out, const struct finding *f, const json_t *facts)
{
    struct buf dialogue = buf_new(MACHINE_MAIL);
    put_dialogue(&dialogue, facts);
    json_put_name(out, "evidence");
    buf_put_byte(out, '[');
    if (dialogue.n > 0)
        put_evidence(out, "text/plain",
                     "What was said, C by the tester and S by the server; odd bytes are escaped",
                     buf_view(&dialogue));
    if (f->mail_back.n > 0)
        put_evidence(out, "message/rfc822",
                     f->mail_back.n > MACHINE_MAIL
                         ? "The beginning of the test mail as it came back through the server"
                         : "The test mail as it came back through the server",
                     bytes_slice(f->mail_back, 0, MACHINE_MAIL));
    buf_put_byte(out, ']');
    buf_free(&dialogue);
}

static void put_xarf(struct buf *out, const struct finding *f, const json_t *facts,
                     const struct letter *letter)
{
    char ip[ADDR_IP_TEXT];
    char service[SERVICE];
    bool relay = f->kind == FINDING_RELAY;
    buf_put_byte(out, '{');
    json_put_member_text(out, "xarf_version", "4.2.0");
    put_uuid(out, f);
    put_instant(out, "timestamp", f->started);
    put_contact(out, "reporter", letter);
    put_contact(out, "sender", letter);
    json_put_member_text(out, "source_identifier", addr_ip_text(&f->target, ip));
    if (f->target.port > 0) {
        json_put_member_number(out, "source_port", f->target.port);
        json_put_member_number(out, "service_port", f->target.port);
    }
    json_put_member_text(out, "category", "vulnerability");
    json_put_member_text(out, "type", relay ? "misconfiguration" : "open_service");
    json_put_member_text(out, "evidence_source", "vulnerability_scan");
    json_put_member_text(out, "service",
                         f->kind == FINDING_HTTP ? "http-proxy" : service_of(f, service));
    put_description(out, f);
    buf_put_text(out, f->open ? ",\"confidence\":1.0" : ",\"confidence\":0.5");
    buf_printf(out, ",\"tags\":[\"issue:%s\"", relay ? "open-relay" : "open-proxy");
    put_method(out, f->probe);
    buf_put_byte(out, ']');
    put_all_evidence(out, f, facts);
    buf_put_text(out, "}\n");
}

/* IntelMQ ------------------------------------------------------------------------------------------ */

static void put_intelmq(struct buf *out, const struct finding *f, struct bytes from_address)
{
    char ip[ADDR_IP_TEXT];
    char service[SERVICE];
    bool relay = f->kind == FINDING_RELAY;
    buf_put_byte(out, '{');
    json_put_member_text(out, "feed.name", "ajar");
    json_put_member(out, "feed.provider", domain_of(from_address));
    buf_put_text(out, f->open ? ",\"feed.accuracy\":100.0" : ",\"feed.accuracy\":50.0");
    json_put_member_text(out, "classification.taxonomy", relay ? "vulnerable" : "other");
    json_put_member_text(out, "classification.type", relay ? "vulnerable-system" : "proxy");
    json_put_member_text(out, "classification.identifier", relay ? "openrelay" : "openproxy");
    put_instant(out, "time.source", f->started);
    put_instant(out, "time.observation", f->started);
    json_put_member_text(out, "source.ip", addr_ip_text(&f->target, ip));
    if (f->target.port > 0)
        json_put_member_number(out, "source.port", f->target.port);
    json_put_member_text(out, "protocol.transport", "tcp");
    json_put_member_text(out, "protocol.application", service_of(f, service));
    buf_put_text(out, ",\"event_description.text\":");
    struct buf text = buf_new(2048);
    buf_put_byte(&text, '{');
    put_description(&text, f); /* a member: its value is taken over */
    size_t colon = bytes_index(buf_view(&text), ':', 0);
    buf_put(out, bytes_slice(buf_view(&text), colon + 1, text.n));
    buf_free(&text);
    json_put_name(out, "extra");
    buf_put_byte(out, '{');
    json_put_member(out, "case", f->case_id);
    json_put_member(out, "probe", bytes_slice(f->probe, 0, NAME));
    json_put_member(out, "bundle_sha256", f->digest);
    json_put_member_text(out, "verdict", f->open ? "open" : "suspect");
    buf_put_text(out, "}}\n");
}

/* ARF ---------------------------------------------------------------------------------------------- */

/* The header of a mail alone, up to the empty line. */
static struct bytes header_of(struct bytes mail)
{
    size_t end = bytes_find(mail, bytes_of("\n\n"));
    size_t other = bytes_find(mail, bytes_of("\r\n\r\n"));
    if (other != BYTES_NOT_FOUND && (end == BYTES_NOT_FOUND || other < end))
        end = other + 1;
    return bytes_slice(mail, 0, end == BYTES_NOT_FOUND ? MACHINE_MAIL : end + 1);
}

/* A text of any bytes: its lines end with LF, what is no text in it is shown as such. */
static void put_readable(struct buf *out, struct bytes text)
{
    while (text.n > 0 && !out->overflow) {
        size_t end = bytes_index(text, '\n', 0);
        struct bytes line = bytes_slice(text, 0, end);
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        bool folded = line.n > 0 && line.p[0] == '\t';
        if (folded)
            line = bytes_slice(line, 1, line.n);
        buf_put_text(out, folded ? "\t" : "");
        text_escape(out, line, line.n);
        buf_put_byte(out, '\n');
        text = bytes_slice(text, end == BYTES_NOT_FOUND ? text.n : end + 1, text.n);
    }
}

static void put_feedback(struct buf *out, const struct finding *f)
{
    char text[ADDR_IP_TEXT];
    char date[TIME_TEXT];
    buf_put_text(out,
                 "Feedback-Type: abuse\r\nUser-Agent: ajar/" AJAR_VERSION "\r\nVersion: 1\r\n");
    buf_printf(out, "Arrival-Date: %s\r\n", time_mail_text(f->returned, date));
    buf_printf(out, "Source-IP: %s\r\nIncidents: 1\r\n", addr_ip_text(&f->target, text));
}

/* The next text, and the part that it is to be. */
static struct buf *next_text(struct machine_parts *parts, struct message_envelope *e,
                             struct message_part **part)
{
    struct buf *text = &parts->text[e->part_count];
    text->limit = MACHINE_LIMIT;
    buf_clear(text);
    *part = &e->parts[e->part_count++];
    return text;
}

static bool take_arf(const struct finding *f, struct machine_parts *parts,
                     struct message_envelope *e)
{
    bool whole = f->mail_back.n <= MACHINE_MAIL && mime_is_seven_bit(f->mail_back);
    struct message_part *part;
    struct buf *text = next_text(parts, e, &part);
    put_feedback(text, f);
    *part = (struct message_part){
        .type = "message/feedback-report", .as_it_is = true, .content = buf_view(text)};
    struct buf *mail = next_text(parts, e, &part);
    if (whole)
        buf_put(mail, f->mail_back);
    else
        put_readable(mail, header_of(f->mail_back));
    *part = (struct message_part){.type = whole ? "message/rfc822"
                                                : "text/rfc822-headers; charset=utf-8",
                                  .as_it_is = whole,
                                  .content = buf_view(mail)};
    return !text->overflow && !mail->overflow;
}

/* -------------------------------------------------------------------------------------------------- */

static bool take_xarf(const struct finding *f, const json_t *facts, const struct letter *letter,
                      struct machine_parts *parts, struct message_envelope *e)
{
    struct message_part *part;
    struct buf *text = next_text(parts, e, &part);
    put_xarf(text, f, facts, letter);
    *part = (struct message_part){
        .type = "application/json", .name = "xarf.json", .content = buf_view(text)};
    return !text->overflow;
}

static bool take_intelmq(const struct finding *f, const struct letter *letter,
                         struct machine_parts *parts, struct message_envelope *e)
{
    struct message_part *part;
    struct buf *text = next_text(parts, e, &part);
    put_intelmq(text, f, letter->from_address);
    *part = (struct message_part){
        .type = "application/json", .name = "event.json", .content = buf_view(text)};
    return !text->overflow;
}

enum machine machine_of(enum machine which, const struct finding *f)
{
    if (f->closed) /* there is nothing to report any more */
        return MACHINE_NONE;
    if (which == MACHINE_ARF && (f->kind != FINDING_RELAY || f->mail_back.n == 0))
        return MACHINE_XARF;
    return which;
}

bool machine_add(enum machine which, const struct finding *f, const json_t *facts,
                 const struct letter *letter, struct machine_parts *out,
                 struct message_envelope *envelope, struct fail *fail)
{
    bool ok = true;
    require(envelope->part_count + 2 <= MESSAGE_PARTS);
    switch (machine_of(which, f)) {
    case MACHINE_XARF:
        ok = take_xarf(f, facts, letter, out, envelope);
        break;
    case MACHINE_INTELMQ:
        ok = take_intelmq(f, letter, out, envelope);
        break;
    case MACHINE_ARF:
        ok = take_arf(f, out, envelope);
        break;
    default:
        break;
    }
    return ok || fail_set(fail, "ELIMIT", "the part for programs would have over %d bytes",
                          MACHINE_LIMIT);
}

bool machine_put(enum machine which, const struct finding *f, const json_t *facts,
                 const struct letter *letter, struct machine_parts *out,
                 struct message_envelope *envelope, struct fail *fail)
{
    envelope->part_count = 0;
    envelope->report = machine_of(which, f) == MACHINE_ARF ? "feedback-report" : NULL;
    return machine_add(which, f, facts, letter, out, envelope, fail);
}

bool machine_event(struct buf *out, const struct finding *f, struct bytes from_address)
{
    put_intelmq(out, f, from_address);
    return !out->overflow;
}

void machine_free(struct machine_parts *parts)
{
    for (unsigned i = 0; i < MESSAGE_PARTS; i++)
        buf_free(&parts->text[i]);
}
