/* A record of custody that may be anything: it has one form only, and what is in it can be shown. */
#include "base/text.h"
#include "claim.h"
#include "evidence/custody_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct custody_record r;
    struct fail fail = {0};
    struct bytes text = bytes_at(data, size);
    if (!custody_record_parse(text, &r, &fail)) {
        require(fail.code && fail.text[0]);
        return 0;
    }
    struct buf again = buf_new(CUSTODY_TEXT);
    require(custody_record_put(&again, &r, &fail));
    require(bytes_equal(buf_view(&again), text));
    require(r.number > 0 && r.event[0] && r.by[0]);
    require(text_is_printable(bytes_of(r.by)) && text_is_printable(bytes_of(r.note)));
    buf_free(&again);
    return 0;
}
