#include "run/postman_process.h"

#include "base/file.h"
#include "net/stream.h"
#include "run/child.h"
#include "run/ipc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { AUTH_FILE = 1200, PIECE = 256 * 1024 };

/* Nobody but its owner may read it; of what others may write nothing is believed. */
static bool is_private(const char *path, struct fail *fail)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return fail_errno(fail, errno, path);
    if (!S_ISREG(st.st_mode))
        return fail_set(fail, "EFORMAT", "%s: not a regular file", path);
    return (st.st_mode & 077) == 0 ||
           fail_set(fail, "EACCES",
                    "%s: others may read it; the file with a password is its owner's alone "
                    "(chmod 600)",
                    path);
}

static bool take_line(struct bytes *text, char *to, size_t size)
{
    size_t end = bytes_index(*text, '\n', 0);
    struct bytes line = bytes_slice(*text, 0, end);
    *text = bytes_slice(*text, end == BYTES_NOT_FOUND ? text->n : end + 1, text->n);
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    if (line.n == 0 || line.n >= size || memchr(line.p, 0, line.n))
        return false;
    memcpy(to, line.p, line.n);
    to[line.n] = '\0';
    return true;
}

static bool read_password(struct postman_process *p, struct fail *fail)
{
    const char *path = p->order.auth_file;
    struct buf text = buf_new(AUTH_FILE);
    bool ok = is_private(path, fail) && file_read_regular(path, &text, fail);
    struct bytes rest = buf_view(&text);
    if (ok && (!take_line(&rest, p->user, sizeof p->user) ||
               !take_line(&rest, p->password, sizeof p->password) || bytes_trim(rest).n > 0))
        ok =
            fail_set(fail, "EFORMAT",
                     "%s: it holds two lines, the user's name and the password, and no more", path);
    if (text.p)
        explicit_bzero(text.p, text.n);
    buf_free(&text);
    return ok;
}

static void on_wake(void *arg)
{
    loop_stop(((struct postman_process *)arg)->loop);
}

static bool prepare(struct postman_process *p, struct fail *fail)
{
    const struct postman_order *o = &p->order;
    if ((o->auth_file && !read_password(p, fail)) || !(p->loop = loop_new(fail)))
        return false;
    if (o->tls != SUBMIT_PLAIN && !(p->tls = stream_tls_verified(o->ca_file, o->host, fail)))
        return false;
    if (p->only_checks)
        return true;
    p->stream = stream_new(p->loop, CHILD_SOCKET, on_wake, p);
    return p->stream || fail_set(fail, "ENOMEM", "no memory for a connection");
}

void postman_process_prepare(void *process)
{
    struct postman_process *p = process;
    if (!prepare(p, &p->fail) && !p->fail.code)
        fail_set(&p->fail, "ENOMEM", "the connection can't be prepared");
}

/* Waits for what it is that `step` waits for. */
typedef enum stream_state (*stream_step)(struct stream *s, struct fail *fail);

static bool await(struct postman_process *p, stream_step step, struct fail *fail)
{
    enum stream_state state;
    stream_deadline(p->stream, loop_monotonic() + (span)p->order.seconds * SPAN_SECOND);
    while ((state = step(p->stream, fail)) == STREAM_AGAIN)
        loop_run(p->loop);
    return state == STREAM_OK;
}

static bool send_out(struct postman_process *p, struct fail *fail)
{
    struct bytes out = buf_view(&p->submit.out);
    bool ok = true;
    for (size_t at = 0; ok && at < out.n; at += PIECE)
        ok = stream_write(p->stream, bytes_slice(out, at, at + PIECE), fail) == STREAM_OK &&
             await(p, stream_flushed, fail);
    buf_clear(&p->submit.out);
    return ok;
}

static bool shake_hands(struct postman_process *p, struct fail *fail)
{
    if (!stream_secure(p->stream, p->tls, bytes_of(p->order.host), fail) ||
        !await(p, stream_secured, fail))
        return fail_prefix(fail, "%s", p->order.host);
    snprintf(p->said_tls, sizeof p->said_tls, "%s %s", stream_tls_version(p->stream),
             stream_tls_cipher(p->stream));
    submit_secured(&p->submit);
    return true;
}

/* Feeds what comes; `waits`: for something at least. */
static bool hear(struct postman_process *p, bool waits, struct fail *fail)
{
    struct bytes got;
    enum stream_state state;
    while ((state = stream_read(p->stream, &got, fail)) == STREAM_AGAIN && waits)
        loop_run(p->loop);
    if (state == STREAM_OK)
        submit_take(&p->submit, got);
    else if (state == STREAM_END)
        fail_set(fail, "ECONNRESET", "the smarthost closed the connection");
    return state == STREAM_OK || state == STREAM_AGAIN;
}

/* Until there is nothing to talk about, or a letter has ended that another one follows. */
static void talk(struct postman_process *p, unsigned patience)
{
    struct submit *s = &p->submit;
    struct fail fail = {0};
    bool ok = true;
    stream_deadline(p->stream, loop_monotonic() + (span)patience * p->order.seconds * SPAN_SECOND);
    while (ok && !s->has_ended && (s->state == SUBMIT_TALKING || s->state == SUBMIT_HANDSHAKE)) {
        ok = send_out(p, &fail);
        stream_deadline(p->stream,
                        loop_monotonic() + (span)patience * p->order.seconds * SPAN_SECOND);
        if (ok && s->state == SUBMIT_HANDSHAKE)
            ok = shake_hands(p, &fail);
        else if (ok)
            ok = hear(p, true, &fail);
    }
    ok = ok && send_out(p, &fail);
    if (!ok)
        submit_lost(s, &fail);
}

