#include "evidence/custody.h"

#include "evidence/custody_inside.h"
#include "evidence/sign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BEFORE "data/record-"

char *custody_path(const char *bundle)
{
    char *path = NULL;
    struct stat st;
    bool is_link = lstat(bundle, &st) == 0 && S_ISLNK(st.st_mode);
    char *there = is_link ? realpath(bundle, NULL) : NULL;
    int n = asprintf(&path, "%s.custody", there ? there : bundle);
    free(there);
    return n < 0 ? NULL : path;
}

void custody_free(struct custody *c)
{
    free(c->entries);
    *c = (struct custody){0};
}

void custody_name(unsigned long number, char out[CUSTODY_NAME])
{
    snprintf(out, CUSTODY_NAME, BEFORE "%04lu.txt", number);
}

void custody_signature_name(unsigned long number, char out[CUSTODY_NAME])
{
    snprintf(out, CUSTODY_NAME, BEFORE "%04lu.txt.minisig", number);
}

void custody_comment(const struct custody_record *record, char out[CUSTODY_COMMENT])
{
    char at[TIME_TEXT];
    snprintf(out, CUSTODY_COMMENT, CUSTODY_KIND "\trecord:%lu\tutc:%s", record->number,
             time_text(record->at, at));
}

/* ---- one record ---- */

static bool check_signature(const struct custody_record *r, struct bytes text,
                            struct bytes signature, struct fail *fail)
{
    struct signature s;
    char comment[CUSTODY_COMMENT];
    custody_comment(r, comment);
    if (!signature_parse(signature, &s, fail) || !signature_check(&s, &r->key, text, fail) ||
        !signature_check_untrusted(&s, fail))
        return false;
    return bytes_equal_text(s.trusted_comment, comment) ||
           fail_set(fail, "ECHANGED", "the trusted comment is that of another record");
}

static bool check_place(const struct custody_record *r, const struct custody_entry *before,
                        struct fail *fail)
{
    if (!before)
        return true;
    if (memcmp(r->previous, before->digest, sizeof r->previous) != 0)
        return fail_set(fail, "EFORK",
                        "it follows another record %lu than the one here: that was replaced, or "
                        "the chain was forked",
                        before->record.number);
    if (memcmp(r->seal, before->record.seal, sizeof r->seal) != 0 ||
        strcmp(r->case_id, before->record.case_id) != 0)
        return fail_set(fail, "ECHANGED", "it is of another bundle than record %lu",
                        before->record.number);
    if (memcmp(r->tree, before->record.tree, sizeof r->tree) != 0)
        return fail_set(fail, "ECHANGED",
                        "it is of an extract in which other parts are hidden than in record %lu",
                        before->record.number);
    return r->at >= before->record.at ||
           fail_set(fail, "EORDER", "its time is before that of record %lu", before->record.number);
}

static bool take_record(const struct custody_file *file, const struct custody_file *signature,
                        unsigned long number, struct custody *out, struct fail *fail)
{
    struct custody_entry *entry = &out->entries[out->count];
    struct bytes text = buf_view(&file->content);
    if (!custody_record_parse(text, &entry->record, fail))
        return false;
    if (entry->record.number != number)
        return fail_set(fail, "EORDER", "it is record %lu, in the place of record %lu",
                        entry->record.number, number);
    if (!check_signature(&entry->record, text, buf_view(&signature->content), fail) ||
        !check_place(&entry->record, number > 1 ? entry - 1 : NULL, fail))
        return false;
    sha256_of(text, entry->digest);
    out->count++;
    return true;
}

/* ---- their row ---- */

/* The next file is not the record that is due. */
static bool fail_gap(const char *found, unsigned long number, struct fail *fail)
{
    if (strncmp(found, BEFORE, sizeof BEFORE - 1) != 0)
        return fail_set(fail, "EEXTRA", "%s: not a record of custody", found);
    return fail_set(fail, "EMISSING", "record %lu is missing: %s is there", number, found);
}

