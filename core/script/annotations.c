#include "script/annotations.h"

#include <string.h>

#define DEPRECATED "---@deprecated "
#define SINCE      "---@since "
#define COMMENT    "---"
#define FUNCTION   "function "

enum { NEWEST = 1000000 };

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

/* The comment above a declaration, as far as it is of interest. */
struct comment {
    struct bytes deprecated;
    unsigned long since;
};

static void read_comment(struct bytes line, struct comment *c)
{
    if (starts(line, DEPRECATED))
        c->deprecated = bytes_slice(line, strlen(DEPRECATED), line.n);
    else if (starts(line, SINCE))
        bytes_number(bytes_slice(line, strlen(SINCE), line.n), NEWEST, &c->since);
}

static void take(struct annotation *out, const struct comment *c, unsigned parts)
{
    if (parts > 0 && c->since > out->since)
        out->since = (unsigned)c->since;
    if (parts > 0 && c->deprecated.n > 0 && out->parts == 0) {
        out->deprecated = c->deprecated;
        out->parts = parts;
    }
}

struct annotation annotations_of(struct bytes annotations, const struct free_name *name)
{
    struct annotation found = {.since = 1};
    struct comment above = {0};
    for (size_t at = 0, end; at < annotations.n; at = end + 1) {
        end = bytes_index(annotations, '\n', at);
        end = end == BYTES_NOT_FOUND ? annotations.n : end;
        struct bytes line = bytes_slice(annotations, at, end);
        if (starts(line, COMMENT)) {
            read_comment(line, &above);
            continue;
        }
        if (above.since > 0 || above.deprecated.n > 0)
            take(&found, &above, parts_of(declared(line), name));
        above = (struct comment){0};
    }
    return found;
}
