/* ajar inbox: what came back, and about which letter. */
#include "base/embedded.h"
#include "base/file.h"
#include "base/json.h"
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/inbox_campaign.h"
#include "cli/mail_source.h"
#include "cli/notify_word.h"
#include "cli/sent_letters.h"
#include "mail/letter_cases.h"
#include "mail/sorting.h"
#include "notice/message.h"
#include "run/mail_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    FOLDERS_MOST = 100,
    PROFILE_MOST = 1024 * 1024,
    DEATHS_MOST = 100,
    LETTER_MOST = 64 * 1024 * 1024
};

enum {
    OPT_LETTERS,
    OPT_TICKET_KEY,
    OPT_PROFILE,
    OPT_BOUNCES,
    OPT_RETEST,
    OPT_OBJECTION,
    OPT_STOP_TESTS,
    OPT_STOP_LETTERS,
    OPT_SETTLE,
    OPT_CAMPAIGN,
    OPT_JSON,
    OPT_TABLE
};

static const struct args_option options[] = {
    [OPT_LETTERS] = {"letters", 'l', "FOLDER",
                     "a folder that 'ajar deliver' sent from: its letters are known by name and "
                     "Message-ID; repeatable"},
    [OPT_TICKET_KEY] = {"ticket-key", 'k', "FILE", "the key that 'ajar deliver' was given"},
    [OPT_PROFILE] = {"profile", 'p', "FILE", "the letters' profile, which has the addresses below"},
    [OPT_BOUNCES] = {"bounces", 'b', "ADDRESS", "where bounces come"},
    [OPT_RETEST] = {"retest", 0, "ADDRESS", "where new tests are asked for"},
    [OPT_OBJECTION] = {"objection", 0, "ADDRESS", "where objections come"},
    [OPT_STOP_TESTS] = {"stop-tests", 0, "ADDRESS", "where it is asked that no tests be made"},
    [OPT_STOP_LETTERS] = {"stop-letters", 0, "ADDRESS",
                          "where it is asked that no letters be sent"},
    [OPT_SETTLE] = {"settle", 0, NULL,
                    "note in those folders that an uncertain letter was sent, where a certain "
                    "answer to it is found"},
    [OPT_CAMPAIGN] = {"campaign", 'c', "CAMPAIGN",
                      "put what is certain into this campaign: who asks for it is tested again, "
                      "who objects is let be, a letter that bounced is noted"},
    [OPT_JSON] = {"json", 'j', NULL, "print one JSON object a line, on a terminal too"},
    [OPT_TABLE] = {"table", 0, NULL, "print the table, into a file or a pipe too"},
    {0},
};

const struct args_command cmd_inbox_args = {
    "inbox", "[OPTION]... MAILDIR|MBOX",
    "Sorts the mails that came back, and says which letter each is about: bounced,\n"
    "delayed, delivered, auto-reply, retest, stop-tests, stop-letters, objection,\n"
    "other. The mailbox is not changed.",
    options,
    "\"certain\" is true where a letter's own mark or Message-ID says which letter it\n"
    "is; a case's name in a subject can be anybody's. Mails are read in a process\n"
    "that has no file and no socket; one that it can't read is \"unreadable\".\n"
    "doc/delivery.md says by what a mail is taken for what it is.\n"
    "\n"
    "Exit status: 0 all were read, 1 one could not be, or it failed, 2 wrong usage.\n"};

struct inbox {
    struct args args;
    const char *source, *ticket_key, *profile, *campaign_place;
    const char *folders[FOLDERS_MOST + 1];
    struct sorting_ground ground;
    bool settle, json;

    struct ticket_key *key;
    struct sent_letters *letters;
    struct mail_reader *reader;
    struct inbox_campaign *campaign; /* or NULL */
    struct buf profile_text;
    struct composing *composing; /* whose profile the addresses may be in */
    json_t *words;
    unsigned long count[SORTED_OTHER + 1];
    unsigned long mails, unreadable, forged, settled;
    unsigned long uncertain; /* asks for something, and may be anybody's */
    unsigned deaths;         /* in a row */
};

