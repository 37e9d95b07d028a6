#include "evidence/chain_file.h"

#include "evidence/bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_LIMIT = 64 * 1024 * 1024, PIECE = 64 * 1024 };

struct chain_file {
    char *path;
    int fd;
    struct public_key key;
    struct chain_state state;
    bool locked;
    bool begun; /* what is pending is ours, not what a program that ended left behind */
};

static bool fail_here(const struct chain_file *c, struct fail *fail)
{
    return fail_errno(fail, errno, c->path);
}

static bool read_all(const struct chain_file *c, struct buf *out, struct fail *fail)
{
    for (ssize_t n = 1; n > 0;) {
        unsigned char *room = buf_reserve(out, PIECE);
        if (!room)
            return fail_set(fail, "ELIMIT", "%s: too long", c->path);
        n = pread(c->fd, room, PIECE, (off_t)out->n);
        if (n < 0 && errno != EINTR)
            return fail_here(c, fail);
        buf_commit(out, n > 0 ? (size_t)n : 0);
        n = n < 0 ? 1 : n;
    }
    return true;
}

/* A line is there once it is whole and on the disk. */
static bool append(const struct chain_file *c, const struct buf *line, struct fail *fail)
{
    if (line->overflow)
        return fail_set(fail, "ENOMEM", "%s: no memory", c->path);
    off_t before = lseek(c->fd, 0, SEEK_END);
    ssize_t n = before < 0 ? -1 : write(c->fd, line->p, line->n);
    if (n >= 0 && (size_t)n < line->n)
        errno = ENOSPC;
    if (n >= 0 && (size_t)n == line->n && fsync(c->fd) == 0)
        return true;
    fail_here(c, fail);
    if (before >= 0 && ftruncate(c->fd, before) != 0) {
        /* half a line is cut off when it is read the next time */
    }
    return false;
}

/* What was cut off in the middle of a line is no line. */
static bool cut_half_line(const struct chain_file *c, struct buf *text, struct fail *fail)
{
    size_t n = text->n;
    while (n > 0 && text->p[n - 1] != '\n')
        n--;
    if (n == text->n)
        return true;
    text->n = n;
    return ftruncate(c->fd, (off_t)n) == 0 || fail_here(c, fail);
}

static bool put_event(const struct chain_file *c, const char *event, unsigned long number,
                      struct fail *fail)
{
    struct buf line = buf_new(128);
    buf_printf(&line, "%s %lu\n", event, number);
    bool ok = append(c, &line, fail);
    buf_free(&line);
    return ok;
}

/* ---- what became of the run before ---- */

struct look {
    const unsigned char *head;
    bool same;
    bool is_signed;
};

static bool look_at(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct look *l = arg;
    unsigned char digest[SHA256_SIZE];
    (void)fail;
    sha256_of(content, digest);
    if (strcmp(name, TREE_HEAD_FILE) == 0)
        l->same = hash_equal(digest, l->head, SHA256_SIZE);
    l->is_signed |= strcmp(name, "tagmanifest-sha256.txt.minisig") == 0;
    return true;
}

enum fate { SEALED, NOT_SEALED, UNKNOWN };

/* Cut off, the file never was signed. One that is gone, or is damaged in another way, may have been. */
static enum fate fate_of(const struct chain_entry *e, struct fail *why)
{
    struct look l = {.head = e->head};
    bool whole = bundle_each(e->path, look_at, &l, why);
    if (!whole && (!why->code || strcmp(why->code, "ETRUNCATED") != 0))
        return UNKNOWN;
    return whole && l.same && l.is_signed ? SEALED : NOT_SEALED;
}

/* The program was ended between the two lines: is the signature there? To give the place to another run when it is
 * would fork the chain, so what can't be told is asked. */
static bool settle(struct chain_file *c, struct fail *fail)
{
    struct fail why = {0};
    struct chain_entry *pending = &c->state.pending;
    if (pending->number == 0)
        return true;
    enum fate fate = fate_of(pending, &why);
    if (fate == UNKNOWN)
        return fail_set(
            fail, "EPENDING",
            "was run %lu sealed? Its program ended just then. %s. Put that bundle back; "
            "if it never was, end %s by the line `abandoned %lu`",
            pending->number, why.text, c->path, pending->number);
    if (!put_event(c, fate == SEALED ? "sealed" : "abandoned", pending->number, fail))
        return false;
    if (fate == SEALED)
        c->state.last = *pending;
    pending->number = 0;
    return true;
}

