#include "mail/journal.h"

#include "base/file_batch.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/random.h"
#include "base/text.h"
#include "mail/journal_boot.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDED_AT_ONCE = 512 };

struct journal {
    char path[PATH_MAX];
    int fd;
    off_t length;
    struct buf line;
};

void journal_boot(char out[JOURNAL_BOOT])
{
    unsigned char random[16];
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
    size_t n = file ? fread(out, 1, JOURNAL_BOOT - 1, file) : 0;
    if (file)
        fclose(file);
    out[n] = '\0';
    out[strcspn(out, "\n")] = '\0';
    if (out[0] && text_is_printable(bytes_of(out)))
        return;
    random_bytes(random, sizeof random);
    hash_hex(random, sizeof random, out);
}

struct journal *journal_open(const char *path, struct fail *fail)
{
    struct stat st;
    struct journal *j = calloc(1, sizeof *j);
    if (!j) {
        fail_set(fail, "ENOMEM", "no memory for the journal of the letters");
        return NULL;
    }
    j->line = buf_new((size_t)64 * ENTRY_LIMIT);
    snprintf(j->path, sizeof j->path, "%s", path);
    j->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0644);
    if (j->fd >= 0 && fstat(j->fd, &st) == 0) {
        j->length = st.st_size;
        return j;
    }
    fail_errno(fail, errno, path);
    journal_close(j);
    return NULL;
}

void journal_close(struct journal *j)
{
    if (!j)
        return;
    if (j->fd >= 0)
        close(j->fd);
    buf_free(&j->line);
    free(j);
}

/* The first line, before any other. */
static void put_boot(struct journal *j)
{
    char boot[JOURNAL_BOOT];
    buf_clear(&j->line);
    if (j->length > 0)
        return;
    journal_boot(boot);
    buf_put_byte(&j->line, '{');
    json_put_member_text(&j->line, "boot", boot);
    buf_put_text(&j->line, "}\n");
}

static int write_all(int fd, struct bytes content)
{
    while (content.n > 0) {
        ssize_t n = write(fd, content.p, content.n);
        if (n < 0 && errno != EINTR)
            return errno;
        content = bytes_slice(content, n > 0 ? (size_t)n : 0, content.n);
    }
    return 0;
}

/* All of it or nothing: half a line would spoil the next one. */
static bool append(struct journal *j, struct fail *fail)
{
    if (j->line.overflow)
        return fail_set(fail, "ELIMIT", "%s: a step is too long", j->path);
    int error = write_all(j->fd, buf_view(&j->line));
    if (error == 0) {
        j->length += (off_t)j->line.n;
        return true;
    }
    if (ftruncate(j->fd, j->length) != 0) {
        close(j->fd);
        j->fd = -1;
    }
    return fail_errno(fail, error, j->path);
}

bool journal_put_all(struct journal *j, const struct entry *all, size_t count, struct fail *fail)
{
    put_boot(j);
    for (size_t i = 0; i < count; i++)
        if (!entry_put(&j->line, &all[i]))
            return fail_set(fail, "ELIMIT", "%s: a step is too long", j->path);
    return append(j, fail);
}

bool journal_put(struct journal *j, const struct entry *e, struct fail *fail)
{
    return journal_put_all(j, e, 1, fail);
}

bool journal_mark(struct journal *j, enum journal_mark mark, const char *name, struct fail *fail)
{
    put_boot(j);
    buf_put_byte(&j->line, '{');
    json_put_member_text(&j->line, mark == JOURNAL_BEGUN ? "begun" : "withdrawn", name);
    buf_put_text(&j->line, "}\n");
    return append(j, fail);
}

/* Not every file system can give the room before. */
static int reserve(const struct journal *j, size_t letters)
{
    off_t room = (off_t)(letters * 2 * SUBMIT_SAID * 2);
    if (fallocate(j->fd, FALLOC_FL_KEEP_SIZE, j->length, room) == 0 || errno != ENOSPC)
        return 0;
    return ENOSPC;
}

bool journal_sync(struct journal *j, size_t letters, struct fail *fail)
{
    int error = letters > 0 ? reserve(j, letters) : 0;
    if (error == 0 && fdatasync(j->fd) != 0)
        error = errno;
    return error == 0 || fail_errno(fail, error, j->path);
}

struct folding {
    struct file_batch *files;
    struct fail *fail;
};

static bool fold_one(void *arg, const struct entry *e)
{
    struct folding *f = arg;
    struct entry settled = *e;
    struct buf text = buf_new(ENTRY_LIMIT);
    if (settled.state == ENTRY_SENDING) {
        settled.state = ENTRY_UNCERTAIN;
        snprintf(settled.said, sizeof settled.said,
                 "ended while the smarthost's answer was awaited");
    }
    bool ok = entry_put(&text, &settled) || fail_set(f->fail, "ELIMIT", "an entry is too long");
    ok = ok && file_batch_put(f->files, settled.name, buf_view(&text), f->fail);
    buf_free(&text);
    return ok;
}

static bool fold_all(const struct journal_view *v, const char *folder, struct fail *fail)
{
    struct file_batch_order order = {.folder = folder,
                                     .ending = ".json",
                                     .mode = 0644,
                                     .replaces = true,
                                     .most = FOLDED_AT_ONCE};
    struct folding f = {file_batch_new(&order, fail), fail};
    bool ok = f.files && journal_each(v, fold_one, &f) && file_batch_flush(f.files, fail);
    file_batch_free(f.files);
    return ok;
}

bool journal_fold(struct journal *j, const char *folder, struct fail *fail)
{
    if (j->length == 0)
        return true;
    struct journal_view *v = journal_read(j->path, fail);
    bool ok = v && fold_all(v, folder, fail);
    journal_view_free(v);
    if (!ok)
        return false;
    if (ftruncate(j->fd, 0) != 0 || fdatasync(j->fd) != 0)
        return fail_errno(fail, errno, j->path);
    j->length = 0;
    return true;
}