static int take_folder(struct inbox *in)
{
    size_t n = 0;
    while (in->folders[n])
        n++;
    if (n == FOLDERS_MOST)
        return args_wrong(&in->args, "--letters: at most %d times", FOLDERS_MOST);
    in->folders[n] = in->args.value;
    return 0;
}

static void take_option(struct inbox *in, int which)
{
    const char **texts[] = {[OPT_TICKET_KEY] = &in->ticket_key,
                            [OPT_PROFILE] = &in->profile,
                            [OPT_CAMPAIGN] = &in->campaign_place,
                            [OPT_BOUNCES] = &in->ground.bounces,
                            [OPT_RETEST] = &in->ground.retest,
                            [OPT_OBJECTION] = &in->ground.objection,
                            [OPT_STOP_TESTS] = &in->ground.stop_tests,
                            [OPT_STOP_LETTERS] = &in->ground.stop_letters,
                            [OPT_TABLE] = NULL};
    if (which == OPT_LETTERS)
        take_folder(in);
    else if (which == OPT_SETTLE)
        in->settle = true;
    else if (which == OPT_JSON || which == OPT_TABLE)
        in->json = which == OPT_JSON;
    else
        *texts[which] = in->args.value;
}

static int parse(struct inbox *in, int argc, char **argv)
{
    struct args *a = &in->args;
    in->json = !isatty(STDOUT_FILENO);
    args_begin(a, &cmd_inbox_args, argc, argv);
    for (int which; (which = args_next(a)) != ARGS_END;)
        take_option(in, which);
    if (a->status != ARGS_GO_ON)
        return a->status;
    in->source = args_only_operand(a, "the Maildir or mailbox");
    if (!in->source)
        return a->status;
    if (in->settle && !in->folders[0])
        return args_wrong(a, "--settle needs --letters FOLDER");
    return ARGS_GO_ON;
}

/* What the command line does not say. */
static void fill(const char **to, const json_t *profile, const char *name)
{
    const char *text = json_string_value(json_object_get(profile, name));
    if (!*to && text && strchr(text, '@'))
        *to = text;
}

static bool load_profile(struct inbox *in, struct fail *fail)
{
    struct composing_order order = {.profile_name = in->profile};
    in->profile_text = buf_new(PROFILE_MOST);
    if (!in->profile)
        return true;
    if (!file_read(in->profile, &in->profile_text, fail))
        return false;
    order.profile = buf_view(&in->profile_text);
    in->composing = composing_new(&order, fail);
    if (!in->composing)
        return false;
    const json_t *profile = composing_profile(in->composing);
    fill(&in->ground.bounces, profile, "bounces");
    fill(&in->ground.retest, profile, "retest");
    fill(&in->ground.objection, profile, "objection");
    fill(&in->ground.stop_tests, profile, "stop_tests");
    fill(&in->ground.stop_letters, profile, "stop_letters");
    fill(&in->ground.unsubscribe, json_object_get(profile, "unsubscribe"), "mail");
    return true;
}

static bool load_letters(struct inbox *in, struct fail *fail)
{
    in->letters = sent_letters_new();
    if (!in->letters)
        return fail_set(fail, "ENOMEM", "no memory for the letters' names");
    for (const char **folder = in->folders; *folder; folder++)
        if (!sent_letters_add(in->letters, *folder, fail))
            return false;
    if (in->folders[0]) {
        in->ground.letter_of = sent_letters_of;
        in->ground.is_letter = sent_letters_has;
        in->ground.arg = in->letters;
    }
    return true;
}

static bool begin(struct inbox *in, struct fail *fail)
{
    const struct embedded *words = embedded_find("data/inbox.json");
    in->words =
        words ? json_loadb((const char *)words->content.p, words->content.n, 0, NULL) : NULL;
    in->ground.words = in->words;
    if (!in->words)
        return fail_set(fail, "ENOENT", "the list of words is not built in");
    if (!load_profile(in, fail) || !load_letters(in, fail))
        return false;
    if (in->ticket_key && !(in->key = ticket_key_load(in->ticket_key, false, NULL, fail)))
        return false;
    in->ground.key = in->key;
    in->reader = mail_reader_new(fail);
    if (in->reader && in->campaign_place)
        in->campaign = inbox_campaign_open(in->campaign_place, fail);
    return in->reader && (!in->campaign_place || in->campaign);
}

