/*
 * Hiding a text in a tape or a receipt. Input: a byte that chooses the file's name, the text's length, the text, the
 * file. What is hidden no longer stands anywhere in what is shown, in either case, nor over two shown parts.
 */
#include "claim.h"
#include "evidence/case_tree.h"
#include "evidence/hide.h"

#include <stdlib.h>

static const char *const names[] = {PARTS_CASE, PARTS_TAPE, "receipts/r-0.eml"};

static unsigned char lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

static bool holds(struct bytes all, struct bytes text)
{
    for (size_t at = 0; at + text.n <= all.n; at++) {
        size_t i = 0;
        while (i < text.n && lower(all.p[at + i]) == lower(text.p[i]))
            i++;
        if (i == text.n)
            return true;
    }
    return false;
}

/* Rows of parts that are all shown. */
static void claim_nothing_left(struct hide *h, struct part_file *file, struct bytes text)
{
    struct parts p = parts_begin(file, 1);
    size_t from = 0;
    for (uint64_t i = 0; parts_next(&p); i++) {
        if (!h->hidden[i])
            continue;
        require(!holds(bytes_slice(file->content, from, p.at - p.part.n), text));
        from = p.at;
    }
    require(!holds(bytes_slice(file->content, from, file->content.n), text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail = {0};
    struct hide h;
    bool found;
    if (size < 3 || data[1] == 0 || (size_t)data[1] + 2 > size)
        return 0;
    struct bytes text = bytes_at(data + 2, data[1]);
    struct part_file file = {names[data[0] % 3], bytes_at(data + 2 + text.n, size - 2 - text.n)};
    require(hide_begin(&h, &file, 1, &fail));
    require(hide_text(&h, text, &found, &fail));
    require(found || !holds(file.content, text));
    claim_nothing_left(&h, &file, text);
    require(hide_digests(&h, &fail));
    hide_free(&h);
    return 0;
}
