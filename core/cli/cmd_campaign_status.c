/* ajar campaign status: how far a campaign has come. */
#include "cli/campaign_commands.h"
#include "cli/campaign_screen.h"
#include "cli/campaign_status.h"
#include "cli/complain.h"

#include <stdio.h>

enum { OPT_JSON, OPT_TABLE };
static const struct args_option options[] = {
    [OPT_JSON] = {"json", 'j', NULL, "print one JSON object"},
    [OPT_TABLE] = {"table", 't', NULL, "print the table once, on a terminal or not"},
    {0},
};

const struct args_command cmd_campaign_status_args = {
    "campaign status", "[OPTION]... CAMPAIGN",
    "Says how many targets a campaign has: where they stand, what was found, who has\n"
    "named them; and how much work is left. A target that several lists have named is\n"
    "counted with each of them. On a terminal it is a table that is kept up to date\n"
    "until q is pressed; elsewhere it is one line.",
    options, "Exit status: 0 it was said, 1 it could not be, 2 wrong usage.\n"};

enum form { LINE, TABLE, JSON, SCREEN };
enum { LIMIT = 1024 * 1024 };

static bool put(struct store *s, const struct campaign_status *c, enum form form, struct buf *out,
                struct fail *fail)
{
    if (form == JSON)
        return campaign_status_json(s, c, out, fail);
    return form == TABLE ? campaign_status_table(s, c, NULL, 0, out, fail)
                         : campaign_status_line(s, c, out, fail);
}

static bool print(struct store *s, enum form form, struct fail *fail)
{
    struct campaign_status c;
    struct buf out = buf_new(LIMIT);
    bool ok = campaign_status_read(s, &c, fail) && put(s, &c, form, &out, fail);
    if (ok)
        fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
    return ok;
}

int cmd_campaign_status(int argc, char **argv)
{
    struct args args;
    struct fail fail = {0};
    enum form form = campaign_screen_is_there() ? SCREEN : LINE;
    args_begin(&args, &cmd_campaign_status_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        form = which == OPT_JSON ? JSON : TABLE;
    if (args.status != ARGS_GO_ON)
        return args.status;
    const char *place = args_only_operand(&args, "CAMPAIGN");
    if (!place)
        return args.status;
    struct store *s = store_open(place, &fail);
    bool ok = s && (form == SCREEN ? campaign_screen_run(s, &fail) : print(s, form, &fail));
    store_close(s);
    return ok ? 0 : complain("campaign status", &fail);
}
