#include "run/postman.h"

#include "net/dial.h"
#include "run/child.h"
#include "run/postman_process.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Replies to the longest step of each kind: the connection, the handshake, EHLO twice, STARTTLS, AUTH in three; an
 * envelope in turn and RSET. */
enum { REPLIES_OPEN = 9, REPLIES_OFFER = 5, REPLIES_END = 2, SECONDS_MORE = 15 };

struct postman {
    struct child child;
    unsigned seconds;
    struct postman_answer last;
    bool is_lost; /* the process gives no answers any more */
    struct buf question, answer;
};

/* Not what a process in that state could say: it is not believed. */
static bool hear(struct postman *p, unsigned replies, struct fail *fail)
{
    int seconds = (int)(replies * p->seconds + SECONDS_MORE);
    if (!child_hear(&p->child, &p->answer, seconds, fail))
        return fail_set(fail, "EWORKER",
                        "the process that talks with the smarthost gave no answer");
    return postman_answer_get(buf_view(&p->answer), &p->last) ||
           fail_set(fail, "EWORKER",
                    "the process that talks with the smarthost gave a broken answer");
}

static bool ask(struct postman *p, unsigned replies, struct fail *fail)
{
    return child_tell(&p->child, buf_view(&p->question), SECONDS_MORE, fail)
               ? hear(p, replies, fail)
               : fail_set(fail, "EWORKER",
                          "the process that talks with the smarthost takes no letter");
}

static bool open_with(struct postman *p, const struct postman_order *order, const struct addr *at,
                      struct fail *fail)
{
    struct postman_process process = {.order = *order};
    int fd = dial_start(at, fail);
    struct child_gift gift = {.prepare = postman_process_prepare, .socket = fd};
    if (fd < 0)
        return false;
    bool ok = child_start_with(&p->child, postman_process_work, &process, &gift, fail);
    close(fd);
    if (!ok)
        return false;
    postman_question_put(&p->question, POSTMAN_OPEN, NULL);
    ok = ask(p, REPLIES_OPEN, fail);
    if (ok && p->last.state != SUBMIT_READY) {
        *fail = p->last.fail;
        ok = false;
    }
    if (!ok)
        child_end(&p->child);
    return ok;
}

bool postman_check(const struct postman_order *order, struct fail *fail)
{
    struct postman_process process = {.order = *order, .only_checks = true};
    struct child_gift gift = {.prepare = postman_process_prepare, .socket = -1};
    struct postman p = {.question = buf_new(CHILD_FRAME), .answer = buf_new(CHILD_FRAME)};
    bool ok = child_start_with(&p.child, postman_process_work, &process, &gift, fail);
    if (ok) {
        postman_question_put(&p.question, POSTMAN_OPEN, NULL);
        ok = ask(&p, 0, fail);
        child_end(&p.child);
    }
    if (ok && p.last.state != SUBMIT_READY) {
        *fail = p.last.fail;
        ok = false;
    }
    buf_free(&p.question);
    buf_free(&p.answer);
    return ok;
}

struct postman *postman_open(const struct postman_order *order, const struct addr *at,
                             struct fail *fail)
{
    struct postman *p = calloc(1, sizeof *p);
    if (!p) {
        fail_set(fail, "ENOMEM", "no memory for a connection");
        return NULL;
    }
    *p = (struct postman){.seconds = order->seconds,
                          .question = buf_new(CHILD_FRAME),
                          .answer = buf_new(CHILD_FRAME)};
    if (open_with(p, order, at, fail))
        return p;
    buf_free(&p->question);
    buf_free(&p->answer);
    free(p);
    return NULL;
}

void postman_close(struct postman *p)
{
    struct fail ignored;
    if (!p)
        return;
    if (p->last.state == SUBMIT_READY) {
        postman_question_put(&p->question, POSTMAN_QUIT, NULL);
        ask(p, 0, &ignored);
    }
    child_end(&p->child);
    buf_free(&p->question);
    buf_free(&p->answer);
    free(p);
}

const char *postman_tls(const struct postman *p)
{
    return p->last.tls;
}

bool postman_serves(const struct postman *p, struct fail *why)
{
    if (p->last.state == SUBMIT_READY)
        return true;
    *why = p->last.fail;
    return false;
}

/* The process is gone, or mad: what is known of the letter is what stood written before. */
static void lose(struct postman *p, enum submit_result result, const struct fail *why,
                 struct submit_outcome *outcome)
{
    p->is_lost = true;
    p->last.state = SUBMIT_OVER;
    p->last.fail = *why;
    *outcome = (struct submit_outcome){.result = result};
    snprintf(outcome->said, sizeof outcome->said, "%s", why->text);
}

/* What the process says of a letter's envelope. */
static bool take_offer(struct postman *p, struct submit_outcome *outcome)
{
    struct fail fail;
    if (p->last.state == SUBMIT_HELD)
        return true;
    *outcome = p->last.outcome;
    if (outcome->result == SUBMIT_ACCEPTED || outcome->result == SUBMIT_UNKNOWN) {
        fail_set(&fail, "EWORKER", "the process that talks with the smarthost said what can't be");
        lose(p, SUBMIT_LATER, &fail, outcome);
    }
    return false;
}

bool postman_offer(struct postman *p, const struct submit_letter *letter,
                   struct submit_outcome *outcome)
{
    struct fail fail;
    postman_question_put(&p->question, POSTMAN_LETTER, letter);
    if (p->question.overflow)
        *outcome = (struct submit_outcome){SUBMIT_REFUSED, 0, "the letter is too large"};
    else if (!ask(p, REPLIES_OFFER, &fail))
        lose(p, SUBMIT_LATER, &fail, outcome);
    else
        return take_offer(p, outcome);
    return false;
}

void postman_release(struct postman *p, const struct submit_letter *next,
                     struct submit_outcome *outcome)
{
    struct fail fail;
    postman_question_put(&p->question, next ? POSTMAN_NEXT : POSTMAN_RELEASE, next);
    if (!ask(p, REPLIES_END, &fail))
        lose(p, SUBMIT_UNKNOWN, &fail, outcome);
    else
        *outcome = p->last.outcome;
    if (outcome->result == SUBMIT_NONE || outcome->result == SUBMIT_BARRED) {
        fail_set(&fail, "EWORKER", "the process that talks with the smarthost said what can't be");
        lose(p, SUBMIT_UNKNOWN, &fail, outcome);
    }
}

bool postman_offered(struct postman *p, struct submit_outcome *outcome)
{
    struct fail fail;
    if (p->is_lost)
        *outcome = (struct submit_outcome){.result = SUBMIT_NONE};
    else if (!hear(p, REPLIES_OFFER, &fail))
        lose(p, SUBMIT_LATER, &fail, outcome);
    else
        return take_offer(p, outcome);
    return false;
}
