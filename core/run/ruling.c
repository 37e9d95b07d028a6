#include "run/ruling.h"

#include "base/text.h"
#include "run/child.h"
#include "run/ipc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECONDS = 10, ANSWER = 4096, DAYS_MOST = 3650 };

/* What an answer begins with. */
enum outcome { GIVEN = 1, FAILED };

static const char *const letters[RULING_LETTERS] = {[RULING_FIRST] = "first",
                                                    [RULING_REMINDER] = "reminder",
                                                    [RULING_PROVIDER] = "provider",
                                                    [RULING_ALL_CLEAR] = "all-clear"};

const char *ruling_letter_name(enum ruling_letter letter)
{
    return letters[letter];
}

bool ruling_letter_parse(struct bytes name, enum ruling_letter *out)
{
    for (unsigned i = 0; i < RULING_LETTERS; i++)
        if (bytes_equal_text(name, letters[i])) {
            *out = (enum ruling_letter)i;
            return true;
        }
    return false;
}

/* The child ---------------------------------------------------------------------------------------- */

struct rulings {
    struct bytes text;
    const char *name;
    struct child child;
    bool has_child;
    struct buf answer;
};

/* Frees the value. */
static bool answer_with(int out, json_t *value, const struct fail *fail)
{
    struct fail over = *fail;
    struct buf answer = buf_new(2 * ANSWER);
    char *text = value ? json_dumps(value, JSON_COMPACT) : NULL;
    bool given = text && strlen(text) <= ANSWER;
    if (value && !given)
        fail_set(&over, "ESCRIPT", "the rules give too much for one target");
    ipc_begin(&answer, IPC_DONE);
    ipc_put_u8(&answer, given ? GIVEN : FAILED);
    if (given)
        ipc_put_bytes(&answer, bytes_of(text));
    else
        ipc_put_fail(&answer, &over);
    bool sent = child_send(out, buf_view(&answer));
    buf_free(&answer);
    free(text);
    json_decref(value);
    return sent;
}

/* What the rules give for each of the targets, until they fail at one. */
static bool answer_all(struct rules *rules, struct bytes question, int out)
{
    struct fail fail = {0};
    json_t *target = NULL;
    size_t i = 0;
    bool ok = true;
    json_t *targets = json_loadb((const char *)question.p, question.n, 0, NULL);
    json_array_foreach(targets, i, target)
    {
        json_t *action = rules_next(rules, target, &fail);
        bool given = action != NULL;
        ok = answer_with(out, action, &fail) && given;
        if (!ok)
            break;
    }
    json_decref(targets);
    return ok;
}

/* The first question has no targets: can the rules be loaded? */
static void rule(const void *arg, int in, int out)
{
    const struct rulings *r = arg;
    struct fail fail = {0};
    struct buf question = buf_new(CHILD_FRAME);
    struct rules *rules = rules_new(r->text, r->name, &fail);
    json_t *ready = rules ? json_object() : NULL;
    if (!child_receive(in, &question) || !answer_with(out, ready, &fail) || !rules)
        return;
    while (child_receive(in, &question) && answer_all(rules, buf_view(&question), out))
        ;
}

/* Its parent --------------------------------------------------------------------------------------- */

static bool is_wrong(struct fail *fail, const char *what)
{
    return fail_set(fail, "ESCRIPT", "rules.next gave %s", what);
}

/* "14d", "12h". */
static bool read_span(const json_t *value, span *out)
{
    const char *text = json_string_value(value);
    char *end = NULL;
    if (!text || text[0] < '0' || text[0] > '9' || strlen(text) > 6)
        return false;
    long number = strtol(text, &end, 10);
    bool days = strcmp(end, "d") == 0;
    if ((!days && strcmp(end, "h") != 0) || number > DAYS_MOST * (days ? 1 : 24))
        return false;
    *out = number * (days ? 24 : 1) * 3600 * SPAN_SECOND;
    return true;
}

static bool only_known(json_t *action)
{
    const char *name = NULL;
    json_t *value = NULL;
    static const char *const known[] = {"recheck_in", "notify", "next", "stop", "why"};
    json_object_foreach(action, name, value)
    {
        size_t i = 0;
        while (i < sizeof known / sizeof known[0] && strcmp(name, known[i]) != 0)
            i++;
        if (i == sizeof known / sizeof known[0])
            return false;
    }
    return true;
}

static bool take_why(const json_t *why, struct ruling *out)
{
    if (!why)
        return true;
    struct bytes text = bytes_at(json_string_value(why), json_string_length(why));
    if (!json_is_string(why) || text.n > RULING_WHY || !text_is_printable(text))
        return false;
    snprintf(out->why, sizeof out->why, "%.*s", (int)text.n, (const char *)text.p);
    return true;
}

static bool take_letter(const json_t *name, enum ruling_letter *out)
{
    return ruling_letter_parse(bytes_at(json_string_value(name), json_string_length(name)), out);
}

