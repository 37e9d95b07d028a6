/*
 * tar_header: the block of 512 bytes before each file of a tar (POSIX.1, pax, "ustar Interchange Format").
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { TAR_BLOCK = 512 };

/* Where its fields begin and how long they are. */
enum {
    TAR_NAME_AT = 0,
    TAR_NAME_SIZE = 100,
    TAR_MODE_AT = 100,
    TAR_MODE_SIZE = 8,
    TAR_OWNER_AT = 108,
    TAR_GROUP_AT = 116,
    TAR_OWNER_SIZE = 8,
    TAR_SIZE_AT = 124,
    TAR_SIZE_SIZE = 12,
    TAR_TIME_AT = 136,
    TAR_TIME_SIZE = 12,
    TAR_SUM_AT = 148,
    TAR_SUM_SIZE = 8,
    TAR_TYPE_AT = 156,
    TAR_LINK_AT = 157,
    TAR_LINK_SIZE = 100,
    TAR_MAGIC_AT = 257,
    TAR_MAGIC_SIZE = 8,
    TAR_DEVICE_AT = 329,
    TAR_DEVICE_SIZE = 16,
    TAR_PREFIX_AT = 345,
    TAR_PREFIX_SIZE = 155,
    TAR_HEADER_USED = 500
};

/* The sum of all its bytes, those of the sum itself counted as spaces. */
unsigned tar_header_sum(const unsigned char block[TAR_BLOCK]);

/* How many bytes of the name go before the slash at which ustar parts a long one; 0: it is not parted. -1: it is too
 * long. */
int tar_header_prefix(const char *name);

/* That of a regular file which all may read and its owner may write, without times and owners: the same name and size
 * give the same bytes, which are those that libarchive gives. False: ustar has no room for the name, or for the size
 * (8 GiB). */
bool tar_header_put(unsigned char block[TAR_BLOCK], const char *name, uint64_t size);
