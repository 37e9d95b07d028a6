#include "cli/dialogue.h"

#include "base/text.h"
#include "tape/tape_reader.h"

enum { TURN_LINES = 4, FIRST_LINES = 8, LINE_BYTES = 512, TURN_BYTES = 1024 * 1024 };
/* Of the lines behind the first: so many stand ahead of the one that names the mark. */
enum { BEFORE_MARK = 6, FROM_MARK = FACTS_LINES - FIRST_LINES - BEFORE_MARK };

/* Where a line stands in the dialogue's text, which moves while it grows. */
struct place {
    bool ours;
    bool decisive;
    size_t from;
    size_t to;
    unsigned more;
};

struct reading {
    struct dialogue *out;
    const struct decisive *choice; /* NULL: of all */
    unsigned line;                 /* of the tape */
    struct buf turn;               /* the bytes of the turn under way */
    bool ours;                     /* whose it is */
    unsigned connection;
    unsigned begun;     /* the tape's line in which it began */
    size_t decided;     /* where in it the first bytes are that a step points at */
    size_t decided_end; /* and where the last end; 0: none */
    struct bytes mark;
    struct place places[FACTS_LINES];
    struct place *last;  /* kept; NULL: none yet */
    size_t total;        /* lines kept and left out among them */
    size_t end;          /* how many there will be; 0: the mark has not been seen */
    struct place behind; /* the latest beyond that */
    size_t behind_total;
    struct buf said;
};

/* The place of the next line. The first FIRST_LINES stay; the others are a ring of the latest, up to the end. */
static struct place *next_place(struct reading *r)
{
    if (r->end > 0 && r->total >= r->end) {
        r->behind_total++;
        return &r->behind;
    }
    size_t i = r->total++;
    if (i >= FACTS_LINES)
        i = FIRST_LINES + (i - FIRST_LINES) % (FACTS_LINES - FIRST_LINES);
    return &r->places[i];
}

static void leave_out(struct reading *r)
{
    if (r->last)
        r->last->more++;
    else
        r->out->before++;
}

static void keep_line(struct reading *r, struct bytes line, bool decisive)
{
    if (r->choice && r->total == FACTS_LINES) {
        leave_out(r);
        return;
    }
    struct place *place = next_place(r);
    struct buf *text = &r->out->text;
    *place = (struct place){.ours = r->ours, .decisive = decisive, .from = text->n};
    buf_put(text, bytes_slice(line, 0, LINE_BYTES));
    place->to = text->n;
    r->last = place;
    if (r->ours && r->end == 0 && r->mark.n > 0 && bytes_find(line, r->mark) != BYTES_NOT_FOUND)
        r->end = r->total + FROM_MARK > FACTS_LINES ? r->total + FROM_MARK : FACTS_LINES;
}

/* Mostly text: a stray control character does not make bytes of what are lines. */
static bool is_text(struct bytes b)
{
    size_t odd = 0;
    for (size_t i = text_ascii_run(b); i < b.n; i += text_ascii_run(bytes_slice(b, i, b.n))) {
        unsigned char c = b.p[i++];
        odd += (c < ' ' && c != '\r' && c != '\n' && c != '\t') || c == 0x7f;
    }
    return odd <= b.n / 8;
}

