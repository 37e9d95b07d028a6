/* ajar notify: letters to the owners about the findings of a bundle. */
#include "base/file.h"
#include "cli/args.h"
#include "cli/case_claims.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/letters.h"
#include "cli/notify_desk.h"
#include "cli/notify_gather.h"
#include "cli/notify_since.h"

#include "cli/shown_name.h"
#include "cli/ticket_file.h"
#include "evidence/digests.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROFILE_LIMIT = 256 * 1024, SENT_MOST = 100, DAYS_MOST = 3650 };

enum {
    OPT_LANG,
    OPT_LETTER,
    OPT_TONE,
    OPT_PROFILE,
    OPT_OUT,
    OPT_MBOX,
    OPT_MAILDIR,
    OPT_PDF,
    OPT_RESUME,
    OPT_PRINT,
    OPT_DRY_RUN,
    OPT_TO,
    OPT_CONTACTS,
    OPT_MACHINE,
    OPT_DKIM,
    OPT_TICKET_KEY,
    OPT_FOLLOWS,
    OPT_SINCE,
    OPT_EARLIER,
    OPT_SUSPECT,
    OPT_EACH,
    OPT_INTERVAL,
    OPT_SENT,
    OPT_KEY
};

static const struct args_option options[] = {
    [OPT_LANG] = {"lang", 'l', "CODE",
                  "language that comes first: one of 'ajar lang list', or a letter's; auto, the "
                  "default: the owner's where "
                  "--contacts says it, else the letter's, else en. Where there is none it is the "
                  "closest: pt for pt-BR, else en"},
    [OPT_LETTER] =
        {"letter", 0, "LETTER",
         "wording of others: ORG/PACK or ORG/PACK/NAME of an installed pack, FILE.tar or "
         "FILE.lua; may be given again"},
    [OPT_TONE] = {"tone", 0, "TONE",
                  "first, reminder, provider, all-clear, or a letter's own (default: the letters', "
                  "else first)"},
    [OPT_PROFILE] = {"profile", 'p', "FILE",
                     "who writes, and on whose authority (default: an example of 2004, marked so)"},
    [OPT_OUT] = {"out", 'o', "DIR", "write each letter to DIR/CASE.eml; nothing is overwritten"},
    [OPT_MBOX] = {"mbox", 0, "FILE", "add all letters to this mailbox (mboxrd), or none"},
    [OPT_MAILDIR] = {"maildir", 0, "DIR", "deliver each letter into this Maildir"},
    [OPT_PDF] = {"pdf", 0, "DIR", "print each letter to DIR/CASE.pdf, besides or alone"},
    [OPT_RESUME] = {"resume", 0, NULL,
                    "go on where a run was cut off: a letter that is there already is left as it "
                    "is, and not written again"},
    [OPT_PRINT] = {"print", 0, NULL, "print the letters as text, for a person to read"},
    [OPT_DRY_RUN] = {"dry-run", 0, NULL,
                     "write nothing: print case, target, recipient and subject of each letter"},
    [OPT_TO] = {"to", 0, "ADDRESS", "the mailbox in the To field of every letter"},
    [OPT_CONTACTS] =
        {"contacts", 0, "FILE",
         "what 'ajar contact' found out, its JSON or its tape: to whom each letter goes, "
         "and in which language unless --lang names one"},
    [OPT_MACHINE] = {"machine", 0, "FORM",
                     "the part for programs: xarf, arf (of relays), intelmq or none; default xarf"},
    [OPT_DKIM] = {"dkim", 0, "SELECTOR[@DOMAIN]:FILE",
                  "sign each letter with the key in FILE (PEM, RSA or Ed25519); DOMAIN is that of "
                  "From without it; may be given again"},
    [OPT_TICKET_KEY] = {"ticket-key", 0, "FILE",
                        "nobody else can make the addresses to which letters bounce, and those "
                        "that they tell their readers to answer to; made when it is not there; "
                        "for 'ajar deliver' and 'ajar inbox' too"},
    [OPT_FOLLOWS] = {"follows", 0, "TONE",
                     "each letter answers the one in this tone about the same case: a reminder "
                     "follows first"},
    [OPT_SINCE] = {"since", 0, "BUNDLE",
                   "only about servers that this earlier bundle found open or suspect; an "
                   "all-clear is about those that are closed now"},
    [OPT_EARLIER] = {"earlier", 0, "DATE",
                     "when the earlier letters were sent, as 2026-11-24: a reminder or an "
                     "all-clear says so"},
    [OPT_SUSPECT] = {"include-suspect", 0, NULL, "also write about what said yes without proof"},
    [OPT_EACH] = {"each", 0, NULL,
                  "a letter for each finding, where else there is one for all findings of a "
                  "recipient, or of an address whose recipient is not known"},
    [OPT_INTERVAL] = {"interval", 0, "DAYS",
                      "no letter to who was written to less than so many days ago, by a letter in "
                      "--sent, or in the place that letters are written to; letters promise it"},
    [OPT_SENT] = {"sent", 0, "PLACE",
                  "letters of earlier runs: a folder of --out or 'ajar deliver', a Maildir, or a "
                  "mailbox; may be given again"},
    [OPT_KEY] = {"public-key", 'P', "KEY", "verify the bundle with this key, not the one in it"},
    {0},
};

