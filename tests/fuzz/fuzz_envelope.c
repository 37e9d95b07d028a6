/* Sender and recipient of a letter: what is taken can stand in an envelope's line, or the smarthost's client refuses it. */
#include "claim.h"
#include "mail/envelope.h"
#include "notice/message.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    message_begin();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct envelope e;
    struct fail fail = {0};
    bool ok = envelope_read(bytes_at(data, size), &e, &fail);
    require(ok || fail.code);
    require(!ok || (e.to[0] && e.from[0] && e.id[0] == '<'));
    struct buf stripped = buf_new(size + 1);
    require(envelope_strip(bytes_at(data, size), &stripped) && stripped.n <= size);
    buf_free(&stripped);
    return 0;
}
