/*
 * A receipt's bytes as anyone may have written them, held against each kind. Input: a byte of the kind, then the bytes, in
 * which 0xfe stands for the receipt's token and 0xfd for another of its job.
 */
#include "claim.h"
#include "sink/kept.h"

static struct token make(unsigned char attempt)
{
    static const unsigned char key[TOKEN_KEY] = "fuzz";
    static const unsigned char job[TOKEN_JOB] = "job";
    struct token_seed seed = token_seed_of(key, job);
    return token_make(&seed, attempt);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf raw = buf_new(size * TOKEN_TEXT + 1);
    struct receipt said = {.token = make(0xfe), .kind = size > 0 ? data[0] % RECEIPT_KINDS : 0};
    char text[TOKEN_TEXT];
    require(addr_parse(bytes_of("192.0.2.30:7"), &said.peer));
    for (size_t i = 1; i < size; i++) {
        struct token token = make(data[i]);
        if (data[i] >= 0xfd)
            buf_put_text(&raw, token_text(&token, text));
        else
            buf_put_byte(&raw, data[i]);
    }
    const char *flaw = kept_flaw(&said, buf_view(&raw));
    /* what does not hold the token is no receipt of it */
    if (!flaw) {
        bool found = false;
        for (size_t at = 0; at < raw.n && !found; at++)
            found = bytes_starts_nocase(bytes_slice(buf_view(&raw), at, raw.n),
                                        token_text(&said.token, text));
        require(found);
    }
    buf_free(&raw);
    return 0;
}
