#include "cli/pack_place.h"

#include "cli/operator_key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What lies below the home directory, as the operator's key does. */
static const char *below_home(const char *name, char out[PACK_PLACE])
{
    static const char key[] = "/.config/ajar/ajar.key";
    char path[OPERATOR_KEY_PATH];
    size_t n = strlen(operator_key_path(path));
    path[n > strlen(key) ? n - strlen(key) : 0] = '\0';
    snprintf(out, PACK_PLACE, "%.*s/%s", PACK_PLACE - 64, path, name);
    return out;
}

const char *pack_place_folder(char out[PACK_PLACE])
{
    return below_home(".local/share/ajar/packs", out);
}

const char *pack_place_signers(char out[PACK_PLACE])
{
    return below_home(".config/ajar/packs.trust", out);
}

const char *pack_place_sources(char out[PACK_PLACE])
{
    return below_home(".config/ajar/packs.sources", out);
}

struct signers *pack_place_load_signers(struct fail *fail)
{
    char path[PACK_PLACE];
    struct signers *s = calloc(1, sizeof *s);
    if (!s)
        fail_set(fail, "ENOMEM", "out of memory");
    else if (!signers_load(s, pack_place_signers(path), fail)) {
        free(s);
        return NULL;
    }
    return s;
}

struct pack_store *pack_place_open(bool to_change, struct fail *fail)
{
    char path[PACK_PLACE];
    struct pack_store *s = calloc(1, sizeof *s);
    if (!s) {
        fail_set(fail, "ENOMEM", "out of memory");
        return NULL;
    }
    if ((to_change ? pack_store_open_to_change : pack_store_open)(s, pack_place_folder(path), fail))
        return s;
    pack_place_close(s);
    return NULL;
}

void pack_place_close(struct pack_store *s)
{
    if (s)
        pack_store_close(s);
    free(s);
}
