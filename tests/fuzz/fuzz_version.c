/* Versions and ranges that may be anything: the order is one, and what was read is written as it stood. */
#include "claim.h"
#include "pack/version.h"

static bool read_version(struct bytes text, struct version *v)
{
    struct fail fail = {0};
    char again[VERSION_TEXT];
    if (!version_parse(text, v, &fail)) {
        require(fail.code && fail.text[0]);
        return false;
    }
    require(bytes_equal_text(text, version_text(v, again)));
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes rest = bytes_at(data, size);
    struct version v[3] = {{0}, {0}, {0}};
    struct version_range range;
    struct fail fail = {0};
    bool all = true;
    for (unsigned i = 0; i < 3; i++)
        all &= read_version(next_field(&rest), &v[i]);
    if (all) {
        require(version_compare(&v[0], &v[0]) == 0);
        require((version_compare(&v[0], &v[1]) > 0) == (version_compare(&v[1], &v[0]) < 0));
        if (version_compare(&v[0], &v[1]) <= 0 && version_compare(&v[1], &v[2]) <= 0)
            require(version_compare(&v[0], &v[2]) <= 0);
    }
    if (version_range_parse(rest, &range, &fail))
        require(range.count > 0 && range.count <= VERSION_BOUNDS);
    (void)version_is_within(&v[0], &range);
    return 0;
}
