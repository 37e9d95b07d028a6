/* ajar stamp: time-stamps for a sealed bundle. */
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/tsa.h"

#include <stdio.h>

enum { OPT_TSA, OPT_TIMEOUT };

static const struct args_option options[] = {
    [OPT_TSA] = {"tsa", 0, "URL", "a time-stamp service (RFC 3161) to ask; repeatable"},
    [OPT_TIMEOUT] = {"timeout", 't', "SECONDS", "how long each may take; default 30"},
    {0},
};

const struct args_command cmd_stamp_args = {
    "stamp", "--tsa URL [OPTION]... BUNDLE",
    "Has time-stamp services witness that a bundle was sealed by now, and keeps their\n"
    "word beside its signature. A service is told a digest and nothing else.\n"
    "The bundle is replaced in one step: what goes wrong before leaves the old one.",
    options,
    "'ajar verify --tsa-ca FILE' and 'openssl ts -verify' check them offline.\n"
    "'ajar probe --tsa URL' asks at once when it has sealed.\n"
    "\n"
    "Exit status: 0 all services have answered, 1 one has not, 2 wrong usage.\n"};

static int stamp(const char *bundle, const struct tsa *t)
{
    unsigned wanted = 0;
    unsigned added = tsa_stamp("stamp", bundle, t);
    while (t->urls[wanted])
        wanted++;
    if (added > 0)
        printf("%s: %u time-stamp%s added\n", bundle, added, added == 1 ? "" : "s");
    return added == wanted ? 0 : 1;
}

int cmd_stamp(int argc, char **argv)
{
    struct args args;
    struct tsa t = {.limit = TSA_LIMIT};
    args_begin(&args, &cmd_stamp_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;) {
        if (which == OPT_TSA)
            tsa_take(&args, &t);
        else
            args_seconds(&args, SPAN_SECOND / 10, 600 * SPAN_SECOND, &t.limit);
    }
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (!t.urls[0])
        return args_wrong(&args, "no service: name one with --tsa");
    const char *bundle = args_only_operand(&args, "BUNDLE");
    return bundle ? stamp(bundle, &t) : args.status;
}
