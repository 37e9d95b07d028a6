/* A bag of custody that may be anything: what is read of it is a row of records from 1 on. */
#include "claim.h"
#include "evidence/custody.h"

#include "tar_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    struct custody c;
    struct fail fail = {0};
    if (size == 0)
        return 0;
    int fd = tar_input(data, size);
    bool ok = custody_read(tar_input_path(fd, path), &c, &fail);
    require(ok ? c.count > 0 : fail.code && fail.text[0]);
    for (size_t i = 0; ok && i < c.count; i++)
        require(c.entries[i].record.number == i + 1);
    require(!ok || custody_agree(&c, &c, &fail));
    custody_free(&c);
    close(fd);
    return 0;
}
