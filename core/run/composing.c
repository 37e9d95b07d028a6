#include "run/composing.h"

#include "base/json.h"
#include "base/text.h"
#include "run/child.h"
#include "run/ipc.h"
#include "script/words.h"
#include "tape/json_read.h"
#include "tape/json_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an answer begins with. */
enum outcome { GIVEN = 1, FAILED, FAILED_SYNTAX, FAILED_USAGE };

static const char *const codes[] = {
    [FAILED] = "ESCRIPT", [FAILED_SYNTAX] = "ESYNTAX", [FAILED_USAGE] = "EUSAGE"};

/* A letter is worded in a few milliseconds; its budget ends it within a second. */
enum { SECONDS = 10, QUESTION = 1024 };

struct composing {
    struct composing_order order;
    json_t *profile;
    char fell_back[COMPOSE_TAG];
    struct child child;
    bool has_child;
    bool told; /* it has been asked for all that is still to come */
    struct buf question;
    struct buf answer;
    struct words_kept *kept;
    json_t *const *facts; /* of the letters that are asked for, lent */
    size_t count;
    size_t heard; /* so many answers to them have come */
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

static bool send_words(int out, bool given, struct bytes row, const struct fail *fail,
                       struct buf *answer)
{
    ipc_begin(answer, IPC_DONE);
    ipc_put_u8(answer, (uint8_t)(given ? GIVEN : outcome_of(fail)));
    if (given)
        ipc_put_bytes(answer, row);
    else
        ipc_put_fail(answer, fail);
    return child_send(out, buf_view(answer));
}

static bool word_one(struct compose *compose, struct bytes text, int out, struct buf *row,
                     struct buf *answer)
{
    struct fail fail = {0};
    json_error_t error;
    json_t *facts = json_read(text, &error);
    buf_clear(row);
    bool given = facts && compose_write(compose, facts, row, &fail);
    json_decref(facts);
    return send_words(out, given, buf_view(row), &fail, answer);
}

/* Facts of several letters in, the words of each out, one after the other. The first question has no facts: can the letters be
 * loaded? */
static void word_letters(const void *arg, int in, int out)
{
    const struct composing *c = arg;
    const struct compose_ground ground = {.profile = c->profile,
                                          .letters = c->order.letters,
                                          .letter_count = c->order.letter_count,
                                          .language = c->order.language,
                                          .tone = c->order.tone};
    struct fail fail = {0};
    struct buf question = buf_new(CHILD_FRAME);
    struct buf row = buf_new(COMPOSING_ANSWER);
    struct buf answer = buf_new(CHILD_FRAME);
    struct compose *compose = compose_new(&ground, &fail);
    json_t *ready = compose ? json_string(compose_fell_back(compose)) : NULL;
    if (!child_receive(in, &question) || !answer_with(out, ready, &fail))
        return;
    while (compose && child_receive(in, &question)) {
        enum ipc_type type;
        struct ipc_reader r = ipc_read(buf_view(&question), &type);
        while (r.rest.n > 0 && !r.bad)
            if (!word_one(compose, ipc_bytes(&r), out, &row, &answer))
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

static void *broken(struct fail *fail)
{
    fail_set(fail, "EPROTO", "the process that words the letters gave a broken answer");
    return NULL;
}

/* What an answer gives; false: its fail, or that it is broken. */
static bool read_given(struct bytes answer, struct bytes *given, struct fail *fail)
{
    enum ipc_type type;
    struct fail told = {0};
    struct ipc_reader r = ipc_read(answer, &type);
    unsigned outcome = ipc_u8(&r);
    bool known = type == IPC_DONE && outcome >= GIVEN && outcome <= FAILED_USAGE;
    if (known && outcome == GIVEN)
        *given = ipc_bytes(&r);
    else if (known)
        read_fail(&r, outcome, &told);
    bool whole = known && ipc_end(&r);
    if (whole && outcome != GIVEN)
        *fail = told;
    else if (!whole || given->n > COMPOSING_ANSWER)
        broken(fail);
    else
        return true;
    return false;
}

json_t *composing_read(struct bytes answer, struct fail *fail)
{
    struct bytes text = bytes_at(NULL, 0);
    if (!read_given(answer, &text, fail))
        return NULL;
    json_t *value =
        json_loadb((const char *)text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    return value ? value : broken(fail);
}

json_t *composing_read_words(struct bytes answer, struct words_kept *kept, struct fail *fail)
{
    struct bytes row = bytes_at(NULL, 0);
    if (!read_given(answer, &row, fail))
        return NULL;
    json_t *words = words_read(row, kept);
    return words ? words : broken(fail);
}

static void end_child(struct composing *c)
{
    if (c->has_child)
        child_end(&c->child);
    c->has_child = false;
    c->told = false;
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

/* A tag; what is none, from a process that may have been taken over, is passed over. */
static void take_fallback(struct composing *c, const char *tag)
{
    static const char fit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
    bool is_tag = tag && strlen(tag) < COMPOSE_TAG && tag[strspn(tag, fit)] == '\0';
    snprintf(c->fell_back, sizeof c->fell_back, "%s", is_tag ? tag : "");
}

static bool begin_child(struct composing *c, struct fail *fail)
{
    if (c->has_child)
        return true;
    if (!child_start(&c->child, word_letters, c, fail))
        return false;
    c->has_child = true;
    json_t *ready = ask(&c->child, bytes_of("?"), &c->answer, fail);
    take_fallback(c, json_string_value(ready));
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
    *c = (struct composing){.order = *order,
                            .question = buf_new(CHILD_FRAME),
                            .answer = buf_new(CHILD_FRAME),
                            .kept = words_kept_new()};
    c->profile = ask_once(tell_profile, &c->order, fail);
    if (c->profile && c->kept && begin_child(c, fail))
        return c;
    if (c->profile && !c->kept)
        fail_set(fail, "ENOMEM", "no memory for letters");
    composing_free(c);
    return NULL;
}

void composing_free(struct composing *c)
{
    if (!c)
        return;
    end_child(c);
    json_decref(c->profile);
    words_kept_free(c->kept);
    buf_free(&c->question);
    buf_free(&c->answer);
    free(c);
}

const char *composing_fell_back(const struct composing *c)
{
    return c->fell_back;
}

json_t *composing_profile(const struct composing *c)
{
    return c->profile;
}

void composing_ask(struct composing *c, json_t *const *facts, size_t count)
{
    c->facts = facts;
    c->count = count;
    c->heard = 0;
    c->told = false;
}

/* The facts without the dialogue, of which no wording needs the lines. */
static bool put_facts(struct buf *out, json_t *facts)
{
    const char *name;
    json_t *value;
    buf_put_byte(out, '{');
    json_object_foreach(facts, name, value)
    {
        if (strcmp(name, "dialogue") == 0)
            continue;
        json_put_name(out, name);
        if (!json_write(out, value))
            return false;
    }
    return buf_put_byte(out, '}');
}

/* Asks for what is still to come, of a process that may be a new one. */
static bool tell_rest(struct composing *c, struct fail *fail)
{
    if (!begin_child(c, fail))
        return false;
    ipc_begin(&c->question, IPC_JOB);
    for (size_t i = c->heard; i < c->count; i++) {
        size_t begun = ipc_begin_bytes(&c->question);
        if (!put_facts(&c->question, c->facts[i]))
            return fail_set(fail, "ENOMEM", "no memory for the facts of a letter");
        ipc_end_bytes(&c->question, begun);
    }
    c->told = child_tell(&c->child, buf_view(&c->question), SECONDS, fail);
    return c->told;
}

json_t *composing_next(struct composing *c, struct fail *fail)
{
    json_t *words = NULL;
    if (c->told || tell_rest(c, fail)) {
        buf_clear(&c->answer);
        if (child_hear(&c->child, &c->answer, SECONDS, fail))
            words = composing_read_words(buf_view(&c->answer), c->kept, fail);
        if (!words && strcmp(fail->code, "ESCRIPT") != 0)
            end_child(c); /* whatever state it is in */
    }
    c->heard++;
    return words;
}

json_t *composing_words(struct composing *c, json_t *facts, struct fail *fail)
{
    composing_ask(c, &facts, 1);
    return composing_next(c, fail);
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
