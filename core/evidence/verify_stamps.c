/* The time-stamps beside a bundle's signature. */
#include "evidence/verify.h"

#include <string.h>

/* The services' own words for when the signature was there, by the first that its reader trusts. */
static void keep_earliest(struct bundle_report *report, const struct stamp *s)
{
    if (s->trusted && (!report->stamp_trusted || s->at < report->stamped))
        report->stamped = s->at;
    report->stamp_trusted |= s->trusted;
}

static bool judge_each(const struct verify *v, struct bytes signature, struct bundle_report *report,
                       struct fail *fail)
{
    char name[BESIDE_NAME];
    for (unsigned number = 1; number <= BESIDE_STAMPS; number++) {
        const struct verify_tag *file = verify_find(v, beside_stamp(number, name));
        struct stamp *s = &report->stamps[report->stamp_count];
        if (!file)
            continue;
        if (!stamp_check(buf_view(&file->content), signature, v->trust->services, s, fail))
            return fail_prefix(fail, "%s", name);
        keep_earliest(report, s);
        report->stamp_count++;
    }
    return true;
}

/* What the service has stamped holds the time of sealing: a stamp of long before that proves it false. */
static bool check_sealed(const struct bundle_report *report, struct fail *fail)
{
    char shown[TIME_TEXT];
    instant sealed = 0;
    time_parse(bytes_of(report->sealed), &sealed); /* it was checked with the trusted comment */
    if (report->stamped + BUNDLE_CLOCKS >= sealed)
        return true;
    return fail_set(fail, "ETIME",
                    "it says that it was sealed at %s, and a time-stamp that you trust shows that "
                    "very seal at %s: that time is false",
                    report->sealed, time_text(report->stamped, shown));
}

bool verify_stamps(const struct verify *v, struct bundle_report *report, struct fail *fail)
{
    const struct verify_tag *first = verify_need(v, BESIDE_SIGNATURE, fail);
    if (!first || !judge_each(v, buf_view(&first->content), report, fail))
        return false;
    if (report->stamp_trusted)
        return check_sealed(report, fail);
    if (!v->trust->services)
        return true;
    if (report->stamp_count == 0)
        return fail_set(fail, "ESTAMP",
                        "there is no time-stamp, and one by a service that you "
                        "trust is asked for");
    *fail = report->stamps[0].why;
    return fail_prefix(fail, "no time-stamp by a service that you trust");
}
