/*
 * script_fault: where a script's error says that it is, for lines that editors lead to: FILE:LINE:COLUMN: WORDS.
 */
#pragma once

/* The words of "FILE:3: words" or "FILE: words", as errors of scripts begin; *line is the one named, else it stays. */
const char *script_fault_words(const char *text, const char *file, unsigned *line);
