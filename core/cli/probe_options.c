#include "cli/probe_options.h"

#include "base/text.h"
#include "cli/choice.h"
#include "cli/host_limits.h"
#include "cli/sink_name.h"
#include "cli/sink_place.h"
#include "run/run.h"

#include <string.h>
#include <strings.h>

enum { OPERATOR_MOST = 200, DOMAIN_MOST = 253 };

enum {
    OPTION_SCOPE,
    OPTION_INPUT,
    OPTION_PROBE,
    OPTION_ARG,
    OPTION_THOROUGH,
    OPTION_EVIDENCE,
    OPTION_KEY,
    OPTION_TSA,
    OPTION_OPERATOR,
    OPTION_CHAIN,
    OPTION_JSON,
    OPTION_TABLE,
    OPTION_SINK,
    OPTION_SINK_NAME,
    OPTION_FROM,
    OPTION_CONTROL,
    OPTION_MAIL_DOMAIN,
    OPTION_SENDER_DOMAIN,
    OPTION_HELO,
    OPTION_WAIT,
    OPTION_TIMEOUT,
    OPTION_INFLIGHT,
    OPTION_RATE,
    OPTION_PREFIX_RATE,
    OPTION_MESSAGES,
    OPTION_GAP,
    OPTION_WORKERS,
    OPTION_RESOLVER,
    OPTION_LISTINGS,
    OPTION_CONTACTS,
    OPTION_FAIL_ON_OPEN,
    OPTION_TRACE,
    OPTION_QUIET,
    OPTION_STAY,
    OPTION_FOLDER,
    OPTION_ATTEMPTS,
    OPTION_RETRY_AFTER,
    OPTION_SHIFT,
    OPTION_SHIFT_CASES,
};

/* The options of four commands: of all; of all but `ajar campaign run`; of those that are given scripts, and of these without that; of those
 * that choose probes; and of `ajar repl` and `ajar campaign run` alone. */
