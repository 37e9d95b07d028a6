/* A list of suspects, whose first byte says in which form it is to be read and whose second one what file it is in. What comes
 * out is an address with what is said of it, and no text is longer than its place. */
#include "intake/intake.h"

#include "base/check.h"

static void check_entry(const struct entry *e)
{
    require(e->addr.family != ADDR_NONE && prefix_contains(&e->range, &e->range.base));
    require(e->source[0] && strlen(e->source) < sizeof e->source);
    require(strlen(e->said) < sizeof e->said && strlen(e->name) < sizeof e->name);
    require(strlen(e->country) < sizeof e->country && strlen(e->network) < sizeof e->network);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const files[] = {"list", "2026-03-01-scan_http_proxy-example.csv",
                                        "2026-03-01-blocklist.csv"};
    if (size < 2)
        return 0;
    struct intake *i =
        intake_new(files[data[1] % 3], (enum intake_format)(data[0] % INTAKE_FORMATS));
    struct bytes rest = bytes_at(data + 2, size - 2);
    while (i && rest.n > 0) {
        struct entry e;
        struct fail fail = {0};
        size_t end = bytes_index(rest, '\n', 0);
        enum intake_answer answer = intake_line(i, bytes_slice(rest, 0, end), &e, &fail);
        require((answer == INTAKE_BAD) == (fail.code != NULL));
        if (answer == INTAKE_ENTRY)
            check_entry(&e);
        rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(rest, end + 1, rest.n);
    }
    intake_free(i);
    return 0;
}
