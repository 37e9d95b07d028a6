/* A tape that may be anything, and steps that point anywhere on it (the first line, JSON): what a letter quotes of it. */
#include "claim.h"
#include "cli/dialogue.h"
#include "tape/tape_reader.h"

static const char token[] = "abcdefghijklmnopqrstuvwxyz234567";

static void find(struct decisive *d, struct bytes tape)
{
    struct fail fail = {0};
    struct tape_reader reader;
    struct tape_head head;
    struct record record;
    if (tape_reader_open(&reader, tape, &head, &fail))
        while (tape_reader_next(&reader, &record, &fail) == TAPE_RECORD)
            decisive_take(d, &record, reader.line);
    tape_reader_close(&reader);
    decisive_choose(d);
    require(d->count <= DECISIVE_MOST);
}

/* Each line is the tape's; where the steps say nothing none is marked. */
static void claim(const struct dialogue *d, bool chosen)
{
    struct bytes all = buf_view(&d->text);
    require(d->count <= FACTS_LINES);
    for (size_t i = 0; i < d->count; i++) {
        const struct finding_line *line = &d->lines[i];
        require(line->text.n == 0 ||
                (line->text.p >= all.p && line->text.p + line->text.n <= all.p + all.n));
        require(chosen || !line->decisive);
    }
    require(chosen || d->before == 0);
}

static void read_as(struct bytes tape, const json_t *steps, struct bytes mark, bool relay)
{
    struct fail fail = {0};
    struct decisive choice;
    struct dialogue d;
    decisive_begin(&choice, steps, mark, relay);
    find(&choice, tape);
    if (dialogue_read(&d, tape, mark, &choice, &fail)) {
        claim(&d, choice.count > 0);
        dialogue_free(&d);
    } else {
        require(fail.code && fail.text[0]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes all = bytes_at(data, size);
    size_t end = bytes_index(all, '\n', 0);
    struct bytes tape = bytes_slice(all, end == BYTES_NOT_FOUND ? all.n : end + 1, all.n);
    json_t *steps = json_loadb((const char *)data, end == BYTES_NOT_FOUND ? size : end, 0, NULL);
    for (unsigned i = 0; i < 4; i++)
        read_as(tape, steps, bytes_of(i & 1 ? token : ""), i & 2);
    json_decref(steps);
    return 0;
}
