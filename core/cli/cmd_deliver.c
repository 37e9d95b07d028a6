/* ajar deliver: the letters of a folder, handed to the operator's mail server. */
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/delivery.h"
#include "cli/delivery_list.h"
#include "cli/early_stop.h"
#include "cli/letter_spool.h"
#include "cli/ticket_file.h"
#include "notice/message.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DAY = 24 * 3600, NAMED_MOST = 100 };

enum {
    OPT_SMTP,
    OPT_TLS,
    OPT_TLS_CA,
    OPT_AUTH,
    OPT_BOUNCES,
    OPT_TICKET_KEY,
    OPT_RATE_DOMAIN,
    OPT_RATE,
    OPT_RETRY,
    OPT_GIVE_UP,
    OPT_UNTIL_DONE,
    OPT_DRY_RUN,
    OPT_LIST,
    OPT_STATE,
    OPT_AGAIN,
    OPT_SENT,
    OPT_TIMEOUT,
    OPT_NAME,
    OPT_RESOLVER,
    OPT_JSON,
    OPT_TABLE
};

static const struct args_option options[] = {
    [OPT_SMTP] = {"smtp", 's', "HOST[:PORT]",
                  "your own mail server; port 587 (STARTTLS) unless one is given; 465: TLS"},
    [OPT_TLS] =
        {"tls", 0, "HOW",
         "starttls, implicit, or none, which goes to this machine alone; default: by the port"},
    [OPT_TLS_CA] =
        {"tls-ca", 0, "FILE",
         "the authorities (PEM) that the server's certificate must be from; default: the "
         "system's"},
    [OPT_AUTH] = {"auth", 'a', "FILE",
                  "the user's name and the password, a line each; readable by you alone"},
    [OPT_BOUNCES] = {"bounces", 'b', "ADDRESS",
                     "envelope sender: bounces@example.org becomes bounces+TICKET@example.org; "
                     "default: the letter's Return-Path, else its From"},
    [OPT_TICKET_KEY] = {"ticket-key", 'k', "FILE",
                        "the key by which nobody else can make a ticket's address; made when it is "
                        "not there; 'ajar inbox' needs it"},
    [OPT_RATE_DOMAIN] = {"rate-domain", 0, "N",
                         "letters a minute to one recipient's domain; default 20; 0: no limit"},
    [OPT_RATE] = {"rate", 'r', "N", "letters a minute in all; default 600; 0: no limit"},
    [OPT_RETRY] = {"retry-after", 0, "SECONDS",
                   "how long a letter that was put off waits first; then twice as long each time, "
                   "up to four hours; default 300"},
    [OPT_GIVE_UP] = {"give-up", 0, "DAYS", "after which a letter that is put off fails; default 5"},
    [OPT_UNTIL_DONE] = {"until-done", 'u', NULL, "wait for those that were put off, too"},
    [OPT_DRY_RUN] = {"dry-run", 'n', NULL,
                     "print what would be sent to whom, and check the files of --auth "
                     "and --tls-ca; nothing is sent"},
    [OPT_LIST] = {"list", 'l', NULL, "print what has become of each letter; nothing is sent"},
    [OPT_STATE] = {"state", 0, "STATE",
                   "of --list: those that are waiting, sent, failed, uncertain or unaddressed"},
    [OPT_AGAIN] =
        {"again", 0, "LETTER",
         "have one that failed or is uncertain be sent (again) at the next run; repeatable"},
    [OPT_SENT] = {"mark-sent", 0, "LETTER",
                  "note that an uncertain one was sent, as you know; repeatable"},
    [OPT_TIMEOUT] =
        {"timeout", 't', "SECONDS",
         "how long the server may take for an answer, and twice that at a letter's end; "
         "default 300"},
    [OPT_NAME] = {"name", 0, "NAME", "what this machine calls itself (EHLO); default: its address"},
    [OPT_RESOLVER] = {"resolver", 0, "ADDR[:PORT]",
                      "ask this DNS resolver for HOST; repeatable; default: those of "
                      "/etc/resolv.conf"},
    [OPT_JSON] = {"json", 'j', NULL, "print one JSON object a line, on a terminal too"},
    [OPT_TABLE] = {"table", 0, NULL, "print text, into a file or a pipe too"},
    {0},
};

const struct args_command cmd_deliver_args = {
    "deliver", "[OPTION]... FOLDER (--smtp HOST | --list | --again LETTER)",
    "Hands letters ('ajar notify --out FOLDER') to your own mail server, each once,\n"
    "and keeps in FOLDER/delivery what has become of them. It can be ended at any\n"
    "moment, and goes on where it was. FOLDER may be a Maildir or a mailbox file: its\n"
    "letters are taken over into a folder beside it first, FOLDER.delivery.",
    options,
    "No letter is lost, and none is sent twice: when the connection or this program\n"
    "ends between the end of a letter and the server's answer, that letter is\n"
    "'uncertain' and not sent again until you say so (--again, --mark-sent). A letter\n"
    "that is refused for now waits; run it again, by a timer, or with --until-done.\n"
    "doc/delivery.md says what is promised, and to whom letters go.\n"
    "\n"
    "Exit status: 0 no letter is left to be sent, 1 some are waiting, failed or\n"
    "uncertain, or it was broken off, 2 wrong usage.\n"};

