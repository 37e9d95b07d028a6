/* What a process says that asks an operator's rules, and may have been taken over. */
#include "base/text.h"
#include "claim.h"
#include "run/ruling.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail = {0};
    struct ruling ruling;
    if (!ruling_read(bytes_at(data, size), &ruling, &fail)) {
        require(fail.code && text_is_printable(bytes_of(fail.text)));
        return 0;
    }
    require(ruling.what <= RULING_STOP && ruling.letter < RULING_LETTERS);
    require(ruling.after >= 0 && ruling.after <= 3650 * 24 * 3600 * SPAN_SECOND);
    require(ruling.what == RULING_RECHECK || (ruling.what == RULING_STOP) == (ruling.after == 0));
    require(text_is_printable(bytes_of(ruling.why)));
    return 0;
}
