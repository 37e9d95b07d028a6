/* Text and token are one to one; only what was made with the run's key is found. */
#include "claim.h"
#include "proto/token.h"

static const unsigned char run_key[TOKEN_KEY] = "a key that no peer has ever seen";
static const struct token_family ours = {.run_key = run_key};

static void claim_text(struct bytes in)
{
    struct token t;
    char text[TOKEN_TEXT];
    if (!token_parse(in, &t))
        return;
    token_text(&t, text);
    require(in.n == 32 && bytes_equal_nocase(in, text));
    require(!token_is_ours(run_key, &t));
}

static void claim_found(struct bytes in)
{
    struct token t;
    struct token found;
    char text[TOKEN_TEXT];
    unsigned char job[TOKEN_JOB] = {0};
    require(!token_find(&ours, in, &t));
    if (in.n > 0)
        memcpy(job, in.p, in.n < TOKEN_JOB ? in.n : TOKEN_JOB);
    struct token_seed seed = token_seed_of(run_key, job);
    t = token_make(&seed, (uint8_t)in.n);
    struct buf longer = buf_new(in.n + 64);
    buf_put(&longer, in);
    buf_put_byte(&longer, '<');
    buf_put_text(&longer, token_text(&t, text));
    buf_put_byte(&longer, '@');
    buf_put(&longer, bytes_slice(in, 0, 16));
    require(token_find(&ours, buf_view(&longer), &found));
    require(memcmp(found.b, t.b, TOKEN_SIZE) == 0);
    buf_free(&longer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    claim_text(in);
    claim_found(in);
    return 0;
}
