/*
 * test_file: a test of a pack, tests/NAME.json: runs of probes on scenarios, and what is to be seen of each.
 *
 *     { "test": 1, "runs": [ { "scenario": "mine-open", "probe": "relay/mine", "verdict": "open", "reason": "token *",
 *         "steps": ["…"], "sends": ["EHLO *", "MAIL FROM:<postmaster@*>"], "never": ["DATA"] } ] }
 *
 * doc/packs.md, section 1, is the specification. It is data: nothing of it runs.
 */
#pragma once

#include "script/scenarios.h"

#include <jansson.h>

enum {
    TEST_FILE_FORMAT = 1, /* the member "test" */
    TEST_FILE_LIMIT = 64 * 1024,
    TEST_FILE_RUNS = 100,
    TEST_FILE_PATTERNS = 100, /* of each kind in a run */
    TEST_FILE_PATTERN = 400,  /* bytes */
};

/* One thing that is wrong, in the file or with a run: where in the file, and what (printable where the file's own words are). */
typedef void test_file_fault(void *arg, unsigned line, unsigned column, const char *words);

struct test_run {
    char scenario[SCENARIO_ID];
    char probe[PROBE_ID];
};

struct test_file;

/* Tells of each fault; NULL where there was one, or no memory. Fuzzed. */
struct test_file *test_file_read(struct bytes text, test_file_fault *fault, void *arg);
void test_file_free(struct test_file *f);
size_t test_file_count(const struct test_file *f);
const struct test_run *test_file_run(const struct test_file *f, size_t index);
/* What the run says under this name, as it was read: "verdict" and "reason" are strings, "steps", "sends" and "never" arrays of
 * strings; NULL: nothing. */
const json_t *test_file_member(const struct test_file *f, size_t index, const char *name);
/* Where it says so; number: which of a list, or TEST_FILE_WHOLE; name "": where the run begins. */
enum { TEST_FILE_WHOLE = -1 };
void test_file_where(const struct test_file *f, size_t index, const char *name, int number,
                     unsigned *line, unsigned *column);
