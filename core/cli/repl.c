#include "cli/repl.h"

#include "base/file.h"
#include "base/text.h"
#include "cli/complain.h"
#include "cli/repl_script.h"
#include "cli/repl_terminal.h"
#include "cli/traceback_words.h"
#include "net/channel.h"
#include "run/run_session.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FOLDER = 64, PATH = FOLDER + 20 };

enum repl_state { REPL_STARTING, REPL_RUNS, REPL_WAITS, REPL_OVER };

struct repl {
    pid_t pid; /* at the terminal */
    int fd;    /* to it, until there is a channel */
    struct channel *channel;
    struct run_session session;
    uint64_t job; /* that has said that it is ready */
    struct repl_script script;
    struct script_source *run; /* gets the script in the end */
    span limit;
    struct timer *timer;
    enum repl_state state;
    bool ending; /* as soon as the line that runs is over */
    struct buf out;
    char folder[FOLDER];
    char path[PATH];
};

static void say(const char *line)
{
    complain_words("repl", 0, line);
}

static void tell_terminal(struct repl *r, enum repl_frame what, struct bytes text)
{
    buf_clear(&r->out);
    buf_put_byte(&r->out, (unsigned char)what);
    buf_put(&r->out, text);
    if (r->channel && channel_send(r->channel, buf_view(&r->out), -1))
        channel_flush(r->channel);
}

/* No more lines: what was typed is the script from now on. */
static void finish(struct repl *r)
{
    r->state = REPL_OVER;
    r->run->text = repl_script_end(&r->script);
    run_session_tell(&r->session, SESSION_OVER, bytes_at(NULL, 0));
}

static void ask_next(struct repl *r)
{
    char number[16];
    r->state = REPL_WAITS;
    snprintf(number, sizeof number, "%u", r->script.line);
    tell_terminal(r, REPL_NEXT, bytes_of(number));
}

/* ---- from the script ---- */

static void on_ready(struct repl *r)
{
    timer_stop(r->timer);
    if (r->job && r->job != r->session.job) {
        say("the session begins anew: connections and variables are gone");
        repl_script_begin(&r->script);
    }
    r->job = r->session.job;
    if (r->ending)
        finish(r);
    else if (r->state != REPL_WAITS) /* else one is being typed already */
        ask_next(r);
}

static void print_value(struct bytes text)
{
    struct buf line = buf_new(8 * TYPED_SAID);
    text_escape(&line, text, TYPED_SAID);
    if (text.n > 0)
        puts(buf_text(&line));
    buf_free(&line);
}

static void on_said(void *arg, enum typed_said what, struct bytes text)
{
    struct repl *r = arg;
    if (what == TYPED_READY && r->state != REPL_OVER)
        on_ready(r);
    else if (what == TYPED_VALUE)
        print_value(text);
    else if (what == TYPED_ERROR)
        traceback_words(text, 0);
    else if (what == TYPED_NAMES)
        tell_terminal(r, REPL_NAMES, text);
    fflush(stdout);
}

/* ---- from the terminal ---- */

static void run_piece(struct repl *r, struct bytes piece)
{
    struct bytes chunk;
    if (!repl_script_add(&r->script, piece, &chunk)) {
        say("the session is as long as a script may be: end it with Ctrl-D");
        ask_next(r);
        return;
    }
    r->state = REPL_RUNS;
    timer_start(r->timer, r->limit);
    run_session_tell(&r->session, SESSION_LINE, chunk);
}

static void end_soon(struct repl *r)
{
    r->ending = true;
    if (r->state == REPL_WAITS)
        finish(r);
}

static void on_frame(void *arg, struct bytes payload, int fd)
{
    struct repl *r = arg;
    struct bytes text = bytes_slice(payload, 1, payload.n);
    (void)fd;
    if (payload.n == 0 || r->state != REPL_WAITS)
        return;
    if (payload.p[0] == REPL_PIECE)
        run_piece(r, text);
    else if (payload.p[0] == REPL_COMPLETE)
        run_session_tell(&r->session, SESSION_COMPLETE, text);
    else if (payload.p[0] == REPL_END)
        end_soon(r);
}

static void on_end(void *arg, const char *why)
{
    (void)why;
    end_soon(arg);
}

/* ---- while a line runs ---- */

static void break_line(struct repl *r, const char *why)
{
    if (r->state != REPL_RUNS)
        return;
    say(why);
    run_session_break(&r->session);
}

static void on_interrupt(void *arg)
{
    break_line(arg, "interrupted: what the line waits for is given up");
}

static void on_late(void *arg)
{
    break_line(arg, "the line's time is up (--timeout): what it waits for is given up");
}

static void on_stop(void *arg)
{
    struct repl *r = arg;
    if (r->state == REPL_RUNS)
        run_session_break(&r->session);
    if (r->state != REPL_OVER)
        end_soon(r);
}

/* ---- beginning and end ---- */

static bool write_script(struct repl *r, struct fail *fail)
{
    snprintf(r->folder, sizeof r->folder, "/tmp/ajar-repl-XXXXXX");
    if (!mkdtemp(r->folder)) {
        r->folder[0] = '\0';
        return fail_errno(fail, errno, "/tmp");
    }
    snprintf(r->path, sizeof r->path, "%s/" TYPED_SCRIPT, r->folder);
    struct buf text = repl_script_live(&r->script);
    bool ok = file_create(r->path, buf_view(&text), fail);
    buf_free(&text);
    return ok;
}

struct repl *repl_new(bool proxy, span limit, struct fail *fail)
{
    struct repl *r = calloc(1, sizeof *r);
    if (!r) {
        fail_set(fail, "ENOMEM", "out of memory");
        return NULL;
    }
    *r = (struct repl){
        .fd = -1, .limit = limit, .script = repl_script_new(proxy), .out = buf_new(CHANNEL_FRAME)};
    r->session = (struct run_session){
        .on_said = on_said, .on_interrupt = on_interrupt, .on_stop = on_stop, .arg = r};
    r->pid = repl_terminal_start(&r->fd, fail);
    if (r->pid > 0 && write_script(r, fail))
        return r;
    repl_free(r);
    return NULL;
}

void repl_loaded(struct repl *r)
{
    if (!r->folder[0])
        return;
    unlink(r->path);
    rmdir(r->folder);
    r->folder[0] = '\0';
}

void repl_free(struct repl *r)
{
    if (!r)
        return;
    if (r->fd >= 0)
        close(r->fd);
    if (r->pid > 0)
        waitpid(r->pid, NULL, 0);
    repl_loaded(r);
    repl_script_free(&r->script);
    buf_free(&r->out);
    free(r);
}

const char *repl_path(const struct repl *r)
{
    return r->path;
}

bool repl_begin(struct repl *r, struct loop *loop, struct script_source *script, struct fail *fail)
{
    r->run = script;
    r->timer = timer_new(loop, on_late, r);
    r->channel = channel_new(loop, r->fd, false, on_frame, on_end, r);
    r->fd = -1; /* the channel's */
    return (r->timer && r->channel) || fail_set(fail, "ENOMEM", "out of memory");
}

void repl_end(struct repl *r)
{
    timer_free(r->timer);
    channel_free(r->channel);
    r->timer = NULL;
    r->channel = NULL;
}

struct run_session *repl_session(struct repl *r)
{
    return &r->session;
}
