#include "tape/print.h"

#include "tape/print_row.h"
#include "tape/remark.h"
#include "tape/tape_reader.h"

#include <stdlib.h>

enum { WORDS_LIMIT = 2 * RECORD_LINE_LIMIT, TITLE_HANG = 2 };
enum { HIDDEN_COLUMNS = 10 };

struct printer {
    struct print_page page;
    const struct print_options *options;
    struct remarks remarks;
    struct buf words; /* of one row in the making */
    struct record r;
    unsigned line;
};

static bool is_shown(const struct printer *p)
{
    const struct print_options *o = p->options;
    return p->line >= o->from && (o->to == 0 || p->line <= o->to);
}

static void row(struct printer *p, bool further, const char *mark, enum print_ink ink,
                struct bytes text)
{
    const struct print_options *o = p->options;
    if (!is_shown(p))
        return;
    if (o->cells)
        o->cells(o->arg, &(struct print_cells){.line = p->line,
                                               .t = p->r.t,
                                               .c = p->r.c,
                                               .further = further,
                                               .of = ink,
                                               .text = text});
    else
        print_row(&p->page, &p->r, p->line, further, mark, ink, text);
}

static void remark(struct printer *p, const char *text)
{
    if (text)
        row(p, true, "=", INK_REMARK, bytes_of(text));
}

static void event(struct printer *p)
{
    row(p, false, "·", INK_PLAIN, buf_view(&p->words));
}

/* Text does not begin with a control character, and SOCKS always does: it is shown in one piece. */
static bool is_binary(struct bytes data)
{
    unsigned char first = data.n > 0 ? data.p[0] : ' ';
    return first < 0x20 && first != '\r' && first != '\n' && first != '\t';
}

static struct bytes next_line(struct bytes *rest)
{
    size_t end = bytes_index(*rest, '\n', 0);
    size_t n = end == BYTES_NOT_FOUND ? rest->n : end + 1;
    struct bytes line = bytes_slice(*rest, 0, n);
    *rest = bytes_slice(*rest, n, rest->n);
    return line;
}

/* CR LF is how lines end and goes without saying; anything else is shown. */
static struct bytes without_end(struct bytes line)
{
    bool usual = line.n >= 2 && line.p[line.n - 2] == '\r' && line.p[line.n - 1] == '\n';
    return usual ? bytes_slice(line, 0, line.n - 2) : line;
}

static void put_count(struct printer *p, size_t more)
{
    buf_clear(&p->words);
    buf_printf(&p->words, "%zu bytes more", more);
    row(p, true, "…", INK_FAINT, buf_view(&p->words));
}

/* The rows of what was sent or came, with the remarks that it gives rise to. */
static void put_data(struct printer *p, const char *mark, enum print_ink ink, bool came)
{
    struct bytes rest = p->r.data;
    size_t room = p->options->most ? p->options->most : SIZE_MAX;
    size_t hidden = 0;
    bool binary = is_binary(rest);
    if (binary || rest.n == 0)
        row(p, false, mark, ink, bytes_slice(rest, 0, room));
    for (bool further = false; rest.n > 0; further = true) {
        struct bytes line = next_line(&rest);
        struct bytes seen = bytes_slice(line, 0, room);
        if (seen.n > 0 && !binary)
            row(p, further, mark, ink, without_end(seen));
        hidden += line.n - seen.n;
        room -= seen.n;
        remark(p, came ? remark_received(&p->remarks, p->r.c, line) : NULL);
    }
    if (hidden > 0)
        put_count(p, hidden);
}

static void say(struct printer *p, const char *text, struct bytes what)
{
    buf_put_text(&p->words, text);
    buf_put(&p->words, what);
}

static void put_opened(struct printer *p)
{
    say(p, p->r.data.n > 0 ? "connected, from " : "the sink is told to", p->r.data);
    if (bytes_equal_text(p->r.more[0], "0"))
        buf_put_text(&p->words, "; the host may get no test message any more");
    event(p);
    remark_opened(&p->remarks, p->r.c);
}

static void put_fail(struct printer *p)
{
    say(p, "failed: ", p->r.data);
    if (p->r.more[0].n > 0)
        say(p, ": ", p->r.more[0]);
    event(p);
}

