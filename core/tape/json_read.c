#include "tape/json_read.h"

#include "base/json.h"
#include "base/text.h"
#include "tape/scan.h"

enum { DEEPEST = 8 };

static json_t *value(struct scan *s, struct buf *hold, unsigned depth);

/* Beyond ASCII a byte is no character of UTF-8 yet. */
static bool is_ascii(struct bytes b)
{
    unsigned char all = 0;
    for (size_t i = 0; i < b.n; i++)
        all |= b.p[i];
    return all < 0x80;
}

/* Characters beyond ASCII, with none that is escaped: a view of the text. */
static bool take_characters(struct scan *s, struct bytes *out)
{
    struct scan at = *s;
    uint32_t character;
    if (!scan_text(&at, "\""))
        return false;
    const unsigned char *begin = at.p;
    for (size_t step = 1; step > 0;) {
        at.p += json_plain_run(bytes_at(at.p, (size_t)(at.end - at.p)));
        step = scan_is_over(&at) || *at.p < 0x80
                   ? 0
                   : text_decode(bytes_at(at.p, (size_t)(at.end - at.p)), &character);
        at.p += step;
    }
    *out = bytes_at(begin, (size_t)(at.p - begin));
    if (!scan_text(&at, "\""))
        return false;
    *s = at;
    return true;
}

/* A view of the text where nothing in it is escaped, else of `hold`. */
static bool take_text(struct scan *s, struct buf *hold, struct bytes *out)
{
    struct scan at = *s;
    if (scan_plain_string(&at, out)) {
        *s = at;
        return true;
    }
    buf_clear(hold);
    return take_characters(s, out) ||
           (buf_reserve(hold, (size_t)(s->end - s->p) + 1) && scan_string(s, hold, out) &&
            is_ascii(*out)); /* an escaped byte beyond ASCII is a character of its own */
}

static json_t *string(struct scan *s, struct buf *hold)
{
    struct bytes b;
    if (!take_text(s, hold, &b))
        return NULL;
    return json_stringn_nocheck(b.n ? (const char *)b.p : "", b.n);
}

static json_t *number(struct scan *s)
{
    uint64_t n = 0;
    bool whole = scan_number(s, 0, INT64_MAX, &n) &&
                 (scan_is_over(s) || (*s->p != '.' && (*s->p | 0x20) != 'e'));
    return whole ? json_integer((json_int_t)n) : NULL;
}

static json_t *word(struct scan *s)
{
    return scan_text(s, "true")    ? json_true()
           : scan_text(s, "false") ? json_false()
           : scan_text(s, "null")  ? json_null()
                                   : NULL;
}

static bool member(struct scan *s, struct buf *hold, unsigned depth, json_t *object)
{
    struct bytes name;
    size_t before = json_object_size(object);
    if (!scan_plain_string(s, &name) || !scan_text(s, ":"))
        return false;
    json_t *of = value(s, hold, depth);
    return of && json_object_setn_new_nocheck(object, (const char *)name.p, name.n, of) == 0 &&
           json_object_size(object) > before;
}

static json_t *object(struct scan *s, struct buf *hold, unsigned depth)
{
    json_t *all = json_object();
    bool ok = true;
    if (scan_text(s, "}"))
        return all;
    do
        ok = all && member(s, hold, depth, all);
    while (ok && scan_text(s, ","));
    if (ok && scan_text(s, "}"))
        return all;
    json_decref(all);
    return NULL;
}

static json_t *array(struct scan *s, struct buf *hold, unsigned depth)
{
    json_t *all = json_array();
    bool ok = true;
    if (scan_text(s, "]"))
        return all;
    do
        ok = all && json_array_append_new(all, value(s, hold, depth)) == 0;
    while (ok && scan_text(s, ","));
    if (ok && scan_text(s, "]"))
        return all;
    json_decref(all);
    return NULL;
}

static json_t *value(struct scan *s, struct buf *hold, unsigned depth)
{
    if (scan_is_over(s) || depth == DEEPEST)
        return NULL;
    switch (*s->p) {
    case '"':
        return string(s, hold);
    case '{':
        s->p++;
        return object(s, hold, depth + 1);
    case '[':
        s->p++;
        return array(s, hold, depth + 1);
    case 't':
    case 'f':
    case 'n':
        return word(s);
    default:
        return number(s);
    }
}

json_t *json_read_quick(struct bytes text)
{
    struct buf hold = buf_new(text.n + 2);
    struct scan s = scan_begin(text);
    bool begins = text.n > 0 && (text.p[0] == '{' || text.p[0] == '[');
    json_t *all = begins ? value(&s, &hold, 0) : NULL;
    buf_free(&hold);
    scan_text(&s, "\n");
    if (all && scan_is_over(&s))
        return all;
    json_decref(all);
    return NULL;
}

json_t *json_read_any(struct bytes text, json_error_t *error)
{
    return json_loadb(text.n ? (const char *)text.p : "", text.n,
                      JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, error);
}

json_t *json_read(struct bytes text, json_error_t *error)
{
    json_t *quick = json_read_quick(text);
    return quick ? quick : json_read_any(text, error);
}
