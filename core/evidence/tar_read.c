#include "evidence/tar_read.h"

#include "evidence/name.h"
#include "evidence/tar_gate.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER = 256 * 1024 };

struct tar_read {
    struct archive *archive;
    struct archive_entry *entry;
    int fd;
    struct tar_gate gate;
    bool failed; /* within libarchive's call: see `fail` */
    struct fail fail;
    uint64_t left; /* of the entry's content */
    char top[NAME_LIMIT];
    char name[NAME_LIMIT];
    size_t at; /* of what is in the buffer, this much was handed out */
    size_t n;
    unsigned char buffer[BUFFER];
};

/* Fills the buffer until a block or the end of the file is in it. */
static bool fill(struct tar_read *t)
{
    memmove(t->buffer, t->buffer + t->at, t->n - t->at);
    t->n -= t->at;
    t->at = 0;
    while (t->n < TAR_BLOCK) {
        ssize_t n = read(t->fd, t->buffer + t->n, sizeof t->buffer - t->n);
        if (n == 0)
            return true;
        if (n < 0 && errno != EINTR)
            return fail_set(&t->fail, fail_errno_name(errno), "%s", strerror(errno));
        t->n += n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* The next bytes through the gate: a header, or as much of a file as is in the buffer, so that
 * libarchive never runs ahead of the gate. Empty at the end. */
static bool next_piece(struct tar_read *t, struct bytes *out)
{
    if (t->n - t->at < TAR_BLOCK && !fill(t))
        return false;
    uint64_t want = tar_gate_want(&t->gate);
    size_t have = (t->n - t->at) / TAR_BLOCK * TAR_BLOCK;
    *out = bytes_at(t->buffer + t->at, want < have ? (size_t)want : have);
    t->at += out->n;
    if (out->n == 0)
        return tar_gate_end(&t->gate, t->n - t->at, &t->fail);
    return tar_gate_pass(&t->gate, *out, &t->fail);
}

/* libarchive's input. */
static la_ssize_t give(struct archive *archive, void *data, const void **out)
{
    (void)archive;
    struct tar_read *t = data;
    struct bytes piece;
    t->failed = t->failed || !next_piece(t, &piece);
    if (t->failed)
        return -1;
    *out = piece.p;
    return (la_ssize_t)piece.n;
}

/* The gate's sentence if there is one, else libarchive's. */
static bool hand_on(struct tar_read *t, struct fail *fail)
{
    const char *why = archive_error_string(t->archive);
    if (!t->failed)
        return fail_set(fail, "EFORMAT", "the tar file can't be read: %s", why ? why : "damaged");
    *fail = t->fail;
    return false;
}

static bool open_archive(struct tar_read *t, struct fail *fail)
{
    t->archive = archive_read_new();
    t->entry = archive_entry_new();
    if (!t->archive || !t->entry || archive_read_support_format_tar(t->archive) != ARCHIVE_OK)
        return fail_set(fail, "ENOMEM", "no memory for reading a tar file");
    return archive_read_open(t->archive, t, NULL, give, NULL) == ARCHIVE_OK || hand_on(t, fail);
}

struct tar_read *tar_read_open(const char *path, struct fail *fail)
{
    struct tar_read *t = calloc(1, sizeof *t);
    if (!t) {
        fail_set(fail, "ENOMEM", "no memory for reading a tar file");
        return NULL;
    }
    t->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (t->fd < 0)
        fail_set(fail, fail_errno_name(errno), "%s", strerror(errno));
    else if (open_archive(t, fail))
        return t;
    tar_read_close(t);
    return NULL;
}

void tar_read_close(struct tar_read *t)
{
    if (!t)
        return;
    t->failed = true; /* closing must not read on */
    archive_entry_free(t->entry);
    archive_read_free(t->archive);
    if (t->fd >= 0)
        close(t->fd);
    free(t);
}

/* What lies behind libarchive's last block must pass the gate too. */
static enum tar_step drain(struct tar_read *t, struct fail *fail)
{
    struct bytes piece = {t->buffer, 1};
    while (!t->failed && piece.n > 0)
        t->failed = !next_piece(t, &piece);
    if (!t->failed)
        return TAR_END;
    hand_on(t, fail);
    return TAR_FAIL;
}

/* libarchive must have read from the header what the gate has. */
static bool agrees(const struct tar_read *t)
{
    const char *name = archive_entry_pathname(t->entry);
    size_t n = strlen(t->gate.name);
    if (!name || strncmp(name, t->gate.name, n) != 0)
        return false;
    return strcmp(name + n, t->gate.directory && name[n] == '/' ? "/" : "") == 0 &&
           archive_entry_filetype(t->entry) == (t->gate.directory ? AE_IFDIR : AE_IFREG) &&
           (uint64_t)archive_entry_size(t->entry) == t->gate.size &&
           !archive_entry_hardlink(t->entry) && !archive_entry_symlink(t->entry);
}

static bool take_top(struct tar_read *t, size_t n, struct fail *fail)
{
    if (n >= sizeof t->top)
        return fail_set(fail, "ENAME", "a top directory with a name that is too long");
    memcpy(t->top, t->gate.name, n);
    t->top[n] = '\0';
    return name_check_top(t->top, fail);
}

static bool take_name(struct tar_read *t, struct fail *fail)
{
    const char *whole = t->gate.name;
    if (!name_check(whole, fail))
        return false;
    size_t n = strcspn(whole, "/");
    if (whole[n] == '\0' && !t->gate.directory)
        return fail_set(fail, "ENAME", "%s: a file beside the bundle's directory", whole);
    if (t->top[0] == '\0' && !take_top(t, n, fail))
        return false;
    if (strlen(t->top) != n || strncmp(t->top, whole, n) != 0)
        return fail_set(fail, "ENAME", "%s: a second top directory beside %s", whole, t->top);
    snprintf(t->name, sizeof t->name, "%s", whole[n] ? whole + n + 1 : "");
    return true;
}

static enum tar_step take_entry(struct tar_read *t, struct tar_entry *out, struct fail *fail)
{
    if (!agrees(t)) {
        fail_set(fail, "EFORMAT", "%s: a header that can be read in two ways", t->gate.name);
        return TAR_FAIL;
    }
    if (!take_name(t, fail))
        return TAR_FAIL;
    t->left = t->gate.size;
    *out = (struct tar_entry){t->name, t->gate.directory, t->gate.size};
    return TAR_ENTRY;
}

enum tar_step tar_read_next(struct tar_read *t, struct tar_entry *out, struct fail *fail)
{
    int result = archive_read_next_header2(t->archive, t->entry);
    if (result == ARCHIVE_EOF && !t->failed)
        return drain(t, fail);
    if (result == ARCHIVE_OK && !t->failed)
        return take_entry(t, out, fail);
    hand_on(t, fail);
    return TAR_FAIL;
}

bool tar_read_piece(struct tar_read *t, struct bytes *out, struct fail *fail)
{
    const void *p = NULL;
    size_t n = 0;
    la_int64_t offset = 0;
    int result = archive_read_data_block(t->archive, &p, &n, &offset);
    if (t->failed || (result != ARCHIVE_OK && result != ARCHIVE_EOF))
        return hand_on(t, fail);
    *out = bytes_at(p, result == ARCHIVE_OK ? n : 0);
    bool fits = result == ARCHIVE_EOF ? t->left == 0 : n <= t->left;
    if (!fits || (out->n > 0 && (uint64_t)offset != t->gate.size - t->left))
        return fail_set(fail, "EFORMAT", "%s: content that can be read in two ways", t->name);
    t->left -= out->n;
    return true;
}

bool tar_read_all(struct tar_read *t, const struct tar_entry *entry, struct buf *out,
                  struct fail *fail)
{
    struct bytes piece = {NULL, 1};
    if (entry->size > out->limit - out->n)
        return fail_set(fail, "ELIMIT", "%s: a file of more than %zu bytes", entry->name,
                        out->limit);
    while (piece.n > 0) {
        if (!tar_read_piece(t, &piece, fail))
            return false;
        if (!buf_put(out, piece))
            return fail_set(fail, "ENOMEM", "%s: no memory", entry->name);
    }
    return true;
}

const char *tar_read_top(const struct tar_read *t)
{
    return t->top;
}
