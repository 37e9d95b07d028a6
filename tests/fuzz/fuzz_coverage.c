/*
 * Which lines have run: of whatever script, those that could are within it; and whatever a child that was taken over says,
 * what was known stays, and nothing is said of lines that there are not.
 */
#include "claim.h"
#include "run/coverage_ipc.h"

static const char known[] = "local a = 1\nif a then\n  a = 2\nend\nreturn a\n";

static void try_source(struct bytes source)
{
    struct fail fail;
    struct coverage *c = coverage_new();
    require(c && coverage_add(c, "it.lua", source));
    const struct covered *s = &c->scripts[0];
    if (coverage_measure(c, &fail))
        require(!coverage_has(s->code, 0));
    else
        require(fail.code);
    require(s->size == s->lines / 8 + 1);
    coverage_free(c);
}

static void try_frame(struct bytes frame)
{
    struct coverage *c = coverage_new();
    require(c && coverage_add(c, "one.lua", bytes_of(known)));
    require(coverage_add(c, "two.lua", bytes_of("")));
    coverage_note(c, "@one.lua", 1);
    struct ipc_reader r = {.rest = frame};
    ipc_coverage(&r, c);
    require(coverage_has(c->scripts[0].ran, 1));
    struct buf out = buf_new(4096);
    ipc_put_coverage(&out, c);
    struct ipc_reader again = {.rest = buf_view(&out)};
    ipc_coverage(&again, c);
    require(ipc_end(&again));
    buf_free(&out);
    coverage_free(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct bytes rest = bytes_at(data + 1, size - 1);
    if (data[0] == 'f')
        try_frame(rest);
    else
        try_source(rest);
    return 0;
}
