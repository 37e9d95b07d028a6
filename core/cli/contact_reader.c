#include "cli/contact_reader.h"

#include "base/text.h"
#include "contact/guess.h"
#include "contact/rdap.h"
#include "contact/security_txt.h"
#include "contact/whois.h"
#include "net/loop.h"
#include "proto/dns.h"
#include "run/child.h"
#include "run/ipc.h"

#include <stdlib.h>

enum { SECONDS = 10, ANSWER = 64 * 1024 };

struct contact_reader {
    struct child child;
    bool has_child;
    struct buf question;
    struct buf answer;
};

/* The child ---------------------------------------------------------------------------------------- */

/* Of several records the first with an address. */
static bool read_txt(struct bytes message, struct contact_answer *out, struct fail *fail)
{
    struct dns_answer dns;
    bool found = false;
    *out = (struct contact_answer){0};
    if (!dns_answer_get(message, DNS_TXT, &dns, fail))
        return strcmp(fail->code, "ENONAME") == 0 || strcmp(fail->code, "ENODATA") == 0;
    for (size_t i = 0; i < dns.count && !found; i++)
        found = txt_read(dns.records[i].text, out);
    dns_answer_free(&dns);
    return true;
}

static bool read_body(enum contact_reading what, struct bytes body, const struct addr *about,
                      instant now, struct contact_answer *out, struct fail *fail)
{
    switch (what) {
    case READING_RDAP:
        return rdap_read(body, about, out, fail);
    case READING_WHOIS:
        return whois_read(body, about, out, fail);
    case READING_TXT:
        return read_txt(body, out, fail);
    case READING_SECURITY_TXT:
        return security_txt_read(body, now, out, fail);
    }
    return fail_set(fail, "EFORMAT", "no such question");
}

static bool answer_one(struct bytes question, int out)
{
    struct buf json = buf_new(ANSWER);
    struct buf frame = buf_new(ANSWER + 64);
    struct contact_answer answer;
    struct fail fail = {0};
    enum ipc_type type;
    struct ipc_reader r = ipc_read(question, &type);
    unsigned what = ipc_u8(&r);
    instant now = (instant)ipc_u64(&r);
    struct addr about = ipc_addr(&r);
    struct bytes body = ipc_bytes(&r);
    bool ok = read_body((enum contact_reading)what, body, &about, now, &answer, &fail);
    ipc_begin(&frame, IPC_DONE);
    ipc_put_u8(&frame, ok);
    if (ok) {
        buf_put_byte(&json, '{');
        answer_put(&json, &answer);
        buf_put_byte(&json, '}');
        ipc_put_bytes(&frame, buf_view(&json));
    } else {
        ipc_put_fail(&frame, &fail);
    }
    bool sent = child_send(out, buf_view(&frame));
    buf_free(&json);
    buf_free(&frame);
    return sent;
}

static void read_answers(const void *arg, int in, int out)
{
    struct buf question = buf_new(CHILD_FRAME);
    (void)arg;
    while (child_receive(in, &question) && answer_one(buf_view(&question), out))
        ;
    buf_free(&question);
}

/* Its parent --------------------------------------------------------------------------------------- */

bool contact_reader_take(struct bytes frame, struct contact_answer *out, struct fail *fail)
{
    enum ipc_type type;
    struct ipc_reader r = ipc_read(frame, &type);
    bool ok = ipc_u8(&r) == 1;
    struct bytes json = ok ? ipc_bytes(&r) : bytes_at(NULL, 0);
    struct fail told = {0};
    if (!ok)
        told = ipc_fail(&r);
    *out = (struct contact_answer){0};
    if (type != IPC_DONE || !ipc_end(&r))
        return fail_set(fail, "EPROTO", "the process that reads answers gave a broken one");
    if (ok)
        return answer_get(json, out, fail);
    text_make_printable(told.text);
    return fail_set(fail, told.code ? told.code : "EOTHER", "%s", told.text);
}

static void end_child(struct contact_reader *r)
{
    if (r->has_child)
        child_end(&r->child);
    r->has_child = false;
}

static bool begin_child(struct contact_reader *r, struct fail *fail)
{
    r->has_child = r->has_child || child_start(&r->child, read_answers, NULL, fail);
    return r->has_child;
}

struct contact_reader *contact_reader_new(struct fail *fail)
{
    struct contact_reader *r = calloc(1, sizeof *r);
    if (!r) {
        fail_set(fail, "ENOMEM", "out of memory");
        return NULL;
    }
    r->question = buf_new(CHILD_FRAME);
    r->answer = buf_new(CHILD_FRAME);
    if (begin_child(r, fail))
        return r;
    contact_reader_free(r);
    return NULL;
}

void contact_reader_free(struct contact_reader *r)
{
    if (!r)
        return;
    end_child(r);
    buf_free(&r->question);
    buf_free(&r->answer);
    free(r);
}

bool contact_reader_ask(struct contact_reader *r, enum contact_reading what, struct bytes body,
                        const struct addr *about, struct contact_answer *out, struct fail *fail)
{
    *out = (struct contact_answer){0};
    if (!begin_child(r, fail))
        return false;
    buf_clear(&r->question);
    buf_clear(&r->answer);
    ipc_begin(&r->question, IPC_JOB);
    ipc_put_u8(&r->question, (uint8_t)what);
    ipc_put_u64(&r->question, (uint64_t)loop_now());
    ipc_put_addr(&r->question, about);
    ipc_put_bytes(&r->question, body);
    if (!child_ask(&r->child, buf_view(&r->question), &r->answer, SECONDS, fail)) {
        end_child(r);
        return fail_set(fail, fail->code, "%s",
                        strcmp(fail->code, "ETIMEDOUT") == 0
                            ? "its answer could not be read in 10 seconds"
                            : "the process that reads answers died of its answer");
    }
    return contact_reader_take(buf_view(&r->answer), out, fail);
}
