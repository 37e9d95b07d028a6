/* ajar campaign notify: letters to the owners of a campaign's targets, as its rules say. */
#include "cli/campaign_commands.h"
#include "cli/complain.h"
#include "cli/follow_letters.h"
#include "cli/follow_policy.h"
#include "cli/letters.h"
#include "cli/ticket_file.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { PROFILE_LIMIT = 256 * 1024 };

enum {
    OPT_PROFILE,
    OPT_OUT,
    OPT_MAILDIR,
    OPT_DRY_RUN,
    OPT_TO,
    OPT_CONTACTS,
    OPT_LANG,
    OPT_LETTER,
    OPT_MACHINE,
    OPT_DKIM,
    OPT_TICKET_KEY,
    OPT_RULES,
    OPT_FOLDER
};

static const struct args_option options[] = {
    [OPT_PROFILE] = {"profile", 'p', "FILE",
                     "who writes, and on whose authority (default: an example of 2004, marked so)"},
    [OPT_OUT] = {"out", 'o', "DIR", "write each letter to DIR/CASE.eml"},
    [OPT_MAILDIR] = {"maildir", 0, "DIR", "deliver each letter into this Maildir"},
    [OPT_DRY_RUN] = {"dry-run", 0, NULL,
                     "change nothing: print case, target, recipient and subject of each letter"},
    [OPT_TO] = {"to", 0, "ADDRESS", "the mailbox in the To field of every letter"},
    [OPT_CONTACTS] = {"contacts", 0, "FILE",
                      "what 'ajar contact' found out: to whom each letter goes, and in which "
                      "language unless --lang names one"},
    [OPT_LANG] = {"lang", 'l', "CODE", "language that comes first, as in 'ajar notify'"},
    [OPT_LETTER] = {"letter", 0, "LETTER",
                    "wording of others, as in 'ajar notify'; may be given "
                    "again"},
    [OPT_MACHINE] = {"machine", 0, "FORM",
                     "the part for programs: xarf, arf (of relays), intelmq or none; default xarf"},
    [OPT_DKIM] = {"dkim", 0, "SELECTOR[@DOMAIN]:FILE",
                  "sign each letter with the key in FILE, as in 'ajar notify'; may be given again"},
    [OPT_TICKET_KEY] = {"ticket-key", 0, "FILE",
                        "marks the addresses that letters bounce and are answered to, as in 'ajar "
                        "notify'"},
    [OPT_RULES] = {"rules", 0, "FILE", "other rules than the campaign's"},
    [OPT_FOLDER] = {"folder", 0, "DIR",
                    "where this machine keeps the campaign's evidence; of a campaign in a folder "
                    "it is that"},
    {0},
};

const struct args_command cmd_campaign_notify_args = {
    "campaign notify", "[OPTION]... CAMPAIGN (--out DIR | --maildir DIR | --dry-run)",
    "Does what a campaign's rules say of the targets that are due: writes letters to\n"
    "the owners, first ones, reminders, to the provider, all-clears; has targets\n"
    "tested again by the next 'ajar campaign run'; and stops where nothing is left to\n"
    "be done. Each letter is written once, also when this is cut off: give it the same\n"
    "place then. Who is held out or has objected gets none. 'ajar deliver' sends them.",
    options,
    "The rules are the campaign's rules.lua, which says at its head how they work. A\n"
    "letter is about one finding; its evidence must be sealed, verify, and lie in the\n"
    "campaign's folder on this machine.\n"
    "\n"
    "Exit status: 0 all was done, 1 some letters could not be written or it failed,\n"
    "2 wrong usage.\n"};

struct campaign_notify {
    struct args args;
    const char *place;
    const char *folder;
    const char *profile;
    const char *language;
    const char *contacts_path;
    const char *ticket_key;
    const char *rules;
    const char *choices[LETTERS_CHOICES];
    size_t choice_count;
    bool dry_run;