static bool load(struct chain_file *c, struct fail *fail)
{
    struct buf text = buf_new(TEXT_LIMIT);
    c->begun = false;
    bool ok = read_all(c, &text, fail) && cut_half_line(c, &text, fail);
    if (ok && text.n == 0)
        ok = chain_text_put_head(&text, &c->key) && append(c, &text, fail);
    if (ok && !chain_text_parse(buf_view(&text), &c->key, &c->state, fail))
        ok = fail_prefix(fail, "%s", c->path);
    buf_free(&text);
    return ok;
}

static bool lock(struct chain_file *c, struct fail *fail)
{
    int result;
    do
        result = flock(c->fd, LOCK_EX);
    while (result != 0 && errno == EINTR);
    c->locked = result == 0;
    return c->locked || fail_here(c, fail);
}

static void unlock(struct chain_file *c)
{
    flock(c->fd, LOCK_UN);
    c->locked = false;
}

/* ---- the file ---- */

/* Who could lay a link there would say where the next number is written. */
static void fail_open(const struct chain_file *c, struct fail *fail)
{
    if (errno == ELOOP)
        fail_set(fail, "ELOOP", "%s is a link: the file itself must lie there", c->path);
    else
        fail_here(c, fail);
}

static bool is_plain(const struct chain_file *c, struct fail *fail)
{
    struct stat st;
    if (fstat(c->fd, &st) != 0)
        return fail_here(c, fail);
    return S_ISREG(st.st_mode) ||
           fail_set(fail, "EFORMAT", "%s is no plain file, but a pipe or a device", c->path);
}

struct chain_file *chain_file_open(const char *path, const struct public_key *key,
                                   struct fail *fail)
{
    struct chain_file *c = calloc(1, sizeof *c);
    if (!c || !(c->path = strdup(path))) {
        free(c);
        fail_set(fail, "ENOMEM", "no memory for the chain of runs");
        return NULL;
    }
    c->key = *key;
    c->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (c->fd < 0)
        fail_open(c, fail);
    else if (is_plain(c, fail) && lock(c, fail) && load(c, fail) && settle(c, fail)) {
        unlock(c);
        return c;
    }
    chain_file_close(c);
    return NULL;
}

void chain_file_close(struct chain_file *c)
{
    if (!c)
        return;
    if (c->fd >= 0)
        close(c->fd);
    free(c->path);
    free(c);
}

bool chain_file_knows(const struct chain_file *c, const struct chain_entry *seen)
{
    const struct chain_entry *last = &c->state.last;
    return seen->number < last->number ||
           (seen->number == last->number && hash_equal(seen->head, last->head, SHA256_SIZE));
}

const char *chain_file_last_path(const struct chain_file *c)
{
    return c->state.last.path;
}

unsigned long chain_file_last(const struct chain_file *c)
{
    return c->state.last.number;
}

bool chain_file_is_new(const struct chain_file *c)
{
    return c->state.last.number == 0;
}

bool chain_file_next(struct chain_file *c, struct chain_link *out, struct fail *fail)
{
    if (!lock(c, fail))
        return false;
    if (!load(c, fail) || !settle(c, fail)) {
        unlock(c);
        return false;
    }
    const struct chain_entry *last = &c->state.last;
    *out = (struct chain_link){.number = last->number + 1};
    if (last->number > 0) {
        out->previous_cases = last->cases;
        memcpy(out->previous, last->head, SHA256_SIZE);
    }
    return true;
}

bool chain_file_begin(struct chain_file *c, const unsigned char head[SHA256_SIZE],
                      unsigned long cases, const char *path, struct fail *fail)
{
    struct buf line = buf_new(2 * CHAIN_PATH);
    struct chain_entry *e = &c->state.pending;
    char *whole = realpath(path, NULL);
    if (!whole)
        return fail_errno(fail, errno, path);
    bool ok = strlen(whole) < sizeof e->path && !strchr(whole, '\n');
    if (ok) {
        e->cases = cases;
        memcpy(e->head, head, SHA256_SIZE);
        memcpy(e->path, whole, strlen(whole) + 1);
        e->number = c->state.last.number + 1;
        chain_text_put_sealing(&line, e);
        ok = append(c, &line, fail);
        c->begun = ok;
    } else {
        fail_set(fail, "ENAME", "%s: a path that can't be written down in %s", path, c->path);
    }
    buf_free(&line);
    free(whole);
    return ok;
}

void chain_file_leave(struct chain_file *c)
{
    c->begun = false;
    if (c->locked)
        unlock(c);
}

bool chain_file_end(struct chain_file *c, bool sealed, struct fail *fail)
{
    bool ok = true;
    if (c->begun)
        ok = put_event(c, sealed ? "sealed" : "abandoned", c->state.pending.number, fail);
    chain_file_leave(c);
    return ok;
}
