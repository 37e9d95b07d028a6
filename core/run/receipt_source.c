#include "run/receipt_source.h"

#include "proto/mail.h"
#include "run/case_differs.h"
#include "run/case_tokens.h"
#include "run/judge.h"
#include "tape/tape_walk.h"

#include <stdio.h>

enum { WHAT = 48 };

struct asking {
    const struct case_files *files;
    const struct tape_head *head;
    bool relay;
    struct case_tokens tokens;
    struct difference *out;
};

static bool differs(const struct asking *a, size_t i, const char *field, const json_t *entry,
                    const char *is)
{
    char what[WHAT];
    snprintf(what, sizeof what, "receipts[%zu].%s", i, field);
    return case_differs(a->out, 0, what, object_text(entry, field), bytes_of(is));
}

/* What stands there is what was sent to the target, and names it. Who passes a mail on may have lost this. */
static bool names_target(struct bytes mail, const struct tape_head *head)
{
    char text[ADDR_TEXT];
    struct bytes said;
    struct bytes target = bytes_of(addr_text(&head->target, text));
    if (mail_header(mail, "X-Test-Target", 0, &said) && !bytes_equal(said, target))
        return false;
    for (size_t at = 0; (at = mail_text_begin(mail, at)) != BYTES_NOT_FOUND; at++)
        if (mail_text_target(mail, at, &said) && !bytes_equal(said, target))
            return false;
    return true;
}

static bool is_sent_mail(const struct asking *a, const json_t *entry, struct bytes *content)
{
    unsigned at = case_files_find(a->files, object_text(entry, "file"));
    bool is_shown = at < a->files->receipt_count && !a->files->receipts[at].hidden;
    *content = is_shown ? a->files->receipts[at].content : bytes_at(NULL, 0);
    return is_shown && bytes_equal_text(object_text(entry, "kind"), "mail");
}

/* Old bundles may have no token in the list, nor any on the tape. */
static bool entry_agrees(const struct asking *a, size_t i, const json_t *entry)
{
    instant came;
    struct token token;
    struct bytes mail;
    bool old = a->files->interface < CASE_FILES_SORTED;
    if (!token_parse(object_text(entry, "token"), &token) || (old && a->tokens.count == 0))
        return true;
    unsigned made = case_tokens_find(&a->tokens, &token);
    if (made == a->tokens.count)
        return differs(a, i, "token", entry, "that its test has not made");
    if (time_parse(object_text(entry, "at"), &came) &&
        came < a->head->started + a->tokens.of[made].made - RECEIPT_SOURCE_SLACK)
        return differs(a, i, "at", entry, "that is before its token was made");
    return old || !is_sent_mail(a, entry, &mail) || names_target(mail, a->head) ||
           differs(a, i, "file", entry, "that names another target in the test's own words");
}

bool receipt_source_is_own(struct bytes tape, const struct tape_head *head, const struct addr *peer)
{
    static const struct addr usual[] = {{.family = ADDR_IPV4, .ip = {127, 0, 0, 1}},
                                        {.family = ADDR_IPV6, .ip = {[15] = 1}}};
    struct record r;
    struct addr from;
    bool found = false;
    if (addr_equal_ip(peer, &head->target) || addr_equal_ip(peer, &usual[0]) ||
        addr_equal_ip(peer, &usual[1]))
        return false;
    struct tape_walk walk = tape_walk_begin(tape, RECORD_OPENED);
    while (!found && tape_walk_next(&walk, &r))
        found = addr_parse(r.data, &from) && addr_equal_ip(&from, peer);
    tape_walk_end(&walk);
    return found;
}

static bool is_proof(const struct asking *a, const json_t *entry, struct bytes proof)
{
    enum receipt_kind kind;
    return bytes_equal(object_text(entry, "token"), proof) &&
           receipt_kind_parse(object_text(entry, "kind"), &kind) && judge_is_kind(a->relay, kind);
}

/* A proof of which no receipt came from elsewhere. */
static bool proof_agrees(const struct asking *a, json_t *said)
{
    size_t i;
    struct addr peer;
    const json_t *entry;
    bool any = false;
    struct bytes proof = object_text(said, "proof");
    json_array_foreach(json_object_get(said, "receipts"), i, entry)
    {
        if (proof.n == 0 || !is_proof(a, entry, proof))
            continue;
        if (!addr_parse(object_text(entry, "peer"), &peer) ||
            !receipt_source_is_own(a->files->tape, a->head, &peer))
            return true;
        any = true;
    }
    return !any || case_differs(a->out, 0, "the proof", proof,
                                bytes_of("that came from the prober's own address alone"));
}

bool receipt_source_agrees(json_t *said, const struct case_files *files,
                           const struct tape_head *head, bool relay, struct difference *out)
{
    size_t i;
    const json_t *entry;
    struct asking a = {.files = files, .head = head, .relay = relay, .out = out};
    if (!case_tokens_read(files->tape, &a.tokens, out))
        return false;
    json_array_foreach(json_object_get(said, "receipts"), i, entry)
    {
        if (!entry_agrees(&a, i, entry))
            return false;
    }
    return proof_agrees(&a, said);
}
