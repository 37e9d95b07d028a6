/*
 * journal_boot: which start of the system this is.
 */
#pragma once

enum { JOURNAL_BOOT = 64 };

/* The number that Linux has for it, of printable characters; where it is not to be had, one that no other call gives. */
void journal_boot(char out[JOURNAL_BOOT]);
