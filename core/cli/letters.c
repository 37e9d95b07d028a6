#include "cli/letters.h"

#include "base/file.h"
#include "cli/choice.h"
#include "cli/pack_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = PACK_FILE_LIMIT };

static bool add(struct letters *l, const char *name, struct bytes text, struct fail *fail)
{
    if (l->count == COMPOSE_LETTERS)
        return fail_set(fail, "ELIMIT", "at most %d letters at once", COMPOSE_LETTERS);
    l->list[l->count++] = (struct wording){name, text};
    return true;
}

static bool add_file(struct letters *l, const char *path, struct fail *fail)
{
    struct buf *text = &l->texts[l->text_count++];
    *text = buf_new(TEXT_MOST);
    return file_read_regular(path, text, fail) && add(l, path, buf_view(text), fail);
}

/* All of the pack's, or that of this name. */
static bool add_letters(struct letters *l, const struct pack *p, const char *only,
                        struct fail *fail)
{
    char path[MANIFEST_PATH] = "";
    const struct manifest *m = &p->manifest;
    size_t before = l->count;
    bool ok = true;
    if (only)
        snprintf(path, sizeof path, "letters/%s.lua", only);
    for (unsigned i = 0; ok && i < m->letter_count; i++)
        if (!only || strcmp(m->letters[i], path) == 0)
            ok = add(l, m->letters[i], pack_find(p, m->letters[i])->content, fail);
    if (ok && l->count == before)
        return fail_set(fail, "EUSAGE", "the pack %s has no letter%s%s", m->name, only ? " " : "s",
                        only ? path : "");
    return ok;
}

static bool take_installed(struct scripts_pack *held, const char *name, struct fail *fail)
{
    struct pack_store *store = pack_place_open(false, fail);
    struct signers *signers = store ? pack_place_load_signers(fail) : NULL;
    const struct lock_entry *e = signers ? lock_find(&store->lock, name) : NULL;
    bool ok = e && held_pack_take(held, store, e, signers, fail);
    if (signers && !e)
        fail_set(fail, "EUSAGE",
                 "no pack '%s' is installed: --letter takes ORG/PACK, ORG/PACK/NAME, FILE.tar or "
                 "FILE.lua",
                 name);
    free(signers);
    pack_place_close(store);
    return ok;
}

static bool add_installed(struct letters *l, const char *choice, struct fail *fail)
{
    char name[MANIFEST_NAME];
    const char *slash = strchr(choice, '/');
    const char *second = slash ? strchr(slash + 1, '/') : NULL;
    size_t n = second ? (size_t)(second - choice) : strlen(choice);
    struct scripts_pack *held = &l->packs[l->pack_count];
    snprintf(name, sizeof name, "%.*s", n < sizeof name ? (int)n : (int)sizeof name - 1, choice);
    if (!take_installed(held, name, fail))
        return false;
    l->pack_count++;
    return add_letters(l, held->pack, second ? second + 1 : NULL, fail);
}

static bool add_pack(struct letters *l, const char *path, struct fail *fail)
{
    struct scripts_pack *held = &l->packs[l->pack_count];
    if (!held_pack_read(held, path, fail))
        return false;
    l->pack_count++;
    return add_letters(l, held->pack, NULL, fail);
}

bool letters_load(struct letters *out, const char *const *choices, size_t n, struct fail *fail)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = choice_is_pack(choices[i])   ? add_pack(out, choices[i], fail)
             : choice_is_path(choices[i]) ? add_file(out, choices[i], fail)
                                          : add_installed(out, choices[i], fail);
    return ok;
}

void letters_free(struct letters *l)
{
    for (size_t i = 0; i < l->pack_count; i++)
        held_pack_free(&l->packs[i]);
    for (size_t i = 0; i < l->text_count; i++)
        buf_free(&l->texts[i]);
}
