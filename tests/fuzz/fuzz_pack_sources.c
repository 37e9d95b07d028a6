/* A file of sources that may be anything: each that is read has a name of its own, a place and a key. */
#include "claim.h"
#include "cli/pack_source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pack_sources s;
    struct fail fail = {0};
    if (!pack_sources_parse(&s, bytes_at(data, size), &fail)) {
        require(fail.code && memcmp(fail.text, "line ", 5) == 0);
        return 0;
    }
    require(s.count <= SOURCES_MOST);
    for (size_t i = 0; i < s.count; i++) {
        require(s.list[i].name[0] && s.list[i].place[0] && !strchr(s.list[i].place, ' '));
        for (size_t j = 0; j < i; j++)
            require(strcmp(s.list[i].name, s.list[j].name) != 0);
    }
    return 0;
}
