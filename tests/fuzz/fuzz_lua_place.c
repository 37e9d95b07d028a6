/* A path, a line's end, and a text that may be a script or anything: the place is one in the text. */
#include "claim.h"
#include "script/lua_place.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64] = "";
    unsigned line = 0;
    unsigned column = 0;
    struct bytes in = bytes_at(data, size);
    size_t end = bytes_index(in, '\n', 0);
    if (end >= sizeof path)
        return 0;
    memcpy(path, in.p, end);
    struct bytes source = bytes_slice(in, end + 1, in.n);
    lua_place_find(source, path, &line, &column);
    require(line > 0 && column > 0);
    size_t at = 0;
    for (unsigned i = 1; i < line; i++) {
        size_t next = bytes_index(source, '\n', at);
        require(next != BYTES_NOT_FOUND);
        at = next + 1;
    }
    require(at + column - 1 <= source.n);
    return 0;
}