const struct args_command cmd_notify_args = {
    "notify", "[OPTION]... BUNDLE (--out DIR | --mbox FILE | --print | ...)",
    "Writes to the owners about the findings of a bundle: what was seen, what it\n"
    "means, and how to close the server. All findings of a recipient are one letter;\n"
    "where no recipient is known, those at one address. The bundle is verified first.\n"
    "No letter is written about an open case that its receipts don't bear out.",
    options,
    "A profile is a Lua file; lang/profiles/secure-your-server.lua is the example. It\n"
    "and the wording run in a confined process, with no file and no socket. The name\n"
    "of each file written is printed.\n"
    "\n"
    "Exit status: 0 all were written, 1 the bundle does not verify or a letter could\n"
    "not be written, 2 wrong usage.\n"};

struct notify {
    struct args args;
    const char *bundle;
    const char *language;
    const char *profile;
    const char *key;
    const char *contacts_path;
    struct contacts_file *contacts;
    const char *choices[LETTERS_CHOICES]; /* of --letter */
    size_t choice_count;
    bool dry_run;
    bool each; /* case has a letter of its own */
    const char *since_path;
    const char *sent[SENT_MOST]; /* of --sent */
    size_t sent_count;
    const char *ticket_key;
    struct ticket_key *tickets; /* of that file */
    const char *earlier;

    struct letters letters;
    struct buf profile_text;
    struct notify_selection selection;
    struct notify_desk desk;
};

static int take_output(struct notify *n, enum notify_form form)
{
    struct notify_output *o = &n->desk.output;
    if (o->form != NOTIFY_NOWHERE && o->form != form)
        return args_wrong(&n->args, "--out, --mbox, --maildir and --print exclude each other");
    o->form = form;
    o->path = n->args.value;
    return 0;
}

static int take_letter(struct notify *n)
{
    if (n->choice_count == LETTERS_CHOICES)
        return args_wrong(&n->args, "--letter: at most %d times", LETTERS_CHOICES);
    n->choices[n->choice_count++] = n->args.value;
    return 0;
}

static int take_dkim(struct notify *n)
{
    struct notify_dkim *d = &n->desk.dkim;
    if (d->count == DKIM_SIGNERS)
        return args_wrong(&n->args, "--dkim: at most %d times", DKIM_SIGNERS);
    d->values[d->count++] = n->args.value;
    return 0;
}

static int take_sent(struct notify *n)
{
    if (n->sent_count == SENT_MOST)
        return args_wrong(&n->args, "--sent: at most %d times", SENT_MOST);
    n->sent[n->sent_count++] = n->args.value;
    return 0;
}

static int take_interval(struct notify *n)
{
    char *end;
    long days = strtol(n->args.value, &end, 10);
    if (*end || end == n->args.value || days < 1 || days > DAYS_MOST)
        return args_wrong(&n->args, "--interval: '%s' is no number of days from 1 to %d",
                          n->args.value, DAYS_MOST);
    n->desk.interval_days = (unsigned)days;
    return 0;
}

