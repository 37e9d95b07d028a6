#include "run/cell_ipc.h"

/* What an answer holds beside its line. */
enum answer_kind { ANSWER_FAILED, ANSWER_DATA, ANSWER_RECEIPT };

void ipc_put_call(struct buf *out, const struct far_call *call)
{
    ipc_put_u8(out, (uint8_t)call->op);
    ipc_put_u32(out, call->conn);
    ipc_put_u32(out, call->consumed);
    ipc_put_u64(out, (uint64_t)call->at);
    ipc_put_u32(out, call->script_line);
    if (call->op == FAR_OPEN) {
        ipc_put_addr(out, &call->to);
        ipc_put_u8(out, (uint8_t)call->way);
    } else if (call->op == FAR_TOKEN || call->op == FAR_RECEIPT) {
        buf_put(out, bytes_at(call->token.b, TOKEN_SIZE));
    } else if (call->op == FAR_ASK) {
        ipc_put_u8(out, (uint8_t)call->type);
        ipc_put_bytes(out, call->data);
    } else {
        ipc_put_bytes(out, call->data);
    }
}

struct far_call ipc_call(struct ipc_reader *r)
{
    struct far_call call = {.op = (enum far_op)ipc_u8(r)};
    call.conn = ipc_u32(r);
    call.consumed = ipc_u32(r);
    call.at = (instant)ipc_u64(r);
    call.script_line = ipc_u32(r);
    if (call.op == FAR_OPEN) {
        call.to = ipc_addr(r);
        unsigned way = ipc_u8(r);
        r->bad |= way > WORLD_VISIT;
        call.way = r->bad ? WORLD_TCP : (enum world_way)way;
    } else if (call.op == FAR_TOKEN || call.op == FAR_RECEIPT) {
        ipc_copy(r, call.token.b, TOKEN_SIZE);
    } else if (call.op == FAR_ASK) {
        call.type = (enum dns_type)ipc_u8(r);
        r->bad |= dns_type_name(call.type)[0] == '?';
        call.data = ipc_bytes(r);
    } else {
        call.data = ipc_bytes(r);
    }
    r->bad |= call.op < FAR_OPEN || call.op >= FAR_OPS;
    return call;
}

void ipc_put_answer(struct buf *out, const struct far_answer *answer)
{
    bool failed = answer->state != WORLD_READY;
    enum answer_kind kind = failed                      ? ANSWER_FAILED
                            : answer->receipt.digest[0] ? ANSWER_RECEIPT
                                                        : ANSWER_DATA;
    ipc_put_u32(out, answer->line);
    ipc_put_messages(out, &answer->messages);
    ipc_put_u8(out, (uint8_t)kind);
    if (kind == ANSWER_FAILED)
        ipc_put_fail(out, &answer->fail);
    else if (kind == ANSWER_RECEIPT)
        ipc_put_receipt(out, &answer->receipt);
    else
        ipc_put_bytes(out, answer->data);
}

struct far_answer ipc_answer(struct ipc_reader *r)
{
    struct far_answer answer = {.line = ipc_u32(r), .state = WORLD_READY};
    answer.messages = ipc_messages(r);
    unsigned kind = ipc_u8(r);
    if (kind == ANSWER_FAILED) {
        answer.state = WORLD_FAILED;
        answer.fail = ipc_fail(r);
    } else if (kind == ANSWER_RECEIPT) {
        answer.receipt = ipc_receipt(r);
    } else {
        answer.data = ipc_bytes(r);
        r->bad |= kind != ANSWER_DATA;
    }
    return answer;
}

void ipc_put_conclusion(struct buf *out, const struct conclusion *c)
{
    ipc_put_u8(out, (uint8_t)c->verdict);
    ipc_put_bytes(out, c->reason);
    ipc_put_bytes(out, c->steps);
    ipc_put_u8(out, c->has_proof);
    buf_put(out, bytes_at(c->proof.b, TOKEN_SIZE));
    ipc_put_bytes(out, c->reach);
    ipc_put_u8(out, (uint8_t)c->late);
}

struct conclusion ipc_conclusion(struct ipc_reader *r)
{
    struct conclusion c = {.verdict = VERDICT_ERROR};
    unsigned verdict = ipc_u8(r);
    c.reason = ipc_bytes(r);
    c.steps = ipc_bytes(r);
    c.has_proof = ipc_u8(r) == 1;
    ipc_copy(r, c.proof.b, TOKEN_SIZE);
    c.reach = ipc_bytes(r);
    unsigned late = ipc_u8(r);
    r->bad |= verdict > VERDICT_ERROR || late > LATE_TOKEN_NOTHING;
    if (!r->bad) {
        c.verdict = (enum verdict)verdict;
        c.late = (enum late_token)late;
    }
    return c;
}
