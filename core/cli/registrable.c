#include "cli/registrable.h"

#include "base/library.h"

#include <libpsl.h>

#define LIBRARY "libpsl.so.5"

const char *registrable_domain(const char *host)
{
    __typeof__(&psl_builtin) builtin;
    __typeof__(&psl_registrable_domain) of;
    void *library = library_open(LIBRARY);
    if (!library || !library_find(library, "psl_builtin", &builtin) ||
        !library_find(library, "psl_registrable_domain", &of))
        return NULL;
    const psl_ctx_t *list = builtin();
    return list ? of(list, host) : NULL;
}
