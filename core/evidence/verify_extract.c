/* One case, with the proof that it was sealed among others. */
#include "evidence/verify.h"

#include "evidence/case_tree.h"
#include "evidence/fields.h"
#include "evidence/leaves.h"
#include "evidence/listing.h"
#include "evidence/manifest.h"
#include "evidence/proof.h"
#include "evidence/recovery.h"

#include <stdio.h>
#include <string.h>

bool verify_is_extract(const struct verify *v)
{
    return verify_find(v, PROOF_FILE) != NULL;
}

/* Is this line one of the list's? */
static bool is_listed(struct bytes list, struct bytes digest, struct bytes name, bool *named)
{
    struct fail ignored;
    struct bytes other_digest;
    struct bytes other_name;
    *named = false;
    while (list.n > 0 && listing_line(&list, 0, &other_digest, &other_name, &ignored)) {
        *named = bytes_equal(name, other_name);
        if (*named)
            return bytes_equal(digest, other_digest);
    }
    return false;
}

/* What is beside data/ is the bundle's, but for the proof. That more was listed is what makes it an extract. */
static bool check_tags(const struct verify *v, struct fail *fail)
{
    struct bytes digest;
    struct bytes name;
    bool named;
    const struct verify_tag *tags = verify_need(v, BESIDE_TAGS, fail);
    if (!tags || !listing_check(buf_view(&tags->content), fail))
        return fail_prefix(fail, BESIDE_TAGS);
    struct bytes rest = buf_view(&v->tag_lines);
    while (rest.n > 0) {
        if (!listing_line(&rest, 0, &digest, &name, fail))
            return false;
        if (bytes_equal_text(name, PROOF_FILE) ||
            is_listed(buf_view(&tags->content), digest, name, &named))
            continue;
        return fail_set(fail, named ? "ECHANGED" : "EEXTRA", "%.*s was %s", (int)name.n,
                        (const char *)name.p,
                        named ? "changed: its SHA-256 is not the one in " BESIDE_TAGS
                              : "added: " BESIDE_TAGS " does not list it");
    }
    return verify_need(v, "keys/operator.pub", fail) && verify_need(v, "VERIFY.txt", fail);
}

/* No name twice, no directory but of the files. */
static bool check_names(const struct verify *v, struct fail *fail)
{
    struct manifest data = {.name = "the extract"};
    struct manifest tags = {.name = "the extract", .found = buf_view(&v->tag_lines)};
    if (!spool_map(v->found, &data.found, fail) ||
        !spool_map(v->data_directories, &data.directories, fail) ||
        !spool_map(v->tag_directories, &tags.directories, fail))
        return false;
    data.listed = data.found;
    tags.listed = tags.found;
    return manifest_compare(&data, fail) && manifest_compare(&tags, fail);
}

/* No file of another case. *tree is the digest of its tree.txt. */
static bool check_case(const struct verify *v, const struct proof *proof,
                       unsigned char tree[SHA256_SIZE], struct fail *fail)
{
    struct spool_walk w = {.spool = v->found};
    struct bytes line;
    bool more = true;
    while (spool_line(&w, &line, &more, fail) && more) {
        char name[NAME_LIMIT];
        const char *rest;
        snprintf(name, sizeof name, "%.*s", (int)line.n - LISTING_DIGEST - 2,
                 (const char *)line.p + LISTING_DIGEST + 2);
        struct bytes id = name_case(name, &rest);
        if (id.n > 0 && !bytes_equal_text(id, proof->id))
            return fail_set(fail, "EEXTRA", "%s was added: " PROOF_FILE " is for the case %s", name,
                            proof->id);
        if (id.n > 0 && strcmp(rest, CASE_TREE_FILE) == 0 &&
            !fields_hex(bytes_slice(line, 0, LISTING_DIGEST), tree, SHA256_SIZE))
            return fail_set(fail, "EFORMAT", "%s: no digest", name);
    }
    return !more && (leaves_count(v->leaves) == 1 ||
                     fail_set(fail, "EMISSING", "data/cases/%s/tree.txt is missing", proof->id));
}

static bool check_place(const struct verify *v, const struct proof *proof,
                        const struct tree_head *head, struct fail *fail)
{
    unsigned char leaf[SHA256_SIZE];
    size_t got = 0;
    if (proof->cases != head->cases)
        return fail_set(fail, "ECOUNT", PROOF_FILE ": it says %lu cases, and the signed head %lu",
                        proof->cases, head->cases);
    if (!spool_read(v->leaves, 0, leaf, sizeof leaf, &got, fail))
        return false;
    return (got == sizeof leaf &&
            tree_holds(v->of_file, leaf, proof->place - 1, proof->cases,
                       bytes_at(proof->path, (size_t)proof->steps * SHA256_SIZE), head->root)) ||
           fail_set(fail, "ECHANGED",
                    PROOF_FILE ": it does not lead from the case to the signed root");
}

/* An extract has no bag-info.txt; that its run had been cut off stands in a file of the run, which the head covers. */
static bool take_recovery(const struct verify *v, struct bundle_report *report, struct fail *fail)
{
    if (v->recovery.n == 0 && !v->recovery.overflow)
        return true;
    if (v->recovery.overflow)
        return fail_set(fail, "ELIMIT", RECOVERY_FILE ": too long");
    return recovery_read(buf_view(&v->recovery), report->recovered, fail);
}

bool verify_extract(struct verify *v, struct bundle_report *report, struct fail *fail)
{
    struct proof proof;
    const struct verify_tag *tag = verify_need(v, PROOF_FILE, fail);
    if (!tag || !proof_parse(buf_view(&tag->content), &proof, fail))
        return false;
    if (report->version == 1)
        return fail_set(fail, "EFORMAT", "an extract of a bundle that has no tree");
    if (!check_tags(v, fail) || !check_names(v, fail) || !verify_head(v, report, fail) ||
        !check_case(v, &proof, report->tree_digest, fail) ||
        !check_place(v, &proof, &report->head, fail) || !take_recovery(v, report, fail) ||
        !verify_packs(v, report, fail))
        return false;
    snprintf(report->case_id, sizeof report->case_id, "%s", proof.id);
    report->place = proof.place;
    return true;
}
