/* Receipts, what is answered for them, and the clients that ask with one line. */
#include "sink/session_inside.h"

#include <string.h>

struct receipt session_receipt(const struct session *s, const struct token *token,
                               enum receipt_kind kind, struct bytes raw)
{
    struct receipt r = {
        .token = *token, .kind = kind, .peer = s->peer, .port = s->port, .at = s->now};
    unsigned char digest[SHA256_SIZE];
    char peer[ADDR_IP_TEXT];
    char when[TIME_TEXT];
    sha256_of(raw, digest);
    hash_hex(digest, sizeof digest, r.digest);
    token_answer(s->rules->run_key, token, bytes_of(addr_ip_text(&s->peer, peer)),
                 bytes_of(time_text(s->now, when)), r.answer);
    return r;
}

const char *session_admit(struct session *s, const struct receipt *receipt, struct bytes raw)
{
    if (!receipt_fits(raw))
        return "552 5.3.4 too many lines";
    if (!s->rules->admit(s->rules->arg, &receipt->token))
        return "550 5.7.1 this token came too often";
    s->rules->on_receipt(s->rules->arg, receipt, raw);
    return NULL;
}

void session_put_answer(struct buf *out, const struct receipt *receipt)
{
    char token[TOKEN_TEXT];
    buf_printf(out, "AJAR %s %s", token_text(&receipt->token, token), receipt->answer);
}

void session_put_peer(const struct session *s, struct buf *out)
{
    char peer[ADDR_IP_TEXT];
    buf_printf(out, " [%s]", addr_ip_text(&s->peer, peer));
}

/* `code` is what the client takes for a yes. */
static void answer(struct session *s, const char *code, struct bytes word)
{
    struct token token;
    struct bytes raw = bytes_slice(buf_view(&s->in), 0, s->at);
    struct token_family ours = session_family(s);
    if (!token_parse(word, &token) || !token_is_of(&ours, &token)) {
        buf_put_text(&s->out, "550 5.7.1 no token of this run\r\n");
        return;
    }
    struct receipt r = session_receipt(s, &token, RECEIPT_LINE, raw);
    const char *refusal = session_admit(s, &r, raw);
    if (refusal) {
        buf_printf(&s->out, "%s\r\n", refusal);
        return;
    }
    buf_put_text(&s->out, code);
    session_put_answer(&s->out, &r);
    session_put_peer(s, &s->out);
    buf_put_text(&s->out, "\r\n");
}

bool session_answer_question(struct session *s, const struct smtp_command *line)
{
    if (bytes_equal_nocase(line->word, "AJAR"))
        answer(s, "250 ", line->argument);
    else if (bytes_equal_nocase(line->word, "USER"))
        answer(s, "230 ", line->argument);
    else
        return false;
    return true;
}

bool session_answer_datagram(const struct session_rules *rules, const struct addr *peer,
                             uint16_t port, struct bytes question, instant now, struct buf *out)
{
    static const char word[] = "AJAR ";
    struct session s = {.rules = rules, .peer = *peer, .port = port, .now = now};
    struct bytes line = bytes_trim(question);
    struct token_family ours = session_family(&s);
    struct token token;
    if (!bytes_starts_nocase(line, word) ||
        !token_parse(bytes_slice(line, sizeof word - 1, line.n), &token) ||
        !token_is_of(&ours, &token))
        return false;
    struct receipt r = session_receipt(&s, &token, RECEIPT_DATAGRAM, question);
    if (session_admit(&s, &r, question) != NULL)
        return false;
    buf_put_text(out, "250 ");
    session_put_answer(out, &r);
    size_t without_peer = out->n;
    session_put_peer(&s, out);
    if (out->n >= 3 * question.n)
        out->n = without_peer;
    return true;
}
