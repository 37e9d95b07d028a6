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

/* The last run of the key's chain that lies in the bundle's directory; number 0: none does. The caller frees it. */
static struct chain_entry *last_seen(const char *bundle, const struct public_key *key,
                                     struct fail *fail)
{
    struct chain_entry *last = calloc(1, sizeof *last);
    char *directory = directory_of(bundle);
    if (last && directory)
        chain_search(directory, key, last);
    else
        fail_set(fail, "ENOMEM", "no memory");
    if (!directory) {
        free(last);
        last = NULL;
    }
    free(directory);
    return last;
}

/* That the key has sealed before can be seen here: what to do is for whoever knows where the file is. */
static bool check_lost(const char *path, const struct chain_entry *last, struct fail *fail)
{
    if (last->number == 0 || access(path, F_OK) == 0 || errno != ENOENT)
        return true;
    return fail_set(
        fail, "ECHAIN",
        "there was a run %lu of this key's chain (%s), and the chain's file is missing: put %s "
        "back; if it is lost, doc/evidence.md, section 12, says how to go on",
        last->number, last->path, path);
}

/* The next run would get a number that another one has. */
static bool check_stale(const char *path, const struct chain_file *c,
                        const struct chain_entry *last, struct fail *fail)
{
    if (last->number == 0 || chain_file_knows(c, last))
        return true;
    if (last->number == chain_file_last(c))
        return fail_set(fail, "ECHAIN",
                        "%s has another run %lu of this key's chain than %s: that is a fork. "
                        "`--chain %s` goes on behind the file's own",
                        last->path, last->number, path, path);
    return fail_set(
        fail, "ECHAIN",
        "%s is run %lu of this key's chain, and %s ends with run %lu, so it is an older copy: put "
        "the newest back; if it is lost, doc/evidence.md, section 12, says how to go on",
        last->path, last->number, path, chain_file_last(c));
}

/* An older copy of the file knows where its last run was put; later ones may lie there too. */
static bool check_there(const char *path, const struct chain_file *c, const struct public_key *key,
                        struct fail *fail)
{
    if (chain_file_last(c) == 0)
        return true;
    struct chain_entry *last = last_seen(chain_file_last_path(c), key, fail);
    bool ok = last && check_stale(path, c, last, fail);
    free(last);
    return ok;
}

/* The file beside the key. Runs are looked for first: what is found then was written down there before. */
static bool open_beside(const struct chain_place *place, const struct public_key *key,
                        const char *path, struct chain_file **out, struct fail *fail)
{
    struct chain_entry *last = last_seen(place->bundle, key, fail);
    bool ok = last && check_lost(path, last, fail) && (*out = chain_file_open(path, key, fail)) &&
              check_stale(path, *out, last, fail) && check_there(path, *out, key, fail);
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
    if (strcmp(path == own ? "" : path, "none") == 0)
        return true;
    if (path == own)
        beside(place->key, own);
    bool ok = path == own ? open_beside(place, &public, path, out, fail)
                          : (*out = chain_file_open(path, &public, fail)) != NULL;
    if (!ok) {
        bool is_ours = *out || strcmp(fail->code, "ECHAIN") == 0;
        chain_file_close(*out);
        *out = NULL;
        return !is_ours && fail_prefix(fail, "the chain of this key's runs (see --chain)");
    }
    if (chain_file_is_new(*out))
        say_new(place->command, path);
    return true;
}
