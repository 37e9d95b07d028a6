/* A licence expression that may be anything: what is refused has a sentence, and what is taken is taken in parentheses too. */
#include "claim.h"
#include "pack/license.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail = {0};
    struct bytes text = bytes_at(data, size);
    if (size > 4096)
        return 0;
    if (!license_check(text, &fail)) {
        require(fail.code && fail.text[0]);
        return 0;
    }
    struct buf both = buf_new(2 * 4096 + 10);
    buf_put_byte(&both, '(');
    buf_put(&both, text);
    buf_put_text(&both, ") OR ");
    buf_put(&both, text);
    require(!both.overflow);
    require(license_check(buf_view(&both), &fail) || strstr(fail.text, "parentheses"));
    buf_free(&both);
    return 0;
}
