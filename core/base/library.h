/*
 * library: a shared library that is loaded when it is wanted, as few processes want it.
 */
#pragma once

#include <stdbool.h>

/* NULL: it is not installed. It stays until the process ends. */
void *library_open(const char *name);
/* Puts the function of this name into *function, a pointer to such functions. False: there is none. */
bool library_find(void *library, const char *name, void *function);
