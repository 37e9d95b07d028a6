/* ajar campaign: from lists of suspects to doors that are closed. */
#include "cli/campaign_commands.h"

static const struct args_option options[] = {{0}};

const struct args_command cmd_campaign_args = {
    "campaign", "COMMAND [OPTION]... CAMPAIGN...",
    "A campaign is what becomes of many suspects over months: who has named them,\n"
    "what was found, who was written to, and what was closed since. CAMPAIGN is a\n"
    "folder, whose database is a file in it; or, for several machines that share the\n"
    "work, a PostgreSQL database: postgresql://USER@HOST/DATABASE.\n"
    "new     makes one\n"
    "import  takes what lists say into it\n"
    "run     tests what is due\n"
    "optout  notes who wants no more tests\n"
    "stop    no test is begun any more, on any machine; `resume` lets it go on\n"
    "notify  writes to the owners, as its rules say\n"
    "recheck has targets tested again\n"
    "status  says how far it has come\n"
    "show    says what it knows of an address",
    options, "'ajar campaign COMMAND --help' says more of each.\n"};

const struct command *campaign_commands(void)
{
    static const struct command all[] = {
        {"new", "makes a campaign", cmd_campaign_new, &cmd_campaign_new_args, NULL},
        {"import", "takes what lists say", cmd_campaign_import, &cmd_campaign_import_args, NULL},
        {"run", "tests what is due", cmd_campaign_run, &cmd_campaign_run_args, NULL},
        {"optout", "notes who wants no more tests", cmd_campaign_optout, &cmd_campaign_optout_args,
         NULL},
        {"stop", "stops all who run a campaign", cmd_campaign_stop, &cmd_campaign_stop_args, NULL},
        {"resume", "lets a stopped campaign go on", cmd_campaign_resume, &cmd_campaign_resume_args,
         NULL},
        {"notify", "writes to the owners of what is open", cmd_campaign_notify,
         &cmd_campaign_notify_args, NULL},
        {"recheck", "has targets tested again", cmd_campaign_recheck, &cmd_campaign_recheck_args,
         NULL},
        {"status", "says how far a campaign has come", cmd_campaign_status,
         &cmd_campaign_status_args, NULL},
        {"show", "says what a campaign knows of an address", cmd_campaign_show,
         &cmd_campaign_show_args, NULL},
        {NULL, NULL, NULL, NULL, NULL},
    };
    return all;
}

int cmd_campaign(int argc, char **argv)
{
    return commands_run_part("campaign", "new, import, ...", argc, argv);
}
