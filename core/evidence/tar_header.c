#include "evidence/tar_header.h"

#include <string.h>

/* Eight bytes at a time: in four lanes of 16 bits, which 512 bytes can't fill. */
static unsigned sum_of(const unsigned char *block)
{
    const uint64_t even = 0x00ff00ff00ff00ff;
    uint64_t lanes = 0;
    for (unsigned i = 0; i < TAR_BLOCK; i += sizeof lanes) {
        uint64_t word;
        memcpy(&word, block + i, sizeof word);
        lanes += (word & even) + (word >> 8 & even);
    }
    return (unsigned)((lanes & 0xffff) + (lanes >> 16 & 0xffff) + (lanes >> 32 & 0xffff) +
                      (lanes >> 48));
}

unsigned tar_header_sum(const unsigned char block[TAR_BLOCK])
{
    unsigned sum = sum_of(block) + TAR_SUM_SIZE * ' ';
    for (unsigned i = 0; i < TAR_SUM_SIZE; i++)
        sum -= block[TAR_SUM_AT + i];
    return sum;
}

int tar_header_prefix(const char *name)
{
    size_t n = strlen(name);
    if (n <= TAR_NAME_SIZE)
        return 0;
    const char *slash = strchr(name + n - TAR_NAME_SIZE - 1, '/');
    if (slash == name) /* an empty prefix is none */
        slash = strchr(name + 1, '/');
    if (!slash || slash[1] == '\0' || slash - name > TAR_PREFIX_SIZE)
        return -1;
    return (int)(slash - name);
}

/* Digits that fill the field. */
static void put_octal(unsigned char *field, unsigned digits, uint64_t value)
{
    while (digits-- > 0) {
        field[digits] = (unsigned char)('0' + (value & 7));
        value >>= 3;
    }
}

/* What all headers have in common. */
static void put_fixed(unsigned char *h)
{
    memcpy(h + TAR_MODE_AT, "000644 ", TAR_MODE_SIZE);
    memcpy(h + TAR_OWNER_AT, "000000 ", TAR_OWNER_SIZE);
    memcpy(h + TAR_GROUP_AT, "000000 ", TAR_OWNER_SIZE);
    memcpy(h + TAR_TIME_AT, "00000000000 ", TAR_TIME_SIZE);
    h[TAR_TYPE_AT] = '0';
    memcpy(h + TAR_MAGIC_AT, "ustar\00000", TAR_MAGIC_SIZE);
    memcpy(h + TAR_DEVICE_AT, "000000 ", TAR_DEVICE_SIZE / 2);
    memcpy(h + TAR_DEVICE_AT + TAR_DEVICE_SIZE / 2, "000000 ", TAR_DEVICE_SIZE / 2);
}

static bool put_name(unsigned char *h, const char *name)
{
    int prefix = tar_header_prefix(name);
    if (prefix < 0)
        return false;
    memcpy(h + TAR_PREFIX_AT, name, (size_t)prefix);
    name += prefix > 0 ? prefix + 1 : 0;
    memcpy(h + TAR_NAME_AT, name, strlen(name));
    return true;
}

bool tar_header_put(unsigned char block[TAR_BLOCK], const char *name, uint64_t size)
{
    enum { SIZE_DIGITS = TAR_SIZE_SIZE - 1, SUM_DIGITS = TAR_SUM_SIZE - 2 };
    memset(block, 0, TAR_BLOCK);
    put_fixed(block);
    if (!put_name(block, name) || size >> (3 * SIZE_DIGITS) != 0)
        return false;
    put_octal(block + TAR_SIZE_AT, SIZE_DIGITS, size);
    block[TAR_SIZE_AT + SIZE_DIGITS] = ' ';
    put_octal(block + TAR_SUM_AT, SUM_DIGITS, tar_header_sum(block));
    block[TAR_SUM_AT + TAR_SUM_SIZE - 1] = ' ';
    return true;
}
