#include "cli/chain_place.h"

#include "cli/operator_key.h"

#include <stdio.h>
#include <string.h>

#define SUFFIX ".key"

enum { PATH = OPERATOR_KEY_PATH + 8 };

static void beside(const char *key_path, char out[PATH])
{
    char own[OPERATOR_KEY_PATH];
    const char *path = key_path ? key_path : operator_key_path(own);
    size_t n = strlen(path);
    size_t suffix = sizeof SUFFIX - 1;
    if (n > suffix && strcmp(path + n - suffix, SUFFIX) == 0)
        n -= suffix;
    snprintf(out, PATH, "%.*s.chain", (int)n, path);
}

bool chain_place_open(const char *given, const char *key_path, const struct secret_key *key,
                      struct chain_file **out, struct fail *fail)
{
    char path[PATH];
    struct public_key public = secret_key_public(key);
    *out = NULL;
    if (given && strcmp(given, "none") == 0)
        return true;
    if (!given)
        beside(key_path, path);
    *out = chain_file_open(given ? given : path, &public, fail);
    return *out || fail_prefix(fail, "the chain of this key's runs (see --chain)");
}
