#include "run/evidence.h"

#include "base/hash.h"
#include "base/json.h"
#include "evidence/parts.h"
#include "run/pack_files.h"
#include "run/provenance.h"
#include "tape/record.h"
#include "tape/steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUN_JSON_LIMIT = 64 * 1024, NAME = 128, TEXT = 64 };

static const char *receipt_suffix(enum receipt_kind kind)
{
    return receipt_kind_is_mail(kind) ? "eml" : "txt";
}

static void put_receipts(struct buf *out, const struct run_result *result)
{
    char text[TEXT];
    json_put_name(out, "receipts");
    buf_put_byte(out, '[');
    for (unsigned i = 0; i < result->receipt_count; i++) {
        const struct receipt *r = &result->receipts[i].receipt;
        buf_put_text(out, i == 0 ? "{" : ",{");
        json_put_name(out, "file");
        buf_printf(out, "\"receipts/r-%u.%s\"", i, receipt_suffix(r->kind));
        json_put_member_text(out, "kind", receipt_kind_name(r->kind));
        json_put_member_text(out, "token", token_text(&r->token, text));
        json_put_member_text(out, "peer", addr_text(&r->peer, text));
        json_put_member_text(out, "at", time_text(r->at, text));
        json_put_member_text(out, "sha256", r->digest);
        if (r->port > 0)
            json_put_member_number(out, "port", r->port);
        buf_put_byte(out, '}');
    }
    buf_put_byte(out, ']');
}

static bool same_peer(const struct run_result *result, unsigned a, unsigned b)
{
    return addr_equal_ip(&result->receipts[a].receipt.peer, &result->receipts[b].receipt.peer);
}

/* The addresses from which the sink was reached, each once. */
static void put_exits(struct buf *out, const struct run_result *result)
{
    char text[TEXT];
    json_put_name(out, "exits");
    buf_put_byte(out, '[');
    for (unsigned i = 0; i < result->receipt_count; i++) {
        unsigned first = 0;
        while (!same_peer(result, first, i))
            first++;
        if (first == i)
            buf_printf(out, "%s\"%s\"", i == 0 ? "" : ",",
                       addr_ip_text(&result->receipts[i].receipt.peer, text));
    }
    buf_put_byte(out, ']');
}

/* What the probe itself has said, and its tape holds, where the supervisor has not let it stand. */
static void put_overruled(struct buf *out, const struct run_result *result)
{
    if (!result->overruled_reason)
        return;
    json_put_name(out, "overruled");
    buf_put_byte(out, '{');
    json_put_member_text(out, "verdict", verdict_name(result->overruled));
    json_put_member_text(out, "reason", result->overruled_reason);
    buf_put_byte(out, '}');
}

static void put_target(struct buf *out, const struct run_result *result)
{
    char text[ADDR_TEXT];
    const struct run_item *item = result->item;
    json_put_member_text(out, "target", addr_ip_text(&item->target, text));
    json_put_member_number(out, "port", item->target.port);
    if (item->name)
        json_put_member_text(out, "name", item->name);
    if (item->source)
        json_put_member_text(out, "source", item->source);
    if (item->contacts) {
        json_put_name(out, "contacts");
        buf_put_text(out, item->contacts);
    }
}

/* Binds the line that is printed, and case.json, to the tape: a bundle that was never sealed has no manifest. */
static void put_tape_digest(struct buf *out, const unsigned char digest[SHA256_SIZE])
{
    char hex[SHA256_HEX];
    hash_hex(digest, SHA256_SIZE, hex);
    json_put_member_text(out, "tape_sha256", hex);
}

/* `digest` is that of the tape; where it is no case nobody looks at it. */
static bool put_result(struct buf *out, const struct run_result *result,
                       const unsigned char digest[SHA256_SIZE])
{
    char text[TEXT];
    buf_put_byte(out, '{');
    put_target(out, result);
    json_put_member_text(out, "probe", result->probe->id);
    json_put_member_text(out, "pack", result->probe->pack);
    json_put_member_text(out, "verdict", verdict_name(result->verdict));
    json_put_member_text(out, "reason", result->reason);
    put_overruled(out, result);
    if (result->has_proof)
        json_put_member_text(out, "proof", token_text(&result->proof, text));
    if (result->receipt_count > 0)
        put_exits(out, result);
    if (result->reach.count > 0) {
        json_put_name(out, "ports");
        ways_reach_put(out, &result->reach);
    }
    json_put_name(out, "steps");
    steps_json(result->steps, out);
    if (result->receipt_count > 0 && result->id[0] != '\0')
        put_receipts(out, result);
    if (result->id[0] != '\0')
        put_tape_digest(out, digest);
    json_put_member_text(out, "started", time_text(result->started, text));
    json_put_member_number(out, "elapsed_ms",
                           result->elapsed > 0 ? (uint64_t)(result->elapsed / 1000) : 0);
    if (result->id[0] != '\0')
        json_put_member_text(out, "case", result->id);
    return buf_put_byte(out, '}') && !out->overflow;
}

bool result_json(struct buf *out, const struct run_result *result)
{
    unsigned char digest[SHA256_SIZE] = {0};
    if (result->id[0] != '\0')
        sha256_of(result->tape, digest);
    return put_result(out, result, digest);
}

/* No case has more parts than a reader goes through, whatever came back, and were each byte of the tape a line. */
_Static_assert(RUN_RECEIPTS *(RECEIPT_LINES + 1) + TAPE_LIMIT + CASE_JSON_LIMIT + RUN_EXCHANGES <
                   PARTS_MOST,
               "a case that its own reader refuses");

