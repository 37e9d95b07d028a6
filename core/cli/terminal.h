/*
 * terminal: how wide the terminal is that results go to, and whether it is to be coloured.
 */
#pragma once

#include <stdbool.h>

enum { TERMINAL_LEAST = 80 };

/* Columns of the terminal that stdout is, TERMINAL_LEAST at least; 0: it is none, and nothing need be cut. */
unsigned terminal_columns(void);
/* Is this descriptor a terminal, and colour not unwanted (NO_COLOR)? */
bool terminal_has_colour(int fd);
