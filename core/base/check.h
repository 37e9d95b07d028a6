/*
 * check: for what can't be.
 *
 * require(x) ends the process when x does not hold: we are broken, and going on would do harm. It
 * is for our own invariants and for exhausted memory at start-up; what came from the network or a
 * file is never a matter for require.
 */
#pragma once

#define require(condition)                                                                         \
    ((condition) ? (void)0 : check_failed(#condition, __FILE__, __LINE__, __func__))

_Noreturn void check_failed(const char *condition, const char *file, int line, const char *func);