static int take_machine(struct notify *n)
{
    return machine_parse(n->args.value, &n->desk.machine)
               ? 0
               : args_wrong(&n->args, "--machine: '%s' is none of xarf, arf, intelmq and none",
                            n->args.value);
}

static int take_option(struct notify *n, int which)
{
    struct notify_desk *d = &n->desk;
    const char **const texts[] = {
        [OPT_PROFILE] = &n->profile,
        [OPT_TO] = &d->recipients.all,
        [OPT_PDF] = &d->paper.folder,
        [OPT_KEY] = &n->key,
        [OPT_TONE] = &d->tone,
        [OPT_FOLLOWS] = &d->follows,
        [OPT_CONTACTS] = &n->contacts_path,
        [OPT_SINCE] = &n->since_path,
        [OPT_TICKET_KEY] = &n->ticket_key,
        [OPT_EARLIER] = &n->earlier,
    };
    switch (which) {
    case OPT_LANG:
        n->language = strcmp(n->args.value, "auto") == 0 ? NULL : n->args.value;
        return 0;
    case OPT_LETTER:
        return take_letter(n);
    case OPT_OUT:
        return take_output(n, NOTIFY_FILES);
    case OPT_MBOX:
        return take_output(n, NOTIFY_MBOX);
    case OPT_MAILDIR:
        return take_output(n, NOTIFY_MAILDIR);
    case OPT_PRINT:
        return take_output(n, NOTIFY_PRINT);
    case OPT_RESUME:
        n->desk.output.resumes = n->desk.paper.resumes = true;
        return 0;
    case OPT_DRY_RUN:
        n->dry_run = true;
        return 0;
    case OPT_MACHINE:
        return take_machine(n);
    case OPT_DKIM:
        return take_dkim(n);
    case OPT_INTERVAL:
        return take_interval(n);
    case OPT_SENT:
        return take_sent(n);
    case OPT_EACH:
        n->each = true;
        return 0;
    case OPT_SUSPECT:
        n->selection.include_suspect = true;
        return 0;
    default:
        *texts[which] = n->args.value;
        return 0;
    }
}

static int check_earlier(struct notify *n)
{
    char text[64];
    struct notify_desk *d = &n->desk;
    if (n->earlier)
        snprintf(text, sizeof text, "%.40sT00:00:00.000000Z", n->earlier);
    if (n->earlier && !time_parse(bytes_of(text), &d->earlier_sent))
        return args_wrong(&n->args, "--earlier: '%s' is no date such as 2026-11-24", n->earlier);
    n->selection.all_clear = d->tone && strcmp(d->tone, "all-clear") == 0;
    if (!n->selection.all_clear)
        return ARGS_GO_ON;
    if (!n->since_path)
        return args_wrong(&n->args, "--tone all-clear takes --since BUNDLE, in which the servers "
                                    "were found open");
    d->machine = MACHINE_NONE; /* there is nothing left to report */
    return ARGS_GO_ON;
}

static int parse(struct notify *n, int argc, char **argv)
{
    struct args *a = &n->args;
    args_begin(a, &cmd_notify_args, argc, argv);
    for (int which; (which = args_next(a)) != ARGS_END;)
        take_option(n, which);
    if (a->status != ARGS_GO_ON)
        return a->status;
    n->bundle = args_only_operand(a, "the bundle");
    if (!n->bundle)
        return a->status;
    if (n->dry_run) {
        n->desk.output.form = NOTIFY_DRY_RUN;
        n->desk.paper.folder = NULL;
    }
    if (n->desk.output.form == NOTIFY_NOWHERE && !n->desk.paper.folder)
        return args_wrong(
            a, "give --out DIR, --mbox FILE, --maildir DIR or --pdf DIR, or --print to read the "
               "letters here");
    if (n->desk.recipients.all && !message_is_mailbox(n->desk.recipients.all))
        return args_wrong(a, "--to: '%s' is not one mail address", n->desk.recipients.all);
    if (n->sent_count > 0 && n->desk.interval_days == 0)
        return args_wrong(a, "--sent takes --interval DAYS");
    n->desk.bundle = n->selection.bundle = n->bundle;
    n->selection.recipients = &n->desk.recipients;
    return check_earlier(n);
}

