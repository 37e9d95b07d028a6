#include "evidence/proof.h"

#include "evidence/fields.h"

#include <limits.h>

#define KIND "ajar-proof/2"

enum { PROOF_LIMIT = 16 * 1024 };

bool proof_put(struct buf *out, const struct proof *proof)
{
    char hex[SHA256_HEX];
    buf_printf(out, KIND "\ncase %s\nplace %lu of %lu\n", proof->id, proof->place, proof->cases);
    for (unsigned i = 0; i < proof->steps; i++) {
        hash_hex(proof->path[i], SHA256_SIZE, hex);
        buf_printf(out, "path %s\n", hex);
    }
    return !out->overflow;
}

static bool parse_path(struct bytes rest, struct proof *proof)
{
    struct bytes hex;
    for (proof->steps = 0; rest.n > 0; proof->steps++) {
        if (proof->steps == TREE_HEIGHT || !fields_take(&rest, "path", &hex) ||
            !fields_hex(hex, proof->path[proof->steps], SHA256_SIZE))
            return false;
    }
    return true;
}

static bool parse(struct bytes rest, struct proof *proof)
{
    struct bytes id;
    struct bytes place;
    if (!fields_take_line(&rest, KIND) || !fields_take(&rest, "case", &id) ||
        !fields_take(&rest, "place", &place) || id.n == 0 || id.n >= NAME_LIMIT)
        return false;
    memcpy(proof->id, id.p, id.n);
    proof->id[id.n] = '\0';
    struct bytes number = fields_word(&place);
    struct bytes of = fields_word(&place);
    return bytes_equal_text(of, "of") && bytes_number(number, ULONG_MAX, &proof->place) &&
           bytes_number(place, ULONG_MAX, &proof->cases) && proof->place > 0 &&
           parse_path(rest, proof);
}

bool proof_parse(struct bytes text, struct proof *out, struct fail *fail)
{
    struct buf again = buf_new(PROOF_LIMIT);
    bool ok = parse(text, out) && proof_put(&again, out) && bytes_equal(buf_view(&again), text);
    buf_free(&again);
    return ok || fail_set(fail, "EFORMAT", PROOF_FILE ": not the proof for a case of this version");
}
