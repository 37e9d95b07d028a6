#include "cli/probe_report.h"

#include <stdio.h>

enum { BAD_SHOWN = 10, REFUSED_SHOWN = 10 };

int probe_report_complain(int status, const char *text)
{
    fprintf(stderr, "ajar probe: %s\n", text);
    return status;
}

bool probe_report_begin(struct probe_report *r, enum output_form form, bool has_scope)
{
    *r = (struct probe_report){.output = output_new(form), .has_scope = has_scope};
    return r->output != NULL;
}

void probe_report_free(struct probe_report *r)
{
    output_free(r->output);
}

void probe_report_bad(void *report, const struct fail *why)
{
    struct probe_report *r = report;
    if (++r->bad <= BAD_SHOWN)
        output_say(r->output, why->text);
}

bool probe_report_any_bad(const struct probe_report *r)
{
    if (r->bad > BAD_SHOWN)
        fprintf(stderr, "ajar probe: and %lu more lines that are no targets\n", r->bad - BAD_SHOWN);
    if (r->bad > 0)
        probe_report_complain(0, "nothing was probed: correct the targets first");
    return r->bad > 0;
}

static void say_refused(struct probe_report *r, const struct run_result *result)
{
    char text[ADDR_TEXT];
    char line[500];
    const struct addr *target = &result->item->target;
    if (addr_equal_ip(&r->refused, target))
        return;
    r->refused = *target;
    if (++r->refused_count > REFUSED_SHOWN)
        return;
    snprintf(line, sizeof line, "%s not tested: %s%s%s", addr_text(target, text), result->reason,
             r->has_scope ? "" : "; without --scope only loopback may be probed",
             r->refused_count == REFUSED_SHOWN ? "; others that are refused are not named here"
                                               : "");
    output_say(r->output, line);
}

void probe_report_result(struct probe_report *r, const struct run_result *result)
{
    if (result->refused)
        say_refused(r, result);
    output_result(r->output, result);
}

void probe_report_end(struct probe_report *r, const struct run_counts *counts,
                      const struct fail *why)
{
    output_end(r->output, counts);
    if (why)
        probe_report_complain(0, why->text);
    else if (counts->done == 0)
        probe_report_complain(0, "there was nothing to probe: the lists are empty, or no probe "
                                 "knows a port");
}

void probe_report_sealed(const char *bundle, const struct run_counts *counts)
{
    unsigned long lost = counts->done - counts->refused - counts->cases;
    fprintf(stderr, "ajar probe: sealed %s with %lu cases; `ajar verify %s` checks it\n", bundle,
            counts->cases, bundle);
    if (lost > 0)
        fprintf(stderr, "ajar probe: %lu results found no room in it: they have no \"case\"\n",
                lost);
}
