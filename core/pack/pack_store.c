#include "pack/pack_store.h"

#include "base/file.h"
#include "evidence/replace.h"
#include "pack/seal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MOST = 4096 };

#define LOCK_FILE "packs.json"

static const char *path_of(const struct pack_store *s, const char *name, const char *ending,
                           char out[PATH_MOST])
{
    snprintf(out, PATH_MOST, "%s/%s%s", s->folder, name, ending);
    return out;
}

static bool read_lock(struct pack_store *s, struct fail *fail)
{
    char path[PATH_MOST];
    struct buf text = buf_new(LOCK_LIMIT);
    bool there = access(path_of(s, LOCK_FILE, "", path), F_OK) == 0;
    bool ok = !there || file_read_regular(path, &text, fail);
    if (ok && there && !lock_parse(buf_view(&text), &s->lock, fail))
        ok = fail_prefix(fail, "%s", path);
    buf_free(&text);
    return ok;
}

bool pack_store_open(struct pack_store *s, const char *folder, struct fail *fail)
{
    *s = (struct pack_store){.folder = strdup(folder), .fd = -1};
    if (strlen(folder) > PATH_MOST - 2 * SHA256_HEX)
        return fail_set(fail, "ENAME", "%s: too long a name", folder);
    return s->folder ? read_lock(s, fail) : fail_set(fail, "ENOMEM", "out of memory");
}

