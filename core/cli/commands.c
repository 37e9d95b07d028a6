#include "cli/commands.h"

#include "base/text.h"
#include "cli/campaign_commands.h"
#include "cli/lang_commands.h"
#include "cli/near.h"
#include "cli/pack_commands.h"
#include "cli/probe_options.h"

#include <stdio.h>

enum { STATUS_WRONG = 2 };

const struct command *commands_all(void)
{
    static const struct command all[] = {
        {"probe", "tests whether servers are open, and proves it", cmd_probe, &probe_options_args,
         NULL},
        {"run", "runs one script, and shows its dialogue while it goes on", cmd_run, &cmd_run_args,
         NULL},
        {"repl", "a prompt at which the calls of a probe are tried on a server", cmd_repl,
         &cmd_repl_args, NULL},
        {"show", "shows what a bundle holds", cmd_show, &cmd_show_args, NULL},
        {"view", "writes a bundle as a page for a browser", cmd_view, &cmd_view_args, NULL},
        {"verify", "checks that a bundle is what its signer sealed", cmd_verify, &cmd_verify_args,
         NULL},
        {"cosign", "adds a second officer's signature to a bundle", cmd_cosign, &cmd_cosign_args,
         NULL},
        {"stamp", "has time-stamp services witness a bundle", cmd_stamp, &cmd_stamp_args, NULL},
        {"seal", "recovers the cases of a run that was cut off", cmd_seal, &cmd_seal_args, NULL},
        {"custody", "records what became of a bundle, and checks that", cmd_custody,
         &cmd_custody_args, NULL},
        {"replay", "derives a bundle's verdicts again from its tapes", cmd_replay, &cmd_replay_args,
         NULL},
        {"extract", "writes one case of a bundle, which verifies alone", cmd_extract,
         &cmd_extract_args, NULL},
        {"redact", "hides parts of a case, the rest still proven", cmd_redact, &cmd_redact_args,
         NULL},
        {"export", "writes a bundle's cases for other programs", cmd_export, &cmd_export_args,
         NULL},
        {"notify", "writes the letters to the owners", cmd_notify, &cmd_notify_args, NULL},
        {"deliver", "hands the letters to your mail server, each once", cmd_deliver,
         &cmd_deliver_args, NULL},
        {"inbox", "sorts what came back, by letter", cmd_inbox, &cmd_inbox_args, NULL},
        {"lang", "lists, checks and compares the letters' languages", cmd_lang, &cmd_lang_args,
         lang_commands},
        {"lists", "asks public DNS lists what they say of addresses", cmd_lists, &cmd_lists_args,
         NULL},
        {"contact", "finds out whom to write to about an address", cmd_contact, &cmd_contact_args,
         NULL},
        {"key", "makes the key that bundles are signed with, or shows it", cmd_key, &cmd_key_args,
         NULL},
        {"sim", "serves simulated servers on loopback", cmd_sim, &cmd_sim_args, NULL},
        {"probes", "lists the probes", cmd_probes, &cmd_probes_args, NULL},
        {"pack", "makes, signs and checks packs of probes", cmd_pack, &cmd_pack_args,
         pack_commands},
        {"campaign", "tests, writes and tests again, over months", cmd_campaign, &cmd_campaign_args,
         campaign_commands},
        {NULL, NULL, NULL, NULL, NULL},
    };
    return all;
}

const struct command *commands_find(const char *name)
{
    for (const struct command *c = commands_all(); c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

const struct command *commands_part(const struct command *c, const char *name)
{
    for (const struct command *part = c->parts ? c->parts() : NULL; part && part->name; part++)
        if (strcmp(part->name, name) == 0)
            return part;
    return NULL;
}

int commands_reject(const char *name)
{
    char shown[64];
    struct near near = near_to(name);
    for (const struct command *c = commands_all(); c->name; c++)
        near_try(&near, c->name);
    near_try(&near, "help");
    near_try(&near, "--help");
    near_try(&near, "--version");
    snprintf(shown, sizeof shown, "%s", name);
    text_make_printable(shown);
    const char *kind = name[0] == '-' ? "option" : "command";
    if (near.best)
        fprintf(stderr, "ajar: unknown %s '%s'; did you mean 'ajar %s'?\n", kind, shown, near.best);
    else
        fprintf(stderr, "ajar: unknown %s '%s'; see 'ajar --help'\n", kind, shown);
    return STATUS_WRONG;
}

static int reject_part(const struct command *group, const char *word)
{
    char shown[64];
    struct near near = near_to(word);
    for (const struct command *c = group->parts ? group->parts() : NULL; c && c->name; c++)
        near_try(&near, c->name);
    snprintf(shown, sizeof shown, "%s", word);
    text_make_printable(shown);
    fprintf(stderr, "ajar %s: unknown command '%s'; ", group->name, shown);
    if (near.best)
        fprintf(stderr, "did you mean 'ajar %s %s'?\n", group->name, near.best);
    else
        fprintf(stderr, "see 'ajar %s --help'\n", group->name);
    return STATUS_WRONG;
}

int commands_run_part(const char *name, const char *examples, int argc, char **argv)
{
    struct args args;
    const struct command *group = commands_find(name);
    if (argc > 1 && argv[1][0] != '-') {
        const struct command *part = commands_part(group, argv[1]);
        return part ? part->run(argc - 1, argv + 1) : reject_part(group, argv[1]);
    }
    args_begin(&args, group->args, argc, argv);
    while (args_next(&args) != ARGS_END)
        continue;
    return args.status != ARGS_GO_ON ? args.status
                                     : args_wrong(&args, "a command is missing: %s", examples);
}
