#include "cli/notify_case.h"

#include "proto/receipt.h"
#include "tape/object.h"
#include "tape/steps.h"
#include "tape/tape_reader.h"

#include <stdio.h>

enum { NAMES = 4096, NAME = 1024 };

/* "proxy/http-get" and its kin are about HTTP, "proxy/socks5" about SOCKS, all else of that kind too, unless it is seen to speak
 * HTTP (take_said). */
static enum finding_kind kind_of(struct bytes probe)
{
    static const char *const http[] = {"proxy/http", "proxy/h2", "proxy/web",
                                       "proxy/local-service"};
    if (bytes_starts_nocase(probe, "relay/"))
        return FINDING_RELAY;
    for (size_t i = 0; i < sizeof http / sizeof http[0]; i++)
        if (bytes_starts_nocase(probe, http[i]))
            return FINDING_HTTP;
    return FINDING_SOCKS;
}

/* A receipt as it is told: who brought which token, and when. */
struct told {
    struct bytes token;
    struct bytes peer;
    struct bytes at;
};

/* That of the token that is the proof, or the first. */
static void take_receipt(struct notify_case *n, const struct told *r)
{
    struct finding *f = &n->finding;
    struct bytes proof = object_text(n->json, "proof");
    if (f->token.n > 0 && !bytes_equal(r->token, proof))
        return;
    if (!addr_parse(r->peer, &f->peer) || !time_parse(r->at, &f->returned))
        return;
    struct buf *names = &n->names;
    f->token = bytes_at(names->p + names->n, r->token.n);
    if (r->token.n > NAME || !buf_put(names, r->token))
        f->token = bytes_at(NULL, 0);
}

/* A token that came when its probe was over is not on the tape: case.json tells its receipt. */
static void take_late_receipt(struct notify_case *n)
{
    size_t i = 0;
    json_t *receipt = NULL;
    struct bytes proof = object_text(n->json, "proof");
    if (proof.n == 0 || bytes_equal(n->finding.token, proof))
        return;
    json_array_foreach(json_object_get(n->json, "receipts"), i, receipt)
    {
        struct told told = {object_text(receipt, "token"), object_text(receipt, "peer"),
                            object_text(receipt, "at")};
        if (bytes_equal(told.token, proof))
            take_receipt(n, &told);
    }
}

static bool take_records(struct notify_case *n, struct tape_reader *reader, struct fail *fail)
{
    struct record record;
    enum tape_step step;
    while ((step = tape_reader_next(reader, &record, fail)) == TAPE_RECORD) {
        enum receipt_kind kind;
        decisive_take(&n->decisive, &record, reader->line);
        if (record.op != RECORD_RECEIPT || /* field order: tape/record.c */
            !receipt_kind_parse(record.more[0], &kind) || !receipt_kind_is_return(kind))
            continue;
        take_receipt(n, &(struct told){record.data, record.more[1], record.more[2]});
        if (kind == RECEIPT_DATAGRAM)
            n->finding.mail = false; /* no mail goes by datagrams, whatever the port */
    }
    return step == TAPE_END;
}

static void take_head(struct notify_case *n, const struct tape_head *head)
{
    struct finding *f = &n->finding;
    f->target = head->target;
    f->started = head->started;
    f->kind = kind_of(head->probe);
    f->probe = bytes_at(n->names.p + n->names.n, head->probe.n);
    if (head->probe.n > NAME || !buf_put(&n->names, head->probe))
        f->probe = bytes_at(NULL, 0);
    f->host = bytes_at(n->names.p + n->names.n, head->name.n);
    if (head->name.n > NAME || !buf_put(&n->names, head->name))
        f->host = bytes_at(NULL, 0);
}

/* What the steps found. Names that are none, in a case of somebody else's, are passed over. */
static void take_causes(struct notify_case *n)
{
    size_t i = 0;
    json_t *step = NULL;
    struct finding *f = &n->finding;
    f->causes = n->causes;
    json_array_foreach(json_object_get(n->json, "steps"), i, step)
    {
        struct finding_cause found = {object_text(step, "form"), object_text(step, "cause")};
        if (step_name_is(found.form) && step_name_is(found.cause) && f->cause_count < FACTS_CAUSES)
            n->causes[f->cause_count++] = found;
    }
}

/* Of a relay, the mail by which it is proven. */
static void take_mail(struct notify_case *n, const struct bundle_case *c)
{
    size_t i = 0;
    json_t *receipt = NULL;
    struct bytes proof = object_text(n->json, "proof");
    struct finding *f = &n->finding;
    if (f->kind != FINDING_RELAY || proof.n == 0)
        return;
    json_array_foreach(json_object_get(n->json, "receipts"), i, receipt)
    {
        struct bytes file = object_text(receipt, "file");
        for (unsigned r = 0; f->mail_back.n == 0 && r < c->receipt_count; r++)
            if (bytes_equal(object_text(receipt, "token"), proof) &&
                bytes_equal_text(object_text(receipt, "kind"), "mail") &&
                bytes_equal_text(file, c->receipts[r].file))
                f->mail_back = c->receipts[r].content;
    }
}