#define OPTIONS(FOR_ALL, FOR_ONCE, FOR_SCRIPTS, FOR_LISTS, FOR_PROBE, FOR_REPL, FOR_CAMPAIGN)      \
    FOR_ALL(SCOPE, "scope", 's', "FILE",                                                           \
            "who may be probed, on whose authority; without it only "                              \
            "loopback may")                                                                        \
    FOR_LISTS(INPUT, "input", 'i', "FILE",                                                         \
              "targets from a list, one a line, or from a CSV with a "                             \
              "column \"ip\"; - is standard input; repeatable")                                    \
    FOR_PROBE(PROBE, "probe", 'p', "PROBE",                                                        \
              "relay, proxy; safe, thorough, intrusive; a probe's id, a glob, or the "             \
              "path of a script (FILE.lua) or a pack (FILE.tar); !PROBE leaves out; "              \
              "repeatable; default: the "                                                          \
              "safe ones that fit the target's port")                                              \
    FOR_REPL(PROBE, "probe", 'p', "KIND",                                                          \
             "what the target is: relay, which is the default, or proxy")                          \
    FOR_SCRIPTS(ARG, "arg", 'a', "NAME=VALUE",                                                     \
                "tell the probes that know NAME; or one of them: PROBE.NAME=VALUE; "               \
                "repeatable; see ajar probes ID")                                                  \
    FOR_SCRIPTS(THOROUGH, "thorough", 0, NULL,                                                     \
                "--arg thorough=true, for the probes that know it: all forms are tried")           \
    FOR_ONCE(EVIDENCE, "evidence", 'e', "BUNDLE",                                                  \
             "seal tapes, receipts and scripts in a new signed "                                   \
             "bundle")                                                                             \
    FOR_ALL(KEY, "key", 'k', "FILE", "the secret key to sign with; see ajar key")                  \
    FOR_ALL(TSA, "tsa", 0, "URL",                                                                  \
            "have this time-stamp service (RFC 3161) witness when the bundle was sealed; "         \
            "repeatable")                                                                          \
    FOR_ALL(OPERATOR, "operator", 0, "NAME",                                                       \
            "who tests, by name: stands in the bundle's run.json")                                 \
    FOR_ALL(CHAIN, "chain", 0, "FILE",                                                             \
            "the file that binds the key's runs to each other; none: this run to none; "           \
            "default: beside the key")                                                             \
    FOR_ALL(JSON, "json", 'j', NULL, "print one JSON object a line, on a terminal too")            \
    FOR_ALL(TABLE, "table", 0, NULL, "print the table, into a file or a pipe too")                 \
    FOR_ALL(SINK, "sink", 0, "ADDR:PORT[,PORT...]",                                                \
            "where our own receiver listens; several ports show to which of them a proxy "         \
            "leads (25,80,443,8025); default: 127.0.0.1 and a free port")                          \
    FOR_ALL(SINK_NAME, "sink-name", 0, "NAME",                                                     \
            "a name in the DNS that leads to the sink alone: proxies are asked for "               \
            "it too")                                                                              \
    FOR_ALL(FROM, "from", 0, "ADDR",                                                               \
            "connect from this address of this machine, which then is no target itself")           \
    FOR_ALL(CONTROL, "control", 0, "ADDR",                                                         \
            "an address in the scope at which nobody listens, and no target: what "                \
            "answers there all the same stands before the targets too, and nothing is "            \
            "called open")                                                                         \
    FOR_ALL(MAIL_DOMAIN, "mail-domain", 0, "DOMAIN",                                               \
            "the domain of the test mailboxes, whose MX leads "                                    \
            "to the sink")                                                                         \
    FOR_ALL(SENDER_DOMAIN, "sender-domain", 0, "DOMAIN",                                           \
            "another domain, whose MX leads to the sink as well: that of the "                     \
            "tests' senders; default: bounce.MAIL-DOMAIN")                                         \
    FOR_ALL(HELO, "helo", 0, "NAME",                                                               \
            "the name to greet mail servers with; default: "                                       \
            "probe.MAIL-DOMAIN")                                                                   \
    FOR_ALL(WAIT, "wait", 'w', "SECONDS", "how long a token may take to come back; default 15")    \
    FOR_ALL(TIMEOUT, "timeout", 't', "SECONDS",                                                    \
            "how long a whole probe may take, --wait added; "                                      \
            "default 120")                                                                         \
    FOR_SCRIPTS(INFLIGHT, "inflight", 'n', "N", "most probes at work at once; default 1000")       \
    FOR_ALL(RATE, "rate", 'r', "N",                                                                \
            "connections a second, to all; default 500, on loopback no "                           \
            "limit")                                                                               \
    FOR_ALL(PREFIX_RATE, "prefix-rate", 0, "N",                                                    \
            "connections a second to one /24 or /48; default 20, "                                 \
            "on loopback no limit")                                                                \
    FOR_ALL(MESSAGES, "messages", 0, "N",                                                          \
            "test messages to one host in a day, by all probes and to all its ports; "             \
            "0: none; default 5, or as many as a probe is told to send")                           \
    FOR_ALL(GAP, "gap", 0, "SECONDS",                                                              \
            "between two sessions of relay tests at one host; default 2, on loopback none, "       \
            "or as a probe is told")                                                               \
    FOR_SCRIPTS(WORKERS, "workers", 0, "N", "worker processes; default: one a core")               \
    FOR_ALL(LISTINGS, "listings", 0, "FILE",                                                       \
            "what 'ajar lists --json' said: goes into the cases, as the source of the "            \
            "suspicion")                                                                           \
    FOR_ALL(CONTACTS, "contacts", 0, "FILE",                                                       \
            "what 'ajar contact' found out, its JSON or its tape: goes into the cases")            \
    FOR_ALL(RESOLVER, "resolver", 0, "ADDR[:PORT]",                                                \
            "ask this DNS resolver; repeatable; default: those of "                                \
            "/etc/resolv.conf, which are not asked about targets on loopback")                     \
    FOR_ONCE(FAIL_ON_OPEN, "fail-on-open", 0, NULL, "exit with status 3 when something is open")   \
    FOR_LISTS(TRACE, "trace", 0, NULL,                                                             \
              "show each dialogue on stderr while it goes on, below the script's lines")           \
    FOR_ALL(QUIET, "quiet", 'q', NULL,                                                             \
            "say nothing on stderr of how far the run is, or of the bundle once it is "            \
            "sealed")                                                                              \
    FOR_CAMPAIGN(STAY, "stay", 0, NULL, "when nothing is due, wait until something is")            \
    FOR_CAMPAIGN(FOLDER, "folder", 0, "FOLDER",                                                    \
                 "of a campaign at a URL: where this machine keeps its evidence")                  \
    FOR_CAMPAIGN(ATTEMPTS, "attempts", 0, "N",                                                     \
                 "how often a test is tried that finds nothing out: unreachable, "                 \
                 "inconclusive, error; default 3")                                                 \
    FOR_CAMPAIGN(RETRY_AFTER, "retry-after", 0, "SECONDS",                                         \
                 "the pause before the second attempt, four times as long before each further "    \
                 "one; default 3600")                                                              \
    FOR_CAMPAIGN(SHIFT, "shift", 0, "SECONDS",                                                     \
                 "a bundle is sealed, and the next one begun, after this time; default 3600")      \
    FOR_CAMPAIGN(SHIFT_CASES, "shift-cases", 0, "N", "or after so many tests; default 100000")

