/*
 * A case's files, cut into parts. Input: a byte that chooses the file's name and what is hidden, then the file. The
 * parts put together are the file; its tree fits it, and no file that was changed; what is redacted still fits, shows
 * nothing that was to be hidden, and redacting it once more changes nothing.
 */
#include "claim.h"
#include "evidence/case_tree.h"

static const char *const names[] = {PARTS_CASE, PARTS_TAPE, "receipts/r-0.eml"};

static void claim_parts(const char *name, struct bytes content)
{
    struct part_file file = {name, content};
    struct parts p = parts_begin(&file, 1);
    size_t at = 0;
    unsigned count = 0;
    for (; parts_next(&p); count++) {
        require(bytes_equal(p.part, bytes_slice(content, at, at + p.part.n)));
        require(p.part.n > 0 || content.n == 0);
        at += p.part.n;
    }
    require(at == content.n && count > 0);
}

static bool hide(void *arg, unsigned long part)
{
    return *(const unsigned *)arg >> part % 3 & 1;
}

static void claim_redacted(const struct case_tree *tree, struct part_file file, unsigned which)
{
    struct fail fail = {0};
    struct case_tree after;
    struct buf content = buf_new(1 << 24);
    struct buf text = buf_new(1 << 24);
    struct buf content_again = buf_new(1 << 24);
    struct buf text_again = buf_new(1 << 24);
    unsigned long hidden;
    require(case_tree_redact(tree, &file, 1, hide, &which, &content, &text, &hidden, &fail));
    require(case_tree_parse(buf_view(&text), &after, &fail) && after.hidden == hidden);
    struct part_file redacted = {file.name, buf_view(&content)};
    require(case_tree_check(&after, &redacted, 1, &fail));
    require(hash_equal(after.root, tree->root, SHA256_SIZE));
    require(case_tree_redact(&after, &redacted, 1, hide, &which, &content_again, &text_again,
                             &hidden, &fail));
    require(bytes_equal(buf_view(&content), buf_view(&content_again)));
    require(bytes_equal(buf_view(&text), buf_view(&text_again)));
    buf_free(&content);
    buf_free(&text);
    buf_free(&content_again);
    buf_free(&text_again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail = {0};
    struct case_tree tree;
    struct random_lot lot = {0};
    struct buf text = buf_new(4096);
    if (size == 0)
        return 0;
    struct part_file file = {names[data[0] % 3], bytes_at(data + 1, size - 1)};
    claim_parts(file.name, file.content);
    require(case_tree_make(&text, &tree, &file, 1, &lot, &fail));
    require(case_tree_check(&tree, &file, 1, &fail));
    claim_redacted(&tree, file, data[0] / 3);
    struct part_file shorter = {file.name, bytes_slice(file.content, 0, file.content.n - 1)};
    require(file.content.n == 0 || !case_tree_check(&tree, &shorter, 1, &fail));
    buf_free(&text);
    return 0;
}
