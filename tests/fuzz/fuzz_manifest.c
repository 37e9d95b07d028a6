/*
 * Manifests against what was found. Input: two lists with a byte 0xFF between them; the second stands
 * for what our own reader writes, so it is only taken when its lines are in order.
 */
#include "claim.h"
#include "evidence/listing.h"
#include "evidence/manifest.h"
#include "evidence/seen.h"

static uint64_t lines(struct bytes text)
{
    uint64_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

/* Every line of a stands in b. */
static void claim_lines_of(struct bytes a, struct bytes b)
{
    while (a.n > 0) {
        size_t end = bytes_index(a, '\n', 0) + 1;
        require(bytes_find(b, bytes_slice(a, 0, end)) != BYTES_NOT_FOUND);
        a = bytes_slice(a, end, a.n);
    }
}

/* What the long way accepts, the short way does too. */
static void claim_no_clash(struct bytes found)
{
    struct fail fail = {0};
    bool maybe = true;
    struct spool *spool = spool_new(NULL, &fail);
    require(spool && spool_put(spool, found, &fail) && spool_write(spool, &fail));
    require(seen_clash(spool, lines(found), &maybe, &fail) && !maybe);
    spool_free(spool);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes all = bytes_at(data, size);
    size_t split = bytes_index(all, 0xff, 0);
    struct fail fail = {0};
    if (split == BYTES_NOT_FOUND)
        return 0;
    struct manifest m = {.name = "m",
                         .listed = bytes_slice(all, 0, split),
                         .found = bytes_slice(all, split + 1, size)};
    if (!listing_check(m.found, &fail))
        return 0;
    bool whole = manifest_compare(&m, &fail);
    if (!whole)
        return 0;
    require(m.listed.n == m.found.n && lines(m.listed) == lines(m.found));
    claim_lines_of(m.listed, m.found);
    claim_lines_of(m.found, m.listed);
    claim_no_clash(m.found);
    return 0;
}
