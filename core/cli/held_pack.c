#include "cli/held_pack.h"

#include "cli/pack_file.h"
#include "cli/pack_place.h"
#include "net/loop.h"

#include <stdlib.h>
#include <string.h>

static void drop_signature(struct scripts_pack *held)
{
    buf_free(&held->signature);
    held->signature = buf_new(SEAL_LIMIT);
}

/* Whose signature lies beside a file is told where it holds. A file that was named is run whoever signed it, or nobody, but not
 * beside a signature of a trusted key that is not its own. */
static bool note_signer(struct scripts_pack *held, struct fail *fail)
{
    struct fail why;
    struct seal seal;
    const struct signer *by;
    struct signers *signers = pack_place_load_signers(fail);
    bool ok = signers != NULL;
    if (ok && signers_allow(signers, held->pack, buf_view(&held->signature), loop_now(), &seal, &by,
                            &why)) {
        public_key_text(&seal.key, held->signer);
        held->in_worker = by->grant.in_worker;
    } else if (ok) {
        bool broken = held->signature.n > 0 && strcmp(why.code, "ESIGNATURE") == 0;
        drop_signature(held);
        ok = !broken || fail_set(fail, why.code, "%s: %s", held->path, why.text);
    }
    free(signers);
    return ok;
}

/* It was taken on the word of a key, which may be trusted no longer. */
static bool may_run(struct scripts_pack *held, const struct lock_version *v,
                    const struct signers *signers, struct fail *fail)
{
    struct seal seal;
    const struct signer *by;
    if (!v->signer[0]) {
        drop_signature(held);
        return true;
    }
    if (!signers_allow(signers, held->pack, buf_view(&held->signature), loop_now(), &seal, &by,
                       fail))
        return fail_prefix(
            fail,
            "the pack %s can't be used any more (`ajar pack remove %s`, or trust its "
            "key again)",
            held->label, held->pack->manifest.name);
    public_key_text(&seal.key, held->signer);
    held->in_worker = by->grant.in_worker;
    return true;
}

static bool keep(struct scripts_pack *held, bool ok)
{
    if (!ok)
        held_pack_free(held);
    return ok;
}

bool held_pack_read(struct scripts_pack *held, const char *path, struct fail *fail)
{
    *held = (struct scripts_pack){.path = path, .signature = buf_new(SEAL_LIMIT)};
    held->pack = pack_file_read(path, NULL, &held->signature, fail);
    if (held->pack)
        pack_label(&held->pack->manifest, held->label);
    return keep(held, held->pack && note_signer(held, fail));
}

bool held_pack_take(struct scripts_pack *held, const struct pack_store *store,
                    const struct lock_entry *e, const struct signers *signers, struct fail *fail)
{
    *held = (struct scripts_pack){.signature = buf_new(SEAL_LIMIT)};
    held->pack = pack_store_get(store, e, &held->signature, fail);
    if (held->pack)
        pack_label(&held->pack->manifest, held->label);
    return keep(held, held->pack && may_run(held, &e->now, signers, fail));
}

void held_pack_free(struct scripts_pack *held)
{
    pack_free(held->pack);
    buf_free(&held->signature);
    *held = (struct scripts_pack){.pack = NULL};
}
