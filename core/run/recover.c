#include "run/recover.h"

#include "base/hash_file.h"
#include "base/json.h"
#include "evidence/bundle.h"
#include "evidence/info.h"
#include "evidence/recovery.h"
#include "evidence/run_json.h"
#include "run/evidence.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { HOST = 256 };

/* bag-info.txt as the run would have written it. */
static bool take_run(struct bag *bag, struct bytes content, struct fail *fail)
{
    struct run_json run;
    return run_json_read(content, &run, fail) &&
           evidence_info(bag, run.authority, run.contact, fail);
}

static bool take(void *arg, const struct bag_file *files, size_t n, struct fail *fail)
{
    struct bag *bag = arg;
    if (strcmp(files[0].name, "data/run.json") == 0 && !take_run(bag, files[0].content, fail))
        return false;
    return bag_add(bag, files, n, fail);
}

/* What the file that the run left behind was. */
static void put_from(struct buf *out, const struct partial *found, const char *digest)
{
    json_put_name(out, "from");
    buf_put_byte(out, '{');
    json_put_member_text(out, "bundle", found->top);
    json_put_member_text(out, "sha256", digest);
    buf_put_byte(out, '}');
}

/* It stands in every extract, beside one case (recovery_tells_of_others): so it names no other, and no size. */
static void put_recovery(struct buf *out, const struct partial *found, const char *digest,
                         const char *now)
{
    char host[HOST] = "";
    gethostname(host, sizeof host - 1);
    buf_put_byte(out, '{');
    json_put_member_number(out, "format", 1);
    json_put_member_text(out, "recovered", now);
    json_put_member_text(out, "ajar", AJAR_VERSION);
    json_put_member_text(out, "host", host);
    put_from(out, found, digest);
    json_put_member_number(out, "cases", found->cases);
    json_put_member_number(out, "left_out", found->broken);
    buf_put_text(out, "}\n");
}

static bool add_recovery(struct bag *bag, const char *from, const char *now,
                         const struct partial *found, struct fail *fail)
{
    char digest[SHA256_HEX];
    struct buf json = buf_new(RECOVERY_LIMIT);
    if (!sha256_file(from, digest, fail))
        return false;
    put_recovery(&json, found, digest, now);
    struct bag_file file = {.name = RECOVERY_FILE, .content = buf_view(&json)};
    bool ok = !json.overflow ? bag_add(bag, &file, 1, fail)
                             : fail_set(fail, "ENOMEM", "out of memory for recovery.json");
    buf_free(&json);
    return ok && bag_info(bag, INFO_RECOVERED, now, fail);
}

static bool check(const char *from, const struct partial *found, struct fail *fail)
{
    if (found->sealed)
        return fail_set(fail, "ESEALED", "%s is sealed: there is nothing to recover", from);
    return found->has_run ||
           fail_set(fail, "EEMPTY", "%s holds no data/run.json that could be read: %s", from,
                    found->end.text);
}

static bool fill(struct bag *bag, const char *from, const char *now, struct partial *found,
                 struct fail *fail)
{
    return partial_read(from, take, bag, found, fail) && check(from, found, fail) &&
           add_recovery(bag, from, now, found, fail);
}

/* A bundle that its own program would refuse (two cases of one name, in a file that somebody else made) is none. */
static bool verify(const void *key, const char *path, struct fail *fail)
{
    struct bundle_report report;
    struct public_key public = secret_key_public(key);
    return bundle_verify(path, &public, &report, fail) ||
           fail_prefix(fail, "what was recovered does not verify");
}

bool recover_bundle(const char *from, const char *to, const struct secret_key *key,
                    struct chain_file *chain, instant now, struct partial *found, struct fail *fail)
{
    char text[TIME_TEXT];
    if (!partial_read(from, NULL, NULL, found, fail) || !check(from, found, fail))
        return false;
    if (found->at_work)
        return fail_set(fail, "EBUSY", "%s: a run still writes to it", from);
    struct bag *bag = bag_new(to, fail);
    if (!bag)
        return false;
    bag_chain(bag, chain);
    bag_check_by(bag, verify, key);
    bool ok = fill(bag, from, time_text(now, text), found, fail) && bag_seal(bag, key, fail);
    bag_free(bag);
    if (!ok)
        unlink(to); /* made by us, and nothing that could be used */
    return ok;
}
