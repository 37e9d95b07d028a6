/*
 * A mail, sorted. Input: the sender up to a line end, then the message; in it 0xfe stands for a token of this run and 0xfd
 * for another one, as no fuzzer can guess a true one.
 */
#include "claim.h"
#include "proto/mail.h"
#include "sink/mail_sort.h"

static const unsigned char key[TOKEN_KEY] = "fuzz";
static const struct token_family ours = {.run_key = key};

static struct token make(unsigned char attempt)
{
    static const unsigned char job[TOKEN_JOB] = "job";
    struct token_seed seed = token_seed_of(key, job);
    return token_make(&seed, attempt);
}

static struct buf with_tokens(struct bytes in)
{
    struct buf out = buf_new(in.n * TOKEN_TEXT + 1);
    char text[TOKEN_TEXT];
    for (size_t i = 0; i < in.n; i++) {
        struct token token = make(in.p[i]);
        if (in.p[i] >= 0xfd)
            buf_put_text(&out, token_text(&token, text));
        else
            buf_put_byte(&out, in.p[i]);
    }
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    size_t end = bytes_index(in, '\n', 0);
    struct bytes sender = bytes_slice(in, 0, end);
    struct buf message =
        with_tokens(bytes_slice(in, end == BYTES_NOT_FOUND ? size : end + 1, size));
    struct bytes all = buf_view(&message);
    struct token token = make(0xfe);
    struct token own;
    struct mail_text text;
    struct bytes body = mail_body(all);
    require(body.n == 0 || body.p + body.n == all.p + all.n);
    enum mail_sort sort = mail_sort_of(&ours, "ajar.test", sender, all, &token);
    require(sort <= MAIL_OTHER);
    /* without its token no mail is the test message */
    if (!mail_own_token(&ours, all, &own))
        require(sort != MAIL_TEST);
    size_t begin = mail_text_begin(all, 0);
    require(begin == BYTES_NOT_FOUND || begin < all.n);
    struct bytes target;
    if (begin != BYTES_NOT_FOUND && mail_text_target(all, begin, &target))
        require(target.p >= all.p && target.p + target.n <= all.p + all.n);
    if (begin != BYTES_NOT_FOUND && mail_text_read(all, begin, &text)) {
        claim_within(text.mark, all);
        claim_within(text.form, all);
    }
    buf_free(&message);
    return 0;
}
