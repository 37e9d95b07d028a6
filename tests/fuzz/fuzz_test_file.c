/* A pack's test that may be anything: faults have a place in the text, and what is taken is within its bounds and can be held
 * against a result and a tape. */
#include "base/json_place.h"
#include "base/text.h"
#include "claim.h"
#include "cli/test_held.h"

#include <stdlib.h>

static struct bytes text;

static unsigned lines_of(struct bytes b)
{
    unsigned n = 1;
    for (size_t i = 0; i < b.n; i++)
        n += b.p[i] == '\n';
    return n;
}

static void claim_place(unsigned line, unsigned column)
{
    require(line >= 1 && line <= lines_of(text));
    require(column >= 1 && column <= text.n + 1);
}

static void on_fault(void *arg, unsigned line, unsigned column, const char *words)
{
    unsigned *faults = arg;
    ++*faults;
    claim_place(line, column);
    require(words[0]);
}

static void on_held(void *arg, unsigned line, unsigned column, const char *words, const char *more)
{
    (void)more;
    on_fault(arg, line, column, words);
}

static void claim_run(const struct test_file *f, size_t i)
{
    static const char tape[] =
        "{\"tape\":1}\n"; /* none that can be read: what is said then has a place too */
    unsigned faults = 0;
    json_t *result = json_pack("{s:s,s:s,s:[{s:i,s:s}]}", "verdict", "closed", "reason", "no",
                               "steps", "line", 3, "say", "554 no");
    const struct test_run *run = test_file_run(f, i);
    require(run->scenario[0] &&
            strnlen(run->scenario, sizeof run->scenario) < sizeof run->scenario);
    require(run->probe[0] && strnlen(run->probe, sizeof run->probe) < sizeof run->probe);
    unsigned told = test_held(f, i, result, bytes_of(tape), on_held, &faults);
    require(told == faults);
    json_decref(result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const paths[] = {
        "",  "test", "runs[0].scenario",          "runs[1].sends[2]", "[0][0]",
        "[", "a..b", "runs[99999999999999999999]"};
    unsigned faults = 0;
    unsigned line;
    unsigned column;
    text = bytes_at(data, size);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        json_place_find(text, paths[i], &line, &column);
        claim_place(line, column);
    }
    struct test_file *f = test_file_read(text, on_fault, &faults);
    require(!f == (faults > 0));
    require(!f || (test_file_count(f) >= 1 && test_file_count(f) <= TEST_FILE_RUNS));
    for (size_t i = 0; f && i < test_file_count(f); i++)
        claim_run(f, i);
    test_file_free(f);
    return 0;
}
