/*
 * bigbundle: a sealed bundle of as many cases as wanted, as fast as the disk takes it.
 *
 *     bigbundle CASES OUT.tar KEY.key
 *
 * Sizes are those of relay/third-party against servers that refuse, with a tape of 1.5 to 5.5 KiB; every twentieth case has a
 * receipt for which its script did not wait. What case.json says is what lies beside it; the dialogue is made up, and nothing
 * of it can be replayed.
 */
#include "base/hash.h"
#include "evidence/bag.h"

#include <stdio.h>
#include <stdlib.h>

enum { TAPE_LEAST = 1536, TAPE_SPREAD = 4096, RECEIPT = 1400, RECEIPT_EVERY = 20 };

#define STARTED "2026-11-24T02:10:16.123456Z"
#define TOKEN   "abcdefghijklmnopqrstuvwxyz234567"
#define REPLY   "554 5.7.1 <probe@sink.example.net>: Relay access denied"
#define STEPS                                                                                      \
    "[{\"line\":5,\"say\":\"recipient refused: " REPLY "\"},"                                      \
    "{\"line\":7,\"say\":\"recipient refused: " REPLY "\"},"                                       \
    "{\"line\":9,\"say\":\"recipient refused: " REPLY "\"}]"

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

/* A head, replies and commands until it is as long as wanted, and a verdict. */
static void put_tape(struct buf *out, size_t wanted)
{
    unsigned t = 0;
    buf_printf(out,
               "{\"tape\":1,\"probe\":\"relay/third-party\",\"pack\":\"builtin@0.1.0\",\"target\":"
               "{\"address\":\"192.0.2.1\",\"port\":25,\"name\":null},\"started\":\"" STARTED
               "\",\"run\":{\"sink\":\"203.0.113.9:25\",\"mail_domain\":\"sink.example.net\","
               "\"helo\":\"probe.example.net\",\"authority\":\"Example CERT, contract %llx\","
               "\"contact\":\"mailto:abuse@example.net\",\"info\":\"https://probe.example.net/\","
               "\"wait_us\":15000000},\"args\":{}}\n"
               "{\"t\":50,\"op\":\"open\",\"c\":1,\"to\":\"192.0.2.1:25\"}\n"
               "{\"t\":90,\"op\":\"opened\",\"c\":1,\"from\":\"203.0.113.7:41000\"}\n",
               (unsigned long long)next_random());
    for (t = 100; out->n < wanted; t += 100)
        buf_printf(out,
                   "{\"t\":%u,\"op\":\"send\",\"c\":1,\"data\":\"RCPT TO:<" TOKEN
                   "@sink.example.net>\\r\\n\"}\n"
                   "{\"t\":%u,\"op\":\"recv\",\"c\":1,\"data\":\"" REPLY "\\r\\n\"}\n",
                   t, t + 50);
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

static void put_receipt(struct buf *out)
{
    buf_put_text(out, "Subject: test\r\n\r\n" TOKEN "\r\n");
    while (out->n < RECEIPT)
        buf_printf(out, "a line of the message that came back, %llx\r\n",
                   (unsigned long long)next_random());
}

static void put_case(struct buf *out, const char *id, struct bytes tape, struct bytes receipt)
{
    char hex[SHA256_HEX];
    buf_put_text(out, "{\"target\":\"192.0.2.1\",\"port\":25,\"source\":\"targets.txt\",\"probe\":"
                      "\"relay/third-party\",\"pack\":\"builtin@0.1.0\",\"verdict\":\"closed\","
                      "\"reason\":\"" REPLY "\",\"steps\":" STEPS);
    if (receipt.n > 0)
        buf_printf(out,
                   ",\"exits\":[\"192.0.2.1\"],\"receipts\":[{\"file\":\"receipts/r-0.eml\","
                   "\"kind\":\"other\",\"token\":\"" TOKEN "\",\"peer\":\"192.0.2.1:40112\","
                   "\"at\":\"2026-11-24T02:10:17.654321Z\",\"sha256\":\"%s\"}]",
                   digest_of(receipt, hex));
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
    static const char *const files[] = {"case.json", "tape.jsonl", "receipts/r-0.eml"};
    struct bag_file group[3];
    snprintf(id, sizeof id, "c-%016llx", (unsigned long long)next_random());
    for (unsigned f = 0; f < 3; f++)
        buf_clear(&content[f]);
    put_tape(&content[1], TAPE_LEAST + next_random() % TAPE_SPREAD);
    if (i % RECEIPT_EVERY == 0)
        put_receipt(&content[2]);
    put_case(&content[0], id, buf_view(&content[1]), buf_view(&content[2]));
    for (unsigned f = 0; f < 3; f++) {
        snprintf(names[f], sizeof names[f], "data/cases/%s/%s", id, files[f]);
        group[f] = (struct bag_file){names[f], buf_view(&content[f]), NULL};
    }
    must(bag_add(bag, group, i % RECEIPT_EVERY ? 2 : 3, &fail), &fail);
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
    struct bag_file run = {.name = "data/run.json", .content = bytes_of("{}\n")};
    must(bag_add(bag, &run, 1, &fail), &fail);
    for (unsigned long i = 0; i < cases; i++)
        add_case(bag, i, content);
    for (unsigned f = 0; f < 3; f++)
        buf_free(&content[f]);
    must(bag_seal(bag, key, &fail), &fail);
    bag_free(bag);
    secret_key_free(key);
    return 0;
}
