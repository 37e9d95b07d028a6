#include "cli/contact_tape.h"

#include "base/json.h"
#include "net/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/* ---- one that is there already ---- */

struct reading {
    struct contact_tape *tape;
    void (*concluded)(void *arg, const struct addr *a);
    void *arg;
    off_t end; /* of the last whole line */
    unsigned long lines;
};

static bool take_object(struct reading *r, const json_t *object)
{
    json_int_t number = json_integer_value(json_object_get(object, "exchange"));
    const char *about = json_string_value(json_object_get(object, "address"));
    struct addr a;
    if (r->lines == 0)
        return json_integer_value(json_object_get(object, "contacts")) == 1;
    if (number > 0) {
        r->tape->count = (unsigned long)number;
        return true;
    }
    if (!about || !addr_parse_ip(bytes_of(about), &a))
        return false;
    r->concluded(r->arg, &a);
    return true;
}

static bool take_lines(struct reading *r, const char *path, struct fail *fail)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    bool ok = true;
    while (ok && (n = getline(&line, &room, r->tape->file)) > 0 && line[n - 1] == '\n') {
        json_t *object = json_loadb(line, (size_t)n, JSON_ALLOW_NUL, NULL);
        ok = take_object(r, object) ||
             fail_set(fail, "EFORMAT", "%s:%lu: this is no line of a tape of 'ajar contact'", path,
                      r->lines + 1);
        json_decref(object);
        r->end += n;
        r->lines++;
    }
    free(line);
    if (ok && ferror(r->tape->file))
        return fail_errno(fail, EIO, path);
    return ok && (r->lines > 0 ||
                  fail_set(fail, "EFORMAT", "%s: this is no tape of 'ajar contact'", path));
}

/* Behind its last whole line. */
static bool cut(const struct reading *r, const char *path, struct fail *fail)
{
    FILE *file = r->tape->file;
    return (fseeko(file, r->end, SEEK_SET) == 0 && ftruncate(fileno(file), r->end) == 0) ||
           fail_errno(fail, errno, path);
}

struct contact_tape *contact_tape_again(const char *path,
                                        void (*concluded)(void *arg, const struct addr *a),
                                        void *arg, struct fail *fail)
{
    struct reading r = {.tape = calloc(1, sizeof *r.tape), .concluded = concluded, .arg = arg};
    if (!r.tape) {
        fail_set(fail, "ENOMEM", "out of memory");
        return NULL;
    }
    snprintf(r.tape->path, sizeof r.tape->path, "%s", path);
    r.tape->file = fopen(path, "r+e");
    if (!r.tape->file)
        fail_errno(fail, errno, path);
    if (r.tape->file && take_lines(&r, path, fail) && cut(&r, path, fail))
        return r.tape;
    if (r.tape->file)
        fclose(r.tape->file);
    free(r.tape);
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
