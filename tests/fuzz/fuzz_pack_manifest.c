/* A pack.json that may be anything: what is read can be shown, and each fault has its place in the text; the first is what a reader
 * fails with. */
#include "base/text.h"
#include "claim.h"
#include "pack/manifest.h"

struct told {
    struct bytes text;
    struct fail first;
    unsigned faults;
};

static void on_fault(void *arg, const char *path, const struct fail *why)
{
    struct told *t = arg;
    unsigned line = 0;
    unsigned column = 0;
    manifest_where(t->text, path, why, &line, &column);
    require(line > 0 && column > 0 && column <= t->text.n + 1);
    if (t->faults++ == 0)
        t->first = *why;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct manifest m;
    struct fail fail = {0};
    struct bytes text = bytes_at(data, size);
    struct told told = {.text = text};
    bool whole = manifest_read(text, &m, on_fault, &told);
    require(whole == (told.faults == 0));
    if (!manifest_parse(text, &m, &fail)) {
        require(fail.code && fail.text[0]);
        require(strcmp(fail.text, told.first.text) == 0);
        return 0;
    }
    require(whole && manifest_is_name(bytes_of(m.name)));
    require(text_is_printable(bytes_of(m.summary)) && m.summary[0]);
    require(text_is_printable(bytes_of(m.license)) && m.license[0]);
    for (unsigned i = 0; i < m.maintainer_count; i++)
        require(text_is_printable(bytes_of(m.maintainers[i])));
    for (unsigned i = 0; i < m.need_count; i++)
        require(manifest_is_name(bytes_of(m.needs[i].name)) && m.needs[i].range.count > 0);
    return 0;
}