/* Takes one line with its end off the head of *b; returns it without its end. */
static struct bytes take_line(struct bytes *b)
{
    size_t end = bytes_index(*b, '\n', 0);
    struct bytes line = bytes_slice(*b, 0, end);
    *b = bytes_slice(*b, end == BYTES_NOT_FOUND ? b->n : end + 1, b->n);
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

/* Of what a step points at, the first line decides, and each that has the token. */
static bool is_decisive(const struct reading *r, struct bytes line, size_t from, bool *first)
{
    if (from + line.n <= r->decided || from >= r->decided_end)
        return false;
    struct bytes mark = r->choice->mark;
    bool decides = *first || (mark.n > 0 && bytes_find(line, mark) != BYTES_NOT_FOUND);
    *first = false;
    return decides;
}

/* How many lines of a turn are quoted: of how a server began, one. */
static unsigned lines_most(const struct reading *r)
{
    if (!r->choice)
        return TURN_LINES;
    if (!decisive_has(r->choice, r->connection, r->begun))
        return 0;
    return !r->ours && decisive_is_opening(r->choice, r->begun) ? 1 : TURN_LINES;
}

static void keep_text(struct reading *r, struct bytes turn)
{
    const unsigned char *begin = turn.p;
    unsigned most = lines_most(r);
    unsigned n = 0;
    bool first = true;
    while (turn.n > 0) {
        struct bytes line = take_line(&turn);
        if (bytes_trim(line).n == 0)
            continue;
        bool decisive = is_decisive(r, line, (size_t)(line.p - begin), &first);
        if (n++ < most || decisive)
            keep_line(r, line, decisive);
        else
            leave_out(r);
    }
}

static void end_turn(struct reading *r)
{
    struct bytes turn = buf_view(&r->turn);
    if (is_text(turn))
        keep_text(r, turn);
    else if (lines_most(r) > 0)
        keep_line(r, turn, r->decided_end > 0);
    else
        leave_out(r);
    buf_clear(&r->turn);
    r->decided = r->decided_end = 0;
}

static void speak(struct reading *r, const struct record *record)
{
    bool ours = record->op == RECORD_SEND;
    if (ours != r->ours || record->c != r->connection)
        end_turn(r);
    if (r->turn.n == 0)
        r->begun = r->line;
    r->ours = ours;
    r->connection = record->c;
    if (r->choice && decisive_is(r->choice, r->line)) {
        r->decided = r->decided_end > 0 ? r->decided : r->turn.n;
        r->decided_end = r->turn.n + record->data.n;
    }
    buf_put(&r->turn, record->data);
    if (!ours && r->said.n < FACTS_SAID)
        buf_put(&r->said, bytes_slice(record->data, 0, FACTS_SAID - r->said.n));
}

static void take_record(struct reading *r, const struct record *record)
{
    switch (record->op) {
    case RECORD_OPENED:
        if (r->out->from.family == ADDR_NONE)
            addr_parse(record->data, &r->out->from);
        break;
    case RECORD_SEND:
    case RECORD_RECV:
        speak(r, record);
        break;
    default:
        break;
    }
}

static bool read_records(struct reading *r, struct tape_reader *reader, struct fail *fail)
{
    struct record record;
    for (;;) {
        enum tape_step step = tape_reader_next(reader, &record, fail);
        if (step == TAPE_BAD)
            return false;
        if (step == TAPE_END)
            break;
        r->line = reader->line;
        take_record(r, &record);
    }
    end_turn(r);
    buf_put(&r->out->text, buf_view(&r->said));
    if (r->turn.overflow || r->out->text.overflow)
        return fail_set(fail, "ELIMIT", "the tape is too long to be quoted");
    return true;
}

/* The lines kept, in order, with views that stay. */
static void point(struct reading *r)
{
    struct dialogue *d = r->out;
    struct bytes text = buf_view(&d->text);
    size_t left_out = r->total > FACTS_LINES ? r->total - FACTS_LINES : 0;
    d->count = r->total - left_out;
    for (size_t i = 0; i < d->count; i++) {
        size_t at = i;
        if (left_out > 0 && i >= FIRST_LINES)
            at = FIRST_LINES + (i + left_out - FIRST_LINES) % (FACTS_LINES - FIRST_LINES);
        const struct place *p = &r->places[at];
        d->lines[i] = (struct finding_line){
            .ours = p->ours,
            .decisive = p->decisive,
            .text = bytes_slice(text, p->from, p->to),
            .more = p->more,
        };
    }
    if (left_out > 0)
        d->lines[FIRST_LINES - 1].more += (unsigned)left_out;
    if (r->behind_total > 0)
        d->lines[d->count - 1].more += (unsigned)r->behind_total;
    d->said = bytes_slice(text, text.n - r->said.n, text.n);
}

bool dialogue_read(struct dialogue *out, struct bytes tape, struct bytes mark,
                   const struct decisive *choice, struct fail *fail)
{
    *out = (struct dialogue){.text = buf_new(4 * (size_t)TAPE_LIMIT)};
    bool chosen = choice && choice->count > 0;
    struct reading r = {
        .out = out,
        .choice = chosen ? choice : NULL,
        .mark = chosen ? bytes_at(NULL, 0) : mark,
        .turn = buf_new(TURN_BYTES),
        .said = buf_new(FACTS_SAID),
    };
    struct tape_reader reader;
    struct tape_head head;
    bool ok = tape_reader_open(&reader, tape, &head, fail) && read_records(&r, &reader, fail);
    tape_reader_close(&reader);
    if (ok)
        point(&r);
    else
        dialogue_free(out);
    buf_free(&r.turn);
    buf_free(&r.said);
    return ok;
}

void dialogue_free(struct dialogue *d)
{
    buf_free(&d->text);
    *d = (struct dialogue){0};
}
