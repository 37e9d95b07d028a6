/* The judgement: the signature, then what it covers, then what that covers. */
#include "evidence/verify.h"

#include "base/hash.h"
#include "base/text.h"
#include "base/time.h"
#include "evidence/closing.h"
#include "evidence/info.h"
#include "evidence/manifest.h"
#include "evidence/seen.h"
#include "evidence/sign.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

const struct verify_tag *verify_find(const struct verify *v, const char *name)
{
    for (unsigned i = 0; i < v->tag_count; i++) {
        if (strcmp(v->tags[i].name, name) == 0)
            return &v->tags[i];
    }
    return NULL;
}

const struct verify_tag *verify_need(const struct verify *v, const char *name, struct fail *fail)
{
    const struct verify_tag *tag = verify_find(v, name);
    if (!tag)
        fail_set(fail, "EMISSING", "%s is missing", name);
    return tag;
}

static bool check_kind(struct bytes kind, struct bundle_report *report, struct fail *fail)
{
    report->version = bytes_equal_text(kind, CLOSING_KIND)     ? 2
                      : bytes_equal_text(kind, CLOSING_KIND_1) ? 1
                                                               : 0;
    return report->version > 0 || fail_set(fail, "EFORMAT",
                                           "the trusted comment does not say \"" CLOSING_KIND "\": "
                                           "not a signature for evidence of this version");
}

/* "ajar-evidence/2", bag, cases, utc, with TABs between them. */
static bool check_trusted(const struct verify *v, struct bytes comment,
                          struct bundle_report *report, struct fail *fail)
{
    struct bytes kind;
    struct bytes bag;
    struct bytes cases;
    struct bytes utc;
    struct bytes rest = comment;
    instant when;
    if (!signature_field(&rest, "", &kind) || !check_kind(kind, report, fail))
        return false;
    if (!signature_field(&rest, "bag:", &bag) || !signature_field(&rest, "cases:", &cases) ||
        !signature_field(&rest, "utc:", &utc) || rest.n > 0 || !time_parse(utc, &when) ||
        !bytes_number(cases, ULONG_MAX, &report->cases) || (cases.n > 1 && cases.p[0] == '0'))
        return fail_set(fail, "EFORMAT", "the trusted comment is not bag, cases and utc");
    snprintf(report->sealed, sizeof report->sealed, "%.*s", (int)utc.n, (const char *)utc.p);
    snprintf(report->name, sizeof report->name, "%.*s", (int)bag.n, (const char *)bag.p);
    /* An extract's directory may have another name: so it is not enough that the tar's names are checked. */
    if (bag.n >= sizeof report->name || !name_check_top(report->name, fail))
        return fail_set(fail, "ENAME", "the trusted comment names a bundle as none can be called");
    if (!verify_is_extract(v) && !bytes_equal_text(bag, tar_read_top(v->tar)))
        return fail_set(fail, "ERENAMED",
                        "the trusted comment names the bundle %.*s, and its "
                        "directory is called %s",
                        (int)(bag.n < 128 ? bag.n : 128), (const char *)bag.p,
                        tar_read_top(v->tar));
    return true;
}

static bool keep_comment(struct bytes comment, struct bundle_report *report, struct fail *fail)
{
    if (comment.n >= sizeof report->trusted_comment)
        return fail_set(fail, "ELIMIT", "a trusted comment that is too long");
    memcpy(report->trusted_comment, comment.p, comment.n);
    report->trusted_comment[comment.n] = '\0';
    return true;
}

static bool judge_signature(const struct verify *v, const struct verify_tag *file,
                            struct bundle_report *report, struct fail *fail)
{
    struct signature s;
    const struct verify_tag *tags = verify_need(v, BESIDE_TAGS, fail);
    if (!tags)
        return false;
    if ((signature_parse(buf_view(&file->content), &s, fail) &&
         verify_sealer(v, &s, report, fail) &&
         signature_check(&s, &report->signer, buf_view(&tags->content), fail) &&
         signature_check_untrusted(&s, fail) && keep_comment(s.trusted_comment, report, fail) &&
         check_trusted(v, s.trusted_comment, report, fail)))
        return true;
    return fail_prefix(fail, BESIDE_SIGNATURE);
}

static bool judge_tags(const struct verify *v, struct fail *fail)
{
    struct manifest m = {.name = BESIDE_TAGS, .found = buf_view(&v->tag_lines)};
    const struct verify_tag *tags = verify_need(v, BESIDE_TAGS, fail);
    if (!tags || !spool_map(v->tag_directories, &m.directories, fail))
        return false;
    m.listed = buf_view(&tags->content);
    return manifest_compare(&m, fail);
}

