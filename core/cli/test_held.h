/*
 * test_held: what was found of a run, held against what a test of a pack says of it.
 */
#pragma once

#include "cli/test_file.h"

/* One thing that is not as the test says: where that says so, and what is otherwise (printable); `more`, further lines that show
 * what was there, or "". */
typedef void test_held_fault(void *arg, unsigned line, unsigned column, const char *words,
                             const char *more);

/* Holds a result of `ajar probe --json` against this run, with its tape where the run looks at that. Gives the number of
 * faults: of a verdict that is another nothing else is told. */
unsigned test_held(const struct test_file *f, size_t index, const json_t *result, struct bytes tape,
                   test_held_fault *fault, void *arg);
/* Does the run look at the tape? */
bool test_held_wants_tape(const struct test_file *f, size_t index);
/* Is the text as the pattern has it, in which each '*' stands for any bytes, or none? In no more steps than the product of
 * their lengths. */
bool test_held_matches(struct bytes text, struct bytes pattern);
