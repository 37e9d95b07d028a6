/*
 * bigbundle: a sealed bundle of as many cases as wanted, as fast as the disk takes it.
 *
 *     bigbundle CASES OUT.tar KEY.key
 *
 * Sizes are those of relay/third-party against servers that refuse, with a tape of 1.5 to 5.5 KiB; every twentieth case has a
 * receipt for which its script did not wait. What case.json and run.json say is what lies beside them, by the rules of today; the
 * dialogue is made up, and nothing of it can be replayed.
 */
#include "base/embedded.h"
#include "base/hash.h"
#include "base/json.h"
#include "evidence/bag.h"
#include "proto/token.h"
#include "run/pack_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAPE_LEAST = 1536, TAPE_SPREAD = 4096, RECEIPT = 1400, RECEIPT_EVERY = 20 };

#define STARTED   "2026-11-24T02:10:16.123456Z"
#define PACK      "builtin@" AJAR_VERSION
#define SCRIPT    "scripts/relay/third-party.lua"
#define AUTHORITY "Example CERT"
#define CONTACT   "mailto:abuse@example.net"
#define INFO      "https://probe.example.net/"
#define DOMAIN    "sink.example.net"
#define HELO      "probe.example.net"
#define SINK      "203.0.113.9:25"
#define REPLY     "554 5.7.1 <probe@" DOMAIN ">: Relay access denied"
#define STEPS                                                                                      \
    "[{\"line\":6,\"say\":\"recipient refused: " REPLY "\"},"                                      \
    "{\"line\":8,\"say\":\"recipient refused: " REPLY "\"},"                                       \
    "{\"line\":10,\"say\":\"recipient refused: " REPLY "\"}]"

/* What a case has of its own, beside its name. */
struct test {
    char token[TOKEN_TEXT];
};

static void must(bool ok, const struct fail *fail)
{
    if (ok)
        return;
    fprintf(stderr, "bigbundle: %s\n", fail->text);
    exit(1);
}

