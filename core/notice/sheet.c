#include "notice/sheet.h"

#include "notice/isolates.h"

enum { DATE = 10, LINE_MOST = 16 * 1024 };

static void add(json_t *lines, struct bytes line)
{
    if (line.n > 0)
        json_array_append_new(lines, json_stringn((const char *)line.p, line.n));
}

static json_t *text(struct bytes b)
{
    return json_stringn(b.n ? (const char *)b.p : "", b.n);
}

/* The profile's letterhead in the letter's own language, as the wording chose it; else who writes and where an answer goes. */
static json_t *head_of(const struct letter *letter)
{
    json_t *head = json_object_get(letter->words, "letterhead");
    if (json_array_size(head) > 0)
        return json_incref(head);
    json_t *lines = json_array();
    add(lines, letter->from_name);
    add(lines, letter->reply_to);
    return lines;
}

static json_t *recipient(const struct letter *letter, const struct sheet_place *place)
{
    char address[ADDR_TEXT];
    const json_t *host = json_object_get(letter->facts, "host");
    json_t *lines = json_array();
    if (place->to)
        add(lines, bytes_of(place->to));
    if (place->target) {
        add(lines, bytes_at(json_string_value(host), json_string_length(host)));
        add(lines, bytes_of(addr_text(place->target, address)));
    }
    return lines;
}

/* The date as the letter's language writes it; else as ISO 8601 does. */
static json_t *beside(const struct letter *letter, const struct sheet_place *place)
{
    char when[TIME_TEXT];
    json_t *lines = json_array();
    const char *date = json_string_value(json_object_get(letter->words, "date"));
    struct bytes iso = bytes_slice(bytes_of(time_text(place->when, when)), 0, DATE);
    add(lines, date ? bytes_of(date) : iso);
    add(lines, place->case_id);
    return lines;
}

typedef bool (*isolating)(struct buf *out, struct bytes line);

static json_t *turned_text(const json_t *words, isolating put)
{
    struct bytes line = bytes_at(json_string_value(words), json_string_length(words));
    struct buf isolated = buf_new(LINE_MOST);
    bool ok = put(&isolated, line);
    json_t *turned = ok ? text(buf_view(&isolated)) : NULL;
    buf_free(&isolated);
    return turned;
}

/* Each cell for itself: a date or an address in one is no word of its language. */
static json_t *turned_cells(const json_t *cells)
{
    size_t i, k;
    const json_t *row, *words;
    json_t *rows = json_array();
    bool ok = rows != NULL;
    json_array_foreach(cells, i, row)
    {
        json_t *turned = json_array();
        ok = json_array_append_new(rows, turned) == 0 && ok;
        json_array_foreach(row, k, words)
        {
            ok = ok && json_array_append_new(turned, turned_text(words, isolates_put_cell)) == 0;
        }
    }
    if (ok)
        return rows;
    json_decref(rows);
    return NULL;
}

/* A block that runs from right to left, with isolates as in the text; what is in Latin letters alone, as a profile's words may be,
 * is as English is. */
static json_t *turned(const json_t *block)
{
    const json_t *words = json_object_get(block, "text");
    const json_t *cells = json_object_get(block, "cells");
    struct bytes line = bytes_at(json_string_value(words), json_string_length(words));
    json_t *copy = json_deep_copy(block);
    bool ok = copy && json_object_set_new(copy, "text", turned_text(words, isolates_put)) == 0;
    if (ok && cells)
        ok = json_object_set_new(copy, "cells", turned_cells(cells)) == 0;
    else if (ok && !isolates_has_rtl(line))
        ok = json_object_set_new(copy, "language", json_string("en")) == 0;
    if (ok)
        return copy;
    json_decref(copy);
    return NULL;
}

static json_t *blocks_of(const struct letter *letter)
{
    size_t i;
    json_t *block;
    json_t *blocks = letter_blocks(letter);
    json_array_foreach(blocks, i, block)
    {
        bool rtl = json_is_true(json_object_get(block, "rtl"));
        if (rtl && json_array_set_new(blocks, i, turned(block)) != 0) {
            json_decref(blocks);
            return NULL;
        }
    }
    return blocks;
}

/* The first of "ar, en". */
static json_t *language_of(const struct letter *letter)
{
    size_t end = bytes_index(letter->languages, ',', 0);
    return text(
        bytes_slice(letter->languages, 0, end == BYTES_NOT_FOUND ? letter->languages.n : end));
}

json_t *sheet_of(const struct letter *letter, const struct sheet_place *place)
{
    char when[TIME_TEXT];
    json_t *sheet = json_object();
    bool ok =
        json_object_set_new(sheet, "title", text(letter->subject)) == 0 &&
        json_object_set_new(sheet, "author", text(letter->from_name)) == 0 &&
        json_object_set_new(sheet, "created", json_string(time_text(place->when, when))) == 0 &&
        json_object_set_new(sheet, "language", language_of(letter)) == 0 &&
        json_object_set_new(sheet, "head", head_of(letter)) == 0 &&
        json_object_set_new(sheet, "to", recipient(letter, place)) == 0 &&
        json_object_set_new(sheet, "beside", beside(letter, place)) == 0 &&
        json_object_set_new(sheet, "blocks", blocks_of(letter)) == 0;
    if (!ok) {
        json_decref(sheet);
        sheet = NULL;
    }
    return sheet;
}
