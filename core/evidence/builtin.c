#include "evidence/builtin.h"

#include "base/embedded.h"
#include "base/hash.h"
#include "evidence/name.h"

#include <stdio.h>
#include <string.h>

/* This program's file of this name, or NULL. False: it is no file of that pack. */
static bool find(struct bytes name, const struct embedded **own)
{
    char path[NAME_LIMIT];
    size_t before = strlen(BUILTIN_FOLDER);
    if (!bytes_equal_text(bytes_slice(name, 0, before), BUILTIN_FOLDER))
        return false;
    snprintf(path, sizeof path, "%.*s", (int)(name.n - before), (const char *)name.p + before);
    *own = embedded_find(path);
    return true;
}

static enum builtin_origin with(enum builtin_origin before, bool same)
{
    return same && before != BUILTIN_OTHER ? BUILTIN_OWN : BUILTIN_OTHER;
}

enum builtin_origin builtin_with(enum builtin_origin before, struct bytes name,
                                 struct bytes content)
{
    const struct embedded *own;
    return find(name, &own) ? with(before, own && bytes_equal(own->content, content)) : before;
}

enum builtin_origin builtin_with_digest(enum builtin_origin before, struct bytes name,
                                        struct bytes digest)
{
    unsigned char raw[SHA256_SIZE];
    char hex[SHA256_HEX] = "";
    const struct embedded *own;
    if (!find(name, &own))
        return before;
    if (own) {
        sha256_of(own->content, raw);
        hash_hex(raw, sizeof raw, hex);
    }
    return with(before, bytes_equal_text(digest, hex));
}

const char *builtin_words(enum builtin_origin origin)
{
    switch (origin) {
    case BUILTIN_OWN:
        return "those of the pack builtin are those of this ajar (" AJAR_VERSION ")";
    case BUILTIN_OTHER:
        return "those of the pack builtin are not those of this ajar (" AJAR_VERSION
               "): of another version, or altered; whose they are only the signer can say";
    default:
        return "";
    }
}

const char *builtin_word(enum builtin_origin origin)
{
    return origin == BUILTIN_OWN ? "own" : origin == BUILTIN_OTHER ? "other" : "none";
}
