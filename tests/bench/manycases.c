/*
 * manycases: a sealed bundle of as many cases as wanted, all of which bear out what they say: copies of the one case of a bundle,
 * each with a target and with tokens of its own.
 *
 *     manycases BUNDLE.tar ADDRESS TIMES OUT.tar KEY.key
 *
 * ADDRESS is the target's in that case; the copies are of 127.1.0.0 and those that follow.
 */
#include "base/hash.h"
#include "evidence/bag.h"
#include "evidence/bundle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 1024 * 1024, RECEIPTS = 8, TOKEN_HEAD = 8 };

struct copying {
    struct bag *bag;
    struct buf content[2 + RECEIPTS]; /* of a copy's files */
    const char *address;
    unsigned long times;
    char head[TOKEN_HEAD + 1]; /* what all tokens of the case begin with */
};

/* What stands for what in a copy. */
struct change {
    const char *from;
    const char *to;
};

static void must(bool ok, const struct fail *fail)
{
    if (ok)
        return;
    fprintf(stderr, "manycases: %s\n", fail->text);
    exit(1);
}

static void put_changed(struct buf *out, struct bytes text, const struct change *changes, size_t n)
{
    for (size_t i = 0; i < text.n;) {
        struct bytes rest = bytes_slice(text, i, text.n);
        size_t c = 0;
        while (c < n && (rest.p[0] != (unsigned char)changes[c].from[0] ||
                         rest.n < strlen(changes[c].from) ||
                         memcmp(rest.p, changes[c].from, strlen(changes[c].from)) != 0))
            c++;
        if (c < n)
            buf_put_text(out, changes[c].to);
        else
            buf_put_byte(out, rest.p[0]);
        i += c < n ? strlen(changes[c].from) : 1;
    }
}

static void digest_of(struct bytes content, char hex[SHA256_HEX])
{
    unsigned char raw[SHA256_SIZE];
    sha256_of(content, raw);
    hash_hex(raw, sizeof raw, hex);
}

/* What is there twice in a copy: its files' digests, as they were and as they are. */
struct digest {
    char was[SHA256_HEX];
    char is[SHA256_HEX];
};

static void add_copy(struct copying *w, const struct bundle_case *c, unsigned long number)
{
    struct buf *content = w->content;
    char names[2 + RECEIPTS][128];
    static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";
    struct bag_file files[2 + RECEIPTS];
    struct digest digests[1 + RECEIPTS];
    struct change changes[3 + 1 + RECEIPTS];
    char address[32], id[32], head[TOKEN_HEAD + 1];
    struct fail fail = {0};
    size_t n = 0;
    snprintf(address, sizeof address, "127.%lu.%lu.%lu", 1 + (number >> 16), number >> 8 & 255,
             number & 255);
    snprintf(id, sizeof id, "c-%016lx", number);
    for (unsigned i = 0; i < TOKEN_HEAD; i++)
        head[i] = base32[number >> 5 * i & 31];
    head[TOKEN_HEAD] = '\0';
    changes[n++] = (struct change){w->address, address};
    changes[n++] = (struct change){w->head, head};
    for (unsigned r = 0; r <= c->receipt_count; r++) { /* the tape last: it has theirs */
        bool tape = r == c->receipt_count;
        struct bytes was = tape ? c->tape : c->receipts[r].content;
        buf_clear(&content[r]);
        put_changed(&content[r], was, changes, n);
        digest_of(was, digests[r].was);
        digest_of(buf_view(&content[r]), digests[r].is);
        changes[n++] = (struct change){digests[r].was, digests[r].is};
        snprintf(names[r], sizeof names[r], "data/cases/%s/%s", id,
                 tape ? "tape.jsonl" : c->receipts[r].file);
    }
    unsigned json = c->receipt_count + 1;
    buf_clear(&content[json]);
    changes[n++] = (struct change){c->id, id};
    put_changed(&content[json], c->case_json, changes, n);
    snprintf(names[json], sizeof names[json], "data/cases/%s/case.json", id);
    for (unsigned f = 0; f <= json; f++)
        files[f] = (struct bag_file){names[json - f], buf_view(&content[json - f]), NULL};
    must(bag_add(w->bag, files, json + 1, &fail), &fail);
}

static bool on_case(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct copying *w = arg;
    size_t at = bytes_find(c->tape, bytes_of("\"op\":\"token\",\"data\":\""));
    if (at == BYTES_NOT_FOUND || c->receipt_count > RECEIPTS)
        return fail_set(fail, "EFORMAT", "no token, or too many receipts");
    memcpy(w->head, c->tape.p + at + strlen("\"op\":\"token\",\"data\":\""), TOKEN_HEAD);
    for (unsigned long i = 0; i < w->times; i++)
        add_copy(w, c, i);
    return true;
}

static bool on_file(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    const struct copying *w = arg;
    struct bag_file file = {.name = name, .content = content};
    bool shared = strncmp(name, "data/", 5) == 0 && strncmp(name, "data/cases/", 11) != 0;
    return !shared || bag_add(w->bag, &file, 1, fail);
}

int main(int argc, char **argv)
{
    struct fail fail = {0};
    bool needs_password = false;
    if (argc != 6) {
        fprintf(stderr, "usage: manycases BUNDLE.tar ADDRESS TIMES OUT.tar KEY.key\n");
        return 2;
    }
    struct secret_key *key = secret_key_load(argv[5], NULL, &needs_password, &fail);
    must(key != NULL, &fail);
    struct copying w = {
        .bag = bag_new(argv[4], &fail), .address = argv[2], .times = strtoul(argv[3], NULL, 10)};
    must(w.bag != NULL, &fail);
    for (unsigned f = 0; f < 2 + RECEIPTS; f++)
        w.content[f] = buf_new(LIMIT);
    must(bundle_each(argv[1], on_file, &w, &fail), &fail);
    must(bundle_cases(argv[1], NULL, on_case, &w, &fail), &fail);
    must(bag_seal(w.bag, key, &fail), &fail);
    for (unsigned f = 0; f < 2 + RECEIPTS; f++)
        buf_free(&w.content[f]);
    bag_free(w.bag);
    secret_key_free(key);
    return 0;
}
