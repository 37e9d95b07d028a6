#include "run/case_receipts.h"

#include "run/case_differs.h"
#include "run/judge.h"
#include "run/late_claim.h"
#include "run/receipt_source.h"
#include "tape/object.h"
#include "tape/tape_walk.h"

#include <stdio.h>
#include <stdlib.h>

enum { WHAT = 48 };

/* An entry of `receipts`, read. */
struct listed {
    const json_t *entry;
    struct bytes file;
    struct bytes content;
    struct bytes token; /* empty in old bundles */
    struct bytes kind;
    struct bytes peer;
    struct bytes at;
    struct bytes digest;
    char port[8]; /* empty where it is not known */
    bool on_tape;
    bool hidden; /* lines of its file are */
};

struct agreement {
    const struct receipts_claim *claim;
    struct listed listed[RUN_RECEIPTS];
    unsigned count;
    struct difference *out;
};

/* "receipts[2].peer" */
static const char *what_of(unsigned i, const char *field, char out[WHAT])
{
    snprintf(out, WHAT, "receipts[%u].%s", i, field);
    return out;
}

static bool entry_differs(struct agreement *a, unsigned line, unsigned i, const char *field,
                          struct bytes said, const char *is)
{
    char what[WHAT];
    return case_differs(a->out, line, what_of(i, field, what), said, bytes_of(is));
}

/* ---- the list and the files ---- */

static void read_port(const json_t *entry, char out[8])
{
    json_int_t port = json_integer_value(json_object_get(entry, "port"));
    out[0] = '\0';
    if (port > 0 && port <= UINT16_MAX)
        snprintf(out, 8, "%u", (unsigned)port);
}

static struct listed read_entry(const json_t *entry)
{
    struct listed r = {.entry = entry,
                       .file = object_text(entry, "file"),
                       .token = object_text(entry, "token"),
                       .kind = object_text(entry, "kind"),
                       .peer = object_text(entry, "peer"),
                       .at = object_text(entry, "at"),
                       .digest = object_text(entry, "sha256")};
    read_port(entry, r.port);
    return r;
}

/* Does it stand for what it says, by itself? */
static bool is_sound(struct agreement *a, unsigned i)
{
    struct listed *r = &a->listed[i];
    enum receipt_kind kind;
    struct addr peer;
    instant at;
    if (!receipt_kind_parse(r->kind, &kind))
        return entry_differs(a, 0, i, "kind", r->kind, "that is none");
    if (!addr_parse(r->peer, &peer))
        return entry_differs(a, 0, i, "peer", r->peer, "that is no address");
    return time_parse(r->at, &at) || entry_differs(a, 0, i, "at", r->at, "that is no time");
}

/* Bundles of ajar before the member was known have no token in the list. */
static bool holds_token(struct agreement *a, unsigned i)
{
    struct token token;
    char text[TOKEN_TEXT];
    const struct listed *r = &a->listed[i];
    if (r->token.n == 0)
        return a->claim->files->interface < CASE_FILES_SORTED ||
               entry_differs(a, 0, i, "token", r->token, "that each receipt has");
    return (token_parse(r->token, &token) &&
            case_file_holds(r->content, token_text(&token, text))) ||
           entry_differs(a, 0, i, "token", r->token, "that does not stand in its file");
}

static bool has_file(struct agreement *a, unsigned i)
{
    const struct case_files *files = a->claim->files;
    struct listed *r = &a->listed[i];
    unsigned at = case_files_find(files, r->file);
    if (at == files->receipt_count)
        return entry_differs(a, 0, i, "file", r->file, "that is not in the case");
    for (unsigned before = 0; before < i; before++)
        if (bytes_equal(a->listed[before].file, r->file))
            return entry_differs(a, 0, i, "file", r->file, "that is listed twice");
    r->content = files->receipts[at].content;
    r->hidden = files->receipts[at].hidden;
    if (r->hidden)
        return true;
    return (case_file_is(r->content, r->digest) ||
            entry_differs(a, 0, i, "sha256", r->digest, "that is not its file's")) &&
           holds_token(a, i);
}

static bool are_all_listed(struct agreement *a)
{
    const struct case_files *files = a->claim->files;
    for (unsigned i = 0; i < files->receipt_count; i++) {
        unsigned at = 0;
        while (at < a->count && !bytes_equal(a->listed[at].file, files->receipts[i].name))
            at++;
        if (at == a->count)
            return case_differs(a->out, 0, "receipts", bytes_of("without this file"),
                                files->receipts[i].name);
    }
    return true;
}