static void put_secured(struct printer *p)
{
    unsigned quotes = 0;
    for (size_t i = 0; i < p->r.more[1].n; i++)
        quotes += p->r.more[1].p[i] == '"';
    say(p, "TLS stands: ", p->r.data);
    say(p, ", ", p->r.more[0]);
    buf_printf(&p->words, ", %u certificate%s", quotes / 2, quotes == 2 ? "" : "s");
    event(p);
}

static void more(struct printer *p, const char *mark, enum print_ink ink, const char *text,
                 struct bytes what)
{
    buf_clear(&p->words);
    say(p, text, what);
    row(p, true, mark, ink, buf_view(&p->words));
}

/* A report or an answer names the token, and is no proof (proto/receipt.h). The page of `ajar view` has the same words. */
static const char *receipt_words(struct bytes kind)
{
    static const char *const proofs[] = {"mail", "line", "http", "datagram"};
    for (size_t i = 0; i < sizeof proofs / sizeof proofs[0]; i++)
        if (bytes_equal_text(kind, proofs[i]))
            return "the token came back from ";
    return "a mail that names the token, and is not the test's own, came from ";
}

static void put_receipt(struct printer *p)
{
    say(p, "the sink got the token ", p->r.data);
    event(p);
    more(p, "·", INK_PLAIN, "when: ", p->r.more[2]);
    more(p, "·", INK_PLAIN, "how: ", p->r.more[0]);
    more(p, "·", INK_PLAIN, "SHA-256: ", p->r.more[3]);
    if (p->r.more[5].n > 0)
        more(p, "·", INK_PLAIN, "at the sink's port: ", p->r.more[5]);
    more(p, "=", INK_REMARK, receipt_words(p->r.more[0]), p->r.more[1]);
}

static void put_ask(struct printer *p)
{
    say(p, "asks the DNS for ", p->r.more[0]);
    say(p, " of ", p->r.data);
    event(p);
}

static void put_answer(struct printer *p)
{
    say(p, "the resolver ", p->r.data);
    buf_printf(&p->words, " answers with %zu bytes", p->r.more[0].n);
    event(p);
}

static void put_event(struct printer *p, const char *text)
{
    say(p, text, p->r.data);
    event(p);
}

/* data/view/told.js says of each record the same, for the page that compares itself. */
static void put_record(struct printer *p)
{
    buf_clear(&p->words);
    switch (p->r.op) {
    case RECORD_OPEN:
        return put_event(p, "connects to ");
    case RECORD_OPENED:
        return put_opened(p);
    case RECORD_SEND:
        remark_sent(&p->remarks, p->r.c, p->r.data);
        return put_data(p, "→", INK_SENT, false);
    case RECORD_RECV:
        return put_data(p, "←", INK_CAME, true);
    case RECORD_END:
        return put_event(p, "the other side closes");
    case RECORD_FAIL:
        return put_fail(p);
    case RECORD_SECURE:
        return put_event(p, p->r.data.n ? "begins TLS with " : "begins TLS");
    case RECORD_SECURED:
        return put_secured(p);
    case RECORD_CLOSE:
        return put_event(p, "closes");
    case RECORD_TOKEN:
        return put_event(p, "token ");
    case RECORD_NOW:
        return put_event(p, "the clock says ");
    case RECORD_PAUSED:
        return put_event(p, "a pause is over");
    case RECORD_RECEIPT:
        return put_receipt(p);
    case RECORD_ASK:
        return put_ask(p);
    case RECORD_ANSWER:
        return put_answer(p);
    case RECORD_NOTE:
        return put_event(p, "note: ");
    case RECORD_VERDICT:
    case RECORD_OPS:
        return;
    }
}

static void put_title(struct printer *p, const struct tape_head *head)
{
    char text[ADDR_TEXT];
    char time[TIME_TEXT];
    say(p, "", head->probe);
    say(p, " of ", head->pack);
    say(p, " on ", bytes_of(addr_text(&head->target, text)));
    if (head->name.n > 0) {
        say(p, " (", head->name);
        buf_put_byte(&p->words, ')');
    }
    print_wrapped(&p->page, buf_view(&p->words), TITLE_HANG, true);
    buf_printf(p->page.out, "\nbegun %s\n\n", time_reader_text(head->started, time));
}

static void put_verdict(struct printer *p)
{
    if (is_shown(p) && !p->options->bare)
        print_conclusion(&p->page, &(struct print_verdict){p->r.data, p->r.more[0], p->r.more[1]});
}