#define PLACED(which, ...) [OPTION_##which] = {__VA_ARGS__},
#define LISTED(which, ...) {__VA_ARGS__},
#define LEFT_OUT(which, ...)

/* By which each of the three is read: what is not for it is refused by name. */
static const struct args_option options[] = {
    OPTIONS(PLACED, PLACED, PLACED, PLACED, PLACED, LEFT_OUT, PLACED){0}};
/* What the help of each lists. */
static const struct args_option probe_only[] = {
    OPTIONS(LISTED, LISTED, LISTED, LISTED, LISTED, LEFT_OUT, LEFT_OUT){0}};
static const struct args_option run_options[] = {
    OPTIONS(LISTED, LISTED, LISTED, LISTED, LEFT_OUT, LEFT_OUT, LEFT_OUT){0}};
static const struct args_option repl_options[] = {
    OPTIONS(LISTED, LISTED, LEFT_OUT, LEFT_OUT, LEFT_OUT, LISTED, LEFT_OUT){0}};
static const struct args_option campaign_options[] = {
    OPTIONS(LISTED, LEFT_OUT, LISTED, LEFT_OUT, LISTED, LEFT_OUT, LISTED){0}};

const struct args_command probe_options_args = {
    "probe", "[OPTION]... TARGET...",
    "Tests whether mail servers and proxies are open to strangers, and proves it.\n"
    "A TARGET is ADDR, ADDR:PORT, [V6]:PORT, NAME, CIDR or CIDR:PORT.",
    probe_only,
    "Exit status: 0 it ran to the end, 1 it failed, or no target could be tested (all\n"
    "outside the scope, denied or opted out), 2 wrong usage, 3 something was open and\n"
    "--fail-on-open was given.\n"};

const struct args_command cmd_run_args = {
    "run", "[OPTION]... FILE TARGET...",
    "Runs one script on a few targets, for whoever is writing it. With --trace the\n"
    "dialogue is shown while it goes on, below the script's lines. All else is as\n"
    "with `ajar probe -p FILE`.",
    run_options, "Exit status: as that of ajar probe.\n"};

const struct args_command cmd_repl_args = {
    "repl", "[OPTION]... TARGET",
    "A prompt at which lines of Lua are run on one target, as those of a probe: with\n"
    "the same calls, and within the same scope, rates and limits.\n"
    "\n"
    "    > c = ajar.smtp.connect(target)\n"
    "    > c:ehlo()\n"
    "    > c:mail(\"\")\n"
    "\n"
    "What a line gives is printed, and the dialogue shown on stderr while it goes on.\n"
    "What is not finished goes on in the next line. Names that are assigned stay;\n"
    "those that are `local` are gone with their line. TAB completes a name; Ctrl-C\n"
    "ends the line that runs, as --timeout does, and Ctrl-D the session. -p proxy\n"
    "says that the target is a proxy; else it is taken for a mail server. Lines that\n"
    "come by a pipe are run as well.\n"
    "\n"
    "A session is kept in a bundle: the dialogue, and as its script all that was\n"
    "typed, so that `ajar replay` runs it again. Without --evidence that lies in\n"
    "~/.local/state/ajar/sessions, where the last 50 are, for you to look at: no key\n"
    "seals it, and it is no evidence. Its verdict is that of the last line that gave\n"
    "one: ajar.await(mailbox), ajar.closed(reply).",
    repl_options, "Exit status: as that of ajar probe.\n"};

