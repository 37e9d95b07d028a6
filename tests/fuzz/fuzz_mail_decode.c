/* What is decoded is no longer than what came, but for the line ends between parts, and the same each time; what is in
 * no encoding stands as it was. */
#include "claim.h"
#include "proto/mail.h"
#include "proto/mail_decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    struct buf text = buf_new(2 * size + 1);
    struct buf again = buf_new(2 * size + 1);
    struct buf words = buf_new(size + 1);
    struct bytes field;
    require(mail_text_put(&text, in) && mail_text_put(&again, in));
    require(bytes_equal(buf_view(&text), buf_view(&again)));
    if (!mail_header(in, "Content-Type", 0, &field) &&
        !mail_header(in, "Content-Transfer-Encoding", 0, &field))
        require(bytes_equal(buf_view(&text), mail_body(in)));
    require(mail_words_put(&words, in));
    if (bytes_find(in, bytes_of("=?")) == BYTES_NOT_FOUND)
        require(bytes_equal(buf_view(&words), in));
    buf_free(&text);
    buf_free(&again);
    buf_free(&words);
    return 0;
}