/* One step of a tape: a record, or what stands for a hidden one. */
static enum tape_step next(struct printer *p, struct tape_reader *reader, bool *hidden,
                           struct fail *fail)
{
    *hidden = tape_reader_pass_hidden(reader);
    return *hidden ? TAPE_RECORD : tape_reader_next(reader, &p->r, fail);
}

static void put_hidden(struct printer *p)
{
    const struct print_options *o = p->options;
    remark_hidden(&p->remarks);
    if (!is_shown(p))
        return;
    if (o->cells) {
        o->cells(o->arg, &(struct print_cells){.line = p->line, .hidden = true});
        return;
    }
    print_ink(&p->page, INK_FAINT);
    buf_printf(p->page.out, "%5u%*s· hidden\n", p->line,
               p->page.many ? HIDDEN_COLUMNS + 3 : HIDDEN_COLUMNS, "");
    print_ink(&p->page, INK_PLAIN);
}

/* Is there such a record? Whatever is wrong with the tape is found when it is printed. */
static bool any_record(struct bytes tape, bool (*is_such)(const struct record *r))
{
    struct tape_reader reader;
    struct tape_head head;
    struct record r = {0};
    struct fail fail;
    bool found = false;
    if (!tape_reader_open(&reader, tape, &head, &fail) && strcmp(fail.code, "EHIDDEN") != 0)
        reader.finished = true;
    while (!found && (tape_reader_pass_hidden(&reader) ||
                      tape_reader_next(&reader, &r, &fail) == TAPE_RECORD))
        found = is_such(&r);
    tape_reader_close(&reader);
    return found;
}

static bool is_further_connection(const struct record *r)
{
    return r->c > 1;
}

static bool is_verdict(const struct record *r)
{
    return r->op == RECORD_VERDICT;
}

bool print_has_title(struct bytes tape)
{
    struct tape_reader reader;
    struct tape_head head;
    struct fail fail;
    bool has = tape_reader_open(&reader, tape, &head, &fail) || strcmp(fail.code, "EHIDDEN") != 0;
    tape_reader_close(&reader);
    return has;
}

bool print_has_verdict(struct bytes tape)
{
    return any_record(tape, is_verdict);
}

static bool print_all(struct printer *p, struct tape_reader *reader, struct bytes tape,
                      struct fail *fail)
{
    struct tape_head head;
    enum tape_step step;
    bool hidden;
    bool has_head = tape_reader_open(reader, tape, &head, fail);
    if (!has_head && strcmp(fail->code, "EHIDDEN") != 0)
        return false;
    p->line = reader->line;
    if (!has_head)
        put_hidden(p);
    else if (!p->options->bare)
        put_title(p, &head);
    while ((step = next(p, reader, &hidden, fail)) == TAPE_RECORD) {
        p->line = reader->line;
        if (hidden) {
            put_hidden(p);
            continue;
        }
        put_record(p);
        if (p->r.op == RECORD_VERDICT)
            put_verdict(p);
    }
    return step == TAPE_END;
}

bool print_tape(struct buf *out, struct bytes tape, const struct print_options *options,
                struct fail *fail)
{
    struct tape_reader reader;
    struct printer p = {
        .page = {out, options->width, options->colour, any_record(tape, is_further_connection)},
        .options = options,
        .words = buf_new(WORDS_LIMIT),
    };
    bool ok = print_all(&p, &reader, tape, fail);
    tape_reader_close(&reader);
    buf_free(&p.words);
    if (out->overflow)
        return fail_set(fail, "ELIMIT", "the transcript is longer than there is room for");
    return ok;
}

struct print_live {
    struct print_options options;
    struct printer printer;
};

struct print_live *print_live_new(const struct print_options *options)
{
    struct print_live *live = calloc(1, sizeof *live);
    if (!live)
        return NULL;
    live->options = *options;
    live->printer = (struct printer){.options = &live->options, .words = buf_new(WORDS_LIMIT)};
    return live;
}

void print_live_free(struct print_live *live)
{
    if (live)
        buf_free(&live->printer.words);
    free(live);
}

void print_live_record(struct print_live *live, unsigned line, const struct record *r)
{
    live->printer.line = line;
    live->printer.r = *r;
    put_record(&live->printer);
}