bool custody_walk(const struct custody_bag *bag, struct custody *out, struct fail *fail)
{
    char name[CUSTODY_NAME];
    char signature[CUSTODY_NAME];
    *out = (struct custody){.entries = calloc(bag->count / 2 + 1, sizeof *out->entries)};
    if (!out->entries)
        return fail_set(fail, "ENOMEM", "no memory for the records");
    for (size_t i = 0; i < bag->count; i += 2) {
        unsigned long number = i / 2 + 1;
        custody_name(number, name);
        custody_signature_name(number, signature);
        if (strcmp(bag->files[i].name, name) != 0)
            return fail_gap(bag->files[i].name, number, fail);
        if (i + 1 == bag->count || strcmp(bag->files[i + 1].name, signature) != 0)
            return fail_set(fail, "EUNSIGNED", "record %lu is not signed", number);
        if (!take_record(&bag->files[i], &bag->files[i + 1], number, out, fail))
            return fail_prefix(fail, "record %lu", number);
    }
    return out->count > 0 || fail_set(fail, "EEMPTY", "there is no record in it");
}

bool custody_read(const char *path, struct custody *out, struct fail *fail)
{
    struct custody_bag bag = {0};
    *out = (struct custody){0};
    bool ok = custody_bag_read(&bag, path, fail) && custody_walk(&bag, out, fail);
    custody_bag_free(&bag);
    return ok;
}

/* ---- whose it is, and whether it is believed ---- */

static bool check_keys(const struct custody *c, const struct trust *keys, struct fail *fail)
{
    char id[KEY_ID_TEXT];
    for (size_t i = 0; keys && keys->count > 0 && i < c->count; i++) {
        const struct custody_record *r = &c->entries[i].record;
        const struct trusted_key *key = trust_find(keys, r->key.id);
        if (!key || memcmp(key->key.ed25519, r->key.ed25519, sizeof r->key.ed25519) != 0)
            return fail_set(fail, "EKEY",
                            "record %lu is signed by the key %s, which you don't name among those "
                            "that you trust",
                            r->number, key_id_text(&r->key, id));
        if (!trust_holds(key, r->at, r->at, fail))
            return fail_prefix(fail, "record %lu", r->number);
    }
    return true;
}

bool custody_check(const struct custody *c, const struct bundle_report *report,
                   const struct trust *keys, instant now, struct fail *fail)
{
    char at[TIME_TEXT];
    const struct custody_record *last = &c->entries[c->count - 1].record;
    if (memcmp(last->seal, report->seal, sizeof last->seal) != 0)
        return fail_set(fail, "ECHANGED", "it is the custody of another bundle");
    if (strcmp(last->case_id, report->case_id) != 0)
        return fail_set(fail, "ECHANGED",
                        last->case_id[0] ? "it is the custody of an extract, of the case %s"
                                         : "it is the custody of the whole bundle, not of this "
                                           "extract of it%s",
                        last->case_id);
    if (memcmp(last->tree, report->tree_digest, sizeof last->tree) != 0)
        return fail_set(fail, "ECHANGED",
                        "it is the custody of another extract of the case %s: one in which other "
                        "parts are hidden, or none",
                        last->case_id);
    if (last->at > now + CUSTODY_AHEAD)
        return fail_set(fail, "EFUTURE", "record %lu is from the future: %s", last->number,
                        time_text(last->at, at));
    return check_keys(c, keys, fail);
}

bool custody_agree(const struct custody *a, const struct custody *b, struct fail *fail)
{
    size_t both = a->count < b->count ? a->count : b->count;
    size_t same = 0;
    while (same < both &&
           memcmp(a->entries[same].digest, b->entries[same].digest, SHA256_SIZE) == 0)
        same++;
    if (same == both)
        return true;
    if (same == 0)
        return fail_set(fail, "EFORK", "they have no record in common");
    return fail_set(fail, "EFORK", "they part behind record %zu: the chain was forked", same);
}
