/*
 * tar_input: a fuzz target's input as a tar file: a byte of which bit 0 asks for the headers' checksums to be mended (else
 * few changed headers are looked at), then the file.
 */
#pragma once

#include "claim.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { TAR_INPUT_BLOCK = 512, TAR_INPUT_SUM = 148, TAR_INPUT_MAGIC = 257 };

static inline void tar_input_mend(unsigned char *block)
{
    unsigned sum = 0;
    memset(block + TAR_INPUT_SUM, ' ', 8);
    for (size_t i = 0; i < TAR_INPUT_BLOCK; i++)
        sum += block[i];
    snprintf((char *)block + TAR_INPUT_SUM, 8, "%06o", sum);
}

/* A descriptor of it; at least one byte of input. */
static inline int tar_input(const uint8_t *data, size_t size)
{
    int fd = memfd_create("tar", MFD_CLOEXEC);
    size_t n = size - 1;
    unsigned char *copy = malloc(size);
    require(fd >= 0 && copy);
    memcpy(copy, data + 1, n);
    for (size_t at = 0; data[0] & 1 && at + TAR_INPUT_BLOCK <= n; at += TAR_INPUT_BLOCK)
        if (memcmp(copy + at + TAR_INPUT_MAGIC, "ustar", 5) == 0)
            tar_input_mend(copy + at);
    require(write(fd, copy, n) == (ssize_t)n);
    free(copy);
    return fd;
}

static inline const char *tar_input_path(int fd, char out[64])
{
    snprintf(out, 64, "/proc/self/fd/%d", fd);
    return out;
}