struct deliver {
    struct args args;
    const char *source; /* a folder of letters, a Maildir or a mailbox file */
    const char *folder; /* from which they are delivered */
    char spool[PATH_MAX];
    const char *smtp, *tls, *ticket_key, *state;
    const char *again[NAMED_MOST + 1];
    const char *sent[NAMED_MOST + 1];
    bool list, dry_run;
    struct smarthost smarthost;
    struct ticket_key *key;
    struct delivery_order order;
};

static int take_name(struct args *a, const char **list)
{
    size_t n = 0;
    while (list[n])
        n++;
    if (n == NAMED_MOST)
        return args_wrong(a, "an option is given more than %d times", NAMED_MOST);
    list[n] = a->value;
    return 0;
}

static void take_number(struct deliver *d, int which)
{
    long number = 0;
    struct delivery_order *o = &d->order;
    if (which == OPT_TIMEOUT && args_number(&d->args, 1, 3600, &number))
        d->smarthost.order.seconds = (unsigned)number;
    else if (which == OPT_RATE && args_number(&d->args, 0, 1000000, &number))
        o->rates.all = (unsigned)number;
    else if (which == OPT_RATE_DOMAIN && args_number(&d->args, 0, 1000000, &number))
        o->rates.domain = (unsigned)number;
    else if (which == OPT_RETRY)
        args_seconds(&d->args, SPAN_SECOND / 10, 4 * 3600 * SPAN_SECOND, &o->patience.first);
    else if (which == OPT_GIVE_UP && args_number(&d->args, 0, 30, &number))
        o->patience.give_up = number * DAY * SPAN_SECOND;
}

static void take_option(struct deliver *d, int which)
{
    struct args *a = &d->args;
    const char **texts[] = {[OPT_SMTP] = &d->smtp,
                            [OPT_TLS] = &d->tls,
                            [OPT_TLS_CA] = &d->smarthost.order.ca_file,
                            [OPT_AUTH] = &d->smarthost.order.auth_file,
                            [OPT_BOUNCES] = &d->order.bounces,
                            [OPT_TICKET_KEY] = &d->ticket_key,
                            [OPT_STATE] = &d->state,
                            [OPT_NAME] = &d->smarthost.order.name,
                            [OPT_TABLE] = NULL};
    bool *flags[] = {[OPT_UNTIL_DONE] = &d->order.until_done,
                     [OPT_DRY_RUN] = &d->dry_run,
                     [OPT_LIST] = &d->list,
                     [OPT_JSON] = &d->order.json,
                     [OPT_TABLE] = NULL};
    if (texts[which])
        *texts[which] = a->value;
    else if (flags[which])
        *flags[which] = true;
    else if (which == OPT_TABLE)
        d->order.json = false;
    else if (which == OPT_AGAIN)
        take_name(a, d->again);
    else if (which == OPT_SENT)
        take_name(a, d->sent);
    else if (which == OPT_RESOLVER)
        resolvers_take(a, &d->smarthost.resolvers);
    else
        take_number(d, which);
}

static int check(struct deliver *d)
{
    struct args *a = &d->args;
    struct fail fail;
    unsigned asked = !!d->smtp + d->list + !!(d->again[0] || d->sent[0]);
    if (asked != 1)
        return args_wrong(a, "give one of --smtp HOST, --list, and --again or --mark-sent");
    if (d->smtp && !smarthost_parse(d->smtp, &d->smarthost, &fail))
        return args_wrong(a, "%s", fail.text);
    if (d->tls && !smarthost_tls(&d->smarthost, d->tls))
        return args_wrong(a, "--tls: '%s' is none of starttls, implicit and none", d->tls);
    if (d->smarthost.order.auth_file && d->smarthost.order.tls == SUBMIT_PLAIN && d->smtp)
        return args_wrong(a, "--auth: no password is sent without TLS");
    if (d->order.bounces && !d->ticket_key)
        return args_wrong(a,
                          "--bounces needs --ticket-key FILE: without it anybody could forge one");
    if (d->state && !delivery_list_knows(d->state))
        return args_wrong(a, "--state: '%s' is no state of a letter", d->state);
    return ARGS_GO_ON;
}

