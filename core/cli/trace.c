#include "cli/trace.h"

#include "base/text.h"
#include "cli/terminal.h"
#include "tape/print_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINE_SHOWN = 200, TEXT_LIMIT = 64 * 1024 };

struct trace {
    const struct script_source *scripts;
    const struct probe_info *const *probes;
    struct addr target; /* whose row was the last */
    unsigned probe;
    unsigned script_line;
    struct buf out;
    struct print_page page;
};

struct trace *trace_new(const struct script_source *scripts, const struct probe_info *const *probes)
{
    struct trace *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    *t = (struct trace){.scripts = scripts, .probes = probes, .out = buf_new(TEXT_LIMIT)};
    t->page = (struct print_page){.out = &t->out, .colour = terminal_has_colour(STDERR_FILENO)};
    return t;
}

void trace_free(struct trace *t)
{
    if (t)
        buf_free(&t->out);
    free(t);
}

/* The script's line of this number, without the blanks around it. */
static struct bytes source_line(struct bytes text, unsigned number)
{
    size_t from = 0;
    for (unsigned line = 1; line < number; line++) {
        size_t end = bytes_index(text, '\n', from);
        if (end == BYTES_NOT_FOUND)
            return bytes_at(NULL, 0);
        from = end + 1;
    }
    return bytes_trim(bytes_slice(text, from, bytes_index(text, '\n', from)));
}

static void put_faint(struct trace *t, const char *name, unsigned number, struct bytes text)
{
    print_ink(&t->page, INK_FAINT);
    buf_printf(&t->out, "%s:%u: ", name, number);
    text_escape(&t->out, bytes_slice(text, 0, LINE_SHOWN), LINE_SHOWN);
    print_ink(&t->page, INK_PLAIN);
    buf_put_byte(&t->out, '\n');
}

/* Which target it is, and where its script is, when that is another than in the row before. */
static void put_place(struct trace *t, const struct run_trace *row)
{
    const struct run_item *item = row->item;
    const struct script_source *script = t->scripts ? &t->scripts[item->probe] : NULL;
    char text[ADDR_TEXT];
    bool other = script && (!addr_equal(&t->target, &item->target) || t->probe != item->probe);
    if (other) {
        t->target = item->target;
        t->probe = item->probe;
        buf_printf(&t->out, "%s %s\n", addr_text(&item->target, text), t->probes[item->probe]->id);
    }
    if (script && row->script_line > 0 && (other || row->script_line != t->script_line))
        put_faint(t, script->name, row->script_line, source_line(script->text, row->script_line));
    t->script_line = row->script_line;
}

const char *trace_mark(enum print_ink ink, bool further)
{
    return ink == INK_SENT     ? "→"
           : ink == INK_CAME   ? "←"
           : ink == INK_REMARK ? "="
           : ink == INK_FAINT  ? "…"
                               : (further ? " " : "·");
}

void trace_row(struct trace *t, const struct run_trace *row)
{
    struct record r = {.t = row->t, .c = row->c};
    buf_clear(&t->out);
    put_place(t, row);
    t->page.many = t->page.many || row->c > 1;
    print_row(&t->page, &r, row->line, row->further, trace_mark(row->ink, row->further), row->ink,
              row->text);
    fwrite(t->out.p, 1, t->out.n, stderr);
}
