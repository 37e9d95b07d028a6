#include "run/composing.h"

#include "base/text.h"
#include "run/child.h"
#include "run/ipc.h"

#include <stdlib.h>
#include <string.h>

/* What an answer begins with. */
enum outcome { GIVEN = 1, FAILED, FAILED_SYNTAX, FAILED_USAGE };

static const char *const codes[] = {
    [FAILED] = "ESCRIPT", [FAILED_SYNTAX] = "ESYNTAX", [FAILED_USAGE] = "EUSAGE"};

/* A letter is worded in a few milliseconds; its budget ends it within a second. */
enum { SECONDS = 10, QUESTION = 1024 * 1024 };

struct composing {
    struct composing_order order;
    json_t *profile;
    struct child child;
    bool has_child;
    struct buf answer;
};

/* The child ---------------------------------------------------------------------------------------- */

static enum outcome outcome_of(const struct fail *fail)
{
    for (unsigned i = FAILED; i <= FAILED_USAGE; i++)
        if (fail->code && strcmp(fail->code, codes[i]) == 0)
            return (enum outcome)i;
    return FAILED;
}

/* Frees the value. */
static bool answer_with(int out, json_t *value, const struct fail *fail)
{
    struct fail over = *fail;
    struct buf answer = buf_new(COMPOSING_ANSWER + 64);
    char *text = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    struct bytes bytes = bytes_of(text ? text : "");
    if (value && (!text || bytes.n > COMPOSING_ANSWER)) {
        fail_set(&over, "ELIMIT", "the wording gives over %d bytes for one letter",
                 COMPOSING_ANSWER);
        bytes = bytes_at(NULL, 0);
    }
    ipc_begin(&answer, IPC_DONE);
    ipc_put_u8(&answer, (uint8_t)(bytes.n > 0 ? GIVEN : outcome_of(&over)));
    if (bytes.n > 0)
        ipc_put_bytes(&answer, bytes);
    else
        ipc_put_fail(&answer, &over);
    bool sent = child_send(out, buf_view(&answer));
    buf_free(&answer);
    free(text);
    json_decref(value);
    return sent;
}

static void tell_profile(const void *arg, int in, int out)
{
    const struct composing_order *order = arg;
    struct fail fail = {0};
    struct buf question = buf_new(QUESTION);
    if (child_receive(in, &question))
        answer_with(out, compose_profile(order->profile, order->profile_name, &fail), &fail);
}

static void tell_faults(const void *arg, int in, int out)
{
    struct fail fail = {0};
    struct buf question = buf_new(QUESTION);
    if (child_receive(in, &question))
        answer_with(out, compose_faults(arg, &fail), &fail);
}

static void tell_texts(const void *arg, int in, int out)
{
    struct fail fail = {0};
    struct buf question = buf_new(QUESTION);
    if (child_receive(in, &question))
        answer_with(out, compose_texts(arg, &fail), &fail);
}

/* Facts in, words out. The first question has no facts: can the letters be loaded? */
static void word_letters(const void *arg, int in, int out)
{
    const struct composing *c = arg;
    const struct compose_ground ground = {.profile = c->profile,
                                          .letters = c->order.letters,
                                          .letter_count = c->order.letter_count,
                                          .language = c->order.language,
                                          .tone = c->order.tone};
    struct fail fail = {0};
    struct buf question = buf_new(QUESTION);
    struct compose *compose = compose_new(&ground, &fail);
    if (!child_receive(in, &question) || !answer_with(out, compose ? json_true() : NULL, &fail))
        return;
    while (compose && child_receive(in, &question)) {
        json_t *facts = json_loadb((const char *)question.p, question.n, 0, NULL);
        json_t *words = facts ? compose_letter(compose, facts, &fail) : NULL;
        json_decref(facts);
        if (!answer_with(out, words, &fail))
            return;
    }
}

/* Its parent --------------------------------------------------------------------------------------- */

/* The sentence of a process that may have been taken over. */
static void read_fail(struct ipc_reader *r, unsigned outcome, struct fail *out)
{
    *out = ipc_fail(r);
    text_make_printable(out->text);
    out->code = codes[outcome];
}

