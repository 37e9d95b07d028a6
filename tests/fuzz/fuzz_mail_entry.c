/* What has become of a letter: what is read can be written, and is read again as the same. */
#include "claim.h"
#include "mail/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct entry e, again;
    struct fail fail;
    if (!entry_get(bytes_at(data, size), &e, &fail))
        return 0;
    require(entry_is_name(bytes_of(e.name)));
    struct buf text = buf_new(4 * ENTRY_LIMIT);
    struct buf second = buf_new(4 * ENTRY_LIMIT);
    require(entry_put(&text, &e));
    if (text.n <= ENTRY_LIMIT) {
        require(entry_get(buf_view(&text), &again, &fail));
        require(entry_put(&second, &again));
        require(bytes_equal(buf_view(&text), buf_view(&second)));
    }
    buf_free(&text);
    buf_free(&second);
    return 0;
}
