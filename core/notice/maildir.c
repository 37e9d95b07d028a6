#include "notice/maildir.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

enum { TEXT_MOST = 4 * 1024 * 1024 };

static bool path_of(const struct maildir *m, const char *folder, const char *name,
                    char out[PATH_MAX], struct fail *fail)
{
    if ((size_t)snprintf(out, PATH_MAX, "%s/%s%s%s", m->path, folder, *name ? "/" : "", name) <
        PATH_MAX)
        return true;
    return fail_set(fail, "ENAMETOOLONG", "%s: the name is too long", m->path);
}

/* The host's name as it may stand in a file's. */
static void take_host(char out[300])
{
    char host[256] = "localhost";
    size_t n = 0;
    gethostname(host, sizeof host - 1);
    for (const char *c = host; *c && n < 256; c++) {
        const char *instead = *c == '/' ? "\\057" : *c == ':' ? "\\072" : NULL;
        n += (size_t)snprintf(out + n, 300 - n, instead ? "%s" : "%.1s", instead ? instead : c);
    }
}

bool maildir_open(struct maildir *m, const char *path, struct fail *fail)
{
    static const char *const folders[] = {"tmp", "new", "cur"};
    *m = (struct maildir){.path = path, .text = buf_new(TEXT_MOST)};
    take_host(m->host);
    bool ok = file_directory(path, fail);
    for (unsigned i = 0; ok && i < 3; i++) {
        char folder[PATH_MAX];
        ok = path_of(m, folders[i], "", folder, fail) && file_directory(folder, fail);
    }
    return ok;
}

static bool take_text(struct maildir *m, struct bytes message, struct fail *fail)
{
    buf_clear(&m->text);
    while (message.n > 0) {
        size_t end = bytes_find(message, bytes_of("\r\n"));
        buf_put(&m->text, bytes_slice(message, 0, end));
        if (end != BYTES_NOT_FOUND)
            buf_put_byte(&m->text, '\n');
        message = bytes_slice(message, end == BYTES_NOT_FOUND ? message.n : end + 2, message.n);
    }
    return !m->text.overflow || fail_set(fail, "ELIMIT", "a letter is too long");
}

static bool write_file(const char *path, struct bytes content, struct fail *fail)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_errno(fail, errno, path);
    bool ok = true;
    for (size_t done = 0; ok && done < content.n;) {
        ssize_t n = write(fd, content.p + done, content.n - done);
        ok = n > 0 || fail_errno(fail, errno, path);
        done += ok ? (size_t)n : 0;
    }
    ok = ok && (fsync(fd) == 0 || fail_errno(fail, errno, path));
    close(fd);
    if (!ok)
        unlink(path);
    return ok;
}

bool maildir_put(struct maildir *m, instant when, struct bytes message, char name[MAILDIR_NAME],
                 struct fail *fail)
{
    char made[PATH_MAX];
    char moved[PATH_MAX];
    snprintf(name, MAILDIR_NAME, "%lld.M%06lldP%ldQ%lu.%s", (long long)(when / SPAN_SECOND),
             (long long)(when % SPAN_SECOND), (long)getpid(), m->count++, m->host);
    if (!take_text(m, message, fail) || !path_of(m, "tmp", name, made, fail) ||
        !path_of(m, "new", name, moved, fail) || !write_file(made, buf_view(&m->text), fail))
        return false;
    if (rename(made, moved) == 0)
        return true;
    fail_errno(fail, errno, moved);
    unlink(made);
    return false;
}

bool maildir_close(struct maildir *m, struct fail *fail)
{
    char folder[PATH_MAX];
    bool ok = path_of(m, "new", "", folder, fail);
    int fd = ok ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    ok = ok && (fd >= 0 || fail_errno(fail, errno, folder));
    ok = ok && (fsync(fd) == 0 || fail_errno(fail, errno, folder));
    if (fd >= 0)
        close(fd);
    buf_free(&m->text);
    return ok;
}
