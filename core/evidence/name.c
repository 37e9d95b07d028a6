#include "evidence/name.h"

#include "evidence/tar_header.h"

#include <stdio.h>
#include <string.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"

static bool check_part(const char *name, const char *part, size_t n, struct fail *fail)
{
    if (n == 0)
        return fail_set(fail, "ENAME", "%s: a name with an empty part", name);
    if (n == 1 && part[0] == '.')
        return fail_set(fail, "ENAME", "%s: a name with \".\" in it", name);
    if (n == 2 && part[0] == '.' && part[1] == '.')
        return fail_set(fail, "ENAME", "%s: a name with \"..\" in it leads out of the bundle",
                        name);
    if (part[0] == '-')
        return fail_set(fail, "ENAME", "%s: a name that begins with \"-\"", name);
    return true;
}

static bool is_letter(unsigned char c)
{
    unsigned lower = c | 0x20U;
    return lower - 'a' < 26 || (unsigned)c - '0' < 10 || c == '_';
}

/* Nearly all names: parts that begin with a letter, which need no second look. */
static bool is_plain(const char *name)
{
    size_t n = 0;
    for (bool within = false; name[n]; n++) {
        if (!is_letter((unsigned char)name[n]) &&
            !(within && (name[n] == '/' || name[n] == '.' || name[n] == '-')))
            return false;
        within = name[n] != '/';
    }
    return n > 0 && n < NAME_LIMIT && name[n - 1] != '/';
}

bool name_check(const char *name, struct fail *fail)
{
    if (is_plain(name))
        return true;
    if (name[0] == '/')
        return fail_set(fail, "ENAME", "%s: an absolute name leads out of the bundle", name);
    if (strlen(name) >= NAME_LIMIT)
        return fail_set(fail, "ENAME", "%.60s...: a name that is too long for ustar", name);
    if (name[strspn(name, LETTERS "/")] != '\0')
        return fail_set(fail, "ENAME", "%s: a name with a character that is not allowed", name);
    for (const char *part = name;;) {
        size_t n = strcspn(part, "/");
        if (!check_part(name, part, n, fail))
            return false;
        if (part[n] == '\0')
            return true;
        part += n + 1;
    }
}

bool name_check_top(const char *top, struct fail *fail)
{
    if (strchr(top, '/') || strlen(top) > TAR_NAME_SIZE)
        return fail_set(fail, "ENAME", "%.120s: cannot be the name of the top directory", top);
    return name_check(top, fail);
}

bool name_fits_ustar(const char *top, const char *name)
{
    char whole[2 * NAME_LIMIT];
    size_t n = strlen(top) + 1 + strlen(name);
    if (n <= TAR_NAME_SIZE)
        return true;
    if (n >= NAME_LIMIT)
        return false;
    snprintf(whole, sizeof whole, "%s/%s", top, name);
    return tar_header_prefix(whole) >= 0;
}

struct bytes name_case(const char *name, const char **rest)
{
    static const char cases[] = "data/cases/";
    const size_t skip = sizeof cases - 1;
    *rest = "";
    if (strncmp(name, cases, skip) != 0)
        return bytes_at(NULL, 0);
    size_t n = strcspn(name + skip, "/");
    if (name[skip + n] == '\0')
        return bytes_at(NULL, 0);
    *rest = name + skip + n + 1;
    return bytes_at(name + skip, n);
}
