#include "sink/mail_sort.h"

#include "proto/mail.h"
#include "proto/mail_decode.h"
#include "sink/mail_answer.h"

#include <string.h>

enum { PLACES = 8 /* at which the text is looked for */ };

static bool header_begins(struct bytes message, const char *name, const char *word)
{
    struct bytes value;
    return mail_header(message, name, 0, &value) && bytes_starts_nocase(value, word);
}

static bool has_header(struct bytes message, const char *name)
{
    return header_begins(message, name, "");
}

static bool holds_nocase(struct bytes in, const char *word)
{
    for (size_t i = 0; i + strlen(word) <= in.n; i++)
        if (bytes_starts_nocase(bytes_slice(in, i, in.n), word))
            return true;
    return false;
}

static bool header_holds(struct bytes message, const char *name, const char *word)
{
    struct bytes value;
    return mail_header(message, name, 0, &value) && holds_nocase(value, word);
}

/* "<TOKEN@DOMAIN>", and no other that was made of it. */
static bool message_id_token(const struct token_family *ours, struct bytes message,
                             struct bytes *domain, struct token *out)
{
    struct bytes id;
    if (!mail_header(message, "Message-ID", 0, &id) || id.n <= TOKEN_TEXT || id.p[0] != '<' ||
        id.p[TOKEN_TEXT] != '@')
        return false;
    *domain = bytes_slice(id, TOKEN_TEXT + 1, bytes_index(id, '>', 0));
    return token_parse(bytes_slice(id, 1, TOKEN_TEXT), out) && token_is_of(ours, out);
}

static bool field_token(const struct token_family *ours, struct bytes message, struct token *out)
{
    struct bytes value;
    return mail_header(message, "X-Ajar-Token", 0, &value) && token_find(ours, value, out);
}

bool mail_own_token(const struct token_family *ours, struct bytes message, struct token *out)
{
    struct bytes domain;
    return message_id_token(ours, message, &domain, out) || field_token(ours, message, out) ||
           token_find(ours, message, out);
}

/* The test message itself is "auto-generated". */
static bool is_automatic_answer(struct bytes message)
{
    return header_begins(message, "Auto-Submitted", "auto-replied") ||
           header_begins(message, "Auto-Submitted", "auto-notified") ||
           header_begins(message, "Precedence", "auto_reply") ||
           has_header(message, "X-Autoreply") || has_header(message, "X-Autorespond");
}

static bool is_answer(struct bytes message)
{
    return has_header(message, "In-Reply-To") || has_header(message, "References") ||
           mail_has_answers_subject(message) || is_automatic_answer(message);
}

/* "MAILER-DAEMON@…", "Mail Delivery System <Mailer-Daemon@…>" */
static bool names_daemon(struct bytes mailbox)
{
    struct bytes user = bytes_slice(mailbox, 0, bytes_index(mailbox, '@', 0));
    return holds_nocase(user, "daemon") || holds_nocase(user, "postmaster");
}

/* Is it the mail system itself that writes? */
static bool is_daemon(struct bytes sender, struct bytes message)
{
    struct bytes from;
    return names_daemon(sender) || (mail_header(message, "From", 0, &from) && names_daemon(from));
}

static bool is_multipart_report(struct bytes message)
{
    return header_begins(message, "Content-Type", "multipart/report");
}

/* What the Action fields of a report say (RFC 3464, section 2.3.3), one for each recipient. */
struct actions {
    bool failed;
    bool delayed;
    bool others; /* delivered, relayed, expanded */
};

static struct actions actions_of(struct bytes message)
{
    struct actions a = {0};
    struct bytes rest = mail_body(message);
    while (rest.n > 0) {
        size_t end = bytes_index(rest, '\n', 0);
        struct bytes line = bytes_trim(bytes_slice(rest, 0, end));
        rest = bytes_slice(rest, end == BYTES_NOT_FOUND ? rest.n : end + 1, rest.n);
        if (!bytes_starts_nocase(line, "Action:"))
            continue;
        struct bytes action = bytes_trim(bytes_slice(line, strlen("Action:"), line.n));
        a.failed |= bytes_starts_nocase(action, "failed");
        a.delayed |= bytes_starts_nocase(action, "delayed");
        a.others |= bytes_starts_nocase(action, "delivered") ||
                    bytes_starts_nocase(action, "relayed") ||
                    bytes_starts_nocase(action, "expanded");
    }
    return a;
}

/* A report in words: "Warning: message 1abc delayed 24 hours", "Delivery Status Notification (Delay)". */
static enum mail_sort by_subject(struct bytes message)
{
    bool delay =
        header_holds(message, "Subject", "delay") && !header_holds(message, "Subject", "fail");
    return delay ? MAIL_DELAY : MAIL_FAILURE;
}

static enum mail_sort by_actions(struct bytes message)
{
    struct actions a = actions_of(message);
    if (a.failed)
        return MAIL_FAILURE;
    if (a.delayed)
        return MAIL_DELAY;
    return a.others ? MAIL_OTHER : by_subject(message);
}