static bool judge_declaration(const struct verify *v, struct fail *fail)
{
    const struct verify_tag *tag = verify_need(v, "bagit.txt", fail);
    return tag && (bytes_equal_text(buf_view(&tag->content), CLOSING_BAGIT) ||
                   fail_set(fail, "EFORMAT", "bagit.txt: not BagIt 1.0 in UTF-8"));
}

/* A bundle as ajar wrote it lists its files in the order of the tar: the same bytes as found. */
static bool is_as_written(const struct verify *v)
{
    return listed_is_found(&v->listed) && spool_size(v->data_directories) == 0;
}

/* One that was packed again, or changed, is sorted, so that what is wrong can be named. */
static bool judge_sorted(struct verify *v, struct fail *fail)
{
    struct manifest m = {.name = "manifest-sha256.txt"};
    return listed_map(&v->listed, &m.listed, fail) && spool_map(v->found, &m.found, fail) &&
           spool_map(v->data_directories, &m.directories, fail) && manifest_compare(&m, fail);
}

static bool judge_payload(struct verify *v, struct fail *fail)
{
    bool maybe = true;
    bool as_written = is_as_written(v);
    if (as_written && once_sure(v->once))
        return true;
    if (as_written && !seen_clash(v->found, v->files, &maybe, fail))
        return false;
    return !maybe || judge_sorted(v, fail);
}

static bool judge_oxum(const struct verify *v, struct fail *fail)
{
    char expected[64];
    struct bytes oxum;
    const struct verify_tag *tag = verify_need(v, "bag-info.txt", fail);
    if (!tag)
        return false;
    unsigned count = info_find(buf_view(&tag->content), "Payload-Oxum", &oxum);
    if (count != 1)
        return fail_set(fail, "EFORMAT", "bag-info.txt: %s Payload-Oxum",
                        count ? "more than one" : "no");
    snprintf(expected, sizeof expected, "%llu.%llu", v->octets, v->files);
    return bytes_equal_text(oxum, expected) ||
           fail_set(fail, "ECOUNT", "bag-info.txt: Payload-Oxum is %.*s, and the bundle has %s",
                    (int)(oxum.n < 64 ? oxum.n : 64), (const char *)oxum.p, expected);
}

/* A bundle of a run that was cut off says when it was recovered. */
static bool judge_recovery(const struct verify *v, struct bundle_report *report, struct fail *fail)
{
    instant when;
    struct bytes text;
    const struct verify_tag *tag = verify_need(v, "bag-info.txt", fail);
    unsigned count = tag ? info_find(buf_view(&tag->content), INFO_RECOVERED, &text) : 0;
    if (count == 0)
        return tag != NULL;
    if (count > 1 || !time_parse(text, &when))
        return fail_set(fail, "EFORMAT", "bag-info.txt: " INFO_RECOVERED " is not one time");
    snprintf(report->recovered, sizeof report->recovered, "%.*s", (int)text.n,
             (const char *)text.p);
    return true;
}

/* report->cases is what the trusted comment says. */
static bool judge_cases(const struct verify *v, const struct bundle_report *report,
                        struct fail *fail)
{
    return report->cases == v->cases ||
           fail_set(fail, "ECOUNT",
                    BESIDE_SIGNATURE
                    ": the trusted comment says cases:%lu, and %llu are in the bundle",
                    report->cases, v->cases);
}

/* All of it is there: a whole bundle, not an extract. */
static bool judge_whole(struct verify *v, struct bundle_report *report, struct fail *fail)
{
    return verify_need(v, "manifest-sha256.txt", fail) && judge_tags(v, fail) &&
           judge_declaration(v, fail) && judge_payload(v, fail) && judge_oxum(v, fail) &&
           judge_recovery(v, report, fail) && judge_cases(v, report, fail) &&
           verify_tree(v, report, fail) && verify_packs(v, report, fail) &&
           verify_order_tags(v, fail) && verify_order_payload(v, fail);
}

bool verify_judge(struct verify *v, struct bundle_report *report, struct fail *fail)
{
    const struct verify_tag *signature = verify_find(v, BESIDE_SIGNATURE);
    if (!signature)
        return fail_set(
            fail, "EUNSIGNED", "not signed: " BESIDE_SIGNATURE " is missing%s",
            verify_find(v, BESIDE_TAGS) ? "" : " (a run that was cut off before it was sealed?)");
    sha256_of(buf_view(&signature->content), report->seal);
    report->files = (unsigned long)v->files;
    report->octets = v->octets;
    return judge_signature(v, signature, report, fail) && verify_stamps(v, report, fail) &&
           verify_signers(v, report, fail) &&
           (verify_is_extract(v) ? verify_extract(v, report, fail) : judge_whole(v, report, fail));
}