static int parse(struct deliver *d, int argc, char **argv)
{
    struct args *a = &d->args;
    d->smarthost.order.seconds = 300;
    d->order.rates = (struct turns_rates){.all = 600, .domain = 20};
    d->order.patience = (struct entry_patience){300 * SPAN_SECOND, (span)5 * DAY * SPAN_SECOND};
    d->order.json = !isatty(STDOUT_FILENO);
    args_begin(a, &cmd_deliver_args, argc, argv);
    for (int which; (which = args_next(a)) != ARGS_END;)
        take_option(d, which);
    if (a->status != ARGS_GO_ON)
        return a->status;
    d->source = args_only_operand(a, "the folder with the letters");
    return d->source ? check(d) : a->status;
}

static bool load_tickets(struct deliver *d, struct fail *fail)
{
    if (!d->ticket_key)
        return true;
    d->key = ticket_file_open("deliver", d->ticket_key, fail);
    d->order.tickets = d->key;
    return d->key != NULL;
}

static void report(const struct delivery_counts *c)
{
    char when[TIME_TEXT];
    fprintf(stderr, "%lu %s sent", c->sent, c->sent == 1 ? "letter" : "letters");
    if (c->failed > 0)
        fprintf(stderr, "; %lu failed", c->failed);
    if (c->uncertain > 0)
        fprintf(stderr, "; %lu uncertain (see ajar deliver --list --state uncertain)",
                c->uncertain);
    if (c->kept > 0)
        fprintf(stderr, "; %lu can't be sent as they are", c->kept);
    if (c->waiting > 0)
        fprintf(stderr, "; %lu waiting", c->waiting);
    if (c->waiting > 0 && c->next > 0)
        fprintf(stderr, ", the first until %s", time_reader_text(c->next, when));
    fputc('\n', stderr);
}

static int send_all(struct deliver *d, struct fail *fail)
{
    struct delivery_counts counts = {0};
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error to report */
    early_stop_begin();
    d->order.smarthost = &d->smarthost;
    bool ok = delivery_run(&d->order, &counts, fail);
    early_stop_end();
    if (!ok)
        complain("deliver", fail);
    report(&counts);
    if (queue_strangers(d->order.queue) > 0)
        fprintf(stderr, "ajar deliver: %s: %lu files end in .eml and have no letter's name\n",
                d->folder, queue_strangers(d->order.queue));
    if (!ok)
        return complain_is_usage(fail) ? 2 : 1;
    return counts.failed + counts.uncertain + counts.waiting + counts.kept > 0;
}

static int settle(struct deliver *d, struct fail *fail)
{
    for (const char **name = d->again; *name; name++)
        if (!delivery_list_settle(d->order.queue, *name, false, fail))
            return complain("deliver", fail);
    for (const char **name = d->sent; *name; name++)
        if (!delivery_list_settle(d->order.queue, *name, true, fail))
            return complain("deliver", fail);
    return 0;
}

/* What lies in a Maildir or a mailbox file is in a folder from here on. */
static bool find_letters(struct deliver *d, struct fail *fail)
{
    unsigned long taken = 0;
    bool is_spooled = letter_spool_of(d->source, d->spool);
    d->folder = is_spooled ? d->spool : d->source;
    if (!is_spooled || !d->smtp)
        return true;
    if (!letter_spool_take(d->source, d->spool, &taken, fail))
        return false;
    fprintf(stderr, "ajar deliver: %lu %s of %s taken over into %s\n", taken,
            taken == 1 ? "letter" : "letters", d->source, d->spool);
    return true;
}

/* Certificates and the password, as far as that can be seen without the server. */
static int plan(struct deliver *d, struct fail *fail)
{
    char words[400];
    d->order.smarthost = &d->smarthost;
    if (!smarthost_check(&d->smarthost, fail) || !delivery_list_plan(&d->order, fail)) {
        complain("deliver", fail);
        return complain_is_usage(fail) ? 2 : 1;
    }
    fprintf(stderr, "ajar deliver: by %s\n", smarthost_words(&d->smarthost, words));
    return 0;
}

static int run(struct deliver *d)
{
    struct fail fail = {0};
    int status = 0;
    if (!load_tickets(d, &fail) || !find_letters(d, &fail) ||
        !(d->order.queue = queue_open(d->folder, !d->list && !d->dry_run, &fail)))
        return complain("deliver", &fail);
    if (d->list)
        status = delivery_list(d->order.queue, d->state, d->order.json, &fail)
                     ? 0
                     : complain("deliver", &fail);
    else if (d->dry_run)
        status = plan(d, &fail);
    else if (d->smtp)
        status = send_all(d, &fail);
    else
        status = settle(d, &fail);
    queue_close(d->order.queue);
    return status;
}

int cmd_deliver(int argc, char **argv)
{
    struct deliver *d = calloc(1, sizeof *d);
    if (!d)
        return complain_words("deliver", 1, "out of memory");
    message_begin();
    int status = parse(d, argc, argv);
    if (status == ARGS_GO_ON)
        status = run(d);
    message_end();
    ticket_key_free(d->key);
    free(d);
    return status;
}
