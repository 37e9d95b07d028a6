/* data/run.json as anyone may have written it: read, or refused with a sentence. */
#include "claim.h"
#include "run/needs.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct needs needs;
    struct fail fail = {0};
    if (!needs_read(bytes_at(data, size), &needs, &fail)) {
        require(fail.code && fail.text[0] != '\0');
        return 0;
    }
    require((needs.interface > 0) == (needs.api_count > 0) && needs.api_count <= NEEDS_API);
    for (size_t i = 0; i < needs.api_count; i++)
        require(needs.api[i][0] != '\0' && memchr(needs.api[i], '\0', NEEDS_NAME));
    require(needs_served(&needs, &fail) || fail.text[0] != '\0');
    return 0;
}
