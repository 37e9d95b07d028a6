/* A folder made into a pack's archive. */
#include "base/file.h"
#include "evidence/name.h"
#include "evidence/tar_write.h"
#include "pack/pack.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MOST = 4096 };

struct folder {
    const char *path;
    char (*names)[MANIFEST_PATH]; /* PACK_FILES of them */
    size_t count;
};

/* What lies about in a folder that packs are built and signed in. */
static bool is_left_out(const char *name)
{
    return name[0] == '.' || bytes_ends(bytes_of(name), ".tar") ||
           bytes_ends(bytes_of(name), ".minisig") || bytes_ends(bytes_of(name), ".key") ||
           bytes_ends(bytes_of(name), ".pub");
}

static bool walk(struct folder *f, const char *below, unsigned depth, struct fail *fail);

static bool take(struct folder *f, const char *name, unsigned depth, struct fail *fail)
{
    char path[PATH_MOST];
    struct stat st;
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    if (lstat(path, &st) != 0)
        return fail_errno(fail, errno, path);
    if (S_ISDIR(st.st_mode))
        return walk(f, name, depth + 1, fail);
    if (!S_ISREG(st.st_mode))
        return fail_set(fail, "EFORMAT", "%s: neither a file nor a folder: a pack holds no links",
                        path);
    if (!name_check(name, fail))
        return false;
    if (f->count == PACK_FILES)
        return fail_set(fail, "ELIMIT", "%s: more than %d files", f->path, PACK_FILES);
    snprintf(f->names[f->count++], MANIFEST_PATH, "%s", name);
    return true;
}

static bool walk_entries(struct folder *f, DIR *dir, const char *below, unsigned depth,
                         struct fail *fail)
{
    char name[MANIFEST_PATH];
    for (const struct dirent *e; (e = readdir(dir));) {
        if (is_left_out(e->d_name))
            continue;
        int n = snprintf(name, sizeof name, "%s%s%s", below, below[0] ? "/" : "", e->d_name);
        if (n >= (int)sizeof name)
            return fail_set(fail, "ENAME", "%s/%s/%s: too long a name for a pack", f->path, below,
                            e->d_name);
        if (!take(f, name, depth, fail))
            return false;
    }
    return true;
}

static bool walk(struct folder *f, const char *below, unsigned depth, struct fail *fail)
{
    char path[PATH_MOST];
    int n = snprintf(path, sizeof path, "%s%s%s", f->path, below[0] ? "/" : "", below);
    if (n >= (int)sizeof path || depth > PACK_DEPTH)
        return fail_set(fail, "ELIMIT", "%s/%s: too deep for a pack", f->path, below);
    DIR *dir = opendir(path);
    if (!dir)
        return fail_errno(fail, errno, path);
    bool ok = walk_entries(f, dir, below, depth, fail);
    closedir(dir);
    return ok;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool write_file(const struct folder *f, struct tar_write *tar, const char *name,
                       struct fail *fail)
{
    char path[PATH_MOST + MANIFEST_PATH];
    struct buf content = buf_new(PACK_FILE_LIMIT);
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    bool ok = file_read_regular(path, &content, fail) &&
              tar_write_file(tar, name, buf_view(&content), fail);
    buf_free(&content);
    return ok;
}

static bool write_all(const struct folder *f, int fd, const char *top, struct fail *fail)
{
    struct tar_write *tar = tar_write_new(fd, top, fail);
    bool ok = tar != NULL;
    for (size_t i = 0; ok && i < f->count; i++)
        ok = write_file(f, tar, f->names[i], fail);
    if (ok)
        tar_write_end(tar);
    ok = ok && tar_write_flush(tar, fail);
    tar_write_free(tar);
    return ok;
}

static bool read_back(int fd, struct buf *out, struct fail *fail)
{
    unsigned char piece[16384];
    ssize_t n;
    if (lseek(fd, 0, SEEK_SET) != 0)
        return fail_errno(fail, errno, "the archive");
    while ((n = read(fd, piece, sizeof piece)) > 0)
        if (!buf_put(out, bytes_at(piece, (size_t)n)))
            return fail_set(fail, "ELIMIT", "a pack may have %d bytes", PACK_LIMIT);
    return n == 0 || fail_errno(fail, errno, "the archive");
}

/* The manifest names the archive's directory. */
static bool title_of(const struct folder *f, char title[PACK_TITLE], struct fail *fail)
{
    char path[PATH_MOST];
    struct buf text = buf_new(MANIFEST_LIMIT);
    struct manifest *m = calloc(1, sizeof *m);
    snprintf(path, sizeof path, "%s/" MANIFEST_FILE, f->path);
    bool ok = m ? file_read_regular(path, &text, fail) : fail_set(fail, "ENOMEM", "out of memory");
    if (ok && !manifest_parse(buf_view(&text), m, fail))
        ok = fail_prefix(fail, "%s", path);
    if (ok)
        pack_title(m, title);
    free(m);
    buf_free(&text);
    return ok;
}

static bool build(struct folder *f, int fd, struct buf *out, struct fail *fail)
{
    char title[PACK_TITLE];
    if (!title_of(f, title, fail) || !walk(f, "", 0, fail))
        return false;
    qsort(f->names, f->count, sizeof *f->names, by_bytes);
    return write_all(f, fd, title, fail) && read_back(fd, out, fail);
}

/* What was written is read as anybody will read it. */
static bool is_sound(const struct folder *f, struct bytes archive, struct fail *fail)
{
    struct pack *p = pack_parse(archive, fail);
    pack_free(p);
    return p || fail_prefix(fail, "%s", f->path);
}

bool pack_build(const char *folder, struct buf *out, struct fail *fail)
{
    struct folder f = {.path = folder, .names = calloc(PACK_FILES, MANIFEST_PATH)};
    int fd = f.names ? memfd_create("ajar-pack", MFD_CLOEXEC) : -1;
    bool ok = fd >= 0 ? build(&f, fd, out, fail) && is_sound(&f, buf_view(out), fail)
                      : fail_set(fail, "ENOMEM", "no memory for a pack");
    if (fd >= 0)
        close(fd);
    free(f.names);
    return ok;
}
