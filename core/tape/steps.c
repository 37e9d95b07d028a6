#include "tape/steps.h"

#include "base/json.h"

enum { LINE = 4, LENGTH = 2, PARTS = 3 };

bool step_name_is(struct bytes name)
{
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = name.p[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return name.n > 0 && name.n <= STEP_NAME;
}

static void put_part(struct buf *packed, struct bytes part)
{
    buf_put_u16(packed, (uint16_t)part.n);
    buf_put(packed, part);
}

void steps_put(struct buf *packed, unsigned line, struct bytes say, struct step_finding finding)
{
    struct bytes cut = bytes_slice(say, 0, STEP_SAY);
    bool found = step_name_is(finding.form) && step_name_is(finding.cause);
    if (!found)
        finding = (struct step_finding){0};
    size_t size = LINE + PARTS * LENGTH + cut.n + finding.form.n + finding.cause.n;
    if (packed->n + size > packed->limit)
        return;
    buf_put_u32(packed, line);
    put_part(packed, cut);
    put_part(packed, finding.form);
    put_part(packed, finding.cause);
}

/* The next part at *at; false when it is cut off. */
static bool take_part(struct bytes packed, size_t *at, struct bytes *part)
{
    if (*at + LENGTH > packed.n)
        return false;
    size_t from = *at + LENGTH;
    size_t n = (size_t)packed.p[*at] << 8 | packed.p[*at + 1];
    *part = bytes_slice(packed, from, from + n);
    *at = from + n;
    return part->n == n;
}

static void put_step(struct buf *out, uint32_t line, const struct bytes part[PARTS])
{
    json_put_member_number(out, "line", line);
    json_put_member(out, "say", part[0]);
    if (step_name_is(part[1]) && step_name_is(part[2])) {
        json_put_member(out, "form", part[1]);
        json_put_member(out, "cause", part[2]);
    }
    buf_put_byte(out, '}');
}

bool steps_json(struct bytes packed, struct buf *out)
{
    buf_put_byte(out, '[');
    for (size_t at = 0; at + LINE <= packed.n;) {
        const unsigned char *p = packed.p + at;
        uint32_t line = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
        struct bytes part[PARTS];
        bool first = at == 0;
        at += LINE;
        for (int i = 0; i < PARTS; i++)
            if (!take_part(packed, &at, &part[i]))
                return buf_put_byte(out, ']') && !out->overflow;
        buf_put_text(out, first ? "{" : ",{");
        put_step(out, line, part);
    }
    return buf_put_byte(out, ']') && !out->overflow;
}

/* Where the object ends that begins at `at`: behind the next "}" outside of a string. */
static size_t end_of_object(struct bytes json, size_t at)
{
    bool quoted = false;
    for (; at < json.n; at++) {
        unsigned char c = json.p[at];
        if (quoted && c == '\\')
            at++;
        else if (c == '"')
            quoted = !quoted;
        else if (c == '}' && !quoted)
            return at + 1;
    }
    return json.n;
}

struct bytes steps_next(struct bytes *json)
{
    size_t begin = bytes_index(*json, '{', 0);
    if (begin == BYTES_NOT_FOUND)
        return bytes_at(NULL, 0);
    size_t end = end_of_object(*json, begin);
    struct bytes step = bytes_slice(*json, begin, end);
    *json = bytes_slice(*json, end, json->n);
    return step;
}
