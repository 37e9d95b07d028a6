#include "base/file_batch.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY ".new-"

struct file_batch {
    struct file_batch_order order;
    char path[PATH_MAX]; /* of the folder */
    int folder;          /* while it is open, the lock of whoever writes there is held, shared */
    int made;            /* -1: the same */
    char **names;        /* of those that wait */
    unsigned count;
};

static bool fail_at(const struct file_batch *b, const char *name, int error, struct fail *fail)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.*s/%s%s", PATH_MAX - NAME_MAX, b->path, name, b->order.ending);
    return fail_errno(fail, error, path);
}

/* "c-1.eml.new-123": a copy of ours, whoever made it. */
static bool is_copy(const struct file_batch *b, const char *name)
{
    const char *copy = strstr(name, COPY);
    const char *digits = copy ? copy + strlen(COPY) : "";
    size_t ending = strlen(b->order.ending);
    return copy && (size_t)(copy - name) > ending &&
           memcmp(copy - ending, b->order.ending, ending) == 0 && digits[0] &&
           strspn(digits, "0123456789") == strlen(digits);
}

/* Nobody writes there now who could still want them: whoever does holds the lock. */
static void remove_copies(const struct file_batch *b)
{
    DIR *dir = opendir(b->path);
    if (flock(b->folder, LOCK_EX | LOCK_NB) == 0)
        for (const struct dirent *d; dir && (d = readdir(dir));)
            if (is_copy(b, d->d_name))
                unlinkat(b->folder, d->d_name, 0);
    if (dir)
        closedir(dir);
    flock(b->folder, LOCK_SH);
}

static int open_folder(const char *path, struct fail *fail)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        fail_errno(fail, errno, path);
    return fd;
}

struct file_batch *file_batch_new(const struct file_batch_order *order, struct fail *fail)
{
    struct file_batch *b = calloc(1, sizeof *b);
    if (b) {
        *b = (struct file_batch){.order = *order, .folder = -1, .made = -1};
        snprintf(b->path, sizeof b->path, "%s", order->folder);
    }
    if (!b || !(b->names = calloc(order->most, sizeof *b->names)))
        fail_set(fail, "ENOMEM", "no memory for files' names");
    else if ((b->folder = open_folder(order->folder, fail)) >= 0 &&
             (!order->made || (b->made = open_folder(order->made, fail)) >= 0)) {
        if (!order->made)
            remove_copies(b);
        return b;
    }
    file_batch_free(b);
    return NULL;
}

static int place_of_copies(const struct file_batch *b)
{
    return b->made >= 0 ? b->made : b->folder;
}

static void copy_name(const struct file_batch *b, const char *name, char out[NAME_MAX + 1])
{
    if (b->made >= 0)
        snprintf(out, NAME_MAX + 1, "%s%s", name, b->order.ending);
    else
        snprintf(out, NAME_MAX + 1, "%s%s" COPY "%ld", name, b->order.ending, (long)getpid());
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

static int write_copy(const struct file_batch *b, const char *name, struct bytes content)
{
    char copy[NAME_MAX + 1];
    int at = place_of_copies(b);
    copy_name(b, name, copy);
    int fd = openat(at, copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, b->order.mode);
    if (fd < 0)
        return errno;
    int error = write_all(fd, content);
    if (close(fd) != 0 && error == 0)
        error = errno;
    if (error != 0)
        unlinkat(at, copy, 0);
    return error;
}

static bool is_free(const struct file_batch *b, const char *name)
{
    char path[NAME_MAX + 1];
    struct stat st;
    snprintf(path, sizeof path, "%s%s", name, b->order.ending);
    return b->order.replaces || fstatat(b->folder, path, &st, AT_SYMLINK_NOFOLLOW) != 0;
}

bool file_batch_put(struct file_batch *b, const char *name, struct bytes content, struct fail *fail)
{
    if (b->count == b->order.most && !file_batch_flush(b, fail))
        return false;
    if (strlen(name) + strlen(b->order.ending) + sizeof COPY + 20 > NAME_MAX)
        return fail_at(b, name, ENAMETOOLONG, fail);
    if (!is_free(b, name))
        return fail_at(b, name, EEXIST, fail);
    b->names[b->count] = strdup(name);
    int error = b->names[b->count] ? write_copy(b, name, content) : ENOMEM;
    if (error == 0) {
        b->count++;
        return true;
    }
    free(b->names[b->count]);
    return fail_at(b, name, error, fail);
}

/* Not every file system can rename into a place that must be free; those that can't can link. */
static int move(const struct file_batch *b, const char *name)
{
    char from[NAME_MAX + 1];
    char to[NAME_MAX + 1];
    int at = place_of_copies(b);
    copy_name(b, name, from);
    snprintf(to, sizeof to, "%s%s", name, b->order.ending);
    if (b->order.replaces)
        return renameat(at, from, b->folder, to) == 0 ? 0 : errno;
    if (renameat2(at, from, b->folder, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno == EINVAL && linkat(at, from, b->folder, to, 0) == 0)
        return unlinkat(at, from, 0) == 0 ? 0 : errno;
    return errno;
}

static void drop(struct file_batch *b, unsigned from)
{
    char copy[NAME_MAX + 1];
    for (unsigned i = from; i < b->count; i++) {
        copy_name(b, b->names[i], copy);
        unlinkat(place_of_copies(b), copy, 0);
    }
    for (unsigned i = 0; i < b->count; i++)
        free(b->names[i]);
    b->count = 0;
}

/* Some file systems have nothing of a folder to be put on the disk. */
static int sync_names(const struct file_batch *b)
{
    return fsync(b->folder) == 0 || errno == EINVAL ? 0 : errno;
}

bool file_batch_flush(struct file_batch *b, struct fail *fail)
{
    unsigned placed = 0;
    if (b->count == 0)
        return true;
    int error = syncfs(place_of_copies(b)) == 0 ? 0 : errno;
    while (error == 0 && placed < b->count && (error = move(b, b->names[placed])) == 0)
        placed++;
    unsigned at = placed < b->count ? placed : 0;
    bool ok = error == 0 || fail_at(b, b->names[at], error, fail);
    error = placed > 0 ? sync_names(b) : 0;
    for (unsigned i = 0; error == 0 && b->order.placed && i < placed; i++)
        b->order.placed(b->order.arg, b->names[i]);
    drop(b, placed);
    return ok && (error == 0 || fail_errno(fail, error, b->path));
}

void file_batch_free(struct file_batch *b)
{
    if (!b)
        return;
    if (b->names)
        drop(b, 0);
    free(b->names);
    if (b->folder >= 0)
        close(b->folder);
    if (b->made >= 0)
        close(b->made);
    free(b);
}
