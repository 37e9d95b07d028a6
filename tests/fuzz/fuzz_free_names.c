/* A text that may be a script or anything: each free name stands where it is said to stand. */
#include "claim.h"
#include "script/free_names.h"

/* The text's byte at a line and column. */
static size_t place(struct bytes text, unsigned line, unsigned column)
{
    size_t at = 0;
    for (unsigned i = 1; i < line; i++) {
        size_t end = bytes_index(text, '\n', at);
        require(end != BYTES_NOT_FOUND);
        at = end + 1;
    }
    return at + column - 1;
}

static void on_name(void *arg, const struct free_name *n)
{
    const struct bytes *text = arg;
    require(n->count > 0 && n->count <= FREE_NAME_PARTS);
    require(!n->written || n->count == 1 || n->parts[1].n > 0);
    for (unsigned i = 0; i < n->count; i++) {
        require(n->parts[i].n > 0);
        claim_within(n->parts[i], *text);
    }
    if (text->n < 4096)
        require(text->p + place(*text, n->line, n->column) == n->parts[0].p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes text = bytes_at(data, size);
    free_names_each(text, on_name, &text);
    return 0;
}