static bool read_list(struct agreement *a)
{
    const json_t *list = json_object_get(a->claim->said, "receipts");
    size_t n = json_array_size(list); /* 0 for what is no list */
    if ((list && n == 0) || n > RUN_RECEIPTS)
        return case_differs_text(a->out, 0, "receipts", "that are no list of them", "of the case");
    for (; a->count < n; a->count++) {
        a->listed[a->count] = read_entry(json_array_get(list, a->count));
        if (!has_file(a, a->count) || !is_sound(a, a->count))
            return false;
    }
    return are_all_listed(a);
}

/* ---- the tape's records ---- */

/* What a record says, in the order of tape/record.h. */
enum { KIND, PEER, AT, DIGEST, ANSWER, PORT };

/* What an entry says other than the record of its receipt, or NULL. */
static const char *other_field(const struct listed *r, const struct record *tape,
                               struct bytes *said, struct bytes *is)
{
    const struct {
        const char *name;
        struct bytes said;
        struct bytes is;
    } fields[] = {
        {"token", r->token.n > 0 ? r->token : tape->data, tape->data},
        {"kind", r->kind, tape->more[KIND]},
        {"peer", r->peer, tape->more[PEER]},
        {"at", r->at, tape->more[AT]},
        {"sha256", r->digest, tape->more[DIGEST]},
        {"port", bytes_of(r->port), tape->more[PORT]},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (!bytes_equal(fields[i].said, fields[i].is)) {
            *said = fields[i].said;
            *is = fields[i].is;
            return fields[i].name;
        }
    return NULL;
}

/* The entry that is nearest to being the record's: by the digest of its file, which no other has. */
static unsigned nearest(const struct agreement *a, const struct record *tape)
{
    unsigned i = 0;
    while (i < a->count &&
           (a->listed[i].on_tape || !bytes_equal(a->listed[i].digest, tape->more[DIGEST])))
        i++;
    return i;
}

static bool take_record(struct agreement *a, const struct record *tape, unsigned line)
{
    char what[WHAT];
    struct bytes said;
    struct bytes is;
    for (unsigned i = 0; i < a->count; i++)
        if (!a->listed[i].on_tape && !other_field(&a->listed[i], tape, &said, &is)) {
            a->listed[i].on_tape = true;
            return true;
        }
    unsigned i = nearest(a, tape);
    if (i == a->count)
        return case_differs(a->out, line, "receipts", bytes_of("without that of the tape"),
                            tape->data);
    const char *field = other_field(&a->listed[i], tape, &said, &is);
    return case_differs(a->out, line, what_of(i, field, what), said, is);
}

/* Quotes within strings are escaped on a tape, so that this stands nowhere but in its place. */
static bool is_receipt(struct bytes line)
{
    return bytes_find(line, bytes_of("\"op\":\"receipt\",\"token\":")) != BYTES_NOT_FOUND;
}

static bool take_line(struct agreement *a, struct bytes line, unsigned number, struct buf *hold)
{
    struct fail fail;
    struct record record;
    if (!is_receipt(line))
        return true;
    if (!record_get(line, &record, hold, &fail))
        return case_differs_text(a->out, number, "receipts", "that are read", fail.text);
    return take_record(a, &record, number);
}

/* Tapes that hold no receipt, which are most, are not gone through. */
static bool take_tape(struct agreement *a)
{
    struct bytes rest = a->claim->files->tape;
    bool ok = true;
    if (!is_receipt(rest))
        return true;
    struct buf hold = buf_new(2 * RECORD_LINE_LIMIT);
    for (unsigned number = 1; ok && rest.n > 0; number++) {
        size_t end = bytes_index(rest, '\n', 0);
        size_t n = end == BYTES_NOT_FOUND ? rest.n : end;
        ok = take_line(a, bytes_slice(rest, 0, n), number, &hold);
        rest = bytes_slice(rest, n + 1, rest.n);
    }
    buf_free(&hold);
    return ok;
}

/* ---- what follows from them ---- */

/* In older bundles only what proves is looked at (is_proof): a mail of others may be called `mail` there. */
static bool is_of_its_kind(struct agreement *a, unsigned i)
{
    struct token token;
    char expected[DIFFERENCE_TEXT];
    const struct case_files *files = a->claim->files;
    const struct listed *r = &a->listed[i];
    if (files->interface < CASE_FILES_SORTED || r->hidden || !token_parse(r->token, &token))
        return true;
    const char *flaw = case_file_flaw(r->entry, &token, r->content);
    if (!flaw)
        return true;
    snprintf(expected, sizeof expected, "a receipt of the kind %.*s in %.*s, as case.json says",
             (int)r->kind.n, (const char *)r->kind.p, (int)bytes_slice(r->file, 0, WHAT).n,
             (const char *)r->file.p);
    return case_differs_words(a->out, 0, expected, flaw);
}

static bool are_of_their_kinds(struct agreement *a)
{
    for (unsigned i = 0; i < a->count; i++)
        if (!is_of_its_kind(a, i))
            return false;
    return true;
}

static bool has_exit(const json_t *list, const char *address)
{
    size_t i;
    const json_t *entry;
    json_array_foreach(list, i, entry)
    {
        if (bytes_equal_text(bytes_at(json_string_value(entry), json_string_length(entry)),
                             address))
            return true;
    }
    return false;
}

/* The addresses of the peers, each once, in the order of the receipts. */
static json_t *exits_of(const struct agreement *a)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < a->count; i++) {
        struct addr peer = {0};
        char text[ADDR_TEXT];
        addr_parse(a->listed[i].peer, &peer);
        addr_ip_text(&peer, text);
        if (!has_exit(list, text))
            json_array_append_new(list, json_string(text));
    }
    return list;
}

