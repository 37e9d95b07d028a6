/* What is text is no longer than what came, and has no NUL in it. */
#include "claim.h"
#include "proto/telnet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf out = buf_new(size);
    require(telnet_text(bytes_at(data, size), &out));
    require(out.n <= size);
    for (size_t i = 0; i < out.n; i++)
        require(out.p[i] != 0);
    buf_free(&out);
    return 0;
}
