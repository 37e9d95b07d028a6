/* An mbox: it is parted into mails that together are no longer than it, each within its limit. */
#include "claim.h"
#include "cli/mail_source.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST = 4096 };

static bool on_mail(void *arg, const char *name, struct bytes mail, bool cut, struct fail *fail)
{
    size_t *left = arg;
    (void)name, (void)fail;
    require(mail.n <= MOST && mail.n <= *left);
    require(!cut || mail.n == MOST);
    *left -= mail.n;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[40];
    struct fail fail = {0};
    size_t left = size;
    int fd = memfd_create("mbox", MFD_CLOEXEC);
    require(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    require(mail_source_each(path, MOST, on_mail, &left, &fail) || fail.code);
    close(fd);
    return 0;
}