static bool load_profile(struct notify *n, struct composing_order *order, struct fail *fail)
{
    if (!n->profile)
        return notify_example_profile(order, fail);
    order->profile_name = n->profile;
    if (!file_read(n->profile, &n->profile_text, fail))
        return false;
    order->profile = buf_view(&n->profile_text);
    return true;
}

/* What is not ours runs in a process of its own from here on. */
static bool begin_composing(struct notify *n, struct fail *fail)
{
    struct composing_order order = {.language = n->language, .tone = n->desk.tone};
    if (!load_profile(n, &order, fail) ||
        !letters_load(&n->letters, n->choices, n->choice_count, fail))
        return false;
    order.letters = n->letters.list;
    order.letter_count = n->letters.count;
    n->desk.composing = composing_new(&order, fail);
    if (!n->desk.composing)
        return false;
    const char *language = composing_fell_back(n->desk.composing);
    if (language[0])
        fprintf(stderr,
                "ajar notify: no letter is in the language '%s'; the letters are in '%s', the "
                "closest that there is\n",
                n->language, language);
    return true;
}

static bool note_case(void *arg, const struct bundle_case *c, struct fail *fail)
{
    return since_note(arg, c, fail);
}

/* An all-clear about one case depends on all cases of the same server. */
static bool read_since(struct notify *n, const struct public_key *key, struct fail *fail)
{
    if (!n->since_path)
        return true;
    n->selection.since = since_load(n->since_path, key, fail);
    if (!n->selection.since)
        return false;
    n->desk.since = since_digest(n->selection.since);
    return !n->selection.all_clear ||
           bundle_cases(n->bundle, NULL, note_case, n->selection.since, fail);
}

/* The same bundle twice would have letters say "we have tested it again". */
static bool is_another(const struct notify *n, struct fail *fail)
{
    return !n->selection.since || strcmp(n->desk.since, n->desk.where.digest) != 0 ||
           fail_set(fail, "EBUNDLE",
                    "--since %s: it is the very bundle that the letters are about, and no test was "
                    "made since",
                    n->since_path);
}

/* A bundle that does not verify is no ground for a letter. */
static bool verify(struct notify *n, struct fail *fail)
{
    struct public_key key;
    struct bundle_report report;
    char name[SHOWN_NAME];
    if (n->key && !public_key_load(n->key, &key, fail))
        return false;
    if (!bundle_verify(n->bundle, n->key ? &key : NULL, &report, fail))
        return false;
    case_asker_begin(&n->selection.asker, n->bundle, &report);
    time_parse(bytes_of(report.sealed), &n->selection.asker.sealed);
    n->selection.asker.tests = digests_new();
    if (report.builtin == BUILTIN_OTHER)
        fprintf(stderr, "ajar notify: %s: the scripts: %s\n", shown_name(n->bundle, name),
                builtin_words(report.builtin));
    return read_since(n, n->key ? &key : NULL, fail) &&
           notify_where_take(&n->desk.where, n->bundle, &report, fail) && is_another(n, fail);
}

static bool on_case(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct notify *n = arg;
    bool told;
    struct notify_case *read = &notify_desk_place(&n->desk)->read;
    if (!notify_selection_read(&n->selection, c, read, &told, fail))
        return false;
    if (told && notify_desk_holds_back(&n->desk))
        return true;
    return !told || (notify_desk_own(&n->desk, fail) && notify_desk_take(&n->desk, NULL, fail));
}

/* One letter a case, or one a recipient. */
static bool write_letters(struct notify *n, struct fail *fail)
{
    return n->each ? bundle_cases(n->bundle, NULL, on_case, n, fail)
                   : notify_gather(n->bundle, &n->selection, &n->desk, fail);
}

