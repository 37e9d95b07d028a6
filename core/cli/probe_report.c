#include "cli/probe_report.h"

#include "cli/complain.h"

#include <stdio.h>

enum { BAD_SHOWN = 10, REFUSED_SHOWN = 10 };

bool probe_report_begin(struct probe_report *r, const struct probe_options *options)
{
    *r = (struct probe_report){
        .command = options->command,
        .output = output_new(options->form, options->quiet || options->typed, options->command),
        .has_scope = options->scope_path != NULL};
    if (r->output && options->single)
        output_explain_errors(r->output, options->trace);
    return r->output != NULL;
}

void probe_report_free(struct probe_report *r)
{
    output_free(r->output);
}

void probe_report_bad(void *report, const struct fail *why)
{
    struct probe_report *r = report;
    r->bad_argument |= complain_is_usage(why);
    if (++r->bad <= BAD_SHOWN)
        output_say(r->output, why->text);
}

void probe_report_bad_early(void *report, const struct fail *why)
{
    struct probe_report *r = report;
    if (r->bad == 0) {
        r->first = *why;
        r->bad_argument = complain_is_usage(why);
        r->bad = 1;
        return;
    }
    if (r->bad == 1)
        output_say(r->output, r->first.text);
    probe_report_bad(r, why);
}

int probe_report_bad_status(const struct probe_report *r)
{
    char only[sizeof r->first.text + 32];
    if (r->bad == 0)
        return 0;
    if (r->bad == 1) {
        snprintf(only, sizeof only, "%s; nothing was probed", r->first.text);
        return complain_words(r->command, r->bad_argument ? 2 : 1, only);
    }
    if (r->bad > BAD_SHOWN)
        fprintf(stderr, "ajar %s: and %lu more lines that are no targets\n", r->command,
                r->bad - BAD_SHOWN);
    return complain_words(r->command, r->bad_argument ? 2 : 1,
                          "nothing was probed: correct the targets first");
}

void probe_report_stray(void *report, uint16_t port)
{
    struct probe_report *r = report;
    char line[200];
    for (unsigned i = 0; i < r->stray_count; i++)
        if (r->strays[i] == port)
            return;
    if (r->stray_count == PROBE_REPORT_STRAYS)
        return;
    r->strays[r->stray_count++] = port;
    snprintf(
        line, sizeof line,
        "port %u belongs to no probe: all %u are tried there, one after the other; choose with "
        "--probe%s",
        port, r->probe_count,
        r->stray_count == PROBE_REPORT_STRAYS ? "; other such ports are not named here" : "");
    output_say(r->output, line);
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
             r->has_scope || result->refused == RUN_REFUSED_BY_VANTAGE
                 ? ""
                 : "; without --scope only loopback may be probed",
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

bool probe_report_end(struct probe_report *r, const struct run_counts *counts,
                      const struct plan *plan, const struct fail *why)
{
    output_end(r->output, counts, plan ? plan->duplicates : 0);
    if (why)
        complain(r->command, why);
    if (why || !plan)
        return true;
    if (plan->taken == 0)
        complain_words(r->command, 0, "there was nothing to probe: the lists are empty");
    else if (counts->done == 0)
        complain_words(
            r->command, 0,
            "nothing was tested: no chosen probe knows a port; name it, as in ADDR:PORT");
    else if (counts->done == counts->refused)
        complain_words(r->command, 0, "nothing was tested: no target may be probed");
    return plan->taken == 0 || counts->done > counts->refused;
}

void probe_report_kept(const struct probe_options *options)
{
    if (!options->quiet)
        fprintf(stderr,
                "ajar %s: kept %s: `ajar show` shows what was said, `ajar replay` says it again\n",
                options->command, options->bundle);
}

void probe_report_sealed(const struct probe_options *options, const struct run_counts *counts)
{
    const char *bundle = options->bundle;
    unsigned long lost = counts->done - counts->refused - counts->cases;
    if (!options->quiet && !options->campaign) /* a campaign's has not got its place yet */
        fprintf(stderr, "ajar %s: sealed %s with %lu %s; `ajar verify %s` checks it\n",
                options->command, bundle, counts->cases, counts->cases == 1 ? "case" : "cases",
                bundle);
    if (lost > 0)
        fprintf(stderr, "ajar %s: %lu results found no room in it: they have no \"case\"\n",
                options->command, lost);
}
