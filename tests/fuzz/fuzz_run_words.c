/* data/run.json as anyone may have written it, printed: nothing in it may move a terminal's cursor. */
#include "base/text.h"
#include "claim.h"
#include "cli/run_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf out = buf_new(4 * 1024 * 1024);
    struct fail fail = {0};
    bool ok = run_words_put(&out, bytes_at(data, size), &fail);
    require(ok || (fail.code && fail.text[0]));
    struct bytes rest = ok ? buf_view(&out) : bytes_at(NULL, 0);
    while (rest.n > 0) {
        size_t end = bytes_index(rest, '\n', 0);
        require(end != BYTES_NOT_FOUND && text_is_printable(bytes_slice(rest, 0, end)));
        rest = bytes_slice(rest, end + 1, rest.n);
    }
    buf_free(&out);
    return 0;
}
