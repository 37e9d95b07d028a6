#include "cli/chain_place.h"

#include "cli/complain.h"
#include "cli/operator_key.h"
#include "evidence/chain_search.h"
#include "evidence/directory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* That the key has sealed before can be seen here: what to do is for whoever knows where the file is. */
static bool fail_lost(const char *path, const struct chain_entry *last, struct fail *fail)
{
    return fail_set(
        fail, "ECHAIN",
        "there was a run %lu of this key's chain (%s), and the chain's file is missing: put %s "
        "back; if it is lost, doc/evidence.md, section 12, says how to go on",
        last->number, last->path, path);
}

static bool check_lost(const char *path, const char *bundle, const struct public_key *key,
                       struct fail *fail)
{
    if (access(path, F_OK) == 0 || errno != ENOENT)
        return true;
    struct chain_entry *last = calloc(1, sizeof *last);
    char *directory = directory_of(bundle);
    bool ok = last && directory ? !chain_search(directory, key, last) || fail_lost(path, last, fail)
                                : fail_set(fail, "ENOMEM", "no memory");
    free(directory);
    free(last);
    return ok;
}

static void say_new(const char *command, const char *path)
{
    char words[2 * PATH];
    snprintf(
        words, sizeof words,
        "a new chain of runs begins, this one is the first: %s. If the key has sealed runs before, "
        "that file is missing: put it back, as two first runs are a fork",
        path);
    complain_words(command, 0, words);
}

bool chain_place_open(const struct chain_place *place, const struct secret_key *key,
                      struct chain_file **out, struct fail *fail)
{
    char own[PATH];
    struct public_key public = secret_key_public(key);
    const char *path = place->given ? place->given : own;
    *out = NULL;
    if (strcmp(place->given ? place->given : "", "none") == 0)
        return true;
    if (!place->given) {
        beside(place->key, own);
        if (!check_lost(own, place->bundle, &public, fail))
            return false;
    }
    *out = chain_file_open(path, &public, fail);
    if (!*out)
        return fail_prefix(fail, "the chain of this key's runs (see --chain)");
    if (chain_file_is_new(*out))
        say_new(place->command, path);
    return true;
}
