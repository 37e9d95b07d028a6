/*
 * terminal: how wide the terminal is that results go to.
 */
#pragma once

enum { TERMINAL_LEAST = 80 };

/* Columns of the terminal that stdout is, TERMINAL_LEAST at least; 0: it is none, and nothing need be cut. */
unsigned terminal_columns(void);
