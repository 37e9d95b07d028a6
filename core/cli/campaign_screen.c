#include "cli/campaign_screen.h"

#include "cli/campaign_status.h"
#include "net/loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { LIMIT = 256 * 1024, FOOT = 320, PAUSE_MS = 1000, CTRL_C = 3, ROWS = 24, COLUMNS = 80 };

#define OTHER_SCREEN "\033[?1049h\033[?25l"
#define OWN_SCREEN   "\033[?25h\033[?1049l"
#define HOME         "\033[H"
#define TO_LINE_END  "\033[K"
#define TO_END       "\033[J"

static volatile sig_atomic_t ended;

static void on_end(int number)
{
    (void)number;
    ended = 1;
}

bool campaign_screen_is_there(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static void write_all(struct bytes text)
{
    while (text.n > 0) {
        ssize_t n = write(STDOUT_FILENO, text.p, text.n);
        if (n < 0 && errno != EINTR)
            return;
        text = bytes_slice(text, n > 0 ? (size_t)n : 0, text.n);
    }
}

static struct winsize size_now(void)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
    struct winsize is;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &is) == 0 && is.ws_row > 1 && is.ws_col > 1)
        size = is;
    return size;
}

/* The bytes of at most so many characters. */
static size_t cut(struct bytes line, unsigned columns)
{
    size_t n = 0;
    for (unsigned seen = 0; n < line.n; n++)
        if ((line.p[n] & 0xc0) != 0x80 && seen++ == columns)
            break;
    return n;
}

/* Lines that are too long, or too many, are cut: nothing may scroll. */
static void paint(struct bytes table, const char *foot)
{
    struct winsize size = size_now();
    struct buf out = buf_new(LIMIT);
    buf_put_text(&out, HOME);
    for (unsigned row = 0; row + 2 < size.ws_row && table.n > 0; row++) {
        size_t end = bytes_index(table, '\n', 0);
        struct bytes line = bytes_slice(table, 0, end == BYTES_NOT_FOUND ? table.n : end);
        buf_put(&out, bytes_slice(line, 0, cut(line, size.ws_col)));
        buf_put_text(&out, TO_LINE_END "\r\n");
        table = bytes_slice(table, line.n + 1, table.n);
    }
    struct bytes last = bytes_of(foot);
    buf_put_text(&out, TO_LINE_END "\r\n");
    buf_put(&out, bytes_slice(last, 0, cut(last, size.ws_col)));
    buf_put_text(&out, TO_LINE_END TO_END);
    write_all(buf_view(&out));
    buf_free(&out);
}

/* Was it asked for the end, within that time? */
static bool is_over(int milliseconds)
{
    unsigned char key;
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    if (poll(&p, 1, milliseconds) <= 0)
        return ended;
    if (read(STDIN_FILENO, &key, 1) != 1)
        return true;
    return ended || key == 'q' || key == 'Q' || key == CTRL_C;
}

/* False: it fails for good. What is away for a while leaves the table as it was. */
static bool read_table(struct store *s, struct eta *eta, struct buf *table, char foot[FOOT],
                       struct fail *fail)
{
    struct campaign_status c;
    struct buf next = buf_new(LIMIT);
    instant now = loop_monotonic();
    bool ok = campaign_status_read(s, &c, fail);
    if (ok && eta->began == 0)
        eta_begin(eta, now);
    if (ok)
        eta_note(eta, now, campaign_status_finished(&c));
    ok = ok && campaign_status_table(s, &c, eta, now, &next, fail);
    if (ok) {
        buf_clear(table);
        buf_put(table, buf_view(&next));
    }
    buf_free(&next);
    snprintf(foot, FOOT, "%s", ok ? "q: ends" : fail->text);
    return ok || store_may_return(fail);
}

/* A table that takes long to be counted is not counted all the time. */
static int pause_after(instant begun)
{
    span took = (loop_monotonic() - begun) / 1000;
    return (int)(took * 4 > PAUSE_MS ? took * 4 : PAUSE_MS);
}

static bool show(struct store *s, struct buf *table, struct fail *fail)
{
    char foot[FOOT];
    struct eta eta = {.began = 0};
    for (;;) {
        instant begun = loop_monotonic();
        if (!read_table(s, &eta, table, foot, fail))
            return false;
        paint(buf_view(table), foot);
        if (is_over(pause_after(begun)))
            return true;
    }
}

bool campaign_screen_run(struct store *s, struct fail *fail)
{
    struct termios before;
    struct sigaction end = {.sa_handler = on_end};
    struct buf table = buf_new(LIMIT);
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return fail_errno(fail, errno, "terminal");
    struct termios raw = before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    sigaction(SIGTERM, &end, NULL);
    sigaction(SIGHUP, &end, NULL);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
    write_all(bytes_of(OTHER_SCREEN));
    bool ok = show(s, &table, fail);
    write_all(bytes_of(OWN_SCREEN));
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    write_all(buf_view(&table));
    buf_free(&table);
    return ok;
}