/* The same numbers each time: xorshift. */
static uint64_t next_random(void)
{
    static uint64_t state = 0x9e3779b97f4a7c15;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void make_token(struct test *test)
{
    struct token token;
    for (size_t i = 0; i < TOKEN_SIZE; i++)
        token.b[i] = (unsigned char)next_random();
    token_text(&token, test->token);
}

/* A head, a token, replies and commands until it is as long as wanted, and a verdict. */
static void put_tape(struct buf *out, const struct test *test, size_t wanted)
{
    unsigned t = 0;
    buf_printf(out,
               "{\"tape\":1,\"probe\":\"relay/third-party\",\"pack\":\"" PACK "\",\"target\":"
               "{\"address\":\"192.0.2.1\",\"port\":25,\"name\":null},\"started\":\"" STARTED
               "\",\"run\":{\"sink\":\"" SINK "\",\"mail_domain\":\"" DOMAIN "\","
               "\"helo\":\"" HELO "\",\"authority\":\"" AUTHORITY "\",\"contact\":\"" CONTACT
               "\",\"info\":\"" INFO "\",\"wait_us\":15000000},\"args\":{}}\n"
               "{\"t\":40,\"op\":\"token\",\"data\":\"%s\"}\n"
               "{\"t\":50,\"op\":\"open\",\"c\":1,\"to\":\"192.0.2.1:25\"}\n"
               "{\"t\":90,\"op\":\"opened\",\"c\":1,\"from\":\"203.0.113.7:41000\"}\n",
               test->token);
    for (t = 100; out->n < wanted; t += 100)
        buf_printf(out,
                   "{\"t\":%u,\"op\":\"send\",\"c\":1,\"data\":\"RCPT TO:<%s@" DOMAIN ">\\r\\n\"}\n"
                   "{\"t\":%u,\"op\":\"recv\",\"c\":1,\"data\":\"" REPLY "\\r\\n\"}\n",
                   t, test->token, t + 50);
    buf_printf(out,
               "{\"t\":%u,\"op\":\"verdict\",\"verdict\":\"closed\",\"reason\":\"" REPLY
               "\",\"steps\":" STEPS "}\n",
               t);
}

static const char *digest_of(struct bytes content, char hex[SHA256_HEX])
{
    unsigned char raw[SHA256_SIZE];
    sha256_of(content, raw);
    hash_hex(raw, sizeof raw, hex);
    return hex;
}

/* A mail that somebody else has written to the test's mailbox, with what the sink puts on top. */
static void put_receipt(struct buf *out, const struct test *test)
{
    buf_printf(out,
               "Return-Path: <desk@example.org>\r\n"
               "X-Ajar-Rcpt-To: <%s@" DOMAIN ">\r\n"
               "Received: from mail.example.org ([192.0.2.1])\r\n"
               "\tby " DOMAIN " ([203.0.113.9])\r\n\twith ESMTP;\r\n"
               "\tTue, 24 Nov 2026 02:10:17 +0000\r\n"
               "From: desk@example.org\r\nSubject: Re: your question\r\n\r\n",
               test->token);
    while (out->n < RECEIPT)
        buf_printf(out, "a line of the message that came back, %llx\r\n",
                   (unsigned long long)next_random());
}

static void put_case(struct buf *out, const char *id, const struct test *test, struct bytes tape,
                     struct bytes receipt)
{
    char hex[SHA256_HEX];
    buf_printf(out, "{\"target\":\"192.0.2.1\",\"port\":25,\"source\":\"targets.txt\",\"probe\":"
                    "\"relay/third-party\",\"pack\":\"" PACK "\",\"verdict\":\"closed\","
                    "\"reason\":\"" REPLY "\",\"steps\":" STEPS);
    if (receipt.n > 0)
        buf_printf(out,
                   ",\"exits\":[\"192.0.2.1\"],\"receipts\":[{\"file\":\"receipts/r-0.eml\","
                   "\"kind\":\"other\",\"token\":\"%s\",\"peer\":\"192.0.2.1:40112\","
                   "\"at\":\"2026-11-24T02:10:17.654321Z\",\"sha256\":\"%s\"}]",
                   test->token, digest_of(receipt, hex));
    buf_printf(out,
               ",\"tape_sha256\":\"%s\",\"started\":\"" STARTED
               "\",\"elapsed_ms\":9,\"case\":\"%s\"}\n",
               digest_of(tape, hex), id);
}

static void add_case(struct bag *bag, unsigned long i, struct buf content[3])
{
    struct fail fail = {0};
    char id[24];
    char names[3][80];
    struct test test;
    static const char *const files[] = {"case.json", "tape.jsonl", "receipts/r-0.eml"};
    struct bag_file group[3];
    make_token(&test);
    snprintf(id, sizeof id, "c-%016llx", (unsigned long long)next_random());
    for (unsigned f = 0; f < 3; f++)
        buf_clear(&content[f]);
    put_tape(&content[1], &test, TAPE_LEAST + next_random() % TAPE_SPREAD);
    if (i % RECEIPT_EVERY == 0)
        put_receipt(&content[2], &test);
    put_case(&content[0], id, &test, buf_view(&content[1]), buf_view(&content[2]));
    for (unsigned f = 0; f < 3; f++) {
        snprintf(names[f], sizeof names[f], "data/cases/%s/%s", id, files[f]);
        group[f] = (struct bag_file){names[f], buf_view(&content[f]), NULL};
    }
    must(bag_add(bag, group, i % RECEIPT_EVERY ? 2 : 3, &fail), &fail);
}

/* data/run.json, and the scripts that it names: all of the API, and the one probe. */
static void add_run(struct bag *bag, struct buf *run)
{
    struct fail fail = {0};
    struct script_source api[PROBES_API];
    const struct embedded *probe = embedded_find(SCRIPT);
    must(probes_api(api, &fail) && probe, &fail);
    struct script_source script = {.name = SCRIPT, .pack = PACK, .text = probe->content};
    struct pack_files files = {.api = api, .scripts = &script, .count = 1};
    buf_put_text(run, "{\"ajar\":\"" AJAR_VERSION "\",\"format\":1,\"started\":\"" STARTED
                      "\",\"authority\":\"" AUTHORITY "\",\"contact\":\"" CONTACT
                      "\",\"info\":\"" INFO "\",\"sink\":\"" SINK "\",\"mail_domain\":\"" DOMAIN
                      "\",\"helo\":\"" HELO "\",\"wait_ms\":15000,\"args\":{}");
    json_put_member_number(run, "interface", PROBES_INTERFACE);
    json_put_name(run, "api");
    for (unsigned i = 0; i < PROBES_API; i++)
        buf_printf(run, "%c\"%s\"", i ? ',' : '[', api[i].name);
    buf_put_byte(run, ']');
    must(pack_files_put(run, &files, &fail), &fail);
    buf_put_text(run, "}\n");
    struct bag_file file = {.name = "data/run.json", .content = buf_view(run)};
    must(bag_add(bag, &file, 1, &fail) && pack_files_add(bag, &files, &fail), &fail);
}

int main(int argc, char **argv)
{
    struct fail fail = {0};
    bool needs_password = false;
    struct buf content[3] = {buf_new(65536), buf_new(65536), buf_new(65536)};
    if (argc != 4) {
        fprintf(stderr, "usage: bigbundle CASES OUT.tar KEY.key\n");
        return 2;
    }
    unsigned long cases = strtoul(argv[1], NULL, 10);
    struct secret_key *key = secret_key_load(argv[3], NULL, &needs_password, &fail);
    must(key != NULL, &fail);
    struct bag *bag = bag_new(argv[2], &fail);
    must(bag != NULL, &fail);
    add_run(bag, &content[0]);
    for (unsigned long i = 0; i < cases; i++)
        add_case(bag, i, content);
    for (unsigned f = 0; f < 3; f++)
        buf_free(&content[f]);
    must(bag_seal(bag, key, &fail), &fail);
    bag_free(bag);
    secret_key_free(key);
    return 0;
}
