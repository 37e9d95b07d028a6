/* A server that says what it likes in SCRAM: what is answered is short and printable, and it proves nothing. */
#include "base/text.h"
#include "claim.h"
#include "mail/scram.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scram s;
    struct fail fail;
    struct bytes in = bytes_at(data, size);
    size_t end = bytes_index(in, '\n', 0);
    struct buf out = buf_new(8192);
    require(scram_first(&s, "anna", "abc", &out));
    buf_clear(&out);
    if (scram_final(&s, "secret", bytes_slice(in, 0, end), &out, &fail))
        require(bytes_find(buf_view(&out), bytes_of(",p=")) != BYTES_NOT_FOUND);
    else
        require(out.n == 0 && fail.code);
    require(
        !scram_verify(&s, bytes_slice(in, end == BYTES_NOT_FOUND ? in.n : end + 1, in.n), &fail));
    buf_free(&out);
    return 0;
}
