/* ajar pack check: a pack's tests. */
#include "cli/pack_check.h"
#include "cli/test_file.h"

#include <string.h>

struct test_check {
    struct pack_check *of;
    const char *file;
};

static void on_fault(void *arg, unsigned line, unsigned column, const char *words)
{
    const struct test_check *t = arg;
    pack_check_fault(t->of, t->file, line, column, "%s", words);
}

static bool has_scenario(const struct pack_check *c, const char *id)
{
    struct bytes rest = buf_view(&c->scenarios);
    while (rest.n > 0) {
        size_t end = bytes_index(rest, '\0', 0);
        if (bytes_equal_text(bytes_slice(rest, 0, end), id))
            return true;
        rest = bytes_slice(rest, end + 1, rest.n);
    }
    return c->scenarios_hidden;
}

static bool has_probe(const struct pack_check *c, const char *id)
{
    for (unsigned i = 0; i < c->id_count; i++)
        if (strcmp(c->ids[i], id) == 0)
            return true;
    return c->probes_hidden;
}

/* What `ajar pack test` would find nothing for. */
static void check_run(const struct test_check *t, const struct test_file *f, size_t i)
{
    unsigned line;
    unsigned column;
    const struct test_run *run = test_file_run(f, i);
    test_file_where(f, i, "scenario", TEST_FILE_WHOLE, &line, &column);
    if (!has_scenario(t->of, run->scenario))
        pack_check_fault(t->of, t->file, line, column, "there is no scenario \"%s\" in scenarios/",
                         run->scenario);
    test_file_where(f, i, "probe", TEST_FILE_WHOLE, &line, &column);
    if (!has_probe(t->of, run->probe))
        pack_check_fault(t->of, t->file, line, column, "the pack has no probe \"%s\"", run->probe);
}

bool pack_check_test(struct pack_check *c, const char *file, struct fail *fail)
{
    struct buf text = buf_new(PACK_FILE_LIMIT);
    bool ok = pack_check_read(c, file, &text, fail);
    if (ok) {
        struct test_check t = {c, file};
        struct test_file *f = test_file_read(buf_view(&text), on_fault, &t);
        for (size_t i = 0; f && i < test_file_count(f); i++)
            check_run(&t, f, i);
        test_file_free(f);
    }
    buf_free(&text);
    return ok;
}
