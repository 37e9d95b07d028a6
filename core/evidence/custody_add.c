/* A record put behind the others. */
#include "base/hash_file.h"
#include "evidence/append.h"
#include "evidence/custody_inside.h"
#include "evidence/fields.h"
#include "evidence/sign.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SUFFIX ".custody"

/* A top directory's name has at most 100 letters, as a bundle's: of that as much as leaves room. */
enum { TOP = 100 - (sizeof SUFFIX - 1) };

static bool set_text(char *out, size_t size, const char *text, const char *what, struct fail *fail)
{
    const char *given = text ? text : "";
    if (strlen(given) >= size)
        return fail_set(fail, "EINVAL", "%s: at most %zu bytes", what, size - 1);
    snprintf(out, size, "%s", given);
    return true;
}

static bool set_event(struct custody_record *r, const struct custody_event *e, struct fail *fail)
{
    return set_text(r->event, sizeof r->event, e->event, "the event", fail) &&
           set_text(r->by, sizeof r->by, e->by, "by whom", fail) &&
           set_text(r->to, sizeof r->to, e->to, "to whom", fail) &&
           set_text(r->note, sizeof r->note, e->note, "the note", fail);
}

bool custody_event_check(const struct custody_event *event, struct fail *fail)
{
    struct custody_record r = {.number = 1};
    struct buf text = buf_new(CUSTODY_TEXT);
    bool ok = set_event(&r, event, fail) && custody_record_put(&text, &r, fail);
    buf_free(&text);
    return ok;
}

/* The path by which a held file is read says nothing to a person. */
static bool fail_for(struct fail *fail, const char *held, const char *bundle)
{
    size_t n = strlen(held);
    if (strncmp(fail->text, held, n) == 0 && strncmp(fail->text + n, ": ", 2) == 0) {
        memmove(fail->text, fail->text + n + 2, strlen(fail->text + n + 2) + 1);
        fail_prefix(fail, "%s", bundle);
    }
    return false;
}

/* What is verified is what is recorded: both are read of the one file that is held. */
static bool set_bundle(struct custody_record *r, const struct append *held, const char *bundle,
                       const struct bundle_trust *trust, struct bundle_report *report,
                       struct fail *fail)
{
    char path[APPEND_HELD];
    char hex[SHA256_HEX];
    append_held(held, path);
    if (!bundle_verify_by(path, trust, report, fail) || !sha256_file(path, hex, fail))
        return fail_for(fail, path, bundle);
    memcpy(r->seal, report->seal, sizeof r->seal);
    memcpy(r->tree, report->tree_digest, sizeof r->tree);
    snprintf(r->case_id, sizeof r->case_id, "%s", report->case_id);
    return fields_hex(bytes_of(hex), r->file, sizeof r->file);
}

static bool follow(struct custody_record *r, const struct custody *before, struct fail *fail)
{
    char at[TIME_TEXT];
    if (before->count == 0)
        return true;
    const struct custody_entry *last = &before->entries[before->count - 1];
    memcpy(r->previous, last->digest, sizeof r->previous);
    return last->record.at <= r->at ||
           fail_set(fail, "EORDER",
                    "the last record is of %s, which is later than this machine's clock: one of "
                    "the two is wrong",
                    time_text(last->record.at, at));
}

/* What is there already; nothing, where there is no file. */
static bool read_before(const char *path, const struct bundle_report *report, instant now,
                        struct custody_bag *bag, struct custody *before, struct fail *fail)
{
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return true;
    return (custody_bag_read(bag, path, fail) && custody_walk(bag, before, fail) &&
            custody_check(before, report, NULL, now, fail)) ||
           fail_prefix(fail, "%s", path);
}

static bool put_record(struct custody_bag *bag, const struct custody_record *r,
                       const struct secret_key *key, struct custody_entry *out, struct fail *fail)
{
    char name[CUSTODY_NAME];
    char comment[CUSTODY_COMMENT];
    struct buf text = buf_new(CUSTODY_TEXT);
    struct buf signature = buf_new(CUSTODY_FILE_LIMIT);
    custody_comment(r, comment);
    custody_name(r->number, name);
    bool ok = custody_record_put(&text, r, fail) &&
              sign_put(&signature, key, buf_view(&text), comment, fail) &&
              custody_bag_add(bag, name, buf_view(&text), fail);
    custody_signature_name(r->number, name);
    ok = ok && custody_bag_add(bag, name, buf_view(&signature), fail);
    if (ok) {
        out->record = *r;
        sha256_of(buf_view(&text), out->digest);
    }
    buf_free(&text);
    buf_free(&signature);
    return ok;
}

static bool write_bag(const struct custody_bag *bag, const char *path,
                      const struct bundle_report *report, struct fail *fail)
{
    char top[TOP + sizeof SUFFIX];
    snprintf(top, sizeof top, "%.*s" SUFFIX, TOP, report->name);
    return custody_bag_write(bag, path, top, fail);
}

bool custody_add(const char *bundle, const char *path, const struct bundle_trust *trust,
                 const struct custody_event *event, const struct secret_key *key, instant now,
                 struct custody_entry *out, struct fail *fail)
{
    struct custody_bag bag = {0};
    struct custody before = {0};
    struct bundle_report report;
    struct custody_record r = {.at = now, .key = secret_key_public(key)};
    struct append *held = append_begin(bundle, fail);
    bool ok = held && set_event(&r, event, fail) &&
              set_bundle(&r, held, bundle, trust, &report, fail) &&
              read_before(path, &report, now, &bag, &before, fail) && follow(&r, &before, fail);
    r.number = before.count + 1;
    ok = ok && put_record(&bag, &r, key, out, fail) && write_bag(&bag, path, &report, fail);
    append_end(held);
    custody_bag_free(&bag);
    custody_free(&before);
    return ok;
}
