/*
 * The texts around the tree: tree-head.txt, a case's tree.txt, proof.txt, a chain file. What is read is written again as
 * the same bytes; a path that proves one leaf proves no other; what is pending in a chain comes after what was sealed.
 */
#include "claim.h"
#include "evidence/case_tree.h"
#include "evidence/chain_text.h"
#include "evidence/proof.h"
#include "evidence/tree_head.h"

static void claim_head(struct bytes text)
{
    struct fail fail;
    struct tree_head head;
    struct buf again = buf_new(4096);
    if (tree_head_parse(text, &head, &fail))
        require(tree_head_put(&again, &head) && bytes_equal(buf_view(&again), text));
    buf_free(&again);
}

static void claim_proof(struct bytes text)
{
    static const unsigned char leaf[SHA256_SIZE] = {1};
    static const unsigned char other[SHA256_SIZE] = {2};
    struct fail fail;
    struct proof proof;
    struct buf again = buf_new(16 * 1024);
    struct sha256 *h = sha256_new();
    if (proof_parse(text, &proof, &fail)) {
        struct bytes path = bytes_at(proof.path, (size_t)proof.steps * SHA256_SIZE);
        require(proof_put(&again, &proof) && bytes_equal(buf_view(&again), text));
        require(!tree_holds(h, leaf, proof.place - 1, proof.cases, path, other));
    }
    sha256_free(h);
    buf_free(&again);
}

/* A file that happens to be whatever follows the tree is hardly ever the one that it was made for. */
static void claim_case(struct bytes text)
{
    struct fail fail;
    struct case_tree tree;
    struct part_file file = {PARTS_CASE, text};
    if (!case_tree_parse(text, &tree, &fail))
        return;
    require(tree.redacted == (tree.hidden > 0) && tree.hidden <= tree.parts);
    case_tree_check(&tree, &file, 1, &fail);
}

/* Of the key with the number 0. */
static void claim_chain(struct bytes text)
{
    static const struct public_key key;
    struct fail fail;
    struct chain_state state = {0};
    if (!chain_text_parse(text, &key, &state, &fail))
        return;
    require(state.pending.number == 0 || state.last.number == 0 ||
            state.pending.number == state.last.number + 1);
    require(strlen(state.last.path) < CHAIN_PATH && strlen(state.pending.path) < CHAIN_PATH);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    claim_head(bytes_at(data, size));
    claim_proof(bytes_at(data, size));
    claim_case(bytes_at(data, size));
    claim_chain(bytes_at(data, size));
    return 0;
}
