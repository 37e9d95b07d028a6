#include "script/deprecated.h"

#include <string.h>

#define TAG      "---@deprecated "
#define COMMENT  "---"
#define FUNCTION "function "

static bool starts(struct bytes line, const char *with)
{
    return bytes_equal_text(bytes_slice(line, 0, strlen(with)), with);
}

/* What the line declares: "ajar.smtp.delay" of "function ajar.smtp.delay(text) end", "ajar.api" of "ajar.api = 1". */
static struct bytes declared(struct bytes line)
{
    struct bytes rest = starts(line, FUNCTION) ? bytes_slice(line, strlen(FUNCTION), line.n) : line;
    size_t end = 0;
    while (end < rest.n && !strchr("(= ", rest.p[end]))
        end++;
    return bytes_slice(rest, 0, end);
}

/* Of how many parts of the name this is the text; 0: it is another. */
static unsigned parts_of(struct bytes text, const struct free_name *name)
{
    size_t at = 0;
    for (unsigned i = 0; i < name->count; i++) {
        struct bytes part = name->parts[i];
        if (!bytes_equal(bytes_slice(text, at, at + part.n), part))
            return 0;
        at += part.n;
        if (at >= text.n)
            return i + 1;
        if (text.p[at++] != '.')
            return 0;
    }
    return 0;
}

bool deprecated_find(struct bytes annotations, const struct free_name *name, unsigned *parts,
                     struct bytes *words)
{
    struct bytes tag = {0};
    for (size_t at = 0, end; at < annotations.n; at = end + 1) {
        end = bytes_index(annotations, '\n', at);
        end = end == BYTES_NOT_FOUND ? annotations.n : end;
        struct bytes line = bytes_slice(annotations, at, end);
        if (starts(line, TAG))
            tag = bytes_slice(line, strlen(TAG), line.n);
        if (starts(line, COMMENT))
            continue;
        *parts = tag.n > 0 ? parts_of(declared(line), name) : 0;
        *words = tag;
        if (*parts > 0)
            return true;
        tag = (struct bytes){0};
    }
    return false;
}