static bool take_action(json_t *action, struct ruling *out, struct fail *fail)
{
    const json_t *recheck = json_object_get(action, "recheck_in");
    const json_t *notify = json_object_get(action, "notify");
    const json_t *next = json_object_get(action, "next");
    const json_t *stop = json_object_get(action, "stop");
    *out = (struct ruling){.what = recheck  ? RULING_RECHECK
                                   : notify ? RULING_NOTIFY
                                   : stop   ? RULING_STOP
                                            : RULING_WAIT};
    if (!only_known(action))
        return is_wrong(fail, "a table with a member that means nothing");
    if ((recheck != NULL) + (notify != NULL) + (stop != NULL) > 1)
        return is_wrong(fail, "more than one of recheck_in, notify and stop");
    if (!take_why(json_object_get(action, "why"), out))
        return is_wrong(fail, "a 'why' that is no line of 300 bytes at most");
    if (stop && (!json_is_true(stop) || next))
        return is_wrong(fail, "a 'stop' that is not true, or has a 'next'");
    if (recheck && next)
        return is_wrong(fail, "a 'next' with recheck_in: it is asked again after the test");
    if (notify && !take_letter(notify, &out->letter))
        return is_wrong(fail, "a 'notify' that is none of first, reminder, provider, all-clear");
    if (!stop && !read_span(recheck ? recheck : next, &out->after))
        return is_wrong(fail, "no time such as \"14d\" or \"12h\", 3650d at most");
    if (out->what != RULING_RECHECK && out->what != RULING_STOP && out->after == 0)
        return is_wrong(fail, "a 'next' of no time at all: it would be asked for ever");
    return true;
}

static bool broken(struct fail *fail)
{
    return fail_set(fail, "EPROTO", "the process that asks the rules gave a broken answer");
}

/* What the answer gives; NULL: its fail, or that it is broken. */
static json_t *read_given(struct bytes answer, struct fail *fail)
{
    enum ipc_type type;
    struct bytes text = bytes_at(NULL, 0);
    struct fail told = {0};
    struct ipc_reader r = ipc_read(answer, &type);
    unsigned outcome = ipc_u8(&r);
    if (outcome == GIVEN)
        text = ipc_bytes(&r);
    else
        told = ipc_fail(&r);
    if (type != IPC_DONE || !ipc_end(&r) || (outcome != GIVEN && outcome != FAILED)) {
        broken(fail);
        return NULL;
    }
    if (outcome == FAILED) {
        text_make_printable(told.text);
        fail_set(fail, "ESCRIPT", "%s", told.text);
        return NULL;
    }
    json_t *value = json_loadb((const char *)text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
    if (!value)
        broken(fail);
    return value;
}

/* A table that is empty, or a list, is no object. */
bool ruling_read(struct bytes answer, struct ruling *out, struct fail *fail)
{
    json_t *action = read_given(answer, fail);
    bool ok = action && (json_is_object(action) ? take_action(action, out, fail)
                                                : is_wrong(fail, "a table that says nothing"));
    json_decref(action);
    return ok;
}

static bool begin_child(struct rulings *r, struct fail *fail)
{
    if (!child_start(&r->child, rule, r, fail))
        return false;
    r->has_child = true;
    if (!child_ask(&r->child, bytes_of("?"), &r->answer, SECONDS, fail))
        return false;
    json_t *ready = read_given(buf_view(&r->answer), fail);
    json_decref(ready);
    return ready != NULL;
}

struct rulings *rulings_new(struct bytes text, const char *name, struct fail *fail)
{
    struct rulings *r = calloc(1, sizeof *r);
    if (!r) {
        fail_set(fail, "ENOMEM", "no memory for the rules");
        return NULL;
    }
    *r = (struct rulings){.text = text, .name = name, .answer = buf_new(2 * ANSWER)};
    if (begin_child(r, fail))
        return r;
    rulings_free(r);
    return NULL;
}

void rulings_free(struct rulings *r)
{
    if (!r)
        return;
    if (r->has_child)
        child_end(&r->child);
    buf_free(&r->answer);
    free(r);
}

bool rulings_ask(struct rulings *r, json_t *targets, struct ruling *out, size_t *at,
                 struct fail *fail)
{
    char *question = json_dumps(targets, JSON_COMPACT);
    bool ok = question ? child_tell(&r->child, bytes_of(question), SECONDS, fail)
                       : fail_set(fail, "ENOMEM", "no memory for what the rules are told");
    free(question);
    for (*at = 0; ok && *at < json_array_size(targets); ++*at) {
        buf_clear(&r->answer);
        ok = child_hear(&r->child, &r->answer, SECONDS, fail) &&
             ruling_read(buf_view(&r->answer), &out[*at], fail);
        if (!ok)
            break;
    }
    return ok;
}
