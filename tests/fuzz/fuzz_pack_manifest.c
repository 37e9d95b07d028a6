/* A pack.json that may be anything: what is read can be shown, and what is refused is found again in the text. */
#include "base/text.h"
#include "claim.h"
#include "pack/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct manifest m;
    struct fail fail = {0};
    unsigned line = 0;
    unsigned column = 0;
    struct bytes text = bytes_at(data, size);
    if (!manifest_parse(text, &m, &fail)) {
        require(fail.code && fail.text[0]);
        manifest_where(text, &fail, &line, &column);
        require(line > 0 && column > 0);
        return 0;
    }
    require(manifest_is_name(bytes_of(m.name)));
    require(text_is_printable(bytes_of(m.summary)) && m.summary[0]);
    require(text_is_printable(bytes_of(m.license)) && m.license[0]);
    for (unsigned i = 0; i < m.maintainer_count; i++)
        require(text_is_printable(bytes_of(m.maintainers[i])));
    for (unsigned i = 0; i < m.need_count; i++)
        require(manifest_is_name(bytes_of(m.needs[i].name)) && m.needs[i].range.count > 0);
    return 0;
}
