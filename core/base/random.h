/*
 * random: bytes from the system's generator, fit for keys and tokens.
 */
#pragma once

#include <stddef.h>

void random_bytes(void *out, size_t n);
