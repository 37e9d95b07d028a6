#include "evidence/parts.h"

#include "evidence/fields.h"

#include <stdlib.h>
#include <string.h>

enum { STAND_IN_MOST = 128 };

/* ---- JSON's members ---- */

/* Behind the string whose quote stands at `at`; BYTES_NOT_FOUND where it does not end. A quote behind an odd number of
 * backslashes belongs to it. */
static size_t string_end(struct bytes text, size_t at)
{
    for (size_t quote = bytes_index(text, '"', at + 1); quote != BYTES_NOT_FOUND;
         quote = bytes_index(text, '"', quote + 1)) {
        size_t backslashes = 0;
        while (text.p[quote - 1 - backslashes] == '\\')
            backslashes++;
        if (backslashes % 2 == 0)
            return quote + 1;
    }
    return BYTES_NOT_FOUND;
}

/* How much deeper than before we are behind this byte, outside of strings. */
static int step_of(unsigned char c)
{
    return c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
}

/* One line, whose "{" is closed by the byte before its LF and not earlier. */
static bool has_members(struct bytes text)
{
    long depth = 0;
    if (text.n < 3 || text.p[0] != '{' || bytes_index(text, '\n', 0) != text.n - 1 ||
        text.p[text.n - 2] != '}')
        return false;
    text.n -= 2;
    for (size_t i = 0; i < text.n;) {
        bool is_string = text.p[i] == '"';
        depth += step_of(text.p[i]);
        i = is_string ? string_end(text, i) : i + 1;
        if (depth == 0 || i == BYTES_NOT_FOUND)
            return false;
    }
    return depth == 1;
}

/* The comma between this member, or the one that the comma at `at` begins, and the next. */
static size_t member_end(struct bytes text, size_t at)
{
    long depth = at > 0;
    for (size_t i = at; i < text.n;) {
        if (text.p[i] == ',' && depth == 1 && i > at)
            return i;
        bool is_string = text.p[i] == '"';
        depth += step_of(text.p[i]);
        i = is_string ? string_end(text, i) : i + 1;
    }
    return text.n;
}

/* ---- the walk ---- */

static int compare(const void *a, const void *b)
{
    const struct part_file *x = a;
    const struct part_file *y = b;
    return strcmp(x->name, y->name);
}

struct parts parts_begin(struct part_file *files, size_t n)
{
    qsort(files, n, sizeof *files, compare);
    return (struct parts){.files = files, .file_count = n};
}

static enum parts_form form_of(const struct part_file *file)
{
    if (strcmp(file->name, PARTS_TAPE) == 0)
        return PARTS_RECORDS;
    if (strcmp(file->name, PARTS_CONTACTS) == 0)
        return PARTS_OBJECTS;
    bool members = strcmp(file->name, PARTS_CASE) == 0 && has_members(file->content);
    return members ? PARTS_MEMBERS : PARTS_LINES;
}

static size_t part_end(const struct parts *p, struct bytes text)
{
    if (p->form == PARTS_MEMBERS)
        return member_end(text, p->at);
    size_t end = bytes_index(text, '\n', p->at);
    return end == BYTES_NOT_FOUND ? text.n : end + 1;
}

bool parts_next(struct parts *p)
{
    while (p->open && p->at == p->files[p->file].content.n) {
        p->open = false;
        p->file++;
    }
    if (p->file == p->file_count)
        return false;
    struct bytes text = p->files[p->file].content;
    if (!p->open) {
        p->open = true;
        p->at = 0;
        p->form = form_of(&p->files[p->file]);
    }
    size_t end = part_end(p, text);
    p->part = bytes_slice(text, p->at, end);
    p->at = end;
    return true;
}

uint64_t parts_count(struct part_file *files, size_t n)
{
    uint64_t count = 0;
    struct parts p = parts_begin(files, n);
    while (parts_next(&p))
        count++;
    return count;
}

/* ---- what is hidden ---- */

static bool is_json_lines(enum parts_form form)
{
    return form == PARTS_RECORDS || form == PARTS_OBJECTS;
}

/* Of a member the hash stands behind `{"hidden `; of others after what its form begins with. */
static const char *before_hash(enum parts_form form)
{
    return form == PARTS_MEMBERS ? "\"hidden "
           : is_json_lines(form) ? "{\"hidden\":\""
                                 : "[hidden ";
}

static const char *behind_hash(const struct parts *p)
{
    bool last = p->part.n > 0 && p->part.p[p->part.n - 1] == '\n';
    return p->form == PARTS_MEMBERS ? last ? "\":null}\n" : "\":null"
           : is_json_lines(p->form) ? "\"}\n"
                                    : "]\n";
}

bool parts_put_hidden(struct buf *out, const struct parts *p, const unsigned char leaf[SHA256_SIZE])
{
    char hex[SHA256_HEX];
    hash_hex(leaf, SHA256_SIZE, hex);
    if (p->form == PARTS_MEMBERS)
        buf_put_byte(out, p->part.p[0]);
    return buf_printf(out, "%s%s%s", before_hash(p->form), hex, behind_hash(p));
}

bool parts_hidden(const struct parts *p, unsigned char leaf[SHA256_SIZE])
{
    size_t at = strlen(before_hash(p->form)) + (p->form == PARTS_MEMBERS);
    struct bytes hex = bytes_slice(p->part, at, at + SHA256_HEX - 1);
    struct buf again = buf_new(STAND_IN_MOST);
    bool ok = p->part.n < STAND_IN_MOST && fields_hex(hex, leaf, SHA256_SIZE) &&
              parts_put_hidden(&again, p, leaf) && bytes_equal(buf_view(&again), p->part);
    buf_free(&again);
    return ok;
}
