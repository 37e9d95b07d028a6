#include "evidence/chain_search.h"

#include "evidence/beside.h"
#include "evidence/sign.h"
#include "evidence/tar_gate.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the end of one file ---- */

struct found {
    struct bytes head;
    struct bytes tags;
    struct bytes signature;
};

static struct bytes *room_for(struct found *f, const char *path)
{
    const char *slash = strchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (strcmp(name, TREE_HEAD_FILE) == 0)
        return &f->head;
    if (strcmp(name, BESIDE_TAGS) == 0)
        return &f->tags;
    return strcmp(name, BESIDE_SIGNATURE) == 0 ? &f->signature : NULL;
}

/* Entries from `at` on, until all three were there. */
static bool walk(struct bytes tail, size_t at, struct found *out)
{
    struct fail ignored;
    struct tar_gate gate = {.blocks = 0};
    *out = (struct found){0};
    while (out->signature.n == 0) {
        if (tail.n - at < TAR_BLOCK ||
            !tar_gate_pass(&gate, bytes_slice(tail, at, at + TAR_BLOCK), &ignored) ||
            tar_gate_at_end(&gate))
            return false;
        at += TAR_BLOCK;
        struct bytes *room = room_for(out, gate.name);
        uint64_t whole = gate.left;
        if (whole > tail.n - at)
            return false;
        if (room)
            *room = bytes_slice(tail, at, at + (size_t)gate.size);
        if (whole > 0 && !tar_gate_pass(&gate, bytes_slice(tail, at, at + (size_t)whole), &ignored))
            return false;
        at += (size_t)whole;
    }
    return out->head.n > 0 && out->tags.n > 0;
}

/* The last header there: what is before it may be anybody's bytes. */
static bool find_head(struct bytes tail, size_t *at)
{
    static const char name[] = "/" TREE_HEAD_FILE;
    for (size_t i = tail.n / TAR_BLOCK; i > 0; i--) {
        const char *block = (const char *)tail.p + (i - 1) * TAR_BLOCK;
        size_t n = strnlen(block, 100);
        if (n >= sizeof name && memcmp(block + n - (sizeof name - 1), name, sizeof name - 1) == 0) {
            *at = (i - 1) * TAR_BLOCK;
            return true;
        }
    }
    return false;
}

/* Does the list, whose signature holds, name this head? */
static bool is_signed(const struct found *f, const struct public_key *key,
                      unsigned char digest[SHA256_SIZE])
{
    struct fail ignored;
    struct signature s;
    char hex[SHA256_HEX];
    char line[SHA256_HEX + sizeof TREE_HEAD_FILE + 4];
    sha256_of(f->head, digest);
    hash_hex(digest, SHA256_SIZE, hex);
    int n = snprintf(line, sizeof line, "%s  " TREE_HEAD_FILE "\n", hex);
    return bytes_find(f->tags, bytes_at(line, (size_t)n)) != BYTES_NOT_FOUND &&
           signature_parse(f->signature, &s, &ignored) &&
           signature_check(&s, key, f->tags, &ignored);
}

bool chain_search_tail(struct bytes tail, const struct public_key *key, struct chain_entry *e)
{
    struct fail ignored;
    struct found f;
    struct tree_head head;
    size_t at;
    if (!find_head(tail, &at) || !walk(tail, at, &f) || !tree_head_parse(f.head, &head, &ignored) ||
        head.chain.number == 0 || !is_signed(&f, key, e->head))
        return false;
    e->number = head.chain.number;
    e->cases = head.cases;
    return true;
}

/* ---- a directory ---- */

/* Appends the file's end; a tar file is a whole number of blocks. */
static bool read_tail(int directory, const char *name, struct buf *out)
{
    struct stat st;
    int fd = openat(directory, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    bool ok = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size % TAR_BLOCK == 0;
    while (ok && out->n < CHAIN_SEARCH_TAIL) {
        off_t at = st.st_size > CHAIN_SEARCH_TAIL ? st.st_size - CHAIN_SEARCH_TAIL : 0;
        unsigned char *room = buf_reserve(out, CHAIN_SEARCH_TAIL - out->n);
        ssize_t n = room ? pread(fd, room, CHAIN_SEARCH_TAIL - out->n, at + (off_t)out->n) : -1;
        if (n <= 0)
            break;
        buf_commit(out, (size_t)n);
    }
    if (fd >= 0)
        close(fd);
    return ok;
}

static bool is_tar(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && strcmp(name + n - 4, ".tar") == 0;
}

static void look_at(DIR *dir, const char *directory, const char *name, const struct public_key *key,
                    struct chain_entry *best)
{
    struct buf tail = buf_new(CHAIN_SEARCH_TAIL);
    struct chain_entry *e = calloc(1, sizeof *e);
    if (e && read_tail(dirfd(dir), name, &tail) && chain_search_tail(buf_view(&tail), key, e) &&
        e->number > best->number) {
        snprintf(e->path, sizeof e->path, "%s%s%s", directory,
                 directory[strlen(directory) - 1] == '/' ? "" : "/", name);
        *best = *e;
    }
    free(e);
    buf_free(&tail);
}

bool chain_search(const char *directory, const struct public_key *key, struct chain_entry *out)
{
    struct dirent *entry;
    unsigned files = 0;
    DIR *dir = opendir(directory);
    out->number = 0;
    for (unsigned i = 0; dir && i < CHAIN_SEARCH_NAMES && files < CHAIN_SEARCH_FILES; i++) {
        if (!(entry = readdir(dir)))
            break;
        if (!is_tar(entry->d_name))
            continue;
        files++;
        look_at(dir, directory, entry->d_name, key, out);
    }
    if (dir)
        closedir(dir);
    return out->number > 0;
}
