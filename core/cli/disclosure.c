#include "cli/disclosure.h"

#include "evidence/extract.h"
#include "evidence/recovery.h"

#include <stdio.h>
#include <unistd.h>

static bool verify(const struct disclosure *d, const char *path, struct bundle_report *report,
                   struct fail *fail)
{
    struct public_key key;
    if (d->key && !public_key_load(d->key, &key, fail))
        return fail_prefix(fail, "--public-key");
    return bundle_verify(path, d->key ? &key : NULL, report, fail);
}

/* The head covers this file, so it goes along as it is. */
static void warn_of_recovery(const struct disclosure *d)
{
    struct fail none;
    struct buf text = buf_new(RECOVERY_LIMIT);
    if (bundle_read(d->to, RECOVERY_FILE, &text, &none) &&
        recovery_tells_of_others(buf_view(&text)))
        fprintf(stderr,
                "ajar %s: %s has " RECOVERY_FILE
                ", which tells of other cases: how large the run's "
                "file was, and the name of a case in it. An early ajar has written it so; seal "
                "the file that was found anew with this one, if you have it\n",
                d->command, d->to);
    buf_free(&text);
}

bool disclosure_verify(const struct disclosure *d, struct bundle_report *report, struct fail *fail)
{
    if (!verify(d, d->from, report, fail))
        return false;
    return report->version > 1 ||
           fail_set(fail, "EVERSION",
                    "%s: a bundle of version 1, whose signature covers no tree: no case of it can "
                    "be proven alone",
                    d->from);
}

bool disclosure_write(const struct disclosure *d, const char *id, const struct bag_file *instead,
                      size_t n, struct bundle_report *report, struct fail *fail)
{
    if (!extract_write(d->from, id, d->to, instead, n, fail))
        return false;
    if (verify(d, d->to, report, fail))
        return true;
    unlink(d->to);
    return fail_prefix(fail, "what was written does not verify, and was taken away");
}

void disclosure_print(const struct disclosure *d, const struct bundle_report *report)
{
    printf("%s: case %s, %lu of %lu in %s, %lu of its %lu parts hidden\n", d->to, report->case_id,
           report->place, report->cases, report->name, report->hidden, report->parts);
    warn_of_recovery(d);
}
