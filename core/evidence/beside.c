#include "evidence/beside.h"

#include "evidence/key.h"

#include <stdio.h>
#include <string.h>

const char *beside_cosignature(const unsigned char key_id[8], char out[BESIDE_NAME])
{
    char id[KEY_ID_TEXT];
    snprintf(out, BESIDE_NAME, BESIDE_TAGS ".%s.minisig", key_number_text(key_id, id));
    return out;
}

const char *beside_stamp(unsigned nth, char out[BESIDE_NAME])
{
    if (nth == 1)
        snprintf(out, BESIDE_NAME, BESIDE_SIGNATURE ".tsr");
    else
        snprintf(out, BESIDE_NAME, BESIDE_SIGNATURE ".%u.tsr", nth);
    return out;
}

unsigned beside_stamp_number(const char *name)
{
    char expected[BESIDE_NAME];
    for (unsigned nth = 1; nth <= BESIDE_STAMPS; nth++)
        if (strcmp(name, beside_stamp(nth, expected)) == 0)
            return nth;
    return 0;
}

/* TAGS, ".", 16 digits, ".minisig". */
static bool is_cosignature(const char *name)
{
    static const char before[] = BESIDE_TAGS ".";
    const char *id = name + sizeof before - 1;
    return strncmp(name, before, sizeof before - 1) == 0 &&
           strspn(id, "0123456789ABCDEF") == KEY_ID_TEXT - 1 &&
           strcmp(id + KEY_ID_TEXT - 1, ".minisig") == 0;
}

enum beside beside_kind(const char *name)
{
    if (strcmp(name, BESIDE_TAGS) == 0)
        return BESIDE_LIST;
    if (strcmp(name, BESIDE_SIGNATURE) == 0)
        return BESIDE_FIRST;
    if (is_cosignature(name))
        return BESIDE_COSIGNATURE;
    return beside_stamp_number(name) > 0 ? BESIDE_STAMP : BESIDE_NOT;
}
