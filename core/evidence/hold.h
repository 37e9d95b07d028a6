/*
 * hold: a mark on a file that somebody writes to it. The system takes it away when the writer ends, however that
 * happens; a file system that knows no such marks has none.
 */
#pragma once

#include "base/fail.h"

#include <stdint.h>

/* Marks the file of this descriptor, until it is closed or the process ends. */
void hold_file(int fd);
/* The file's size, and whether somebody, this process as well, holds it. */
bool hold_look(const char *path, uint64_t *size, bool *held, struct fail *fail);
