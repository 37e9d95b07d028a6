/* What a journal says of letters, whatever stands in it: what is told of one is an entry of that name, and found by it. */
#include "claim.h"
#include "mail/journal.h"

#include <string.h>

static bool check(void *arg, const struct entry *e)
{
    const struct entry *found = journal_find(arg, e->name);
    require(entry_is_name(bytes_of(e->name)));
    require(found == e);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct journal_view *v = journal_view_of(bytes_at(data, size), "this");
    require(v);
    require(journal_each(v, check, v));
    journal_view_free(v);
    return 0;
}