static void put_if(struct buf *out, const char *name, const char *text)
{
    if (text[0])
        json_put_member_text(out, name, text);
}

static void put_truth(struct buf *out, const char *name, bool truth)
{
    json_put_name(out, name);
    buf_put_text(out, truth ? "true" : "false");
}

static bool put_case(void *arg, struct bytes id)
{
    struct buf *out = arg;
    if (out->p[out->n - 1] != '[')
        buf_put_byte(out, ',');
    json_put_string(out, id);
    return !out->overflow;
}

/* Of a letter about several findings: which cases they are. A copy of it that can't be read says nothing of them. */
static void put_cases(struct buf *out, const struct inbox *in, const struct sorted *s)
{
    struct fail fail = {0};
    struct buf letter = buf_new(LETTER_MOST);
    struct buf list = buf_new(INCOMING_ANSWER);
    if (s->ticket[0] != 'g')
        return;
    buf_put_byte(&list, '[');
    if (sent_letters_read(in->letters, s->ticket, &letter, &fail) &&
        letter_cases(buf_view(&letter), put_case, &list) > 0) {
        json_put_name(out, "cases");
        buf_put(out, buf_view(&list));
        buf_put_byte(out, ']');
    }
    buf_free(&list);
    buf_free(&letter);
}

static void put_json(struct buf *out, const struct inbox *in, const char *name,
                     const struct sorted *s, const struct incoming *m, bool cut)
{
    static const char *const fields[] = {"from",   "subject",   "date",       "id",       "action",
                                         "status", "recipient", "diagnostic", "reporting"};
    buf_put_byte(out, '{');
    json_put_member_text(out, "mail", name);
    json_put_member_text(out, "kind", sorting_kind_name(s->kind));
    json_put_member_text(out, "by", s->by);
    put_if(out, "ticket", s->ticket);
    put_cases(out, in, s);
    json_put_member_text(out, "match", sorting_match_name(s->match));
    put_truth(out, "certain", sorting_is_certain(s->match));
    if (s->forged)
        put_truth(out, "forged", true);
    if (cut)
        put_truth(out, "cut", true);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        put_if(out, fields[i], incoming_text(m, fields[i]));
    put_if(out, "text", incoming_text(m, "text"));
    buf_put_text(out, "}\n");
}

static void put_row(struct buf *out, const struct sorted *s, const struct incoming *m)
{
    const char *status = incoming_text(m, "status");
    buf_printf(out, "%-12s  %-18s %s  %s%s%s  %s\n", sorting_kind_name(s->kind),
               s->ticket[0] ? s->ticket : "-",
               s->forged                      ? "FORGED "
               : sorting_is_certain(s->match) ? "certain"
               : s->match == MATCHED_NOT      ? "       "
                                              : "unsure ",
               incoming_text(m, "from"), status[0] ? "  " : "", status,
               incoming_text(m, "subject"));
}

static void print(const struct inbox *in, const char *name, const struct sorted *s,
                  const struct incoming *m, bool cut)
{
    struct buf out = buf_new(2 * INCOMING_ANSWER);
    if (in->json)
        put_json(&out, in, name, s, m, cut);
    else
        put_row(&out, s, m);
    fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
}

/* Something that only its recipient, or a server on the way, can have sent: so it was sent. */
static bool settle(struct inbox *in, const struct sorted *s, struct fail *fail)
{
    if (!in->settle || !sorting_is_certain(s->match))
        return true;
    if (sent_letters_settle(in->letters, s->ticket, sorting_kind_name(s->kind), fail))
        in->settled++;
    return !fail->code;
}