static void report(const struct notify *n)
{
    const struct notify_desk *d = &n->desk;
    const struct notify_selection *l = &n->selection;
    fprintf(stderr, "%lu %s %swritten", d->written, d->written == 1 ? "letter" : "letters",
            n->dry_run ? "would be " : "");
    if (d->there > 0)
        fprintf(stderr, "; %lu %s there already", d->there, d->there == 1 ? "was" : "were");
    if (l->unproven > 0)
        fprintf(stderr, "; %lu %s not borne out by %s own files", l->unproven,
                l->unproven == 1 ? "case is" : "cases are", l->unproven == 1 ? "its" : "their");
    if (d->held_back > 0)
        fprintf(stderr, "; %lu held back, as %s written to less than %u %s ago", d->held_back,
                d->held_back == 1 ? "its recipient was" : "their recipients were", d->interval_days,
                d->interval_days == 1 ? "day" : "days");
    if (d->unworded > 0)
        fprintf(stderr, "; %lu could not be worded", d->unworded);
    if (l->opted_out > 0)
        fprintf(stderr, "; %lu not to be written about", l->opted_out);
    if (d->paper.boxed > 0)
        fprintf(stderr, "; %lu printed with boxes for characters that no font here has",
                d->paper.boxed);
    if (l->left_out > 0)
        fprintf(stderr, "; %lu %s not %s", l->left_out, l->left_out == 1 ? "case is" : "cases are",
                notify_selection_words(l));
    fputc('\n', stderr);
}

static bool load_contacts(struct notify *n, struct fail *fail)
{
    if (n->contacts_path)
        n->contacts = contacts_file_load(n->contacts_path, fail);
    n->desk.recipients.contacts = n->contacts;
    return !n->contacts_path || n->contacts;
}

static bool load_tickets(struct notify *n, struct fail *fail)
{
    if (!n->ticket_key || n->dry_run)
        return true;
    n->tickets = ticket_file_open("notify", n->ticket_key, fail);
    n->desk.tickets = n->tickets;
    return n->tickets != NULL;
}

/* Where there is nothing yet, nobody was written to from there. */
static bool add_own_place(struct notify *n, struct fail *fail)
{
    const struct notify_output *o = &n->desk.output;
    return !o->path || o->resumes || access(o->path, F_OK) != 0 ||
           notify_interval_add(n->desk.interval, o->path, fail);
}

static bool load_interval(struct notify *n, struct fail *fail)
{
    if (n->desk.interval_days == 0)
        return true;
    n->desk.interval = notify_interval_new(n->desk.interval_days);
    if (!n->desk.interval)
        return fail_set(fail, "ENOMEM", "no memory for whom was written to");
    for (size_t i = 0; i < n->sent_count; i++)
        if (!notify_interval_add(n->desk.interval, n->sent[i], fail))
            return false;
    return n->sent_count > 0 || add_own_place(n, fail);
}

static int run(struct notify *n)
{
    struct fail fail = {0};
    struct notify_desk *d = &n->desk;
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error to report */
    n->profile_text = buf_new(PROFILE_LIMIT);
    bool ok = load_contacts(n, &fail) && load_tickets(n, &fail) && load_interval(n, &fail) &&
              begin_composing(n, &fail) && verify(n, &fail) && notify_desk_begin(d, &fail) &&
              write_letters(n, &fail);
    ok = notify_desk_end(d, ok, &fail);
    composing_free(d->composing);
    letters_free(&n->letters);
    contacts_file_free(n->contacts);
    ticket_key_free(n->tickets);
    notify_interval_free(n->desk.interval);
    notify_groups_free(d->before);
    since_free(n->selection.since);
    buf_free(&n->profile_text);
    digests_free(n->selection.asker.tests);
    case_asker_end(&n->selection.asker);
    int status = ok ? n->selection.unproven + d->unworded > 0 : complain("notify", &fail);
    if (ok || d->written > 0)
        report(n);
    return status;
}

int cmd_notify(int argc, char **argv)
{
    struct notify *n = calloc(1, sizeof *n);
    if (!n)
        return complain_words("notify", 1, "out of memory");
    message_begin();
    int status = parse(n, argc, argv);
    if (status == ARGS_GO_ON)
        status = run(n);
    message_end();
    free(n);
    return status;
}
