#include "notice/mbox.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { GATHERED = 256 * 1024, TURNS = 100, TURN_US = 100000, LOCK_TEXT = 512, HOST = 256 };

struct mbox {
    char path[PATH_MAX];
    char lock[PATH_MAX];
    int fd;
    bool regular;
    bool locked;     /* FILE.lock is ours */
    off_t before;    /* its length */
    struct buf more; /* not yet written */
};

/* The lock ------------------------------------------------------------------------------------------ */

/* What FILE.lock says: that it is ours, of which file, and how long that was. */
static void lock_text(const struct mbox *m, const struct stat *st, char out[LOCK_TEXT])
{
    char host[HOST] = "localhost";
    gethostname(host, sizeof host - 1);
    snprintf(out, LOCK_TEXT, "ajar %s %ju %jd\n", host, (uintmax_t)st->st_ino, (intmax_t)m->before);
}

static bool read_lock(const struct mbox *m, char out[LOCK_TEXT])
{
    int fd = open(m->lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t n = fd >= 0 ? read(fd, out, LOCK_TEXT - 1) : -1;
    if (fd >= 0)
        close(fd);
    out[n > 0 ? n : 0] = '\0';
    return n > 0;
}

/* A lock that another run of ajar has left: as this one holds the fcntl lock, which ends with its process, that one is dead. The
 * file is cut to the length that it had; whoever has added to it since has taken that lock away. */
static bool recover(struct mbox *m, const struct stat *st, struct fail *fail)
{
    char text[LOCK_TEXT];
    char host[HOST];
    char own[HOST] = "localhost";
    uintmax_t inode = 0;
    intmax_t length = 0;
    gethostname(own, sizeof own - 1);
    if (!read_lock(m, text) ||
        sscanf(text, "ajar %255s %" SCNuMAX " %" SCNdMAX, host, &inode, &length) != 3 ||
        strcmp(host, own) != 0 || inode != (uintmax_t)st->st_ino || length < 0)
        return false;
    if (length < st->st_size && ftruncate(m->fd, (off_t)length) != 0)
        return fail_errno(fail, errno, m->path);
    return unlink(m->lock) == 0;
}

/* Made whole under another name, so that it is never seen half. */
static int make_lock(const struct mbox *m, const struct stat *st)
{
    char text[LOCK_TEXT];
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s.%ld", m->lock, (long)getpid());
    lock_text(m, st, text);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return errno;
    size_t n = strlen(text);
    bool ok = write(fd, text, n) == (ssize_t)n && fsync(fd) == 0;
    close(fd);
    int error = !ok ? EIO : link(path, m->lock) == 0 ? 0 : errno;
    unlink(path);
    return error;
}

static bool lock_by_name(struct mbox *m, struct fail *fail)
{
    for (unsigned turn = 0; turn < TURNS; turn++) {
        struct stat st;
        if (fstat(m->fd, &st) != 0)
            return fail_errno(fail, errno, m->path);
        m->before = st.st_size;
        int error = make_lock(m, &st);
        m->locked = error == 0;
        if (m->locked)
            return true;
        if (error != EEXIST)
            return fail_errno(fail, error, m->lock);
        fail->code = NULL;
        if (recover(m, &st, fail))
            continue;
        if (fail->code)
            return false;
        usleep(TURN_US);
    }
    return fail_set(fail, "EBUSY",
                    "%s: another program is at the mailbox; if there is none, remove this file",
                    m->lock);
}

static bool lock(struct mbox *m, struct fail *fail)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    for (unsigned turn = 0; fcntl(m->fd, F_SETLK, &whole) != 0; turn++) {
        if ((errno != EAGAIN && errno != EACCES) || turn == TURNS)
            return fail_set(fail, "EBUSY", "%s: another program has locked it", m->path);
        usleep(TURN_US);
    }
    return lock_by_name(m, fail);
}

/* The file ------------------------------------------------------------------------------------------ */

static bool write_out(struct mbox *m, struct fail *fail)
{
    for (size_t done = 0; done < m->more.n;) {
        ssize_t n = write(m->fd, m->more.p + done, m->more.n - done);
        if (n < 0)
            return fail_errno(fail, errno, m->path);
        done += (size_t)n;
    }
    buf_clear(&m->more);
    return true;
}