static void open_talk(struct postman_process *p)
{
    struct addr own;
    struct fail fail = {0};
    if (p->only_checks) {
        p->submit.state = SUBMIT_READY;
        return;
    }
    bool ok = await(p, stream_connected, &fail);
    if (ok && stream_local(p->stream, &own))
        addr_literal(&own, p->name);
    struct submit_options options = {.name = p->order.name ? p->order.name : p->name,
                                     .tls = p->order.tls,
                                     .user = p->order.auth_file ? p->user : NULL,
                                     .password = p->password};
    submit_begin(&p->submit, &options);
    if (ok)
        talk(p, 1);
    else
        submit_lost(&p->submit, &fail);
}

/* What the server said meanwhile, such as that it is gone. */
static void look(struct postman_process *p)
{
    struct fail fail = {0};
    stream_deadline(p->stream, 0);
    if (p->submit.state != SUBMIT_OVER && !hear(p, false, &fail))
        submit_lost(&p->submit, &fail);
}

/* A letter, its texts in room that outlives it. */
struct taken {
    char from[SUBMIT_MAILBOX], to[SUBMIT_TO], id[128];
    struct submit_letter letter;
};

static void take_letter(struct ipc_reader *r, struct taken *t)
{
    struct bytes from = ipc_bytes(r);
    struct bytes to = ipc_bytes(r);
    struct bytes id = ipc_bytes(r);
    snprintf(t->from, sizeof t->from, "%.*s", (int)from.n, (const char *)from.p);
    snprintf(t->to, sizeof t->to, "%.*s", (int)to.n, (const char *)to.p);
    snprintf(t->id, sizeof t->id, "%.*s", (int)id.n, (const char *)id.p);
    t->letter = (struct submit_letter){t->from, t->to, t->id, ipc_bytes(r)};
}

static void offer(struct postman_process *p, const struct submit_letter *letter)
{
    p->submit.outcome = (struct submit_outcome){.result = SUBMIT_NONE};
    look(p);
    if (p->submit.state == SUBMIT_READY && submit_letter(&p->submit, letter))
        talk(p, 1);
}

static bool release(struct postman_process *p, const struct submit_letter *next)
{
    look(p);
    if (p->submit.state != SUBMIT_HELD)
        return false;
    submit_release(&p->submit);
    bool follows = next && submit_follow(&p->submit, next);
    talk(p, 2);
    return follows;
}

static bool answer(struct postman_process *p, const struct submit_outcome *outcome,
                   struct buf *frame, int out)
{
    struct postman_answer answer = {.state = p->submit.state, .outcome = *outcome};
    answer.fail = p->submit.fail;
    snprintf(answer.tls, sizeof answer.tls, "%s", p->said_tls);
    postman_answer_put(frame, &answer);
    return child_send(out, buf_view(frame));
}

/* The outcome of what is released is told as soon as it is known, whatever the server does with the next one. */
static bool release_with_next(struct postman_process *p, const struct submit_letter *next,
                              struct buf *frame, int out)
{
    struct submit *s = &p->submit;
    bool follows = release(p, next);
    bool ended = follows && s->has_ended;
    if (!answer(p, ended ? &s->ended : &s->outcome, frame, out))
        return false;
    s->has_ended = false;
    if (ended)
        talk(p, 1);
    else
        offer(p, next);
    return answer(p, &s->outcome, frame, out);
}

/* False: the end. */
static bool serve(struct postman_process *p, struct bytes question, struct buf *frame, int out)
{
    enum ipc_type type;
    struct taken t = {0};
    struct ipc_reader r = ipc_read(question, &type);
    uint8_t what = ipc_u8(&r);
    if (what == POSTMAN_LETTER || what == POSTMAN_NEXT)
        take_letter(&r, &t);
    switch (what) {
    case POSTMAN_OPEN:
        open_talk(p);
        break;
    case POSTMAN_LETTER:
        offer(p, &t.letter);
        break;
    case POSTMAN_RELEASE:
        release(p, NULL);
        break;
    case POSTMAN_NEXT:
        return release_with_next(p, &t.letter, frame, out);
    default:
        submit_quit(&p->submit);
        talk(p, 1);
        stream_finish(p->stream);
        answer(p, &p->submit.outcome, frame, out);
        return false;
    }
    return answer(p, &p->submit.outcome, frame, out);
}

/* That there is no connection is its only answer. */
static void refuse(const struct postman_process *p, struct buf *frame, int out)
{
    const struct postman_answer answer = {.state = SUBMIT_OVER, .fail = p->fail};
    postman_answer_put(frame, &answer);
    child_send(out, buf_view(frame));
}

void postman_process_work(void *process, int in, int out)
{
    struct postman_process *p = process;
    struct buf question = buf_new(CHILD_FRAME);
    struct buf frame = buf_new(CHILD_FRAME);
    bool on = true;
    snprintf(p->said_tls, sizeof p->said_tls, "no TLS");
    while (on && child_receive(in, &question)) {
        on = !p->fail.code && serve(p, buf_view(&question), &frame, out);
        if (p->fail.code)
            refuse(p, &frame, out);
    }
}