const struct args_command cmd_campaign_run_args = {
    "campaign run", "[OPTION]... CAMPAIGN",
    "Tests what is due in a campaign, as `ajar probe` does, until nothing is. It may be\n"
    "stopped and begun again at any time, and killed, and may run several times at\n"
    "once, on several machines where the campaign is in PostgreSQL: each test is\n"
    "finished once. The evidence is in the campaign's folder, evidence/DIGEST.tar.\n"
    "\n"
    "A campaign in a folder has its scope and its opt-outs there; --scope names\n"
    "another. A change in the opt-outs holds within seconds, also for tests that are\n"
    "under way; one in the scope from the next bundle on, which is begun then.",
    campaign_options,
    "Exit status: 0 nothing is due any more, or it was stopped; 1 it failed, 2 wrong\n"
    "usage.\n"};

/* Where an option's text belongs, or NULL. */
static const char **place_of_text(int which, struct probe_options *o)
{
    switch (which) {
    case OPTION_SCOPE:
        return &o->scope_path;
    case OPTION_EVIDENCE:
        return &o->bundle;
    case OPTION_KEY:
        return &o->key_path;
    case OPTION_OPERATOR:
        return &o->operator_name;
    case OPTION_CHAIN:
        return &o->chain;
    case OPTION_SINK_NAME:
        return &o->sink_name;
    case OPTION_FROM:
        return &o->from;
    case OPTION_CONTROL:
        return &o->control;
    case OPTION_SINK:
        return &o->sink;
    case OPTION_MAIL_DOMAIN:
        return &o->mail_domain;
    case OPTION_SENDER_DOMAIN:
        return &o->sender_domain;
    case OPTION_HELO:
        return &o->helo;
    case OPTION_LISTINGS:
        return &o->listings_path;
    case OPTION_CONTACTS:
        return &o->contacts_path;
    case OPTION_FOLDER:
        return &o->folder;
    default:
        return NULL;
    }
}

static void append(struct args *a, const char **list, const char *option)
{
    for (size_t i = 0; i < PROBE_LISTS_MOST; i++)
        if (!list[i]) {
            list[i] = a->value;
            return;
        }
    args_wrong(a, "at most %d times --%s", PROBE_LISTS_MOST, option);
}

static void take_number(struct args *a, int which, struct probe_options *o)
{
    switch (which) {
    case OPTION_WAIT:
        args_seconds(a, 0, 3600 * SPAN_SECOND, &o->wait);
        break;
    case OPTION_TIMEOUT:
        args_seconds(a, SPAN_SECOND, 3600 * SPAN_SECOND, &o->timeout);
        break;
    case OPTION_INFLIGHT:
        args_number(a, 1, RUN_INFLIGHT_MOST, &o->in_flight);
        break;
    case OPTION_RATE:
        args_number(a, 0, 1000000, &o->rate);
        break;
    case OPTION_MESSAGES:
        if (args_number(a, 0, HOST_MESSAGES_MOST, &o->messages) && o->messages == 1)
            args_wrong(a, "--messages: 0, or 2 and more: what comes back is confirmed by a second");
        break;
    case OPTION_GAP:
        args_seconds(a, 0, 3600 * SPAN_SECOND, &o->gap);
        break;
    case OPTION_PREFIX_RATE:
        args_number(a, 0, 1000000, &o->prefix_rate);
        break;
    case OPTION_ATTEMPTS:
        args_number(a, 1, 100, &o->attempts);
        break;
    case OPTION_RETRY_AFTER:
        args_seconds(a, 0, 7 * 24 * 3600 * SPAN_SECOND, &o->retry_after);
        break;
    case OPTION_SHIFT:
        args_seconds(a, SPAN_SECOND, 24 * 3600 * SPAN_SECOND, &o->shift);
        break;
    case OPTION_SHIFT_CASES:
        args_number(a, 1, 10000000, &o->shift_cases);
        break;
    default:
        args_number(a, 1, RUN_WORKERS_MOST, &o->workers);
        break;
    }
}

