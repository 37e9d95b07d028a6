/* To whom a letter was written: addresses in small letters, no more than there is room for, and a time that is one. */
#include "claim.h"
#include "mail/written.h"
#include "notice/message.h"

#include <ctype.h>

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    message_begin();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct written w;
    if (!written_read(bytes_at(data, size), &w))
        return 0;
    require(w.when > 0 && w.count <= WRITTEN_MOST);
    for (size_t i = 0; i < w.count; i++)
        for (const char *at = w.to[i]; *at; at++)
            require(!isupper((unsigned char)*at));
    return 0;
}
