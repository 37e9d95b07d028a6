#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_all(FILE *file, const char *path, struct buf *out, struct fail *fail)
{
    unsigned char piece[4096];
    bool fits = true;
    errno = 0;
    for (size_t n; fits && (n = fread(piece, 1, sizeof piece, file)) > 0;)
        fits = buf_put(out, bytes_at(piece, n));
    if (ferror(file))
        return fail_errno(fail, errno, path);
    return fits ||
           fail_set(fail, "ELIMIT", "%s: it may have %zu bytes, and has more", path, out->limit);
}

bool file_read(const char *path, struct buf *out, struct fail *fail)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return fail_errno(fail, errno, path);
    bool ok = read_all(file, path, out, fail);
    fclose(file);
    return ok;
}

bool file_read_regular(const char *path, struct buf *out, struct fail *fail)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;
    bool ok = file && fstat(fd, &st) == 0;
    if (!ok)
        fail_errno(fail, errno, path);
    else if (!S_ISREG(st.st_mode))
        ok = fail_set(fail, "EFORMAT", "%s: not a regular file", path);
    ok = ok && read_all(file, path, out, fail);
    if (file)
        fclose(file);
    else if (fd >= 0)
        close(fd);
    return ok;
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

/* Into the free place. Not every file system can rename so; those that can't can link. */
static int move_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno == EINVAL && link(from, to) == 0)
        return unlink(from) == 0 ? 0 : errno;
    return errno;
}

/* Its content is written beside it first: who looks for it finds all of it or none. */
bool file_create(const char *path, struct bytes content, struct fail *fail)
{
    char part[PATH_MAX];
    struct stat st;
    if ((size_t)snprintf(part, sizeof part, "%s.new-%ld", path, (long)getpid()) >= sizeof part)
        return fail_errno(fail, ENAMETOOLONG, path);
    if (lstat(path, &st) == 0)
        return fail_errno(fail, EEXIST, path);
    unlink(part); /* a killed process of this number left it */
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return fail_errno(fail, errno, path);
    int error = write_all(fd, content);
    if (close(fd) != 0 && error == 0)
        error = errno;
    if (error == 0)
        error = move_new(part, path);
    if (error == 0)
        return true;
    unlink(part);
    return fail_errno(fail, error, path);
}

bool file_directories_above(const char *path, unsigned mode, struct fail *fail)
{
    char part[PATH_MAX];
    if (strlen(path) >= sizeof part)
        return fail_errno(fail, ENAMETOOLONG, path);
    snprintf(part, sizeof part, "%s", path);
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(part, mode) != 0 && errno != EEXIST)
            return fail_errno(fail, errno, part);
        *slash = '/';
    }
    return true;
}

bool file_directory(const char *path, struct fail *fail)
{
    struct stat st;
    if (mkdir(path, 0755) == 0)
        return true;
    if (errno != EEXIST)
        return fail_errno(fail, errno, path);
    return (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) || fail_errno(fail, ENOTDIR, path);
}
