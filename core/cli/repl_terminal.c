#include "cli/repl_terminal.h"

#include "base/file.h"
#include "base/text.h"
#include "cli/editor.h"
#include "net/channel.h"
#include "script/typed.h"
#include "script/vm.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

struct terminal {
    int fd;
    struct vm *vm;
    struct editor *editor;
    struct buf piece; /* so far */
    struct buf whole; /* as it is handed on */
    struct buf frame;
};

/* ---- frames, by a process that does one thing at a time ---- */

static bool write_all(int fd, struct bytes what)
{
    while (what.n > 0) {
        ssize_t n = write(fd, what.p, what.n);
        if (n <= 0 && errno != EINTR)
            return false;
        what = bytes_slice(what, n > 0 ? (size_t)n : 0, what.n);
    }
    return true;
}

static bool tell(struct terminal *t, enum repl_frame what, struct bytes text)
{
    buf_clear(&t->frame);
    buf_put_u32(&t->frame, (uint32_t)(1 + text.n));
    buf_put_byte(&t->frame, (unsigned char)what);
    return buf_put(&t->frame, text) && write_all(t->fd, buf_view(&t->frame));
}

static bool read_all(int fd, unsigned char *to, size_t n)
{
    while (n > 0) {
        ssize_t got = read(fd, to, n);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        to += got > 0 ? got : 0;
        n -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* Waits for a frame of this kind; its text is lent until the next. */
static bool hear(struct terminal *t, enum repl_frame what, struct bytes *text)
{
    unsigned char head[4];
    if (!read_all(t->fd, head, sizeof head))
        return false;
    size_t n = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    buf_clear(&t->frame);
    unsigned char *to = n > 0 && n <= t->frame.limit ? buf_reserve(&t->frame, n) : NULL;
    if (!to || !read_all(t->fd, to, n))
        return false;
    buf_commit(&t->frame, n);
    *text = bytes_slice(buf_view(&t->frame), 1, n);
    return t->frame.p[0] == (unsigned char)what;
}

static void complete(void *arg, struct bytes begun, struct buf *names)
{
    struct terminal *t = arg;
    struct bytes text;
    if (tell(t, REPL_COMPLETE, begun) && hear(t, REPL_NAMES, &text))
        buf_put(names, text);
}

/* ---- what is typed ---- */

/* Fills `whole` with "BEFORE piece AFTER". */
static struct bytes put_whole(struct terminal *t, const char *before, const char *after)
{
    buf_clear(&t->whole);
    buf_put_text(&t->whole, before);
    buf_put(&t->whole, buf_view(&t->piece));
    buf_put_text(&t->whole, after);
    return buf_view(&t->whole);
}

/* An expression is returned, so that its value is shown; in brackets, as a call that is returned leaves no line of its own
 * in a traceback. Is it whole as it will stand in the script, too (where it can't say "...")? */
static enum typed_text check(struct terminal *t, unsigned line, struct fail *why)
{
    struct fail ignored;
    const char *name = TYPED_SCRIPT;
    bool expression =
        typed_check(t->vm, name, put_whole(t, "return (", "\n)"), line, &ignored) == TYPED_WHOLE;
    enum typed_text is = TYPED_WHOLE;
    if (!expression)
        is = typed_check(t->vm, name, put_whole(t, "", ""), line, why);
    if (is != TYPED_WHOLE)
        return is;
    is = typed_check(t->vm, name,
                     put_whole(t, expression ? "return function() return (" : "return function() ",
                               expression ? "\n) end" : "\nend"),
                     line, why);
    put_whole(t, expression ? "return (" : "", expression ? "\n)" : "");
    return is == TYPED_WHOLE ? is : TYPED_WRONG;
}

static void say_wrong(const struct fail *why)
{
    fprintf(stderr, "%s\n", why->text);
}

static bool is_blank(struct bytes text)
{
    return bytes_trim(text).n == 0;
}

/* False: no more is typed. */
static bool read_piece(struct terminal *t, unsigned line)
{
    struct bytes typed;
    struct fail why;
    buf_clear(&t->piece);
    for (;;) {
        enum editor_got got = editor_read(t->editor, t->piece.n > 0 ? ">> " : "> ", &typed);
        if (got == EDITOR_END && t->piece.n > 0)
            fputs("what was typed last is not finished, and was not run\n", stderr);
        if (got == EDITOR_END)
            return false;
        if (got == EDITOR_INTERRUPTED || (t->piece.n == 0 && is_blank(typed))) {
            buf_clear(&t->piece);
            continue;
        }
        if (t->piece.n > 0)
            buf_put_byte(&t->piece, '\n');
        enum typed_text is = TYPED_WRONG;
        if (buf_put(&t->piece, typed))
            is = check(t, line, &why);
        else
            fail_set(&why, "ELIMIT", "at most %d bytes at once", REPL_PIECE_MOST);
        if (is != TYPED_UNFINISHED)
            editor_remember(t->editor, buf_text(&t->piece));
        if (is == TYPED_WHOLE)
            return true;
        if (is == TYPED_WRONG) {
            text_make_printable(why.text);
            say_wrong(&why);
            buf_clear(&t->piece);
        }
    }
}

static void serve(struct terminal *t)
{
    struct bytes number;
    unsigned long line = 0;
    while (hear(t, REPL_NEXT, &number) && bytes_number(number, 1000000, &line)) {
        if (!read_piece(t, (unsigned)line)) {
            tell(t, REPL_END, bytes_at(NULL, 0));
            return;
        }
        if (!tell(t, REPL_PIECE, buf_view(&t->whole)))
            return;
    }
}

_Noreturn static void become(int fd)
{
    struct fail fail;
    struct vm_limits limits = vm_limits_default();
    struct terminal t = {.fd = fd,
                         .piece = buf_new(REPL_PIECE_MOST),
                         .whole = buf_new(REPL_PIECE_MOST + 64),
                         .frame = buf_new(REPL_PIECE_MOST + 64)};
    fcntl(fd, F_SETFL, 0);
    signal(SIGPIPE, SIG_IGN);
    t.vm = vm_new(&limits, &fail);
    t.editor = t.vm ? editor_new(fd, complete, &t) : NULL;
    if (t.editor)
        serve(&t);
    editor_free(t.editor);
    fflush(stdout);
    _exit(0);
}

pid_t repl_terminal_start(int *fd, struct fail *fail)
{
    int ends[2];
    if (!channel_pair(ends, fail))
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        close(ends[0]);
        become(ends[1]);
    }
    close(ends[1]);
    if (pid > 0) {
        *fd = ends[0];
        return pid;
    }
    fail_errno(fail, errno, "fork");
    close(ends[0]);
    return -1;
}