static bool hold(struct pack_store *s, struct fail *fail)
{
    char path[PATH_MOST];
    int result = -1;
    s->fd = open(path_of(s, "packs.lock", "", path), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (s->fd >= 0)
        do
            result = flock(s->fd, LOCK_EX);
        while (result != 0 && errno == EINTR);
    return result == 0 || fail_errno(fail, errno, path);
}

bool pack_store_open_to_change(struct pack_store *s, const char *folder, struct fail *fail)
{
    *s = (struct pack_store){.folder = strdup(folder), .fd = -1};
    if (!s->folder || strlen(folder) > PATH_MOST - 2 * SHA256_HEX)
        return fail_set(fail, "ENAME", "%s: too long a name", folder);
    char path[PATH_MOST];
    return file_directories_above(path_of(s, LOCK_FILE, "", path), 0755, fail) && hold(s, fail) &&
           read_lock(s, fail);
}

void pack_store_close(struct pack_store *s)
{
    if (s->fd >= 0)
        close(s->fd);
    free(s->folder);
    *s = (struct pack_store){.fd = -1};
}

static bool put(const struct pack_store *s, const char *digest, const char *ending,
                struct bytes content, struct fail *fail)
{
    char path[PATH_MOST];
    struct replace r;
    if (!replace_begin(&r, path_of(s, digest, ending, path), fail))
        return false;
    bool ok = replace_write(&r, content, fail);
    return replace_end(&r, ok, fail) || fail_prefix(fail, "%s", path);
}

bool pack_store_put(const struct pack_store *s, const struct pack *p, struct bytes signature,
                    struct fail *fail)
{
    return put(s, p->digest, ".tar", p->archive, fail) &&
           (signature.n == 0 || put(s, p->digest, ".tar" SEAL_SUFFIX, signature, fail));
}

/* What packs.json says of a file is shown to people and held against what others require: it must be so. */
static bool is_what_was_put(const struct lock_entry *e, const struct pack *p, const char *path,
                            struct fail *fail)
{
    char title[PACK_TITLE];
    if (strcmp(p->digest, e->now.sha256) != 0)
        return fail_set(fail, "ECHANGED", "%s: it was changed since it was installed", path);
    return (strcmp(p->manifest.name, e->name) == 0 &&
            version_compare(&p->manifest.version, &e->now.version) == 0) ||
           fail_set(fail, "ECHANGED",
                    "%s: it is %s, and " LOCK_FILE " beside it says that it is another pack or "
                    "version",
                    path, pack_label(&p->manifest, title));
}

struct pack *pack_store_get(const struct pack_store *s, const struct lock_entry *e,
                            struct buf *signature, struct fail *fail)
{
    char path[PATH_MOST];
    struct pack *p = pack_read(path_of(s, e->now.sha256, ".tar", path), fail);
    if (p && !is_what_was_put(e, p, path, fail)) {
        pack_free(p);
        return NULL;
    }
    path_of(s, e->now.sha256, ".tar" SEAL_SUFFIX, path);
    if (p && access(path, F_OK) == 0 && !file_read_regular(path, signature, fail)) {
        pack_free(p);
        return NULL;
    }
    return p;
}

static bool is_allowed_by(const struct manifest *m, const char *name, const struct version *version,
                          struct fail *fail)
{
    char text[VERSION_TEXT];
    for (unsigned i = 0; i < m->need_count; i++) {
        const struct manifest_need *need = &m->needs[i];
        if (strcmp(need->name, name) != 0)
            continue;
        if (!version)
            return fail_set(fail, "ENEEDED", "%s requires it: remove that first", m->name);
        if (!version_is_within(version, &need->range))
            return fail_set(fail, "ENEEDED", "%s, which is installed, requires %s %s: not %s",
                            m->name, name, need->range_text, version_text(version, text));
    }
    return true;
}

bool pack_store_allows(const struct pack_store *s, const char *name, const struct version *version,
                       struct fail *fail)
{
    bool ok = true;
    struct fail ignored;
    for (unsigned i = 0; i < s->lock.count && ok; i++) {
        const struct lock_entry *e = &s->lock.entries[i];
        struct buf signature = buf_new(SEAL_LIMIT);
        struct pack *p =
            strcmp(e->name, name) != 0 ? pack_store_get(s, e, &signature, &ignored) : NULL;
        ok = !p || is_allowed_by(&p->manifest, name, version, fail);
        pack_free(p);
        buf_free(&signature);
    }
    return ok;
}

static bool is_wanted(const struct lock *lock, const char *name)
{
    for (unsigned i = 0; i < lock->count; i++) {
        const struct lock_entry *e = &lock->entries[i];
        bool wanted = strncmp(name, e->now.sha256, SHA256_HEX - 1) == 0;
        for (unsigned b = 0; b < e->before_count; b++)
            wanted |= strncmp(name, e->before[b].sha256, SHA256_HEX - 1) == 0;
        if (wanted)
            return true;
    }
    return false;
}

/* "HEX.tar…": what else lies in the folder is not ours to remove. */
static bool is_ours(const char *name)
{
    return strspn(name, "0123456789abcdef") == SHA256_HEX - 1 &&
           strncmp(name + SHA256_HEX - 1, ".tar", 4) == 0;
}

/* "packs.json.new-XXXXXX", which evidence/replace.h writes: who left it was killed, since only one at a time changes
 * anything. */
static bool is_left_behind(const char *name)
{
    static const char copy[] = ".new-";
    size_t n = strlen(name);
    bool of_ours = is_ours(name) || strncmp(name, LOCK_FILE, strlen(LOCK_FILE)) == 0;
    return of_ours && n > 11 && strncmp(name + n - 11, copy, strlen(copy)) == 0;
}

/* That a file could not be removed does no harm. */
static void sweep(const struct pack_store *s)
{
    char path[PATH_MOST];
    DIR *dir = opendir(s->folder);
    if (!dir)
        return;
    for (const struct dirent *e; (e = readdir(dir));)
        if (is_left_behind(e->d_name) || (is_ours(e->d_name) && !is_wanted(&s->lock, e->d_name)))
            unlink(path_of(s, e->d_name, "", path));
    closedir(dir);
}

bool pack_store_commit(const struct pack_store *s, struct fail *fail)
{
    char path[PATH_MOST];
    struct replace r;
    struct buf text = buf_new(LOCK_LIMIT);
    bool ok = lock_put(&text, &s->lock) || fail_set(fail, "ELIMIT", "too many packs");
    ok = ok && replace_begin(&r, path_of(s, LOCK_FILE, "", path), fail);
    if (ok) {
        bool written = replace_write(&r, buf_view(&text), fail);
        ok = replace_end(&r, written, fail) || fail_prefix(fail, "%s", path);
    }
    buf_free(&text);
    if (ok)
        sweep(s);
    return ok;
}