static void put_list(const json_t *list, char out[DIFFERENCE_TEXT])
{
    char *text = list ? json_dumps(list, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    snprintf(out, DIFFERENCE_TEXT, "%s", text ? text : "");
    free(text);
}

static bool same_exits(struct agreement *a)
{
    char said[DIFFERENCE_TEXT];
    char is[DIFFERENCE_TEXT];
    const json_t *exits = json_object_get(a->claim->said, "exits");
    if (case_hides(a->claim->said, "exits") || (a->count == 0 && !exits))
        return true;
    json_t *list = exits_of(a);
    bool same = a->count > 0 && json_equal(exits, list);
    put_list(exits, said);
    put_list(list, is);
    json_decref(list);
    return same || case_differs_text(a->out, 0, "exits", said, is);
}

/* ---- the proof ---- */

static bool is_its_receipt(const struct listed *r, const struct token *token)
{
    return r->hidden || !case_file_flaw(r->entry, token, r->content);
}

static bool is_proof(const struct agreement *a, const struct listed *r, const struct token *proof)
{
    char token[TOKEN_TEXT];
    enum receipt_kind kind;
    bool is_its = r->token.n == 0 || bytes_equal_text(r->token, token_text(proof, token));
    return is_its && r->on_tape && receipt_kind_parse(r->kind, &kind) &&
           judge_is_kind(a->claim->relay, kind) && is_its_receipt(r, proof);
}

static const char *proof_flaw(const struct agreement *a, struct bytes said)
{
    struct token proof;
    if (!token_parse(said, &proof))
        return "that is no token";
    for (unsigned i = 0; i < a->count; i++)
        if (is_proof(a, &a->listed[i], &proof))
            return NULL;
    return "that no receipt proves: none that the tape records is by its bytes of this token";
}

/* A script comes to `open` by a token that it has seen come back. What of case.json is hidden, proof or receipts, the tape
 * shows. */
static bool is_shown_on_tape(const struct agreement *a)
{
    const struct receipts_claim *c = a->claim;
    struct record r;
    enum receipt_kind kind;
    bool open = bytes_equal_text(object_text(c->said, "verdict"), "open") &&
                bytes_equal_text(c->verdict->data, "open");
    bool found = false;
    if (!open)
        return true;
    struct tape_walk walk = tape_walk_begin(c->files->tape, RECORD_RECEIPT);
    while (!found && tape_walk_next(&walk, &r))
        found = receipt_kind_parse(r.more[KIND], &kind) && judge_is_kind(c->relay, kind);
    tape_walk_end(&walk);
    return found || case_differs_text(a->out, c->line, "the verdict", "open",
                                      "one without a receipt that proves it");
}

static bool same_proof(struct agreement *a)
{
    const struct receipts_claim *c = a->claim;
    bool open = bytes_equal_text(object_text(c->said, "verdict"), "open");
    struct bytes proof = object_text(c->said, "proof");
    if (case_hides(c->said, "verdict"))
        return true;
    if (!open)
        return !json_object_get(c->said, "proof") ||
               case_differs_text(a->out, c->line, "the proof", "of a case that is not open",
                                 "none");
    if (case_hides(c->said, "proof"))
        return is_shown_on_tape(a);
    const char *flaw = bytes_equal_text(c->verdict->data, "open")
                           ? proof_flaw(a, proof)
                           : late_claim_flaw(c->said, c->files, c->relay, c->head);
    return !flaw || case_differs(a->out, c->line, "the proof", proof, bytes_of(flaw));
}

bool case_receipts_agree(const struct receipts_claim *claim, struct difference *out)
{
    struct agreement a = {.claim = claim, .out = out};
    if (case_hides(claim->said, "receipts"))
        return is_shown_on_tape(&a);
    return read_list(&a) && take_tape(&a) && are_of_their_kinds(&a) && same_exits(&a) &&
           same_proof(&a) &&
           receipt_source_agrees(claim->said, claim->files, claim->head, claim->relay, out);
}
