/* Only what time_text writes is read, and any instant can be written. */
#include "base/time.h"
#include "claim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    char text[TIME_TEXT];
    instant when = 0;
    if (time_parse(in, &when))
        require(bytes_equal_text(in, time_text(when, text)));
    if (size >= sizeof when)
        memcpy(&when, data, sizeof when);
    require(strlen(time_text(when, text)) < TIME_TEXT);
    require(strlen(time_mail_text(when, text)) < TIME_TEXT);
    require(strlen(time_reader_text(when, text)) < TIME_TEXT);
    return 0;
}
