#include "cli/repl_script.h"

#include "script/vm.h"

enum { TAIL = 256, LINES_MOST = 20000 };

static void put_head(struct buf *out, bool proxy)
{
    buf_put_text(
        out, "-- Lines that were typed in `ajar repl`, as they were typed, one after another.\n\n");
    buf_printf(out,
               "local probe = ajar.probe {\n"
               "    id = \"%s/session\", kind = \"%s\", ports = { %s },\n"
               "    summary = \"Says what a person has typed\",\n"
               "}\n\n"
               "function probe.run(it)\n"
               "    target = it\n"
               "    local session = ajar.session()\n",
               proxy ? "proxy" : "relay", proxy ? "proxy" : "relay", proxy ? "1080" : "25");
}

static void put_tail(struct buf *out)
{
    buf_put_text(out, "    return session:verdict()\nend\n\nreturn probe\n");
}

static unsigned lines_of(struct bytes text)
{
    unsigned lines = 0;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    return lines;
}

void repl_script_begin(struct repl_script *s)
{
    buf_clear(&s->text);
    put_head(&s->text, s->proxy);
    s->line = lines_of(buf_view(&s->text)) + 2;
}

struct repl_script repl_script_new(bool proxy)
{
    size_t most = vm_limits_default().source;
    struct repl_script s = {
        .proxy = proxy, .text = buf_new(most), .chunk = buf_new(most + LINES_MOST)};
    repl_script_begin(&s);
    return s;
}

void repl_script_free(struct repl_script *s)
{
    buf_free(&s->text);
    buf_free(&s->chunk);
}

bool repl_script_add(struct repl_script *s, struct bytes piece, struct bytes *chunk)
{
    static const char before[] = "    session:line(function()\n";
    static const char after[] = "\n    end)\n";
    size_t size = strlen(before) + piece.n + strlen(after);
    unsigned line = s->line + lines_of(piece) + 3;
    if (s->text.n + size + TAIL > s->text.limit || line > LINES_MOST)
        return false;
    buf_put_text(&s->text, before);
    buf_put(&s->text, piece);
    buf_put_text(&s->text, after);
    buf_clear(&s->chunk);
    for (unsigned i = 2; i < s->line; i++)
        buf_put_byte(&s->chunk, '\n');
    buf_put_text(&s->chunk, "return function()\n");
    buf_put(&s->chunk, piece);
    buf_put_text(&s->chunk, "\nend");
    *chunk = buf_view(&s->chunk);
    s->line = line;
    return !s->text.overflow && !s->chunk.overflow;
}

struct bytes repl_script_end(struct repl_script *s)
{
    put_tail(&s->text);
    return buf_view(&s->text);
}

struct buf repl_script_live(const struct repl_script *s)
{
    struct buf out = buf_new(4096);
    put_head(&out, s->proxy);
    buf_put_text(&out, "    session:listen(probe.run)\n");
    put_tail(&out);
    return out;
}