static void take(struct args *a, int which, struct probe_options *o)
{
    const char **place = place_of_text(which, o);
    if (place) {
        *place = a->value;
        return;
    }
    switch (which) {
    case OPTION_INPUT:
        append(a, o->lists, "input");
        break;
    case OPTION_PROBE:
        append(a, o->choices, "probe");
        break;
    case OPTION_ARG:
        append(a, o->arguments, "arg");
        break;
    case OPTION_RESOLVER:
        resolvers_take(a, &o->resolvers);
        break;
    case OPTION_TSA:
        tsa_take(a, &o->tsa);
        break;
    case OPTION_THOROUGH:
        o->thorough = true;
        break;
    case OPTION_FAIL_ON_OPEN:
        o->fail_on_open = true;
        break;
    case OPTION_TRACE:
        o->trace = true;
        break;
    case OPTION_QUIET:
        o->quiet = true;
        break;
    case OPTION_STAY:
        o->stay = true;
        break;
    case OPTION_JSON:
        o->form = OUTPUT_JSON;
        break;
    case OPTION_TABLE:
        o->form = OUTPUT_TABLE;
        break;
    default:
        take_number(a, which, o);
        break;
    }
}

static bool is_any(const struct addr *a)
{
    static const unsigned char zero[16];
    return memcmp(a->ip, zero, addr_ip_length(a)) == 0;
}

static bool is_person(const char *name)
{
    struct bytes text = bytes_of(name);
    return text.n > 0 && text.n <= OPERATOR_MOST && text_is_printable(text);
}

/* A host name (RFC 1123), or nothing given. */
static bool is_domain(const char *name)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
    size_t n = name ? strlen(name) : 1;
    return !name || (n > 0 && n <= DOMAIN_MOST && strspn(name, allowed) == n && name[0] != '.' &&
                     name[0] != '-');
}

/* Mail must have a stranger for a sender, to show that any stranger's is passed on. */
static int check_domains(struct args *a, const struct probe_options *o)
{
    const char *mail = o->mail_domain ? o->mail_domain : PROBE_MAIL_DOMAIN;
    if (!is_domain(o->mail_domain))
        return args_wrong(a, "--mail-domain: \"%s\" is no domain name", o->mail_domain);
    if (!is_domain(o->sender_domain))
        return args_wrong(a, "--sender-domain: \"%s\" is no domain name", o->sender_domain);
    if (o->sender_domain && strcasecmp(o->sender_domain, mail) == 0)
        return args_wrong(a, "--sender-domain: \"%s\" is the mail domain; senders need another one",
                          mail);
    if (!o->sender_domain && strlen(mail) + strlen(PROBE_SENDERS) > DOMAIN_MOST)
        return args_wrong(a,
                          "--mail-domain: \"%s\" is too long to have \"" PROBE_SENDERS
                          "\" before it: name --sender-domain",
                          mail);
    if (!is_domain(o->helo))
        return args_wrong(a, "--helo: \"%s\" is no domain name", o->helo);
    if (o->scope_path && !o->mail_domain && !o->campaign)
        return args_wrong(a, "--scope asks for --mail-domain: the domain whose mail comes to the "
                             "sink");
    return ARGS_GO_ON;
}

static bool keeps(const struct probe_options *o)
{
    return o->bundle || o->campaign;
}

/* What each option alone can't show to be wrong. */
static int check(struct args *a, const struct probe_options *o)
{
    struct addr sink;
    struct ways ways;
    if (a->operand_count == 0 && !o->lists[0] && !o->campaign)
        return args_wrong(a, "no target: name one, or a list of them with --input");
    if (o->sink && (!sink_place_parse(o->sink, &sink, &ways) || is_any(&sink)))
        return args_wrong(
            a, "--sink: \"%s\" is no ADDR:PORT[,PORT...] that others could connect to", o->sink);
    if (o->sink_name && !sink_name_valid(o->sink_name))
        return args_wrong(a, "--sink-name: \"%s\" is no full name of a host", o->sink_name);
    if (o->key_path && !keeps(o))
        return args_wrong(a, "--key signs a bundle: --evidence is missing");
    if (o->tsa.urls[0] && !keeps(o))
        return args_wrong(a, "--tsa stamps a bundle: --evidence is missing");
    if (o->operator_name && !keeps(o))
        return args_wrong(a, "--operator is for a bundle: --evidence is missing");
    if (o->operator_name && !is_person(o->operator_name))
        return args_wrong(a, "--operator: not one line of text of at most %d bytes", OPERATOR_MOST);
    if (o->chain && !keeps(o))
        return args_wrong(a, "--chain is for a bundle: --evidence is missing");
    return check_domains(a, o);
}

