#include "mail/sorting.h"

#include "mail/entry.h"
#include "mail/phrase.h"

#include <ctype.h>
#include <stdio.h>

static const char *const kinds[] = {[SORTED_BOUNCED] = "bounced",
                                    [SORTED_DELAYED] = "delayed",
                                    [SORTED_DELIVERED] = "delivered",
                                    [SORTED_AUTO_REPLY] = "auto-reply",
                                    [SORTED_RETEST] = "retest",
                                    [SORTED_STOP_TESTS] = "stop-tests",
                                    [SORTED_STOP_LETTERS] = "stop-letters",
                                    [SORTED_OBJECTION] = "objection",
                                    [SORTED_OTHER] = "other"};

static const char *const matches[] = {[MATCHED_NOT] = "none",
                                      [MATCHED_ADDRESS] = "address",
                                      [MATCHED_MESSAGE_ID] = "message-id",
                                      [MATCHED_REPORT] = "report",
                                      [MATCHED_PLAIN] = "plain-address",
                                      [MATCHED_SUBJECT] = "subject"};

const char *sorting_kind_name(enum sorting_kind kind)
{
    return kinds[kind];
}

const char *sorting_match_name(enum sorting_match match)
{
    return matches[match];
}

bool sorting_is_certain(enum sorting_match match)
{
    return match == MATCHED_ADDRESS || match == MATCHED_MESSAGE_ID;
}

struct desk {
    const struct sorting_ground *ground;
    const struct incoming *mail;
    struct sorted sorted;
    enum sorting_kind by_address; /* SORTED_OTHER: no address says it */
};

/* The ticket ------------------------------------------------------------------------------------------ */

static void take_ticket(struct desk *d, struct bytes name, enum sorting_match match)
{
    if (d->sorted.match != MATCHED_NOT || !entry_is_name(name))
        return;
    d->sorted.match = match;
    for (size_t i = 0; i < name.n; i++)
        d->sorted.ticket[i] = (char)tolower(name.p[i]);
    d->sorted.ticket[name.n] = '\0';
}

static bool is_letter(const struct desk *d, struct bytes name)
{
    size_t hex = 0;
    if (d->ground->is_letter)
        return d->ground->is_letter(d->ground->arg, name);
    while (2 + hex < name.n && isxdigit(name.p[2 + hex]))
        hex++;
    bool one = hex >= 8 && hex <= 22 && tolower(name.p[0]) == 'c';
    bool several = hex == 16 && tolower(name.p[0]) == 'g';
    return (one || several) && name.n == hex + 2 && name.p[1] == '-';
}

struct own_address {
    const char *address;
    const char *purpose;
    enum sorting_kind kind; /* of a mail that comes there */
};

static bool is_at(struct bytes address, const char *base)
{
    return base && bytes_equal_nocase(address, base);
}

/* "bounces+NAME@domain" */
static struct bytes plain_ticket(struct bytes address, const char *base)
{
    struct bytes b = bytes_of(base);
    size_t at = bytes_index(b, '@', 0);
    if (at == BYTES_NOT_FOUND || address.n <= b.n + 1 || address.p[at] != '+')
        return bytes_at(NULL, 0);
    struct bytes name = bytes_slice(address, at + 1, address.n - (b.n - at));
    for (size_t i = 0; i < b.n; i++) {
        size_t there = i < at ? i : address.n - b.n + i;
        if (tolower(address.p[there]) != tolower(b.p[i]))
            return bytes_at(NULL, 0);
    }
    return name;
}

static void look_at_marks(struct desk *d, struct bytes address, const struct own_address *own)
{
    struct bytes name;
    if (!own->address || !d->ground->key)
        return;
    enum ticket_state state = ticket_in(d->ground->key, own->purpose, own->address, address, &name);
    if (state == TICKET_TRUE) {
        take_ticket(d, name, MATCHED_ADDRESS);
        d->by_address = own->kind;
    }
    d->sorted.forged = d->sorted.forged || state == TICKET_FORGED;
}

static void look_at_plain(struct desk *d, struct bytes address, const struct own_address *own)
{
    struct bytes name = own->address ? plain_ticket(address, own->address) : bytes_at(NULL, 0);
    if (name.n > 0 && is_letter(d, name))
        take_ticket(d, name, MATCHED_PLAIN);
    if (d->by_address == SORTED_OTHER && (name.n > 0 || is_at(address, own->address)))
        d->by_address = own->kind;
}

