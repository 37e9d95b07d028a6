#include "run/mail_reader.h"

#include "run/child.h"

#include <stdlib.h>

/* A mail of a MiB is read within milliseconds. */
enum { SECONDS = 10, PROCESSOR_SECONDS = 2 };

struct mail_reader {
    struct child child;
    bool has_child;
    struct buf answer;
};

static void prepare(void *arg)
{
    (void)arg;
    incoming_begin();
}

static void work(void *arg, int in, int out)
{
    struct buf mail = buf_new(CHILD_FRAME);
    struct buf answer = buf_new(INCOMING_ANSWER);
    (void)arg;
    while (child_receive(in, &mail)) {
        buf_clear(&answer);
        incoming_read(buf_view(&mail), &answer);
        if (!child_send(out, buf_view(&answer)))
            return;
    }
}

struct mail_reader *mail_reader_new(struct fail *fail)
{
    struct mail_reader *r = calloc(1, sizeof *r);
    if (!r) {
        fail_set(fail, "ENOMEM", "no memory for a process that reads mails");
        return NULL;
    }
    r->answer = buf_new(CHILD_FRAME);
    return r;
}

static void end(struct mail_reader *r)
{
    if (r->has_child)
        child_end(&r->child);
    r->has_child = false;
}

void mail_reader_free(struct mail_reader *r)
{
    if (!r)
        return;
    end(r);
    buf_free(&r->answer);
    free(r);
}

static bool begin(struct mail_reader *r, struct fail *fail)
{
    static const struct child_gift gift = {.prepare = prepare, .socket = -1, .reads = true};
    if (r->has_child)
        return true;
    r->has_child = child_start_with(&r->child, work, NULL, &gift, fail);
    r->child.processor = PROCESSOR_SECONDS * SPAN_SECOND;
    return r->has_child;
}

bool mail_reader_read(struct mail_reader *r, struct bytes mail, struct incoming *out,
                      struct fail *fail)
{
    if (!begin(r, fail))
        return false;
    buf_clear(&r->answer);
    if (!child_ask(&r->child, mail, &r->answer, SECONDS, fail)) {
        bool late = strcmp(fail->code, "ETIMEDOUT") == 0;
        end(r);
        return fail_set(fail, late ? "ETIMEDOUT" : "EWORKER",
                        late ? "it takes too long to read" : "the process that read it died of it");
    }
    if (incoming_get(buf_view(&r->answer), out, fail))
        return true;
    end(r);
    return false;
}

bool mail_reader_goes_on(const struct fail *fail)
{
    return strcmp(fail->code, "ETIMEDOUT") == 0 || strcmp(fail->code, "EWORKER") == 0 ||
           strcmp(fail->code, "EFORMAT") == 0;
}