/* Each message stands behind an empty line. */
static bool begin_line(struct mbox *m, struct fail *fail)
{
    char end[2] = "\n\n";
    size_t n = m->before < 2 ? (size_t)m->before : 2;
    if (n > 0 && pread(m->fd, end + 2 - n, n, m->before - (off_t)n) != (ssize_t)n)
        return fail_errno(fail, errno, m->path);
    if (n > 0 && end[1] != '\n')
        buf_put_byte(&m->more, '\n');
    if (n > 0 && (end[0] != '\n' || end[1] != '\n'))
        buf_put_byte(&m->more, '\n');
    return lseek(m->fd, m->before, SEEK_SET) >= 0 || fail_errno(fail, errno, m->path);
}

static bool open_file(struct mbox *m, struct fail *fail)
{
    struct stat st;
    m->fd = open(m->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m->fd < 0 || fstat(m->fd, &st) != 0)
        return fail_errno(fail, errno, m->path);
    m->regular = S_ISREG(st.st_mode);
    return !m->regular || (lock(m, fail) && begin_line(m, fail));
}

static void finish(struct mbox *m)
{
    if (m->locked)
        unlink(m->lock);
    if (m->fd >= 0)
        close(m->fd);
    buf_free(&m->more);
    free(m);
}

struct mbox *mbox_open(const char *path, struct fail *fail)
{
    struct mbox *m = calloc(1, sizeof *m);
    if (!m) {
        fail_set(fail, "ENOMEM", "no memory for a mailbox");
        return NULL;
    }
    *m = (struct mbox){.fd = -1, .more = buf_new(64 * 1024 * 1024)};
    if (strlen(path) + sizeof ".lock" > sizeof m->path) {
        fail_set(fail, "ENAMETOOLONG", "%s: the name is too long", path);
        finish(m);
        return NULL;
    }
    snprintf(m->path, sizeof m->path, "%s", path);
    snprintf(m->lock, sizeof m->lock, "%.*s.lock", PATH_MAX - 6, path);
    if (open_file(m, fail))
        return m;
    mbox_drop(m);
    return NULL;
}

static bool is_quoted(struct bytes line)
{
    size_t i = 0;
    while (i < line.n && line.p[i] == '>')
        i++;
    return line.n >= i + 5 && memcmp(line.p + i, "From ", 5) == 0;
}

static void put_message(struct buf *out, struct bytes message)
{
    while (message.n > 0) {
        const unsigned char *end = memchr(message.p, '\n', message.n);
        struct bytes line = bytes_at(message.p, end ? (size_t)(end - message.p) : message.n);
        size_t done = line.n + (end ? 1 : 0);
        if (end && line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        if (is_quoted(line))
            buf_put_byte(out, '>');
        buf_put(out, line);
        buf_put_byte(out, '\n');
        message = bytes_at(message.p + done, message.n - done);
    }
    buf_put_byte(out, '\n');
}

bool mbox_put(struct mbox *m, struct bytes sender, instant when, struct bytes message,
              struct fail *fail)
{
    char date[32];
    struct tm tm;
    time_t seconds = (time_t)(when / SPAN_SECOND);
    if (!gmtime_r(&seconds, &tm) || strftime(date, sizeof date, "%a %b %e %H:%M:%S %Y", &tm) == 0)
        return fail_set(fail, "EFORMAT", "a letter has no date");
    buf_put_text(&m->more, "From ");
    buf_put(&m->more, sender.n > 0 ? sender : bytes_of("MAILER-DAEMON"));
    buf_put_byte(&m->more, ' ');
    buf_put_text(&m->more, date);
    buf_put_byte(&m->more, '\n');
    put_message(&m->more, message);
    if (m->more.overflow)
        return fail_set(fail, "ENOMEM", "no memory for a letter");
    return m->more.n < GATHERED || write_out(m, fail);
}

bool mbox_close(struct mbox *m, struct fail *fail)
{
    bool ok = write_out(m, fail) &&
              (!m->regular || fsync(m->fd) == 0 || fail_errno(fail, errno, m->path));
    if (ok)
        finish(m);
    else
        mbox_drop(m);
    return ok;
}

void mbox_drop(struct mbox *m)
{
    /* Where not even that can be done the lock is left, and says what is to be cut off. */
    if (m->locked && (ftruncate(m->fd, m->before) != 0 || fsync(m->fd) != 0))
        m->locked = false;
    finish(m);
}