/* case.json, the tape, and how it was found out whom to write to. */
enum { NOT_RECEIPTS = 3 };

bool evidence_case(struct bag *bag, const struct run_result *result, struct buf *json,
                   struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    char names[NOT_RECEIPTS + RUN_RECEIPTS][NAME];
    struct bag_file files[NOT_RECEIPTS + RUN_RECEIPTS];
    unsigned n = 2;
    sha256_of(result->tape, digest);
    bool ok = put_result(json, result, digest) && buf_put_byte(json, '\n');
    if (!ok)
        fail_set(fail, "ENOMEM", "out of memory for case %s", result->id);
    snprintf(names[0], NAME, "data/cases/%s/case.json", result->id);
    snprintf(names[1], NAME, "data/cases/%s/tape.jsonl", result->id);
    files[0] = (struct bag_file){.name = names[0], .content = buf_view(json)};
    files[1] = (struct bag_file){.name = names[1], .content = result->tape, .digest = digest};
    if (result->item->exchanges) {
        snprintf(names[n], NAME, "data/cases/%s/%s", result->id, PARTS_CONTACTS);
        files[n] =
            (struct bag_file){.name = names[n], .content = bytes_of(result->item->exchanges)};
        n++;
    }
    for (unsigned i = 0; i < result->receipt_count; i++, n++) {
        const struct run_receipt *r = &result->receipts[i];
        snprintf(names[n], NAME, "data/cases/%s/receipts/r-%u.%s", result->id, i,
                 receipt_suffix(r->receipt.kind));
        files[n] = (struct bag_file){.name = names[n], .content = bytes_at(r->raw, r->size)};
    }
    return ok && bag_add(bag, files, n, fail);
}

/* What the operator told probes: "args":{"relay/envelope":{"limit":3}} */
static void put_args(struct buf *out, const struct run_options *o)
{
    json_put_name(out, "args");
    buf_put_byte(out, '{');
    for (size_t i = 0; o->args && i < o->script_count; i++) {
        if (o->args[i].n == 0)
            continue;
        json_put_name(out, o->probes[i]->id);
        buf_put(out, o->args[i]);
    }
    buf_put_byte(out, '}');
}

/* What the scripts need of the program that is to run them again (run/needs.h). */
static void put_needs(struct buf *out, const struct script_source *api)
{
    json_put_member_number(out, "interface", PROBES_INTERFACE);
    json_put_name(out, "api");
    buf_put_byte(out, '[');
    for (size_t i = 0; i < PROBES_API; i++) {
        if (i > 0)
            buf_put_byte(out, ',');
        json_put_string(out, bytes_of(api[i].name));
    }
    buf_put_byte(out, ']');
}

static void put_names(struct buf *out, const struct run_options *o)
{
    char text[TEXT];
    json_put_member_text(out, "authority", o->authority);
    json_put_member_text(out, "contact", o->contact);
    json_put_member_text(out, "info", o->info);
    json_put_member_text(out, "scope_sha256", o->scope_digest);
    json_put_member_text(out, "sink", addr_text(&o->sink, text));
    json_put_name(out, "ways");
    ways_put(out, &o->ways);
    json_put_member_text(out, "mail_domain", o->mail_domain);
    json_put_member_text(out, "sender_domain", o->sender_domain);
    json_put_member_text(out, "helo", o->helo);
    json_put_member_number(out, "wait_ms", (uint64_t)(o->wait / 1000));
}

static bool put_run(struct buf *out, const struct run_options *o, const struct pack_files *packs,
                    instant started, struct fail *fail)
{
    char host[256] = "";
    char text[TEXT];
    gethostname(host, sizeof host - 1);
    buf_put_byte(out, '{');
    json_put_member_text(out, "ajar", AJAR_VERSION);
    json_put_member_number(out, "format", 1);
    json_put_member_text(out, "started", time_text(started, text));
    json_put_member_text(out, "host", host);
    put_names(out, o);
    put_args(out, o);
    put_needs(out, packs->api);
    if (!provenance_put(out, o, fail) || !pack_files_put(out, packs, fail))
        return false;
    return (buf_put_text(out, "}\n") && !out->overflow) ||
           fail_set(fail, "ENOMEM", "out of memory for run.json");
}

bool evidence_info(struct bag *bag, const char *authority, const char *contact, struct fail *fail)
{
    static const char mail[] = "mailto:";
    bool by_mail = strncmp(contact, mail, sizeof mail - 1) == 0;
    return bag_info(bag, "Source-Organization", authority, fail) &&
           bag_info(bag, "External-Description",
                    "Tests of mail servers and proxies for openness to strangers", fail) &&
           (!by_mail || bag_info(bag, "Contact-Email", contact + sizeof mail - 1, fail));
}

bool evidence_run(struct bag *bag, const struct run_options *o, instant started, struct fail *fail)
{
    struct buf json = buf_new(RUN_JSON_LIMIT);
    struct script_source api[PROBES_API];
    struct pack_files packs = {api, o->scripts, o->script_count, o->packs, o->pack_count};
    bool ok = probes_api(api, fail) && put_run(&json, o, &packs, started, fail);
    struct bag_file file = {.name = "data/run.json", .content = buf_view(&json)};
    ok = ok && bag_add(bag, &file, 1, fail);
    buf_free(&json);
    return ok && evidence_info(bag, o->authority, o->contact, fail) &&
           pack_files_add(bag, &packs, fail);
}
