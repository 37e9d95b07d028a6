/*
 * For clang-tidy alone, included before each file: the analyzer sees one file at a time and can't know
 * that these functions return false, always. Without it, it follows paths that don't exist.
 */
#pragma once

#include "base/fail.h"

#define fail_set(...)    (fail_set(__VA_ARGS__), false)
#define fail_errno(...)  (fail_errno(__VA_ARGS__), false)
#define fail_prefix(...) (fail_prefix(__VA_ARGS__), false)