/* A receipt of somebody who has read it (RFC 8098), and the like, are reports too. */
static bool is_about_delivery(struct bytes message)
{
    return !header_holds(message, "Content-Type", "report-type") ||
           header_holds(message, "Content-Type", "delivery-status");
}

/* Somebody on vacation may answer without a sender, and without any other sign of an answer. */
static bool is_from_somebody(const struct token_family *ours, struct bytes message)
{
    static const char *const words[] = {"deliver", "return", "fail",    "unzustellbar",
                                        "reject",  "refus",  "unknown", "error"};
    struct bytes body = mail_body(message);
    struct token quoted;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (header_holds(message, "Subject", words[i]))
            return false;
    return has_header(message, "From") && !holds_nocase(body, "deliver") &&
           !token_find(ours, body, &quoted);
}

static enum mail_sort sort_of_report(const struct token_family *ours, struct bytes sender,
                                     struct bytes message)
{
    if (is_multipart_report(message))
        return is_about_delivery(message) ? by_actions(message) : MAIL_OTHER;
    if (is_daemon(sender, message) || has_header(message, "X-Failed-Recipients") ||
        (sender.n == 0 && !is_answer(message) && !is_from_somebody(ours, message)))
        return by_subject(message);
    return MAIL_OTHER;
}

static bool same(const struct token *a, const struct token *b)
{
    return memcmp(a->b, b->b, TOKEN_SIZE) == 0;
}

/* What its header has of the test message's. */
struct signs {
    bool field;  /* X-Ajar-Token */
    bool sender; /* the mailbox in From, which is the test's own */
};

/* "NAME <bounce-TOKEN@DOMAIN>", or without name and brackets. */
static bool is_from_test(struct bytes from, const struct token *token)
{
    static const char before[] = "bounce-";
    char text[TOKEN_TEXT];
    size_t at = bytes_index(from, '<', 0);
    struct bytes mailbox = bytes_slice(from, at == BYTES_NOT_FOUND ? 0 : at + 1, from.n);
    return bytes_starts_nocase(mailbox, before) &&
           bytes_starts_nocase(bytes_slice(mailbox, strlen(before), mailbox.n),
                               token_text(token, text));
}

static struct signs signs_of(const struct token_family *ours, struct bytes message,
                             const struct token *token)
{
    struct token own;
    struct bytes from;
    return (struct signs){
        .field = field_token(ours, message, &own) && same(&own, token),
        .sender = mail_header(message, "From", 0, &from) && is_from_test(from, token),
    };
}

/* Does nothing but blanks stand before it in its line? */
static bool is_unquoted(struct bytes in, size_t at)
{
    while (at > 0 && (in.p[at - 1] == ' ' || in.p[at - 1] == '\t'))
        at--;
    return at == 0 || in.p[at - 1] == '\n';
}

/* Is the text all there, to this token's mark? */
static bool is_whole(const struct token_family *ours, struct bytes in, size_t at,
                     const struct token *token, struct mail_text *text)
{
    struct token mark;
    return mail_text_read(in, at, text) && token_find(ours, text->mark, &mark) &&
           same(&mark, token);
}

static bool is_of_web_form(const struct mail_text *text)
{
    return bytes_find(text->form, bytes_of("T10")) != BYTES_NOT_FOUND;
}

/* Is what stands in it the message's text, and not what somebody quotes? See mail_sort.h. */
static bool brings_text(const struct token_family *ours, struct bytes in, const struct token *token,
                        struct signs signs)
{
    struct mail_text text;
    in = bytes_trim(in);
    size_t at = mail_text_begin(in, 0);
    for (unsigned i = 0; at != BYTES_NOT_FOUND && i < PLACES; i++) {
        bool is_own = at == 0 || (signs.sender && is_unquoted(in, at));
        if ((is_own && signs.field && mail_text_read(in, at, &text)) ||
            (is_whole(ours, in, at, token, &text) && (is_own || is_of_web_form(&text))))
            return true;
        at = mail_text_begin(in, at + 1);
    }
    return false;
}

/* Without the encodings that a server on its way may have given it. */
static bool brings_encoded_text(const struct token_family *ours, struct bytes message,
                                const struct token *token, struct signs signs)
{
    struct buf text = buf_new(2 * message.n + 1);
    mail_text_put(&text, message);
    bool brings = brings_text(ours, buf_view(&text), token, signs);
    buf_free(&text);
    return brings;
}

static bool is_test(const struct token_family *ours, const char *domain, struct bytes message,
                    const struct token *token)
{
    struct token own;
    struct bytes at;
    if (message_id_token(ours, message, &at, &own) && (!domain || bytes_equal_nocase(at, domain)))
        return same(&own, token);
    if (is_answer(message) || is_multipart_report(message))
        return false;
    struct signs signs = signs_of(ours, message, token);
    return brings_text(ours, mail_body(message), token, signs) ||
           brings_text(ours, message, token, signs) ||
           brings_encoded_text(ours, message, token, signs);
}

enum mail_sort mail_sort_of(const struct token_family *ours, const char *domain,
                            struct bytes sender, struct bytes message, const struct token *token)
{
    return is_test(ours, domain, message, token) ? MAIL_TEST
                                                 : sort_of_report(ours, sender, message);
}
