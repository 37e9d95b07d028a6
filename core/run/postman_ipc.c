#include "base/text.h"
#include "run/ipc.h"
#include "run/postman_process.h"

#include <stdio.h>

void postman_question_put(struct buf *out, enum postman_asks what,
                          const struct submit_letter *letter)
{
    buf_clear(out);
    ipc_begin(out, IPC_JOB);
    ipc_put_u8(out, (uint8_t)what);
    if (what != POSTMAN_LETTER && what != POSTMAN_NEXT)
        return;
    ipc_put_bytes(out, bytes_of(letter->from));
    ipc_put_bytes(out, bytes_of(letter->to));
    ipc_put_bytes(out, bytes_of(letter->id));
    ipc_put_bytes(out, letter->message);
}

void postman_answer_put(struct buf *out, const struct postman_answer *answer)
{
    static const struct fail nothing = {.code = "EOTHER"};
    buf_clear(out);
    ipc_begin(out, IPC_DONE);
    ipc_put_u8(out, (uint8_t)answer->state);
    ipc_put_u8(out, (uint8_t)answer->outcome.result);
    ipc_put_u32(out, answer->outcome.code);
    ipc_put_bytes(out, bytes_of(answer->outcome.said));
    ipc_put_bytes(out, bytes_of(answer->tls));
    ipc_put_fail(out, answer->fail.code ? &answer->fail : &nothing);
}

static void take_text(struct ipc_reader *r, char *to, size_t size)
{
    struct bytes text = ipc_bytes(r);
    r->bad |= text.n >= size || (text.n > 0 && memchr(text.p, 0, text.n));
    snprintf(to, size, "%.*s", r->bad ? 0 : (int)text.n, text.n ? (const char *)text.p : "");
    text_make_printable(to);
}

bool postman_answer_get(struct bytes frame, struct postman_answer *out)
{
    enum ipc_type type;
    struct ipc_reader r = ipc_read(frame, &type);
    uint8_t state = ipc_u8(&r);
    uint8_t result = ipc_u8(&r);
    *out = (struct postman_answer){.state = SUBMIT_OVER};
    out->outcome.code = ipc_u32(&r);
    take_text(&r, out->outcome.said, sizeof out->outcome.said);
    take_text(&r, out->tls, sizeof out->tls);
    out->fail = ipc_fail(&r);
    if (type != IPC_DONE || !ipc_end(&r) || state > SUBMIT_OVER || result > SUBMIT_UNKNOWN ||
        out->outcome.code > 599)
        return false;
    out->state = (enum submit_state)state;
    out->outcome.result = (enum submit_result)result;
    return true;
}