static void each_address(struct desk *d, void (*look)(struct desk *d, struct bytes address,
                                                      const struct own_address *own))
{
    const struct sorting_ground *g = d->ground;
    const struct own_address all[] = {
        {g->bounces, TICKET_BOUNCE, SORTED_OTHER},
        {g->retest, TICKET_RETEST, SORTED_RETEST},
        {g->stop_tests, TICKET_OBJECT, SORTED_STOP_TESTS},
        {g->stop_letters, TICKET_OBJECT, SORTED_STOP_LETTERS},
        {g->unsubscribe, TICKET_OBJECT, SORTED_STOP_LETTERS},
        {g->objection, TICKET_OBJECT, SORTED_OBJECTION},
    };
    const char *address;
    for (size_t i = 0; (address = incoming_nth(d->mail, "recipients", i)); i++)
        for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
            look(d, bytes_of(address), &all[k]);
}

static void look_at_id(struct desk *d, const char *id)
{
    const char *name = d->ground->letter_of ? d->ground->letter_of(d->ground->arg, id) : NULL;
    if (name)
        take_ticket(d, bytes_of(name), MATCHED_MESSAGE_ID);
}

static void look_at_ids(struct desk *d)
{
    const char *id;
    for (size_t i = 0; (id = incoming_nth(d->mail, "references", i)); i++)
        look_at_id(d, id);
    look_at_id(d, incoming_text(d->mail, "returned_id"));
}

static void look_at_report(struct desk *d)
{
    static const char *const names[] = {"envelope_id", "returned_case"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct bytes name = bytes_of(incoming_text(d->mail, names[i]));
        if (name.n > 0 && is_letter(d, name))
            take_ticket(d, name, MATCHED_REPORT);
    }
}

static bool is_name_byte(unsigned char c)
{
    return isalnum(c) || c == '-' || c == '_' || c == '.';
}

static void look_at_subject(struct desk *d)
{
    struct bytes s = bytes_of(incoming_text(d->mail, "subject"));
    for (size_t from = 0, to; from < s.n; from = to + 1) {
        for (to = from; to < s.n && is_name_byte(s.p[to]); to++)
            continue;
        struct bytes word = bytes_slice(s, from, to);
        if (entry_is_name(word) && is_letter(d, word))
            take_ticket(d, word, MATCHED_SUBJECT);
    }
}

/* What it is ------------------------------------------------------------------------------------------ */

static bool has(const struct desk *d, const char *name)
{
    return incoming_text(d->mail, name)[0] != '\0';
}

/* One of the phrases of this kind stands in the text; at its beginning, where `first`. */
static bool says(const struct desk *d, const char *name, const char *words, bool first)
{
    return phrase_is_in(bytes_of(incoming_text(d->mail, name)),
                        json_object_get(d->ground->words, words), NULL, first);
}

/* The same of a wish: in the subject, where a word may be enough, or in the text; not where it is denied. */
static bool wishes(const struct desk *d, const char *words, const char *subject_words)
{
    const json_t *all = d->ground->words;
    const json_t *denied = json_object_get(all, "denied");
    struct bytes subject = bytes_of(incoming_text(d->mail, "subject_folded"));
    struct bytes text = bytes_of(incoming_text(d->mail, "text_folded"));
    return phrase_is_in(subject, json_object_get(all, words), denied, false) ||
           phrase_is_in(subject, json_object_get(all, subject_words), denied, false) ||
           phrase_is_in(text, json_object_get(all, words), denied, false);
}

static bool conclude(struct desk *d, enum sorting_kind kind, const char *by)
{
    d->sorted.kind = kind;
    d->sorted.by = by;
    return true;
}

/* RFC 3464 */
static bool is_report(struct desk *d)
{
    struct bytes action = bytes_of(incoming_text(d->mail, "action"));
    if (!incoming_is(d->mail, "report"))
        return false;
    if (bytes_equal_nocase(action, "delayed"))
        return conclude(d, SORTED_DELAYED, "report");
    if (bytes_equal_nocase(action, "delivered") || bytes_equal_nocase(action, "relayed") ||
        bytes_equal_nocase(action, "expanded"))
        return conclude(d, SORTED_DELIVERED, "report");
    return bytes_equal_nocase(action, "failed") && conclude(d, SORTED_BOUNCED, "report");
}

static bool is_from_nobody(const struct desk *d)
{
    struct bytes from = bytes_of(incoming_text(d->mail, "from"));
    struct bytes path = bytes_trim(bytes_of(incoming_text(d->mail, "return_path")));
    return bytes_equal_text(path, "<>") || bytes_starts_nocase(from, "mailer-daemon@") ||
           bytes_starts_nocase(from, "postmaster@");
}