    struct notify_desk desk; /* what holds for all letters */
    struct contacts_file *contacts;
    struct ticket_key *tickets;
    struct letters letters;
    struct buf profile_text;
    struct follow_policy policy;
    struct follow follow;
    struct follow_letters writer;
    int lock;
};

static int take_output(struct campaign_notify *n, enum notify_form form)
{
    struct notify_output *o = &n->desk.output;
    if (o->form != NOTIFY_NOWHERE && o->form != form)
        return args_wrong(&n->args, "--out and --maildir exclude each other");
    o->form = form;
    o->path = n->args.value;
    return 0;
}

static int take_again(struct campaign_notify *n, const char **list, size_t *count, size_t most)
{
    if (*count == most)
        return args_wrong(&n->args, "'%s' is one too many", n->args.value);
    list[(*count)++] = n->args.value;
    return 0;
}

static int take_option(struct campaign_notify *n, int which)
{
    struct notify_desk *d = &n->desk;
    const char **const texts[] = {
        [OPT_PROFILE] = &n->profile,
        [OPT_TO] = &d->recipients.all,
        [OPT_CONTACTS] = &n->contacts_path,
        [OPT_TICKET_KEY] = &n->ticket_key,
        [OPT_RULES] = &n->rules,
        [OPT_FOLDER] = &n->folder,
    };
    switch (which) {
    case OPT_OUT:
        return take_output(n, NOTIFY_FILES);
    case OPT_MAILDIR:
        return take_output(n, NOTIFY_MAILDIR);
    case OPT_DRY_RUN:
        n->dry_run = true;
        return 0;
    case OPT_LANG:
        n->language = strcmp(n->args.value, "auto") == 0 ? NULL : n->args.value;
        return 0;
    case OPT_LETTER:
        return take_again(n, n->choices, &n->choice_count, LETTERS_CHOICES);
    case OPT_DKIM:
        return take_again(n, d->dkim.values, &d->dkim.count, DKIM_SIGNERS);
    case OPT_MACHINE:
        return machine_parse(n->args.value, &d->machine)
                   ? 0
                   : args_wrong(&n->args, "--machine: '%s' is none of xarf, arf, intelmq and none",
                                n->args.value);
    default:
        *texts[which] = n->args.value;
        return 0;
    }
}

static int parse(struct campaign_notify *n, int argc, char **argv)
{
    struct args *a = &n->args;
    args_begin(a, &cmd_campaign_notify_args, argc, argv);
    for (int which; (which = args_next(a)) != ARGS_END;)
        take_option(n, which);
    if (a->status != ARGS_GO_ON)
        return a->status;
    n->place = args_only_operand(a, "CAMPAIGN");
    if (!n->place)
        return a->status;
    if (n->dry_run)
        n->desk.output.form = NOTIFY_DRY_RUN;
    if (n->desk.output.form == NOTIFY_NOWHERE)
        return args_wrong(a, "give --out DIR or --maildir DIR, or --dry-run");
    if (n->desk.recipients.all && !message_is_mailbox(n->desk.recipients.all))
        return args_wrong(a, "--to: '%s' is not one mail address", n->desk.recipients.all);
    if (store_is_shared(n->place) && !n->folder)
        return args_wrong(a, "--folder is missing: where this machine keeps the campaign's "
                             "evidence");
    n->folder = n->folder ? n->folder : n->place;
    return ARGS_GO_ON;
}

/* Two at once would write the same letters to two places. */
static bool lock_folder(struct campaign_notify *n, struct fail *fail)
{
    char path[CAMPAIGN_PATH];
    if (n->dry_run)
        return true;
    if (!campaign_path(path, n->folder, "notify.lock", fail))
        return false;
    n->lock = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (n->lock < 0)
        return fail_errno(fail, errno, path);
    return flock(n->lock, LOCK_EX | LOCK_NB) == 0 ||
           fail_set(fail, "ELOCKED", "%s: another 'ajar campaign notify' is at work", path);
}