static bool is_listed(const struct args_command *command, const char *name)
{
    for (const struct args_option *o = command->options; o->name; o++)
        if (strcmp(o->name, name) == 0)
            return true;
    return false;
}

static int read_words(struct probe_options *o, struct args *args,
                      const struct args_command *command, int argc, char **argv)
{
    *o = (struct probe_options){.command = command->name,
                                .wait = 15 * SPAN_SECOND,
                                .timeout = 120 * SPAN_SECOND,
                                .tsa = {.limit = TSA_LIMIT},
                                .in_flight = 1000,
                                .rate = -1,
                                .prefix_rate = -1,
                                .messages = -1,
                                .gap = -1,
                                .attempts = 3,
                                .retry_after = 3600 * SPAN_SECOND,
                                .shift = 3600 * SPAN_SECOND,
                                .shift_cases = 100000};
    struct args_command all = *command;
    all.options = options;
    args_begin(args, &all, argc, argv);
    args->shown = command;
    for (int which; (which = args_next(args)) != ARGS_END;)
        if (is_listed(command, options[which].name) || which == OPTION_PROBE)
            take(args, which, o);
        else
            args_wrong(args, "--%s is not for `ajar %s`", options[which].name, command->name);
    args->command = command;
    o->operands = args->operands;
    return args->status;
}

int probe_options_read(struct probe_options *o, int argc, char **argv)
{
    struct args args;
    int status = read_words(o, &args, &probe_options_args, argc, argv);
    return status == ARGS_GO_ON ? check(&args, o) : status;
}

int probe_options_read_run(struct probe_options *o, int argc, char **argv)
{
    struct args args;
    int status = read_words(o, &args, &cmd_run_args, argc, argv);
    if (status != ARGS_GO_ON)
        return status;
    if (o->choices[0])
        return args_wrong(&args,
                          "--probe: the script to run is the first word: ajar run FILE TARGET");
    if (args.operand_count == 0)
        return args_wrong(&args, "no script: name its file, then a target");
    if (!choice_is_path(o->operands[0]))
        return args_wrong(
            &args, "%s is no script (FILE.lua); for a probe by its id there is `ajar probe -p`",
            o->operands[0]);
    o->choices[0] = o->operands[0];
    o->operands++;
    args.operand_count--;
    o->single = true;
    o->workers = o->workers > 0 ? o->workers : 1;
    return check(&args, o);
}

/* What is typed is for a relay, or for a proxy. */
static bool read_kind(struct probe_options *o)
{
    const char *kind = o->choices[0] ? o->choices[0] : "relay";
    o->proxy = strcmp(kind, "proxy") == 0;
    return (o->proxy || strcmp(kind, "relay") == 0) && !(o->choices[0] && o->choices[1]);
}

int probe_options_read_repl(struct probe_options *o, int argc, char **argv)
{
    struct args args;
    int status = read_words(o, &args, &cmd_repl_args, argc, argv);
    if (status != ARGS_GO_ON)
        return status;
    if (args.operand_count != 1 || strchr(o->operands[0], '/'))
        return args_wrong(&args, "one target is expected: ADDR:PORT");
    if (!read_kind(o))
        return args_wrong(&args, "--probe says what the target is: relay or proxy");
    o->choices[0] = NULL;
    o->typed = true;
    o->trace = true;
    o->workers = 1;
    o->in_flight = 1;
    return check(&args, o);
}

int probe_options_read_campaign(struct probe_options *o, int argc, char **argv)
{
    static char *const none[] = {NULL};
    struct args args;
    int status = read_words(o, &args, &cmd_campaign_run_args, argc, argv);
    if (status != ARGS_GO_ON)
        return status;
    o->campaign = args_only_operand(&args, "CAMPAIGN");
    o->operands = none;
    return o->campaign ? check(&args, o) : args.status;
}
