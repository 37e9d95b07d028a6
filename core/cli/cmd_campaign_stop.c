/* ajar campaign stop, and resume: the switch that holds for all who run it. */
#include "cli/campaign_commands.h"
#include "cli/complain.h"

#include "net/loop.h"
#include "store/store_policy.h"

static const struct args_option options[] = {{0}};

const struct args_command cmd_campaign_stop_args = {
    "campaign stop", "[OPTION]... CAMPAIGN",
    "Stops a campaign: on all machines that run it no test is begun any more from a\n"
    "second on, and those under way are brought to an end. `ajar campaign resume`\n"
    "lets it go on.",
    options, "Exit status: 0 it is stopped, 1 it could not be, 2 wrong usage.\n"};

const struct args_command cmd_campaign_resume_args = {
    "campaign resume", "[OPTION]... CAMPAIGN", "Lets a campaign go on that was stopped.", options,
    "Exit status: 0 it may go on, 1 it could not be said, 2 wrong usage.\n"};

static int turn(const struct args_command *command, const char *to, int argc, char **argv)
{
    struct args args;
    struct fail fail = {0};
    args_begin(&args, command, argc, argv);
    while (args_next(&args) != ARGS_END)
        ;
    const char *place = args.status == ARGS_GO_ON ? args_only_operand(&args, "CAMPAIGN") : NULL;
    if (!place)
        return args.status;
    struct store *s = store_open(place, &fail);
    bool ok = s && store_text_put(s, "stop", bytes_of(to), loop_now(), &fail);
    store_close(s);
    return ok ? 0 : complain(command->name, &fail);
}

int cmd_campaign_stop(int argc, char **argv)
{
    return turn(&cmd_campaign_stop_args, "stopped", argc, argv);
}

int cmd_campaign_resume(int argc, char **argv)
{
    return turn(&cmd_campaign_resume_args, "", argc, argv);
}
