/* ajar notify: a letter to the owner for each finding of a bundle. */
#include "base/file.h"
#include "cli/args.h"
#include "cli/case_claims.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/letters.h"
#include "cli/notify_case.h"
#include "cli/notify_word.h"

#include "base/random.h"
#include "evidence/digests.h"
#include "net/loop.h"
#include "notice/message.h"
#include "run/case_proof.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROFILE_LIMIT = 256 * 1024, MESSAGE_LIMIT = 1024 * 1024 };
enum { DEATHS_MOST = 3 };

enum {
    OPT_LANG,
    OPT_LETTER,
    OPT_TONE,
    OPT_PROFILE,
    OPT_OUT,
    OPT_PRINT,
    OPT_TO,
    OPT_SUSPECT,
    OPT_KEY
};

static const struct args_option options[] = {
    [OPT_LANG] =
        {"lang", 'l', "CODE",
         "language that comes first: en, nb, or a letter's (default: the letter's, else en)"},
    [OPT_LETTER] =
        {"letter", 0, "LETTER",
         "wording of others: ORG/PACK or ORG/PACK/NAME of an installed pack, FILE.tar or "
         "FILE.lua; may be given again"},
    [OPT_TONE] = {"tone", 0, "TONE", "which of the letters' tones, where they have several"},
    [OPT_PROFILE] = {"profile", 'p', "FILE",
                     "who writes, and on whose authority (default: an example of 2004, marked so)"},
    [OPT_OUT] = {"out", 'o', "DIR", "write each letter to DIR/CASE.eml; nothing is overwritten"},
    [OPT_PRINT] = {"print", 0, NULL, "print the letters as text, for a person to read"},
    [OPT_TO] = {"to", 0, "ADDRESS", "the mailbox in the To field of every letter"},
    [OPT_SUSPECT] = {"include-suspect", 0, NULL, "also write about what said yes without proof"},
    [OPT_KEY] = {"public-key", 'P', "KEY", "verify the bundle with this key, not the one in it"},
    {0},
};

const struct args_command cmd_notify_args = {
    "notify", "[OPTION]... BUNDLE (--out DIR | --print)",
    "Writes a letter to the owner for each finding of a bundle: what was seen, what\n"
    "it means, and how to close the server. The bundle is verified first. No letter\n"
    "is written about an open case that its receipts don't bear out.",
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
    const char *out;
    const char *to;
    const char *key;
    const char *tone;
    const char *choices[LETTERS_CHOICES]; /* of --letter */
    size_t choice_count;
    bool print;
    bool include_suspect;

    struct letters letters;
    struct buf profile_text;
    struct composing *composing;
    unsigned deaths; /* of the process that words the letters, one after the other */
    struct case_asker asker;
    struct notify_where where;
    unsigned long written;
    unsigned long unproven; /* to be told of, and not borne out */
    unsigned long unworded; /* to be told of, and the wording gave no letter */
    unsigned long left_out;
};

static int take_option(struct notify *n, int which)
{
    struct args *a = &n->args;
    const char **texts[] = {
        [OPT_LANG] = &n->language, [OPT_PROFILE] = &n->profile, [OPT_OUT] = &n->out,
        [OPT_PRINT] = NULL,        [OPT_TO] = &n->to,           [OPT_SUSPECT] = NULL,
        [OPT_KEY] = &n->key,       [OPT_TONE] = &n->tone,       [OPT_LETTER] = NULL,
    };
    if (which == OPT_LETTER && n->choice_count == LETTERS_CHOICES)
        return args_wrong(a, "--letter: at most %d times", LETTERS_CHOICES);
    if (which == OPT_LETTER)
        n->choices[n->choice_count++] = a->value;
    if (texts[which])
        *texts[which] = a->value;
    n->print = n->print || which == OPT_PRINT;
    n->include_suspect = n->include_suspect || which == OPT_SUSPECT;
    return 0;
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
    if (!n->out == !n->print)
        return args_wrong(a, n->out ? "--out and --print exclude each other"
                                    : "give --out DIR, or --print to read the letters here");
    if (n->to && !message_is_mailbox(n->to))
        return args_wrong(a, "--to: '%s' is not one mail address", n->to);
    return ARGS_GO_ON;
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
    struct composing_order order = {.language = n->language, .tone = n->tone};
    if (!load_profile(n, &order, fail) ||
        !letters_load(&n->letters, n->choices, n->choice_count, fail))
        return false;
    order.letters = n->letters.list;
    order.letter_count = n->letters.count;
    n->composing = composing_new(&order, fail);
    return n->composing != NULL;
}

/* A bundle that does not verify is no ground for a letter. */
static bool verify(struct notify *n, struct fail *fail)
{
    struct public_key key;
    struct bundle_report report;
    if (n->key && !public_key_load(n->key, &key, fail))
        return false;
    if (!bundle_verify(n->bundle, n->key ? &key : NULL, &report, fail))
        return false;
    case_asker_begin(&n->asker, n->bundle, &report);
    time_parse(bytes_of(report.sealed), &n->asker.sealed);
    n->asker.tests = digests_new();
    if (report.builtin == BUILTIN_OTHER)
        fprintf(stderr, "ajar notify: %s: the scripts: %s\n", n->bundle,
                builtin_words(report.builtin));
    return notify_where_take(&n->where, n->bundle, &report, fail);
}

