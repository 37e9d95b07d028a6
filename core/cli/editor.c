#include "cli/editor.h"

#include "cli/complain.h"
#include "cli/edit_library.h"

#include "base/file.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wchar.h>

enum { HISTORY = 1000, NAMES = 16 * 1024, LINE = 256 * 1024, LISTED = 300, PATH = 4096 };

struct editor {
    struct edit_library library;
    EditLine *edit; /* NULL: no terminal, or no library */
    History *history;
    bool terminal;
    int over;
    editor_complete complete;
    void *arg;
    char prompt[16];
    struct buf line; /* that was not edited */
    char path[PATH]; /* of the history; empty: it is not kept */
};

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signo)
{
    interrupted = signo;
}

static struct editor *editor_of(EditLine *edit)
{
    void *of = NULL;
    struct edit_library library;
    struct fail ignored;
    if (edit_library_load(&library, &ignored))
        library.get(edit, EL_CLIENTDATA, &of);
    return of;
}

static char *prompt_of(EditLine *edit)
{
    return editor_of(edit)->prompt;
}

/* Waits for something to read: 1; 0: there is no more, or nobody wants it; -1: a signal came. */
static int await_input(const struct editor *e)
{
    struct pollfd ends[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                             {.fd = e->over, .events = POLLIN}};
    sigset_t none;
    sigemptyset(&none);
    int n = ppoll(ends, 2, NULL, &none);
    if (interrupted || (n < 0 && errno == EINTR))
        return -1;
    return n > 0 && ends[1].revents == 0;
}

/* One character, in whatever the locale has them. */
static int read_character(EditLine *edit, wchar_t *out)
{
    struct editor *e = editor_of(edit);
    mbstate_t state = {0};
    for (;;) {
        char byte;
        if (await_input(e) <= 0 || read(STDIN_FILENO, &byte, 1) != 1)
            return 0;
        size_t n = mbrtowc(out, &byte, 1, &state);
        if (n == (size_t)-1)
            state = (mbstate_t){0};
        else if (n != (size_t)-2)
            return 1;
    }
}

/* ---- completion ---- */

static bool is_part(char c)
{
    return c == '_' || c == '.' || c == ':' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* How many bytes all the names, a line each, begin with in common; *count: how many there are. */
static size_t common(struct bytes names, size_t *count)
{
    size_t same = 0;
    *count = 0;
    for (size_t from = 0, end; (end = bytes_index(names, '\n', from)) != BYTES_NOT_FOUND;
         from = end + 1, ++*count) {
        size_t n = 0;
        if (*count == 0)
            same = end - from;
        while (n < same && n < end - from && names.p[n] == names.p[from + n])
            n++;
        same = n;
    }
    return same;
}

static int in_order(const void *a, const void *b)
{
    const struct bytes *x = a;
    const struct bytes *y = b;
    size_t n = x->n < y->n ? x->n : y->n;
    int less = memcmp(x->p, y->p, n);
    return less ? less : x->n < y->n ? -1 : x->n > y->n;
}

static void list_names(struct bytes names)
{
    struct bytes list[LISTED];
    size_t count = 0;
    for (size_t from = 0, end;
         count < LISTED && (end = bytes_index(names, '\n', from)) != BYTES_NOT_FOUND;
         from = end + 1)
        list[count++] = bytes_slice(names, from, end);
    qsort(list, count, sizeof list[0], in_order);
    for (size_t i = 0; i < count; i++)
        printf("%s%.*s", i ? "  " : "\n", (int)list[i].n, (const char *)list[i].p);
    fputc('\n', stdout);
}

static unsigned char on_tab(EditLine *edit, int key)
{
    char more[256];
    struct editor *e = editor_of(edit);
    const LineInfo *line = e->library.line(edit);
    const char *from = line->cursor;
    size_t count = 0;
    unsigned char done = CC_ERROR;
    (void)key;
    while (from > line->buffer && is_part(from[-1]))
        from--;
    struct bytes begun = bytes_at(from, (size_t)(line->cursor - from));
    size_t had = 0;
    while (had < begun.n && begun.p[begun.n - 1 - had] != '.' && begun.p[begun.n - 1 - had] != ':')
        had++;
    struct buf names = buf_new(NAMES);
    e->complete(e->arg, begun, &names);
    size_t same = common(buf_view(&names), &count);
    if (same > had && same - had < sizeof more) {
        memcpy(more, names.p + had, same - had);
        more[same - had] = '\0';
        if (e->library.insert(edit, more) == 0)
            done = CC_REFRESH;
    } else if (count > 1) {
        list_names(buf_view(&names));
        done = CC_REDISPLAY;
    }
    buf_free(&names);
    return done;
}

/* ---- its beginning and end ---- */

static void open_history(struct editor *e)
{
    HistEvent event;
    const char *home = getenv("HOME");
    e->history = e->library.history_new();
    if (!e->history)
        return;
    e->library.history(e->history, &event, H_SETSIZE, HISTORY);
    e->library.history(e->history, &event, H_SETUNIQUE, 1);
    e->library.set(e->edit, EL_HIST, e->library.history, e->history);
    if (home && (size_t)snprintf(e->path, PATH, "%s/.local/state/ajar/repl", home) < PATH)
        e->library.history(e->history, &event, H_LOAD, e->path);
    else
        e->path[0] = '\0';
}

static void open_terminal(struct editor *e)
{
    struct fail fail;
    if (!edit_library_load(&e->library, &fail)) {
        complain_words("repl", 0, fail.text);
        return;
    }
    if (!setlocale(LC_CTYPE, "") || MB_CUR_MAX == 1)
        setlocale(LC_CTYPE, "C.UTF-8");
    e->edit = e->library.init("ajar", stdin, stdout, stderr);
    if (!e->edit)
        return;
    e->library.set(e->edit, EL_CLIENTDATA, e);
    e->library.set(e->edit, EL_PROMPT, prompt_of);
    e->library.set(e->edit, EL_EDITOR, "emacs");
    e->library.set(e->edit, EL_GETCFN, read_character);
    e->library.set(e->edit, EL_ADDFN, "ajar-complete", "completes a name", on_tab);
    e->library.set(e->edit, EL_BIND, "^I", "ajar-complete", NULL);
    open_history(e);
    e->library.source(e->edit, NULL); /* ~/.editrc */
}

/* SIGINT comes while something is waited for, and no other time: none is missed, and none cuts anything short. */
static void hold_interrupts(void)
{
    struct sigaction act = {.sa_handler = on_interrupt};
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    sigaction(SIGINT, &act, NULL);
}

/* What came while nobody typed was for the line that ran. */
static void forget_interrupts(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGINT, &ignore, NULL);
    hold_interrupts();
    interrupted = 0;
}

