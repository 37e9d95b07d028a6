/* A text that is read as a signature has one form only: four lines. None holds that we did not make. */
#include "claim.h"
#include "evidence/sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct public_key key = {"12345678", "an Ed25519 key that nobody has.."};
    struct signature s;
    struct fail fail = {0};
    if (!signature_parse(bytes_at(data, size), &s, &fail)) {
        require(fail.code && fail.text[0]);
        return 0;
    }
    require(data[size - 1] == '\n');
    require(bytes_index(s.trusted_comment, '\n', 0) == BYTES_NOT_FOUND);
    require(s.trusted_comment.n < 8192 && s.untrusted_comment.n < 1024);
    require(!signature_check(&s, &key, bytes_of("content"), &fail));
    return 0;
}
