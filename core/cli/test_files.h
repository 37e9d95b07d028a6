/*
 * test_files: the tests of a pack, tests/NAME.json: read, and held against a run of its probes on its scenarios.
 */
#pragma once

#include "pack/pack.h"

#include <jansson.h>

struct test_files;

/* Reads those in a pack, and prints on stdout what is wrong in them: FILE:LINE:COLUMN: WORDS. `place`: the folder before a
 * file's name, or ".". The pack outlives them. NULL: no memory. */
struct test_files *test_files_new(const struct pack *p, const char *place);
void test_files_free(struct test_files *t);
/* How many there are, those that could not be read among them. */
size_t test_files_count(const struct test_files *t);
/* Takes a result of `ajar probe --json` (lent) on this scenario: sim_check's on_result. */
void test_files_result(void *files, const char *scenario, json_t *result);
/* Holds all results against the tests, with the tapes in this bundle, and prints what is not as they say. The exit status. */
int test_files_check(struct test_files *t, const char *bundle);
/* Is it the name of a test: "tests/x.json"? */
bool test_files_is_name(const char *name);
