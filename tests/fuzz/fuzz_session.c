/*
 * One client of the sink, saying anything, in pieces. Input: pieces ended by a byte 0xff; in them 0xfe
 * stands for a token of this run and 0xfd for another one, as no fuzzer can guess a true one.
 */
#include "base/check.h"
#include "sink/kept.h"
#include "sink/session.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

struct seen {
    unsigned receipts;
    struct receipt last;
};

static bool admit(void *arg, const struct token *token)
{
    (void)token;
    return ((struct seen *)arg)->receipts < 40;
}

static void on_receipt(void *arg, const struct receipt *receipt, struct bytes raw)
{
    static const unsigned char key[TOKEN_KEY] = "fuzz";
    struct seen *seen = arg;
    require(raw.n > 0 && raw.n <= SINK_BYTES + 64 * 1024);
    require(token_is_ours(key, &receipt->token));
    require(kept_flaw(receipt, raw) == NULL); /* who has no key finds the same in it */
    seen->receipts++;
    seen->last = *receipt;
}

static void put_token(struct buf *to, unsigned char attempt)
{
    static const unsigned char key[TOKEN_KEY] = "fuzz";
    static const unsigned char job[TOKEN_JOB] = "job";
    struct token_seed seed = token_seed_of(key, job);
    struct token token = token_make(&seed, attempt);
    char text[TOKEN_TEXT];
    buf_put_text(to, token_text(&token, text));
}

/* An answer is never given without a receipt. */
static void check_output(struct session *s, const struct seen *seen, unsigned before)
{
    struct buf *out = session_output(s);
    struct bytes said = buf_view(out);
    if (seen->receipts == before)
        require(bytes_find(said, bytes_of("AJAR ")) == BYTES_NOT_FOUND);
    for (size_t i = 0; i < said.n; i++)
        require(said.p[i] == '\r' || said.p[i] == '\n' || (said.p[i] >= ' ' && said.p[i] < 0x7f));
    buf_clear(out);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct seen seen = {0};
    struct addr peer = {.family = ADDR_IPV4, .ip = {127, 0, 0, 1}};
    struct session_rules rules = {.run_key = "fuzz",
                                  .domain = "t.example",
                                  .at = peer,
                                  .admit = admit,
                                  .on_receipt = on_receipt,
                                  .arg = &seen};
    struct session *s = session_new(&rules, &peer, 2664);
    struct buf piece = buf_new(1024 * 1024);
    require(s);
    for (size_t i = 0; i <= size && !session_over(s); i++) {
        unsigned before = seen.receipts;
        if (i < size && data[i] == 0xfe)
            put_token(&piece, 1);
        else if (i < size && data[i] == 0xfd)
            put_token(&piece, 2);
        else if (i < size && data[i] != 0xff)
            buf_put_byte(&piece, data[i]);
        if (i < size && data[i] != 0xff)
            continue;
        if (piece.n == 0)
            session_greet(s);
        session_feed(s, buf_view(&piece), (instant)i * SPAN_SECOND);
        buf_clear(&piece);
        check_output(s, &seen, before);
    }
    session_expire(s);
    require(session_over(s));
    session_free(s);
    buf_free(&piece);
    return 0;
}
