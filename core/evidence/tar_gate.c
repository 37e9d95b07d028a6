#include "evidence/tar_gate.h"

#include "base/check.h"

#include <stdio.h>
#include <string.h>

/* GNU tar pads an archive to a multiple of this; others end it after two blocks of zeros. */
enum { RECORD_BLOCKS = 20, END_BLOCKS = 2 };

static bool all_zero(const unsigned char *p, size_t n)
{
    return n == 0 || (p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
}

uint64_t tar_gate_want(const struct tar_gate *g)
{
    return g->left > 0 ? g->left : TAR_BLOCK;
}

/* A text that ends at its first NUL, with nothing behind it. */
static bool get_text(const unsigned char *p, size_t n, char *out)
{
    size_t used = strnlen((const char *)p, n);
    memcpy(out, p, used);
    out[used] = '\0';
    return all_zero(p + used, n - used);
}

/* Octal digits that fill the field up to one NUL or space: no blanks, no sign, no base 256. */
static bool get_octal(const unsigned char *p, size_t n, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < n - 1; i++) {
        if (p[i] < '0' || p[i] > '7')
            return false;
        *out = *out * 8 + (uint64_t)(p[i] - '0');
    }
    return p[n - 1] == '\0' || p[n - 1] == ' ';
}

/* Six octal digits, NUL, space; for the sum the field itself counts as spaces. */
static bool sum_holds(const unsigned char *h)
{
    uint64_t expected;
    const unsigned char *field = h + TAR_SUM_AT;
    return get_octal(field, TAR_SUM_SIZE - 1, &expected) && field[TAR_SUM_SIZE - 2] == '\0' &&
           field[TAR_SUM_SIZE - 1] == ' ' && expected == tar_header_sum(h);
}

/* Spaces, octal digits, then spaces and NULs; or base 256, which begins with one of three bytes. */
static bool is_number(const unsigned char *p, size_t n)
{
    size_t i = 0;
    if (p[0] == 0x80 || p[0] == 0xff || p[0] == 0)
        return true;
    while (i < n && p[i] == ' ')
        i++;
    while (i < n && p[i] >= '0' && p[i] <= '7')
        i++;
    while (i < n && (p[i] == ' ' || p[i] == '\0'))
        i++;
    return i == n;
}

/* What says nothing of a bundle must still be such that every program takes the header for one. */
static bool numbers_hold(const unsigned char *h)
{
    return is_number(h + TAR_OWNER_AT, TAR_OWNER_SIZE) &&
           is_number(h + TAR_GROUP_AT, TAR_OWNER_SIZE) &&
           is_number(h + TAR_TIME_AT, TAR_TIME_SIZE) &&
           is_number(h + TAR_DEVICE_AT, TAR_DEVICE_SIZE / 2) &&
           is_number(h + TAR_DEVICE_AT + TAR_DEVICE_SIZE / 2, TAR_DEVICE_SIZE / 2);
}

static const char *type_name(unsigned char type)
{
    switch (type) {
    case '1':
        return "a hard link";
    case '2':
        return "a symbolic link";
    case '3':
    case '4':
        return "a device";
    case '6':
        return "a named pipe";
    case 'g':
    case 'x':
        return "a pax header, which other programs read differently (pack with tar --format=ustar)";
    case 'K':
    case 'L':
        return "a long name of GNU's kind (pack with tar --format=ustar)";
    case 'S':
        return "a sparse file";
    default:
        return "an entry of an unknown kind";
    }
}

static bool refuse(const struct tar_gate *g, struct fail *fail, const char *what)
{
    if (g->name[0])
        return fail_set(fail, "EFORMAT", "the tar file is damaged behind %s: %s", g->name, what);
    return fail_set(fail, "EFORMAT", "not a tar file: %s", what);
}

static bool is_gnu(const unsigned char *h)
{
    return memcmp(h + TAR_MAGIC_AT, "ustar  ", TAR_MAGIC_SIZE) == 0;
}

/* "ustar", NUL, "00" is POSIX's; "ustar", two spaces, NUL is GNU's, which has no prefix. */
static bool check_magic(const struct tar_gate *g, const unsigned char *h, struct fail *fail)
{
    bool posix = memcmp(h + TAR_MAGIC_AT, "ustar\00000", TAR_MAGIC_SIZE) == 0;
    if (!posix && !is_gnu(h))
        return refuse(g, fail, "no ustar header where one must stand");
    if (!sum_holds(h))
        return refuse(g, fail, "a header with a wrong checksum");
    if (!numbers_hold(h))
        return refuse(g, fail, "an owner, a time or a device that is no number");
    return true;
}

static bool get_name(const struct tar_gate *g, const unsigned char *h, char out[TAR_NAME],
                     struct fail *fail)
{
    char prefix[TAR_PREFIX_SIZE + 1] = "";
    char name[TAR_NAME_SIZE + 1];
    if (!get_text(h + TAR_NAME_AT, TAR_NAME_SIZE, name) ||
        (!is_gnu(h) && !get_text(h + TAR_PREFIX_AT, TAR_PREFIX_SIZE, prefix)))
        return refuse(g, fail, "a name with something behind its end");
    if (name[0] == '\0')
        return refuse(g, fail, "an entry without a name");
    size_t n = strlen(prefix);
    memcpy(out, prefix, n);
    if (n > 0)
        out[n++] = '/';
    memcpy(out + n, name, strlen(name) + 1);
    return true;
}

