#include "cli/contact_tape.h"

#include "base/json.h"
#include "net/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Each byte of an answer takes up to six. */
enum { LINE = 8 * 1024 * 1024 };

struct contact_tape {
    FILE *file;
    char path[4096];
    unsigned long count;
    int error; /* errno of the first write that failed */
};

static void write_line(struct contact_tape *t, struct bytes line)
{
    if (!t->error && (fwrite(line.p, 1, line.n, t->file) != line.n || fputc('\n', t->file) == EOF ||
                      fflush(t->file) != 0))
        t->error = errno ? errno : EIO;
}

static void write_head(struct contact_tape *t)
{
    struct buf line = buf_new(LINE);
    char time[TIME_TEXT];
    buf_put_byte(&line, '{');
    json_put_member_number(&line, "contacts", 1);
    json_put_member_text(&line, "ajar", AJAR_VERSION);
    json_put_member_text(&line, "began", time_text(loop_now(), time));
    buf_put_byte(&line, '}');
    write_line(t, buf_view(&line));
    buf_free(&line);
}

struct contact_tape *contact_tape_new(const char *path, struct fail *fail)
{
    struct contact_tape *t = calloc(1, sizeof *t);
    int fd = t ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644) : -1;
    if (!t)
        fail_set(fail, "ENOMEM", "out of memory");
    else if (fd < 0 && errno == EEXIST)
        fail_set(fail, "EEXIST", "%s is there already; a tape is never overwritten", path);
    else if (fd < 0)
        fail_errno(fail, errno, path);
    if (fd >= 0)
        t->file = fdopen(fd, "w");
    if (fd >= 0 && t->file) {
        snprintf(t->path, sizeof t->path, "%s", path);
        write_head(t);
        return t;
    }
    if (fd >= 0)
        close(fd);
    free(t);
    return NULL;
}

static void put_bytes(struct buf *line, const char *name, struct bytes data)
{
    if (data.n == 0)
        return;
    json_put_name(line, name);
    json_put_bytes(line, data);
}

unsigned long contact_tape_put(struct contact_tape *t, const struct contact_exchange *e)
{
    struct buf line = buf_new(LINE);
    char text[ADDR_TEXT], time[TIME_TEXT];
    buf_put_byte(&line, '{');
    json_put_member_number(&line, "exchange", ++t->count);
    json_put_member_text(&line, "source", contact_source_name(e->source));
    json_put_member_text(&line, "address", addr_ip_text(&e->about, text));
    json_put_member_text(&line, "service", e->service);
    if (e->peer.family != ADDR_NONE)
        json_put_member_text(&line, "peer", addr_text(&e->peer, text));
    json_put_member_text(&line, "asked", time_text(e->asked, time));
    json_put_member_number(&line, "took_us", (uint64_t)(e->took > 0 ? e->took : 0));
    put_bytes(&line, "sent", e->sent);
    put_bytes(&line, "head", e->head);
    put_bytes(&line, "received", e->received);
    if (e->why) {
        json_put_member_text(&line, "code", e->why->code);
        json_put_member_text(&line, "error", e->why->text);
    }
    buf_put_byte(&line, '}');
    if (line.overflow)
        t->error = t->error ? t->error : EFBIG;
    else
        write_line(t, buf_view(&line));
    buf_free(&line);
    return t->error ? 0 : t->count;
}

void contact_tape_conclude(struct contact_tape *t, struct bytes object)
{
    write_line(t, object);
}

bool contact_tape_end(struct contact_tape *t, struct fail *fail)
{
    if (!t)
        return true;
    if (fclose(t->file) != 0 && !t->error)
        t->error = errno;
    bool ok = !t->error || fail_errno(fail, t->error, t->path);
    free(t);
    return ok;
}