static bool make_message(const struct notify *n, const struct letter *letter, const char *id,
                         struct buf *out, struct fail *fail)
{
    unsigned char random[8];
    char hex[2 * sizeof random + 1];
    char name[128];
    random_bytes(random, sizeof random);
    hash_hex(random, sizeof random, hex);
    snprintf(name, sizeof name, "%s.%s", id, hex);
    struct message_envelope envelope = {.to = n->to, .when = loop_now(), .id = bytes_of(name)};
    return message_put(out, letter, &envelope, fail);
}

static bool write_letter(const struct notify *n, const struct letter *letter, const char *id,
                         struct fail *fail)
{
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s/%s.eml", n->out, id) >= sizeof path)
        return fail_set(fail, "ENAMETOOLONG", "%s: the name is too long", n->out);
    struct buf message = buf_new(MESSAGE_LIMIT);
    bool ok =
        make_message(n, letter, id, &message, fail) && file_create(path, buf_view(&message), fail);
    if (!ok && strcmp(fail->code, "EEXIST") == 0)
        fail_set(fail, "EEXIST", "%s is there already; letters are never overwritten", path);
    buf_free(&message);
    if (ok)
        puts(path);
    return ok;
}

static void print_letter(const struct notify *n, struct letter *letter)
{
    printf("%sSubject: %.*s\n\n%s", n->written > 0 ? "\n\n" : "", (int)letter->subject.n,
           (const char *)letter->subject.p, buf_text(&letter->text));
}

/* The wording's fault keeps back the letter that it is about, and no other. */
static bool note_unworded(struct notify *n, const char *id, struct fail *fail)
{
    bool died = strcmp(fail->code, "EWORKER") == 0 || strcmp(fail->code, "ETIMEDOUT") == 0;
    n->deaths = died ? n->deaths + 1 : 0;
    if (n->deaths == DEATHS_MOST)
        return fail_prefix(fail, "case %s", id);
    fprintf(stderr, "ajar notify: %s: case %s: no letter is written: %s\n", n->bundle, id,
            fail->text);
    n->unworded++;
    return true;
}

static bool write_about(struct notify *n, struct finding *f, const char *id, struct fail *fail)
{
    struct letter letter;
    if (!notify_word(n->composing, &n->where, f, &letter, fail))
        return note_unworded(n, id, fail);
    bool ok = true;
    if (n->print)
        print_letter(n, &letter);
    else
        ok = write_letter(n, &letter, id, fail);
    letter_free(&letter);
    n->deaths = 0;
    n->written += ok;
    return ok;
}

/* A case's name becomes a file's name: bundle.h promises [A-Za-z0-9._/-], here no slash may stand. */
static bool is_file_name(const char *id)
{
    return id[0] != '\0' && id[0] != '.' && strlen(id) <= 64 && !strchr(id, '/');
}

/* No owner is told of his server what the case's own files don't bear out. */
static bool is_borne_out(const struct notify *n, const struct bundle_case *c)
{
    struct fail fail;
    struct case_files files = case_asker_files(&n->asker, c);
    fail = n->asker.why;
    if (n->asker.holds && case_claims_hold(&files, &fail))
        return true;
    fprintf(
        stderr,
        "ajar notify: %s: case %s: no letter is written, as its own files don't bear it out: %s\n",
        n->bundle, c->id, fail.text);
    return false;
}

static bool on_case(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct notify *n = arg;
    struct notify_case read;
    if (!is_file_name(c->id))
        return fail_set(fail, "EFORMAT", "a case has a name that can't be a file's");
    if (!notify_case_read(&read, c, fail))
        return false;
    bool ok = true;
    bool told = read.proven || (read.suspect && n->include_suspect);
    if (told && !is_borne_out(n, c))
        n->unproven++;
    else if (told)
        ok = write_about(n, &read.finding, c->id, fail);
    else
        n->left_out++;
    notify_case_free(&read);
    return ok;
}

static void report(const struct notify *n)
{
    fprintf(stderr, "%lu %s written", n->written, n->written == 1 ? "letter" : "letters");
    if (n->unproven > 0)
        fprintf(stderr, "; %lu %s not borne out by %s own files", n->unproven,
                n->unproven == 1 ? "case is" : "cases are", n->unproven == 1 ? "its" : "their");
    if (n->unworded > 0)
        fprintf(stderr, "; %lu could not be worded", n->unworded);
    if (n->left_out > 0)
        fprintf(stderr, "; %lu %s not %s", n->left_out, n->left_out == 1 ? "case is" : "cases are",
                n->include_suspect ? "open or suspect" : "open");
    fputc('\n', stderr);
}

static int run(struct notify *n)
{
    struct fail fail = {0};
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error to report */
    n->profile_text = buf_new(PROFILE_LIMIT);
    bool ok = begin_composing(n, &fail) && verify(n, &fail) &&
              (!n->out || file_directory(n->out, &fail)) &&
              bundle_cases(n->bundle, NULL, on_case, n, &fail);
    composing_free(n->composing);
    letters_free(&n->letters);
    buf_free(&n->profile_text);
    digests_free(n->asker.tests);
    case_asker_end(&n->asker);
    int status = ok ? n->unproven + n->unworded > 0 : complain("notify", &fail);
    if (ok || n->written > 0)
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
