#include "cli/script_error.h"

#include "cli/terminal.h"
#include "cli/trace.h"
#include "cli/traceback_words.h"
#include "evidence/bundle.h"
#include "tape/print_row.h"
#include "tape/tape_reader.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 6, TEXT_SHOWN = 400, ROW_TEXT = 8 * 1024 };

/* The latest rows, a ring. */
struct rows {
    struct print_cells cells[ROWS];
    unsigned char texts[ROWS][TEXT_SHOWN + 64];
    size_t count;
    bool many; /* connections */
};

/* The error's text, whose view lasts until the reader is closed; none: the script raised nothing. */
static struct bytes error_of(struct tape_reader *reader, struct bytes tape)
{
    struct tape_head head;
    struct record record;
    struct fail ignored;
    struct bytes none = bytes_at(NULL, 0);
    if (!tape_reader_open(reader, tape, &head, &ignored))
        return none;
    while (tape_reader_next(reader, &record, &ignored) == TAPE_RECORD)
        if (record.op == RECORD_VERDICT && bytes_equal_text(record.data, "error") &&
            bytes_find(record.more[0], bytes_of("\nstack traceback:")) != BYTES_NOT_FOUND)
            return record.more[0];
    return none;
}

static void keep(void *arg, const struct print_cells *row)
{
    struct rows *r = arg;
    size_t at = r->count++ % ROWS;
    struct bytes text = bytes_slice(row->text, 0, sizeof r->texts[at]);
    if (text.n > 0)
        memcpy(r->texts[at], text.p, text.n);
    r->cells[at] = *row;
    r->cells[at].text = bytes_at(r->texts[at], text.n);
    r->many |= row->c > 1;
}

static void print_rows(const struct rows *r, int indent)
{
    struct buf out = buf_new(ROWS * ROW_TEXT);
    struct print_page page = {
        .out = &out, .colour = terminal_has_colour(STDOUT_FILENO), .many = r->many};
    size_t first = r->count > ROWS ? r->count - ROWS : 0;
    if (r->count > 0)
        printf("%*sthe last rows of the dialogue:\n", indent, "");
    for (size_t i = first; i < r->count; i++) {
        const struct print_cells *c = &r->cells[i % ROWS];
        struct record record = {.t = c->t, .c = c->c};
        buf_clear(&out);
        print_row(&page, &record, c->line, c->further && i > first, trace_mark(c->of, c->further),
                  c->of, c->text);
        printf("%*s%s", indent, "", buf_text(&out));
    }
    buf_free(&out);
}

void script_error_dialogue(struct bytes tape, int indent)
{
    struct rows rows = {.count = 0};
    struct fail ignored;
    struct buf none = buf_new(0);
    struct print_options options = {.most = TEXT_SHOWN, .bare = true, .cells = keep, .arg = &rows};
    if (print_tape(&none, tape, &options, &ignored))
        print_rows(&rows, indent);
    buf_free(&none);
}

bool script_error_is(struct bytes tape)
{
    struct tape_reader reader;
    bool is = error_of(&reader, tape).n > 0;
    tape_reader_close(&reader);
    return is;
}

void script_error_print(struct bytes tape, int indent, bool dialogue)
{
    struct tape_reader reader;
    struct bytes error = error_of(&reader, tape);
    traceback_words(error, indent);
    if (error.n > 0 && dialogue)
        script_error_dialogue(tape, indent);
    tape_reader_close(&reader);
}

/* ---- of a bundle ---- */

struct wanted {
    char name[256]; /* the tape's, in the bundle */
    struct buf *tape;
};

static bool on_file(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    const struct wanted *w = arg;
    if (strcmp(name, w->name) != 0)
        return true;
    buf_put(w->tape, content);
    return fail_set(fail, "EDONE", "it was found");
}

void script_error_tape(const char *bundle, const char *id, struct buf *tape)
{
    struct wanted w = {.tape = tape};
    struct fail ignored;
    snprintf(w.name, sizeof w.name, "data/cases/%s/tape.jsonl", id);
    bundle_each(bundle, on_file, &w, &ignored);
}

bool script_error_read(const char *bundle, const char *id, struct buf *tape)
{
    script_error_tape(bundle, id, tape);
    return script_error_is(buf_view(tape));
}