json_t *composing_read(struct bytes answer, struct fail *fail)
{
    enum ipc_type type;
    struct fail told = {0};
    struct bytes text = bytes_at(NULL, 0);
    struct ipc_reader r = ipc_read(answer, &type);
    unsigned outcome = ipc_u8(&r);
    bool known = type == IPC_DONE && outcome >= GIVEN && outcome <= FAILED_USAGE;
    if (known && outcome == GIVEN)
        text = ipc_bytes(&r);
    else if (known)
        read_fail(&r, outcome, &told);
    bool whole = known && ipc_end(&r);
    if (whole && outcome != GIVEN) {
        *fail = told;
        return NULL;
    }
    json_t *value = NULL;
    if (whole && text.n <= COMPOSING_ANSWER)
        value = json_loadb((const char *)text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
                           NULL);
    if (!value)
        fail_set(fail, "EPROTO", "the process that words the letters gave a broken answer");
    return value;
}

static void end_child(struct composing *c)
{
    if (c->has_child)
        child_end(&c->child);
    c->has_child = false;
}

/* The answer to one question; NULL where there is none, and then the child may be gone. */
static json_t *ask(struct child *child, struct bytes question, struct buf *answer,
                   struct fail *fail)
{
    buf_clear(answer);
    return child_ask(child, question, answer, SECONDS, fail)
               ? composing_read(buf_view(answer), fail)
               : NULL;
}

/* A process for one question. */
static json_t *ask_once(child_work work, const void *arg, struct fail *fail)
{
    struct child child;
    if (!child_start(&child, work, arg, fail))
        return NULL;
    struct buf answer = buf_new(CHILD_FRAME);
    json_t *value = ask(&child, bytes_of("?"), &answer, fail);
    child_end(&child);
    buf_free(&answer);
    return value;
}

static bool begin_child(struct composing *c, struct fail *fail)
{
    if (c->has_child)
        return true;
    if (!child_start(&c->child, word_letters, c, fail))
        return false;
    c->has_child = true;
    json_t *ready = ask(&c->child, bytes_of("?"), &c->answer, fail);
    json_decref(ready);
    if (!ready)
        end_child(c);
    return ready != NULL;
}

struct composing *composing_new(const struct composing_order *order, struct fail *fail)
{
    struct composing *c = calloc(1, sizeof *c);
    if (!c) {
        fail_set(fail, "ENOMEM", "no memory for letters");
        return NULL;
    }
    *c = (struct composing){.order = *order, .answer = buf_new(CHILD_FRAME)};
    c->profile = ask_once(tell_profile, &c->order, fail);
    if (c->profile && begin_child(c, fail))
        return c;
    composing_free(c);
    return NULL;
}

void composing_free(struct composing *c)
{
    if (!c)
        return;
    end_child(c);
    json_decref(c->profile);
    buf_free(&c->answer);
    free(c);
}

json_t *composing_profile(const struct composing *c)
{
    return c->profile;
}

json_t *composing_words(struct composing *c, const json_t *facts, struct fail *fail)
{
    char *text = json_dumps(facts, JSON_COMPACT);
    if (!text) {
        fail_set(fail, "ENOMEM", "no memory for the facts of a letter");
        return NULL;
    }
    json_t *words = NULL;
    if (begin_child(c, fail)) {
        words = ask(&c->child, bytes_of(text), &c->answer, fail);
        if (!words && strcmp(fail->code, "ESCRIPT") != 0)
            end_child(c); /* whatever state it is in */
    }
    free(text);
    return words;
}

json_t *composing_faults(const struct wording *letters, size_t n, struct fail *fail)
{
    const struct compose_ground ground = {.letters = letters, .letter_count = n};
    return ask_once(tell_faults, &ground, fail);
}

json_t *composing_texts(const struct wording *letters, size_t n, struct fail *fail)
{
    const struct compose_ground ground = {.letters = letters, .letter_count = n};
    return ask_once(tell_texts, &ground, fail);
}
