#include "evidence/closing.h"

#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "base/time.h"
#include "evidence/sign.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { PIECE = 64 * 1024, FILE_LIMIT = 32 * 1024 };

/* While the closing files are written: the list of them grows. */
struct work {
    struct tar_write *tar;
    struct buf tags; /* tagmanifest-sha256.txt */
    struct buf text; /* the file at hand */
};

uint64_t closing_room(uint64_t manifest)
{
    return CLOSING_LIMIT + tar_file_room(manifest);
}

bool closing_check_info(const char *label, const char *value, struct fail *fail)
{
    static const char *const ours[] = {"Bagging-Date", "Bag-Software-Agent", "External-Identifier",
                                       "Payload-Oxum"};
    size_t n = strspn(label, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
    if (n == 0 || label[n] != '\0')
        return fail_set(fail, "EINVAL", "%s: not a label for bag-info.txt", label);
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        if (bytes_equal_nocase(bytes_of(label), ours[i]))
            return fail_set(fail, "EINVAL", "%s: comes into bag-info.txt by itself", label);
    }
    if (value[0] == '\0' || !text_is_printable(bytes_of(value)))
        return fail_set(fail, "EINVAL", "%s: must be one line of printable text", label);
    return true;
}

static void list(struct work *w, const char *name, const unsigned char digest[SHA256_SIZE])
{
    char hex[SHA256_HEX];
    hash_hex(digest, SHA256_SIZE, hex);
    buf_printf(&w->tags, "%s  %s\n", hex, name);
}

static bool put_text(struct work *w, const char *name, struct fail *fail)
{
    if (w->text.overflow)
        return fail_set(fail, "ENOMEM", "%s: no memory", name);
    return tar_write_file(w->tar, name, buf_view(&w->text), fail);
}

/* Writes the text at hand as the file `name`, and lists it. */
static bool put_listed(struct work *w, const char *name, struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    sha256_of(buf_view(&w->text), digest);
    list(w, name, digest);
    bool ok = put_text(w, name, fail);
    buf_clear(&w->text);
    return ok;
}

static bool put_declaration(struct work *w, struct fail *fail)
{
    buf_put_text(&w->text, CLOSING_BAGIT);
    return put_listed(w, "bagit.txt", fail);
}

/* A random UUID (RFC 9562, version 4). It names the bundle, and keeps the file's digest, which an extract shows, from
 * telling the sizes in it. */
static void put_identifier(struct buf *out)
{
    unsigned char id[16];
    char hex[2 * sizeof id + 1];
    random_bytes(id, sizeof id);
    id[6] = (id[6] & 0x0f) | 0x40;
    id[8] = (id[8] & 0x3f) | 0x80;
    hash_hex(id, sizeof id, hex);
    buf_printf(out, "External-Identifier: urn:uuid:%.8s-%.4s-%.4s-%.4s-%s\n", hex, hex + 8,
               hex + 12, hex + 16, hex + 20);
}

static bool put_info(struct work *w, const struct closing *c, const char *now, struct fail *fail)
{
    buf_printf(&w->text, "Bagging-Date: %.10s\n", now);
    buf_put_text(&w->text, "Bag-Software-Agent: ajar/" AJAR_VERSION "\n");
    put_identifier(&w->text);
    buf_printf(&w->text, "Payload-Oxum: %llu.%llu\n", c->octets, c->files);
    buf_put(&w->text, c->info);
    return put_listed(w, "bag-info.txt", fail);
}

/* Hands all of the spool on, piece by piece: to the digest and to the archive. */
static bool each_piece(const struct spool *lines, struct sha256 *h, struct tar_write *tar,
                       struct fail *fail)
{
    unsigned char piece[PIECE];
    uint64_t at = 0;
    for (size_t got = 1; got > 0; at += got) {
        if (!spool_read(lines, at, piece, sizeof piece, &got, fail))
            return false;
        sha256_add(h, bytes_at(piece, got));
        if (got > 0 && !tar_write_more(tar, bytes_at(piece, got), fail))
            return false;
    }
    return true;
}

static bool put_manifest(struct work *w, const struct spool *lines, struct fail *fail)
{
    static const char name[] = "manifest-sha256.txt";
    unsigned char digest[SHA256_SIZE];
    struct sha256 *h = sha256_new();
    if (!h)
        return fail_set(fail, "ENOMEM", "%s: no memory", name);
    bool ok = tar_write_begin(w->tar, name, spool_size(lines), fail) &&
              each_piece(lines, h, w->tar, fail);
    sha256_finish(h, digest);
    sha256_free(h);
    list(w, name, digest);
    return ok;
}

static bool put_keys(struct work *w, const struct closing *c, const struct public_key *key,
                     struct fail *fail)
{
    public_key_put(&w->text, key);
    if (!put_listed(w, "keys/operator.pub", fail))
        return false;
    closing_put_guide(&w->text, c);
    return put_listed(w, "VERIFY.txt", fail);
}

static bool put_head(struct work *w, const struct closing *c, struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    tree_head_put(&w->text, &c->head);
    sha256_of(buf_view(&w->text), digest);
    if (c->chain && !chain_file_begin(c->chain, digest, c->head.cases, c->path, fail))
        return false;
    return put_listed(w, TREE_HEAD_FILE, fail);
}

static bool put_signature(struct work *w, const struct closing *c, const struct secret_key *key,
                          const char *now, struct fail *fail)
{
    static const char name[] = "tagmanifest-sha256.txt";
    char comment[256];
    if (w->tags.overflow)
        return fail_set(fail, "ENOMEM", "%s: no memory", name);
    snprintf(comment, sizeof comment, CLOSING_KIND "\tbag:%s\tcases:%llu\tutc:%s", c->top, c->cases,
             now);
    return tar_write_file(w->tar, name, buf_view(&w->tags), fail) &&
           sign_put(&w->text, key, buf_view(&w->tags), comment, fail) &&
           put_text(w, "tagmanifest-sha256.txt.minisig", fail);
}

static const char *now_text(char out[TIME_TEXT])
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return time_text((instant)now.tv_sec * SPAN_SECOND + now.tv_nsec / 1000, out);
}

bool closing_write(const struct closing *c, const struct secret_key *key, struct tar_write *tar,
                   struct fail *fail)
{
    char now[TIME_TEXT];
    now_text(now);
    struct public_key public = secret_key_public(key);
    struct work w = {.tar = tar, .tags = buf_new(FILE_LIMIT), .text = buf_new(FILE_LIMIT)};
    bool ok = put_declaration(&w, fail) && put_info(&w, c, now, fail) &&
              put_keys(&w, c, &public, fail) && put_manifest(&w, c->lines, fail) &&
              put_head(&w, c, fail) && put_signature(&w, c, key, now, fail);
    if (ok)
        tar_write_end(tar);
    buf_free(&w.tags);
    buf_free(&w.text);
    return ok;
}
