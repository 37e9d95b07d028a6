/* A whole tape, read and printed: nothing in the transcript may move a terminal's cursor. */
#include "tape/print.h"

#include "base/check.h"
#include "base/text.h"

#include <stdint.h>

static void check_rows(struct bytes text)
{
    while (text.n > 0) {
        size_t end = bytes_index(text, '\n', 0);
        require(text_is_printable(bytes_slice(text, 0, end)));
        text = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(text, end + 1, text.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf out = buf_new(4 * 1024 * 1024);
    struct fail fail;
    struct print_options options = {.width = size % 2 ? 80 : 0, .most = size % 3 ? 0 : 100};
    print_tape(&out, bytes_at(data, size), &options, &fail);
    print_verdict(&out, &(struct print_verdict){.steps = bytes_at(data, size)}, &options);
    if (!out.overflow)
        check_rows(buf_view(&out));
    buf_free(&out);
    return 0;
}
