/*
 * wrap: text in lines of 80 columns.
 */
#pragma once

enum { WRAP_WIDTH = 80 };

/* Prints the words of a text on stdout, where column `column` has been reached; further lines begin there. A
 * line end follows. */
void wrap_print(const char *text, int column);
