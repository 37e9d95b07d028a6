/* Lines of a list: as targets, and as rows of a CSV whose header is the first line. What is taken is well formed. */
#include "intake/csv.h"
#include "intake/target_text.h"

#include "base/check.h"

#include <stdint.h>

static void check_target(struct bytes line)
{
    struct target_text t;
    struct fail fail = {0};
    if (!target_text_parse(line, &t, &fail)) {
        require(fail.code && fail.text[0]);
        return;
    }
    require((t.kind == TARGET_NAME) == (t.addr.family == ADDR_NONE));
    require(t.kind != TARGET_NETWORK || prefix_contains(&t.network, &t.addr));
    require(t.kind != TARGET_NAME || t.name[0]);
}

static void check_row(const struct csv_columns *columns, struct bytes line)
{
    struct csv_row row;
    struct fail fail = {0};
    require(csv_row(columns, line, &row, &fail) ? row.address[0] != '\0' : fail.code != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes rest = bytes_at(data, size);
    struct csv_columns columns = {0};
    for (bool first = true; rest.n > 0; first = false) {
        size_t end = bytes_index(rest, '\n', 0);
        struct bytes line = bytes_slice(rest, 0, end);
        rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(rest, end + 1, rest.n);
        check_target(line);
        if (first)
            csv_header(line, &columns);
        else if (columns.found)
            check_row(&columns, line);
    }
    return 0;
}