/* As servers say it that know no reports. */
static bool is_bounce(struct desk *d)
{
    if (has(d, "failed_recipients"))
        return conclude(d, SORTED_BOUNCED, "field");
    if (is_from_nobody(d) && (says(d, "subject_folded", "bounce", false) ||
                              bytes_starts_nocase(bytes_of(incoming_text(d->mail, "text")),
                                                  "hi. this is the"))) /* qmail */
        return conclude(d, SORTED_BOUNCED, "words");
    return false;
}

/* RFC 3834, and what came before it. */
static bool is_auto_reply(struct desk *d)
{
    struct bytes submitted = bytes_of(incoming_text(d->mail, "auto_submitted"));
    struct bytes precedence = bytes_of(incoming_text(d->mail, "precedence"));
    if (submitted.n > 0 && !bytes_starts_nocase(submitted, "no"))
        return conclude(d, SORTED_AUTO_REPLY, "field");
    if (has(d, "x_autoreply") || has(d, "x_autorespond") ||
        bytes_equal_nocase(precedence, "auto_reply"))
        return conclude(d, SORTED_AUTO_REPLY, "field");
    if (bytes_equal_nocase(precedence, "bulk") || bytes_equal_nocase(precedence, "junk") ||
        bytes_equal_nocase(precedence, "list"))
        return conclude(d, SORTED_AUTO_REPLY, "field");
    return (says(d, "subject_folded", "auto_reply", false) ||
            says(d, "subject_folded", "auto_reply_first", true)) &&
           conclude(d, SORTED_AUTO_REPLY, "words");
}

/* "RETEST c-1", as the letters ask for it, whatever "Re:" a mail program puts before it. */
static bool has_code(const struct desk *d, const char *code)
{
    struct bytes subject = bytes_of(incoming_text(d->mail, "subject_folded"));
    size_t n = strlen(code);
    size_t at = bytes_find(subject, bytes_of(code));
    if (at == BYTES_NOT_FOUND || (at > 0 && is_name_byte(subject.p[at - 1])))
        return false;
    return at + n == subject.n || !is_name_byte(subject.p[at + n]);
}

/* "stop c-1", as List-Unsubscribe has it (notice/message.h). */
static bool is_unsubscribed(const struct desk *d)
{
    char code[SORTED_TICKET + 8];
    snprintf(code, sizeof code, "stop %s", d->sorted.ticket);
    return d->sorted.ticket[0] && has_code(d, code);
}

static bool is_coded(struct desk *d)
{
    if (has_code(d, "retest"))
        return conclude(d, SORTED_RETEST, "code");
    if (has_code(d, "stop-tests"))
        return conclude(d, SORTED_STOP_TESTS, "code");
    if (has_code(d, "stop-letters") || is_unsubscribed(d))
        return conclude(d, SORTED_STOP_LETTERS, "code");
    return false;
}

static bool is_worded(struct desk *d)
{
    static const struct {
        const char *words;
        const char *subject_words;
        enum sorting_kind kind;
    } all[] = {{"stop_tests", "stop_tests_subject", SORTED_STOP_TESTS},
               {"stop_letters", "stop_letters_subject", SORTED_STOP_LETTERS},
               {"retest", "retest_subject", SORTED_RETEST}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (wishes(d, all[i].words, all[i].subject_words))
            return conclude(d, all[i].kind, "words");
    return false;
}

static void find_kind(struct desk *d)
{
    /* What a program sends asks for nothing, wherever it comes to. */
    if (is_report(d) || is_bounce(d) || is_auto_reply(d) || is_coded(d))
        return;
    if (d->by_address != SORTED_OTHER && d->by_address != SORTED_OBJECTION) {
        conclude(d, d->by_address, "address");
        return;
    }
    if (is_worded(d))
        return;
    conclude(d, d->by_address, d->by_address == SORTED_OBJECTION ? "address" : "nothing");
}

struct sorted sorting_of(const struct sorting_ground *ground, const struct incoming *m)
{
    struct desk d = {.ground = ground, .mail = m, .by_address = SORTED_OTHER};
    each_address(&d, look_at_marks);
    look_at_ids(&d);
    look_at_report(&d);
    each_address(&d, look_at_plain);
    look_at_subject(&d);
    find_kind(&d);
    return d.sorted;
}