struct editor *editor_new(int over, editor_complete complete, void *arg)
{
    struct editor *e = calloc(1, sizeof *e);
    if (!e)
        return NULL;
    *e = (struct editor){.over = over, .complete = complete, .arg = arg, .line = buf_new(LINE)};
    e->terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    hold_interrupts();
    if (e->terminal)
        open_terminal(e);
    return e;
}

static void keep_history(struct editor *e)
{
    HistEvent event;
    struct fail fail;
    if (e->path[0] && !(file_directories_above(e->path, 0700, &fail) &&
                        e->library.history(e->history, &event, H_SAVE, e->path) >= 0))
        e->path[0] = '\0'; /* it is a convenience */
    e->library.history_free(e->history);
}

void editor_free(struct editor *e)
{
    if (!e)
        return;
    if (e->history)
        keep_history(e);
    if (e->edit)
        e->library.end(e->edit);
    buf_free(&e->line);
    free(e);
}

/* ---- lines ---- */

static enum editor_got read_plain(struct editor *e, struct bytes *line)
{
    if (e->terminal) {
        fputs(e->prompt, stdout);
        fflush(stdout);
    }
    char byte = '\0';
    int ready = 1;
    buf_clear(&e->line);
    while (byte != '\n' && (ready = await_input(e)) > 0 && read(STDIN_FILENO, &byte, 1) == 1)
        buf_put_byte(&e->line, (unsigned char)byte);
    if (ready < 0 && e->terminal)
        return EDITOR_INTERRUPTED;
    *line = buf_view(&e->line);
    return ready >= 0 && line->n > 0 ? EDITOR_LINE : EDITOR_END;
}

static enum editor_got read_edited(struct editor *e, struct bytes *line)
{
    int n = 0;
    const char *text = e->library.gets(e->edit, &n);
    if (!text || n <= 0) {
        fputc('\n', stdout);
        fflush(stdout);
        return interrupted ? EDITOR_INTERRUPTED : EDITOR_END;
    }
    *line = bytes_at(text, (size_t)n);
    return EDITOR_LINE;
}

enum editor_got editor_read(struct editor *e, const char *prompt, struct bytes *line)
{
    if (e->terminal)
        forget_interrupts(); /* what is not typed comes to its end by one */
    snprintf(e->prompt, sizeof e->prompt, "%s", prompt);
    enum editor_got got = e->edit ? read_edited(e, line) : read_plain(e, line);
    while (got == EDITOR_LINE && line->n > 0 &&
           (line->p[line->n - 1] == '\n' || line->p[line->n - 1] == '\r'))
        line->n--;
    return got;
}

void editor_remember(struct editor *e, const char *text)
{
    HistEvent event;
    if (e->history)
        e->library.history(e->history, &event, H_ENTER, text);
}