/* A file's name must not end in "/": some programs then make a directory of it. */
static bool check_type(const unsigned char *h, char name[TAR_NAME], struct fail *fail)
{
    unsigned char type = h[TAR_TYPE_AT];
    size_t n = strlen(name);
    if (type != '0' && type != '5')
        return fail_set(fail, "ETYPE", "%s: %s; a bundle has only files and directories", name,
                        type_name(type));
    if (!all_zero(h + TAR_HEADER_USED, TAR_BLOCK - TAR_HEADER_USED) ||
        (is_gnu(h) && !all_zero(h + TAR_PREFIX_AT, TAR_PREFIX_SIZE)))
        return fail_set(fail, "EFORMAT", "%s: bytes in its header that don't belong there", name);
    if (!all_zero(h + TAR_LINK_AT, TAR_LINK_SIZE))
        return fail_set(fail, "ETYPE", "%s: a file with the name of a link's target", name);
    if (type == '0' && name[n - 1] == '/')
        return fail_set(fail, "ETYPE", "%s: a file with the name of a directory", name);
    if (type == '5' && n > 1 && name[n - 1] == '/')
        name[n - 1] = '\0';
    return true;
}

/* Seven octal digits and their end, or six, their end and a NUL. */
static bool is_mode(const unsigned char *field)
{
    uint64_t mode;
    return get_octal(field, TAR_MODE_SIZE, &mode) ||
           (get_octal(field, TAR_MODE_SIZE - 1, &mode) && field[TAR_MODE_SIZE - 1] == '\0');
}

static bool get_size(const unsigned char *h, const char *name, uint64_t *size, struct fail *fail)
{
    if (!get_octal(h + TAR_SIZE_AT, TAR_SIZE_SIZE, size))
        return fail_set(fail, "EFORMAT", "%s: a size that is no plain octal number", name);
    if (!is_mode(h + TAR_MODE_AT))
        return fail_set(fail, "EFORMAT", "%s: a mode that is no plain octal number", name);
    if (h[TAR_TYPE_AT] == '5' && *size > 0)
        return fail_set(fail, "EFORMAT", "%s: a directory with content", name);
    return true;
}

static bool pass_header(struct tar_gate *g, const unsigned char *h, struct fail *fail)
{
    char name[TAR_NAME];
    uint64_t size;
    if (!check_magic(g, h, fail) || !get_name(g, h, name, fail) || !check_type(h, name, fail) ||
        !get_size(h, name, &size, fail))
        return false;
    memcpy(g->name, name, sizeof g->name);
    g->directory = h[TAR_TYPE_AT] == '5';
    g->size = size;
    g->left = (size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
    g->pad = g->left - size;
    return true;
}

static bool pass_block(struct tar_gate *g, const unsigned char *block, struct fail *fail)
{
    bool zero = all_zero(block, TAR_BLOCK);
    if (!zero && g->zeros > 0)
        return fail_set(fail, "ETRAILING",
                        "something follows the end of the archive: a second archive, or bytes that "
                        "were added");
    if (zero && g->blocks == 0)
        return refuse(g, fail, "it begins with zeros");
    g->blocks++;
    if (!zero)
        return pass_header(g, block, fail);
    g->zeros++;
    return true;
}

static bool pass_content(struct tar_gate *g, struct bytes piece, struct fail *fail)
{
    g->left -= piece.n;
    g->blocks += piece.n / TAR_BLOCK;
    if (g->left > 0)
        return true;
    return all_zero(piece.p + piece.n - g->pad, g->pad) ||
           fail_set(fail, "EFORMAT", "%s: bytes that belong to no file stand behind it", g->name);
}

bool tar_gate_pass(struct tar_gate *g, struct bytes piece, struct fail *fail)
{
    require(piece.n > 0 && piece.n % TAR_BLOCK == 0 && piece.n <= tar_gate_want(g));
    return g->left > 0 ? pass_content(g, piece, fail) : pass_block(g, piece.p, fail);
}

bool tar_gate_end(const struct tar_gate *g, size_t odd, struct fail *fail)
{
    if (g->blocks == 0)
        return fail_set(fail, "EFORMAT", "not a tar file: it is %s",
                        odd ? "shorter than one block" : "empty");
    if (g->left > 0)
        return fail_set(fail, "ETRUNCATED", "the tar file is cut off within %s", g->name);
    if (g->zeros < END_BLOCKS)
        return fail_set(fail, "ETRUNCATED", "the tar file is cut off behind %s", g->name);
    bool padded = g->blocks % RECORD_BLOCKS == 0 && g->zeros < END_BLOCKS + RECORD_BLOCKS;
    if (odd || (g->zeros != END_BLOCKS && !padded))
        return fail_set(fail, "ETRAILING", "bytes were added behind the end of the archive");
    return true;
}
