#include "cli/mail_source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct source {
    size_t most;
    mail_source_fn fn;
    void *arg;
    struct fail *fail;
    struct buf mail;
    bool cut;
};

static void put(struct source *s, const char *p, size_t n)
{
    size_t room = s->most - s->mail.n;
    s->cut = s->cut || n > room;
    if (!buf_put(&s->mail, bytes_at(p, n < room ? n : room)))
        s->cut = true;
}

static bool give(struct source *s, const char *name)
{
    bool ok = s->fn(s->arg, name, buf_view(&s->mail), s->cut, s->fail);
    buf_clear(&s->mail);
    s->cut = false;
    return ok;
}

/* A Maildir --------------------------------------------------------------------------------------------- */

static bool read_one(struct source *s, const char *path, const char *name)
{
    char piece[16384];
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;
    if (!file) {
        int error = errno;
        if (fd >= 0)
            close(fd);
        /* another program may have moved or removed it since */
        return error == ENOENT || fail_errno(s->fail, error, path);
    }
    for (size_t n; !s->cut && (n = fread(piece, 1, sizeof piece, file)) > 0;)
        put(s, piece, n);
    bool ok = !ferror(file);
    fclose(file);
    return ok ? give(s, name) : fail_errno(s->fail, EIO, path);
}

static int no_dot(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

/* False with ENOENT: there is no such part. */
static bool read_part(struct source *s, const char *folder, const char *part)
{
    char path[PATH_MAX];
    struct dirent **names;
    snprintf(path, sizeof path, "%s/%s", folder, part);
    int n = scandir(path, &names, no_dot, alphasort);
    bool ok = n >= 0 || fail_errno(s->fail, errno, path);
    for (int i = 0; i < n; i++) {
        if (snprintf(path, sizeof path, "%s/%s/%s", folder, part, names[i]->d_name) < PATH_MAX)
            ok = ok && read_one(s, path, names[i]->d_name);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
    return ok;
}

static bool read_maildir(struct source *s, const char *path)
{
    char part[PATH_MAX];
    struct stat st;
    snprintf(part, sizeof part, "%s/cur", path);
    bool has_cur = stat(part, &st) == 0 && S_ISDIR(st.st_mode);
    snprintf(part, sizeof part, "%s/new", path);
    bool has_new = stat(part, &st) == 0 && S_ISDIR(st.st_mode);
    if (!has_cur && !has_new)
        return fail_set(s->fail, "EFORMAT", "%s: no Maildir: it has neither new/ nor cur/", path);
    return (!has_cur || read_part(s, path, "cur")) && (!has_new || read_part(s, path, "new"));
}

/* An mbox ------------------------------------------------------------------------------------------------- */

/* A line that begins with ">From " was written with one ">" less. */
static size_t quotes(const char *line, size_t n)
{
    size_t marks = 0;
    while (marks < n && line[marks] == '>')
        marks++;
    return marks > 0 && n - marks >= 5 && memcmp(line + marks, "From ", 5) == 0 ? 1 : 0;
}

/* Lines come in pieces of at most 16 KiB; only a line's beginning can part mails. */
static bool read_lines(struct source *s, FILE *file, const char *path)
{
    char piece[16384];
    char name[40];
    unsigned long count = 0;
    bool at_start = true, blank = true, ok = true;
    while (ok && fgets(piece, sizeof piece, file)) {
        size_t n = strlen(piece); /* a NUL in a mail hides the rest of its line */
        bool parts = at_start && blank && strncmp(piece, "From ", 5) == 0;
        if (count == 0 && !parts)
            return fail_set(s->fail, "EFORMAT", "%s: no mbox: it does not begin with \"From \"",
                            path);
        snprintf(name, sizeof name, "mail %lu", count);
        if (parts && count++ > 0)
            ok = give(s, name);
        size_t skip = at_start ? quotes(piece, n) : 0;
        if (!parts)
            put(s, piece + skip, n - skip);
        blank = at_start && (strcmp(piece, "\n") == 0 || strcmp(piece, "\r\n") == 0);
        at_start = n > 0 && piece[n - 1] == '\n';
    }
    snprintf(name, sizeof name, "mail %lu", count);
    ok = ok && (count == 0 || give(s, name));
    return ok && (!ferror(file) || fail_errno(s->fail, EIO, path));
}

static bool read_mbox(struct source *s, const char *path)
{
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "re");
    if (!file)
        return fail_errno(s->fail, errno, path);
    bool ok = read_lines(s, file, path);
    if (!is_stdin)
        fclose(file);
    return ok;
}

bool mail_source_each(const char *path, size_t most, mail_source_fn fn, void *arg,
                      struct fail *fail)
{
    struct stat st;
    struct source s = {.most = most, .fn = fn, .arg = arg, .fail = fail, .mail = buf_new(most)};
    bool is_folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    bool ok = is_folder ? read_maildir(&s, path) : read_mbox(&s, path);
    buf_free(&s.mail);
    return ok;
}
