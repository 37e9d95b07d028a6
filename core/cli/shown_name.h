/*
 * shown_name: a file's name as it may be shown. Whoever sent the file may have chosen it.
 */
#pragma once

enum { SHOWN_NAME = 1024 };

/* The name, printable (base/text.h) and cut, in `out`; gives `out`. */
const char *shown_name(const char *name, char out[SHOWN_NAME]);
