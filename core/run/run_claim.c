#include "run/run_claim.h"

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "evidence/bundle.h"
#include "tape/tape_walk.h"

#include <stdio.h>

enum { SHOWN = 100, RUN_JSON_MOST = 1024 * 1024 };

json_t *run_claim_read(const char *bundle)
{
    struct fail ignored;
    struct buf text = buf_new(RUN_JSON_MOST);
    json_t *run =
        bundle_read(bundle, "data/run.json", &text, &ignored) ? object_load(buf_view(&text)) : NULL;
    buf_free(&text);
    return run;
}

static int shown(struct bytes text)
{
    return (int)bytes_slice(text, 0, SHOWN).n;
}

static bool differs(struct difference *out, const char *what, struct bytes said, struct bytes is)
{
    out->line = 1;
    snprintf(out->expected, sizeof out->expected, "the run's %s %.*s, as data/run.json says", what,
             shown(said), said.n ? (const char *)said.p : "");
    snprintf(out->got, sizeof out->got, "%s %.*s", what, shown(is), is.n ? (const char *)is.p : "");
    text_make_printable(out->expected);
    text_make_printable(out->got);
    return false;
}

/* As words: what was not UTF-8 came out as U+FFFD there. */
static bool is_same(struct bytes said, struct bytes is)
{
    if (bytes_equal(said, is))
        return true;
    struct buf text = buf_new(RUN_JSON_MOST);
    json_put_string(&text, is);
    json_t *words =
        json_loadb((const char *)text.p, text.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    bool same =
        words && bytes_equal(said, bytes_at(json_string_value(words), json_string_length(words)));
    json_decref(words);
    buf_free(&text);
    return same;
}

static bool same_text(const json_t *run, const char *member, struct bytes is,
                      struct difference *out)
{
    struct bytes said = object_text(run, member);
    return !json_object_get(run, member) || is_same(said, is) || differs(out, member, said, is);
}

static bool same_sink(const json_t *run, const struct tape_head *head, struct difference *out)
{
    char text[ADDR_TEXT];
    return head->sink.family == ADDR_NONE ||
           same_text(run, "sink", bytes_of(addr_text(&head->sink, text)), out);
}

static bool same_wait(const json_t *run, const struct tape_head *head, struct difference *out)
{
    char said[32] = "";
    char is[32];
    const json_t *wait = json_object_get(run, "wait_ms");
    json_int_t ms = head->wait / 1000;
    if (!wait || (json_is_integer(wait) && json_integer_value(wait) == ms))
        return true;
    if (json_is_integer(wait))
        snprintf(said, sizeof said, "%" JSON_INTEGER_FORMAT, json_integer_value(wait));
    snprintf(is, sizeof is, "%" JSON_INTEGER_FORMAT, ms);
    return differs(out, "wait_ms", bytes_of(said), bytes_of(is));
}

static bool began_before(const json_t *run, const struct tape_head *head, struct difference *out)
{
    instant began;
    char text[TIME_TEXT];
    char is[TIME_TEXT + 20];
    struct bytes said = object_text(run, "started");
    if (!json_object_get(run, "started") ||
        (time_parse(said, &began) && began <= head->started + BUNDLE_CLOCKS))
        return true;
    snprintf(is, sizeof is, "before its test at %s", time_text(head->started, text));
    return differs(out, "started", said, bytes_of(is));
}

/* --from, where the run had it. */
static bool came_from(const json_t *run, struct bytes tape, struct difference *out)
{
    struct record r;
    struct addr said;
    struct addr from;
    bool ok = true;
    struct bytes text = object_text(json_object_get(run, "vantage"), "from");
    if (!addr_parse_ip(text, &said))
        return true;
    struct tape_walk walk = tape_walk_begin(tape, RECORD_OPENED);
    while (ok && tape_walk_next(&walk, &r))
        ok = !addr_parse(r.data, &from) || from.family != said.family ||
             addr_equal_ip(&from, &said) || differs(out, "vantage.from", text, r.data);
    if (!ok)
        out->line = walk.line;
    tape_walk_end(&walk);
    return ok;
}

bool run_claim_has_no_scope(const json_t *run)
{
    unsigned char raw[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(bytes_at(NULL, 0), raw);
    hash_hex(raw, sizeof raw, hex);
    return bytes_equal_text(object_text(run, "scope_sha256"), hex);
}

/* Where the run tells of its packs, the script was of one of these. */
static bool has_pack(const json_t *run, struct bytes pack, struct difference *out)
{
    size_t i;
    const json_t *entry;
    const json_t *packs = json_object_get(run, "packs");
    json_array_foreach(packs, i, entry)
    {
        if (bytes_equal(object_text(entry, "pack"), pack))
            return true;
    }
    if (!packs)
        return true;
    out->line = 1;
    snprintf(out->expected, sizeof out->expected,
             "a pack that data/run.json names, as that of the script");
    snprintf(out->got, sizeof out->got, "the pack %.*s", shown(pack),
             pack.n ? (const char *)pack.p : "");
    text_make_printable(out->got);
    return false;
}

bool run_claim_agrees(const struct case_files *files, const struct tape_head *head,
                      struct difference *out)
{
    const json_t *run = files->run;
    return began_before(run, head, out) && came_from(run, files->tape, out) &&
           same_text(run, "authority", head->authority, out) &&
           same_text(run, "contact", head->contact, out) &&
           same_text(run, "info", head->info, out) &&
           same_text(run, "mail_domain", head->mail_domain, out) &&
           same_text(run, "sender_domain", head->sender_domain, out) &&
           same_text(run, "helo", head->helo, out) && same_sink(run, head, out) &&
           same_wait(run, head, out) && has_pack(run, head->pack, out);
}