static bool on_unreadable(struct inbox *in, const char *name, const struct fail *why)
{
    struct buf out = buf_new(4096);
    in->unreadable++;
    in->deaths++;
    if (in->json) {
        buf_put_byte(&out, '{');
        json_put_member_text(&out, "mail", name);
        json_put_member_text(&out, "kind", "unreadable");
        json_put_member_text(&out, "why", why->text);
        buf_put_text(&out, "}\n");
    } else
        buf_printf(&out, "%-12s  %s: %s\n", "unreadable", name, why->text);
    fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
    return in->deaths < DEATHS_MOST;
}

/* For a test, or for none, or for no letters. */
static bool asks(const struct sorted *s)
{
    return s->kind == SORTED_RETEST || s->kind == SORTED_STOP_TESTS ||
           s->kind == SORTED_STOP_LETTERS;
}

static bool on_mail(void *arg, const char *name, struct bytes mail, bool cut, struct fail *fail)
{
    struct inbox *in = arg;
    struct incoming m;
    in->mails++;
    if (!mail_reader_read(in->reader, mail, &m, fail))
        return mail_reader_goes_on(fail) && on_unreadable(in, name, fail);
    struct sorted s = sorting_of(&in->ground, &m);
    in->deaths = 0;
    in->count[s.kind]++;
    in->forged += s.forged;
    in->uncertain += asks(&s) && !sorting_is_certain(s.match);
    print(in, name, &s, &m, cut);
    bool ok = !in->campaign || inbox_campaign_take(in->campaign, &s, &m, mail, fail);
    incoming_free(&m);
    return ok && settle(in, &s, fail);
}

static void report_campaign(struct inbox_campaign_counts c)
{
    fprintf(
        stderr,
        "the campaign: %lu asked to be tested again, %lu objected, %lu bounced, %lu answered for "
        "a person to read; %lu were taken before, %lu are about no letter of it\n",
        c.retests, c.objections, c.bounces, c.answers, c.before, c.others);
}

static void report(const struct inbox *in)
{
    fprintf(stderr, "%lu %s", in->mails, in->mails == 1 ? "mail" : "mails");
    const char *before = ": ";
    for (int kind = 0; kind <= SORTED_OTHER; kind++)
        if (in->count[kind] > 0) {
            fprintf(stderr, "%s%lu %s", before, in->count[kind],
                    sorting_kind_name((enum sorting_kind)kind));
            before = ", ";
        }
    if (in->unreadable > 0)
        fprintf(stderr, "%s%lu unreadable", before, in->unreadable);
    if (in->uncertain > 0)
        fprintf(stderr, "; %lu that %s for something may be anybody's", in->uncertain,
                in->uncertain == 1 ? "asks" : "ask");
    if (in->forged > 0)
        fprintf(stderr, "; %lu with a forged mark", in->forged);
    if (in->settled > 0)
        fprintf(stderr, "; %lu uncertain %s", in->settled,
                in->settled == 1 ? "letter was sent" : "letters were sent");
    fputc('\n', stderr);
    if (in->campaign)
        report_campaign(inbox_campaign_counts(in->campaign));
}

static int run(struct inbox *in)
{
    struct fail fail = {0};
    bool ok = begin(in, &fail) && mail_source_each(in->source, INCOMING_MAIL, on_mail, in, &fail);
    if (ok || in->mails > 0)
        report(in);
    mail_reader_free(in->reader);
    inbox_campaign_close(in->campaign);
    sent_letters_free(in->letters);
    composing_free(in->composing);
    buf_free(&in->profile_text);
    json_decref(in->words);
    ticket_key_free(in->key);
    return ok ? in->unreadable > 0 : complain("inbox", &fail);
}

int cmd_inbox(int argc, char **argv)
{
    struct inbox *in = calloc(1, sizeof *in);
    if (!in)
        return complain_words("inbox", 1, "out of memory");
    message_begin(); /* for the letters' own headers; mails are read elsewhere */
    int status = parse(in, argc, argv);
    if (status == ARGS_GO_ON)
        status = run(in);
    message_end();
    free(in);
    return status;
}
