#include "notice/isolates.h"

#include "base/text.h"

#define ISOLATE     "\xe2\x81\xa6" /* U+2066, left-to-right isolate */
#define ISOLATE_END "\xe2\x81\xa9" /* U+2069, pop directional isolate */

static bool is_rtl(uint32_t c)
{
    return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) ||
           (c >= 0xfe70 && c <= 0xfeff);
}

bool isolates_has_rtl(struct bytes line)
{
    uint32_t c = 0;
    for (size_t i = 0; i < line.n;) {
        size_t step = text_decode(bytes_slice(line, i, line.n), &c);
        if (step > 0 && is_rtl(c))
            return true;
        i += step ? step : 1;
    }
    return false;
}

static bool is_one_of(unsigned char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool is_alphanumeric(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static long count(struct bytes text, unsigned char c)
{
    long n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == c;
    return n;
}

/* A bracket at the end belongs to what stands before it when it was opened there. */
static bool closes_outside(struct bytes text)
{
    unsigned char last = text.p[text.n - 1];
    unsigned char opened = last == ')' ? '(' : last == ']' ? '[' : '\0';
    return opened && count(text, opened) < count(text, last);
}

/* A mark of the sentence. A colon with nothing behind it may be an address's: "::1". */
static bool begins_outside(struct bytes run, size_t i)
{
    return is_one_of(run.p[i], " (\"',.;!?-") ||
           (run.p[i] == ':' && i + 1 < run.n && run.p[i + 1] == ' ');
}

/* The run without the sentence's own marks around it. */
static struct bytes core_of(struct bytes run)
{
    size_t from = 0;
    while (from < run.n && begins_outside(run, from))
        from++;
    run = bytes_slice(run, from, run.n);
    while (run.n > 0 && (is_one_of(run.p[run.n - 1], " \"',.;:!?(-") || closes_outside(run)))
        run.n--;
    return run;
}

/* A word, or a number without anything in it, stands in its order by itself. */
static bool needs_isolate(struct bytes core)
{
    bool any = false, mixed = false;
    for (size_t i = 0; i < core.n; i++) {
        any |= is_alphanumeric(core.p[i]);
        mixed |= !is_alphanumeric(core.p[i]);
    }
    return any && mixed;
}

static void put_run(struct buf *out, struct bytes run)
{
    struct bytes core = core_of(run);
    if (!needs_isolate(core)) {
        buf_put(out, run);
        return;
    }
    size_t before = (size_t)(core.p - run.p);
    buf_put(out, bytes_slice(run, 0, before));
    buf_put_text(out, ISOLATE);
    buf_put(out, core);
    buf_put_text(out, ISOLATE_END);
    buf_put(out, bytes_slice(run, before + core.n, run.n));
}

bool isolates_put(struct buf *out, struct bytes line)
{
    if (!isolates_has_rtl(line))
        return buf_put(out, line);
    for (size_t i = 0; i < line.n;) {
        size_t from = i;
        while (i < line.n && line.p[i] < 0x80)
            i++;
        put_run(out, bytes_slice(line, from, i));
        from = i;
        while (i < line.n && line.p[i] >= 0x80)
            i++;
        buf_put(out, bytes_slice(line, from, i));
    }
    return !out->overflow;
}

bool isolates_put_cell(struct buf *out, struct bytes cell)
{
    if (cell.n == 0 || isolates_has_rtl(cell))
        return isolates_put(out, cell);
    buf_put_text(out, ISOLATE);
    buf_put(out, cell);
    return buf_put_text(out, ISOLATE_END);
}
