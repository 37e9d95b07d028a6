#include "tape/steps.h"

#include "base/json.h"

enum { STEP_HEAD = 6 };

void steps_put(struct buf *packed, unsigned line, struct bytes say)
{
    struct bytes cut = bytes_slice(say, 0, STEP_SAY);
    if (packed->n + STEP_HEAD + cut.n > packed->limit)
        return;
    buf_put_u32(packed, line);
    buf_put_u16(packed, (uint16_t)cut.n);
    buf_put(packed, cut);
}

bool steps_json(struct bytes packed, struct buf *out)
{
    buf_put_byte(out, '[');
    for (size_t at = 0; at + STEP_HEAD <= packed.n;) {
        const unsigned char *p = packed.p + at;
        uint32_t line = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
        size_t n = (size_t)p[4] << 8 | p[5];
        buf_put_text(out, at == 0 ? "{" : ",{");
        json_put_member_number(out, "line", line);
        json_put_member(out, "say", bytes_slice(packed, at + STEP_HEAD, at + STEP_HEAD + n));
        buf_put_byte(out, '}');
        at += STEP_HEAD + n;
    }
    return buf_put_byte(out, ']') && !out->overflow;
}
