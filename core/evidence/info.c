#include "evidence/info.h"

static bool take_line(struct bytes *rest, struct bytes *line)
{
    size_t end = bytes_index(*rest, '\n', 0);
    *line = bytes_slice(*rest, 0, end);
    *rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(*rest, end + 1, rest->n);
    return line->n > 0 || rest->n > 0;
}

unsigned info_find(struct bytes info, const char *label, struct bytes *value)
{
    size_t n = strlen(label);
    unsigned count = 0;
    struct bytes line;
    while (take_line(&info, &line)) {
        if (!bytes_starts_nocase(line, label) || line.n == n || line.p[n] != ':')
            continue;
        *value = bytes_trim(bytes_slice(line, n + 1, line.n));
        count++;
    }
    return count;
}