static bool load_profile(struct campaign_notify *n, struct fail *fail)
{
    struct composing_order *order = &n->writer.order;
    if (!n->profile)
        return notify_example_profile(order, fail);
    order->profile_name = n->profile;
    if (!file_read(n->profile, &n->profile_text, fail))
        return false;
    order->profile = buf_view(&n->profile_text);
    return true;
}

static bool load_wording(struct campaign_notify *n, struct fail *fail)
{
    if (!load_profile(n, fail) || !letters_load(&n->letters, n->choices, n->choice_count, fail))
        return false;
    n->writer.order.letters = n->letters.list;
    n->writer.order.letter_count = n->letters.count;
    n->writer.order.language = n->language;
    return true;
}

static bool load_contacts(struct campaign_notify *n, struct fail *fail)
{
    if (n->contacts_path)
        n->contacts = contacts_file_load(n->contacts_path, fail);
    n->desk.recipients.contacts = n->contacts;
    return !n->contacts_path || n->contacts;
}

static bool load_tickets(struct campaign_notify *n, struct fail *fail)
{
    if (!n->ticket_key || n->dry_run)
        return true;
    n->tickets = ticket_file_open("campaign notify", n->ticket_key, fail);
    n->desk.tickets = n->tickets;
    return n->tickets != NULL;
}

static void say(unsigned long count, const char *words)
{
    if (count > 0)
        fprintf(stderr, "; %lu %s", count, words);
}

static void report(const struct campaign_notify *n)
{
    const struct follow *f = &n->follow;
    const struct follow_letters *l = &n->writer;
    fprintf(stderr, "%lu targets were due; %lu letters %swritten", f->looked_at, l->written,
            n->dry_run ? "would be " : "");
    say(f->rechecked, "to be tested again");
    say(f->stopped, "stopped");
    say(f->objected, "have objected");
    say(f->withheld, "letters withheld from who is held out");
    say(l->nobody, "letters have no recipient (--contacts, --to)");
    say(l->unwritten, "letters could not be made");
    say(l->not_sealed, "wait for their evidence to be sealed");
    say(l->elsewhere, "have their evidence on another machine");
    fputc('\n', stderr);
}

static bool go_through(struct campaign_notify *n, struct store *s, struct fail *fail)
{
    if (!follow_policy_load(&n->policy, n->place, n->rules, s, fail))
        return false;
    n->follow = (struct follow){.command = "campaign notify",
                                .store = s,
                                .rulings = n->policy.rulings,
                                .optouts = n->policy.optouts,
                                .dry_run = n->dry_run,
                                .write = follow_letters_write,
                                .arg = &n->writer};
    n->writer.follow = &n->follow;
    n->writer.folder = n->folder;
    n->writer.desk = &n->desk;
    bool ok = follow_run(&n->follow, fail);
    report(n);
    return ok;
}

static int run(struct campaign_notify *n)
{
    struct fail fail = {0};
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error to report */
    n->profile_text = buf_new(PROFILE_LIMIT);
    n->lock = -1;
    struct store *s = store_open(n->place, &fail);
    bool ok = s && lock_folder(n, &fail) && load_contacts(n, &fail) && load_tickets(n, &fail) &&
              load_wording(n, &fail) && go_through(n, s, &fail);
    int status =
        ok ? n->writer.unwritten + n->writer.nobody > 0 : complain("campaign notify", &fail);
    follow_letters_end(&n->writer);
    follow_policy_free(&n->policy);
    letters_free(&n->letters);
    contacts_file_free(n->contacts);
    ticket_key_free(n->tickets);
    buf_free(&n->profile_text);
    store_close(s);
    if (n->lock >= 0)
        close(n->lock);
    return status;
}

int cmd_campaign_notify(int argc, char **argv)
{
    struct campaign_notify *n = calloc(1, sizeof *n);
    if (!n)
        return complain_words("campaign notify", 1, "out of memory");
    message_begin();
    int status = parse(n, argc, argv);
    if (status == ARGS_GO_ON)
        status = run(n);
    message_end();
    free(n);
    return status;
}
