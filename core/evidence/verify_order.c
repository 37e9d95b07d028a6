/* Whether the files stand in the order in which they were sealed: the two lists, which are signed, give it. */
#include "evidence/verify.h"

#include "evidence/listing.h"
#include "evidence/proof.h"

#include <string.h>

enum { SHOWN = 255 };

static int shown(struct bytes name)
{
    return name.n < SHOWN ? (int)name.n : SHOWN;
}

/* ---- beside data/ ---- */

/* What fixes others stands behind them: listed files, the list, its signature, and what was added to that later. */
static unsigned rank(const struct verify_tag *tag)
{
    if (strcmp(tag->name, PROOF_FILE) == 0)
        return BESIDE_COSIGNATURE;
    enum beside kind = beside_kind(tag->name);
    return kind < BESIDE_COSIGNATURE ? kind : BESIDE_COSIGNATURE;
}

/* Takes lines off *rest until that of `name` was taken. False: there is none in what is left. */
static bool skip_to(struct bytes *rest, const char *name)
{
    struct fail ignored;
    struct bytes digest;
    struct bytes listed;
    while (rest->n > 0 && listing_line(rest, 0, &digest, &listed, &ignored))
        if (bytes_equal_text(listed, name))
            return true;
    return false;
}

static bool check_tags(const struct verify *v, struct bytes list, struct fail *fail)
{
    for (unsigned i = 0; i < v->tag_count; i++) {
        const char *name = v->tags[i].name;
        if (i > 0 && rank(&v->tags[i]) < rank(&v->tags[i - 1]))
            return fail_set(fail, "EORDER",
                            "%s stands behind %s: the files are in another order than they were "
                            "sealed in",
                            name, v->tags[i - 1].name);
        if (rank(&v->tags[i]) == BESIDE_NOT && !skip_to(&list, name))
            return fail_set(fail, "EORDER",
                            "%s stands in another place than " BESIDE_TAGS
                            " gives it: the files are in another order than they were sealed in",
                            name);
    }
    return true;
}

bool verify_order_tags(const struct verify *v, struct fail *fail)
{
    const struct verify_tag *tags = verify_need(v, BESIDE_TAGS, fail);
    if (!tags)
        return false;
    if (v->early)
        return fail_set(fail, "EORDER",
                        "%s stands before files of data/: the files are in another order than they "
                        "were sealed in",
                        v->early->name);
    return check_tags(v, buf_view(&tags->content), fail);
}

/* ---- data/ ---- */

/* Names the first file that stands elsewhere; both lists have the same lines. */
static bool fail_differs(struct bytes listed, struct bytes found, struct fail *fail)
{
    struct bytes digest;
    struct bytes due = {0};
    struct bytes here = {0};
    while (bytes_equal(due, here))
        if (!listing_line(&listed, 0, &digest, &due, fail) ||
            !listing_line(&found, 0, &digest, &here, fail))
            return false;
    return fail_set(fail, "EORDER",
                    "%.*s stands where manifest-sha256.txt lists %.*s: the files are in another "
                    "order than they were sealed in",
                    shown(here), (const char *)here.p, shown(due), (const char *)due.p);
}

bool verify_order_payload(struct verify *v, struct fail *fail)
{
    struct bytes listed;
    struct bytes found;
    if (listed_is_found(&v->listed))
        return true;
    if (!listed_map(&v->listed, &listed, fail) || !spool_map(v->found, &found, fail))
        return false;
    return bytes_equal(listed, found) || fail_differs(listed, found, fail);
}
