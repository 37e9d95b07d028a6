/* What the process that talks with the smarthost says: what is read is printable, and is read again as the same. */
#include "base/text.h"
#include "claim.h"
#include "run/postman_process.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct postman_answer a, again;
    struct buf text = buf_new(65536);
    if (!postman_answer_get(bytes_at(data, size), &a))
        return 0;
    require(text_is_printable(bytes_of(a.outcome.said)) && text_is_printable(bytes_of(a.tls)));
    postman_answer_put(&text, &a);
    require(postman_answer_get(buf_view(&text), &again));
    require(again.state == a.state && again.outcome.result == a.outcome.result);
    require(strcmp(again.outcome.said, a.outcome.said) == 0);
    buf_free(&text);
    return 0;
}