/* "25, 443"; what is no list of ports, in a case of somebody else's, is passed over. */
static struct bytes port_list(const json_t *list, char out[64], bool *has_25)
{
    size_t i = 0, n = 0;
    const json_t *port = NULL;
    json_array_foreach(list, i, port)
    {
        json_int_t number = json_integer_value(port);
        if (number < 1 || number > 65535 || i == WAYS_PORTS)
            return bytes_at(NULL, 0);
        *has_25 |= number == 25;
        n += (size_t)snprintf(out + n, 64 - n, "%s%d", i == 0 ? "" : ", ", (int)number);
    }
    return bytes_at(out, n);
}

/* To which of our ports a proxy leads; where we had one, it is that. */
static void take_ports(struct notify_case *n, const struct tape_head *head)
{
    struct finding *f = &n->finding;
    const json_t *ports = json_object_get(n->json, "ports");
    bool missed_25 = false;
    if (f->kind == FINDING_RELAY || !f->open)
        return;
    f->mail = !ports && head->sink.port == 25;
    f->reached = port_list(json_object_get(ports, "reached"), n->reached, &f->mail);
    f->missed = port_list(json_object_get(ports, "missed"), n->missed, &missed_25);
}

/* A probe of somebody else's may be called anything. */
static void take_said(struct notify_case *n, const struct tape_head *head)
{
    bool socks = bytes_starts_nocase(head->probe, "proxy/socks");
    if (n->finding.kind == FINDING_SOCKS && !socks &&
        bytes_starts_nocase(n->dialogue.said, "HTTP/"))
        n->finding.kind = FINDING_HTTP;
}

static bool read_tape(struct notify_case *n, struct bytes tape, struct fail *fail)
{
    struct tape_reader reader;
    struct tape_head head;
    bool ok = tape_reader_open(&reader, tape, &head, fail);
    if (ok) {
        take_head(n, &head);
        take_ports(n, &head);
        decisive_begin(&n->decisive, json_object_get(n->json, "steps"),
                       object_text(n->json, "proof"), n->finding.kind == FINDING_RELAY);
        ok = take_records(n, &reader, fail);
        decisive_choose(&n->decisive);
    }
    ok = ok && dialogue_read(&n->dialogue, tape, n->finding.token, &n->decisive, fail);
    if (ok)
        take_said(n, &head);
    tape_reader_close(&reader);
    return ok;
}

static bool read_all(struct notify_case *n, const struct bundle_case *c, bool all_clear,
                     struct fail *fail)
{
    n->json = object_load(c->case_json);
    if (!n->json)
        return fail_set(fail, "EFORMAT", "case.json is no JSON object");
    struct bytes verdict = object_text(n->json, "verdict");
    n->proven = bytes_equal_text(verdict, "open");
    n->suspect = bytes_equal_text(verdict, "suspect");
    n->closed = bytes_equal_text(verdict, "closed");
    if (all_clear ? !n->closed : !n->proven && !n->suspect)
        return verdict.n > 0 || fail_set(fail, "EFORMAT", "case.json names no verdict");
    if (c->hidden > 0)
        return fail_set(fail, "EHIDDEN",
                        "parts of it were redacted: no letter is made of what can't be seen whole");
    n->names = buf_new(NAMES);
    if (!buf_reserve(&n->names, NAMES)) /* at once, so that views of it stay */
        return fail_set(fail, "ENOMEM", "no memory for a case");
    n->finding = (struct finding){.case_id = bytes_of(c->id),
                                  .open = n->proven,
                                  .closed = n->closed,
                                  .source = object_text(n->json, "source")};
    take_causes(n);
    if (!read_tape(n, c->tape, fail))
        return false;
    take_late_receipt(n);
    take_mail(n, c);
    n->finding.lines = n->dialogue.lines;
    n->finding.line_count = n->dialogue.count;
    n->finding.lines_before = n->dialogue.before;
    n->finding.said = n->dialogue.said;
    n->finding.from = n->dialogue.from;
    return true;
}

bool notify_case_read(struct notify_case *out, const struct bundle_case *c, bool all_clear,
                      struct fail *fail)
{
    *out = (struct notify_case){0};
    if (read_all(out, c, all_clear, fail))
        return true;
    fail_prefix(fail, "case %s", c->id);
    notify_case_free(out);
    return false;
}

void notify_case_free(struct notify_case *n)
{
    json_decref(n->json);
    dialogue_free(&n->dialogue);
    buf_free(&n->names);
}
