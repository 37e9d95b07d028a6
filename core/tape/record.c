#include "tape/record.h"

#include "base/json.h"
#include "tape/record_shape.h"
#include "tape/steps.h"
#include "tape/strict.h"

#include <string.h>

#define TEXT(text)                                                                                 \
    {                                                                                              \
        (const unsigned char *)(text), sizeof(text) - 1                                            \
    }
#define HEAD(op)     op, TEXT(",\"op\":\"" op "\"")
#define MEMBER(name) name, TEXT(",\"" name "\":")

static const struct record_shape shapes[RECORD_OPS] = {
    [RECORD_OPEN] = {HEAD("open"), true, false, {{MEMBER("to"), RECORD_KIND_BYTES}}},
    [RECORD_OPENED] = {HEAD("opened"),
                       true,
                       false,
                       {{MEMBER("from"), RECORD_KIND_BYTES},
                        {MEMBER("messages"), RECORD_KIND_COUNT}}},
    [RECORD_SEND] = {HEAD("send"), true, false, {{MEMBER("data"), RECORD_KIND_BYTES}}},
    [RECORD_RECV] = {HEAD("recv"), true, false, {{MEMBER("data"), RECORD_KIND_BYTES}}},
    [RECORD_END] = {HEAD("end"), true, false, {{.name = NULL}}},
    [RECORD_FAIL] = {HEAD("fail"),
                     true,
                     true,
                     {{MEMBER("code"), RECORD_KIND_BYTES}, {MEMBER("text"), RECORD_KIND_BYTES}}},
    [RECORD_SECURE] = {HEAD("secure"), true, false, {{MEMBER("data"), RECORD_KIND_BYTES}}},
    [RECORD_SECURED] = {HEAD("secured"),
                        true,
                        false,
                        {{MEMBER("version"), RECORD_KIND_BYTES},
                         {MEMBER("cipher"), RECORD_KIND_BYTES},
                         {MEMBER("chain"), RECORD_KIND_CHAIN}}},
    [RECORD_CLOSE] = {HEAD("close"), true, false, {{.name = NULL}}},
    [RECORD_TOKEN] = {HEAD("token"), false, false, {{MEMBER("data"), RECORD_KIND_BYTES}}},
    [RECORD_NOW] = {HEAD("now"), false, false, {{MEMBER("data"), RECORD_KIND_BYTES}}},
    [RECORD_PAUSED] = {HEAD("paused"), false, false, {{.name = NULL}}},
    [RECORD_RECEIPT] = {HEAD("receipt"),
                        false,
                        false,
                        {{MEMBER("token"), RECORD_KIND_BYTES},
                         {MEMBER("kind"), RECORD_KIND_BYTES},
                         {MEMBER("peer"), RECORD_KIND_BYTES},
                         {MEMBER("at"), RECORD_KIND_BYTES},
                         {MEMBER("digest"), RECORD_KIND_BYTES},
                         {MEMBER("answer"), RECORD_KIND_BYTES},
                         {MEMBER("port"), RECORD_KIND_PORT}}},
    [RECORD_ASK] = {HEAD("ask"),
                    false,
                    false,
                    {{MEMBER("name"), RECORD_KIND_BYTES}, {MEMBER("type"), RECORD_KIND_BYTES}}},
    [RECORD_ANSWER] = {HEAD("answer"),
                       false,
                       false,
                       {{MEMBER("from"), RECORD_KIND_BYTES}, {MEMBER("data"), RECORD_KIND_BYTES}}},
    [RECORD_NOTE] = {HEAD("note"), false, false, {{MEMBER("data"), RECORD_KIND_BYTES}}},
    [RECORD_VERDICT] = {HEAD("verdict"),
                        false,
                        false,
                        {{MEMBER("verdict"), RECORD_KIND_BYTES},
                         {MEMBER("reason"), RECORD_KIND_BYTES},
                         {MEMBER("steps"), RECORD_KIND_STEPS}}},
};

const struct record_shape *record_shape_of(enum record_op op)
{
    return &shapes[op];
}

const char *record_op_name(enum record_op op)
{
    return shapes[op].name;
}

const char *record_peer(const struct addr *to, const char *way, char out[RECORD_PEER])
{
    addr_text(to, stpcpy(out, way));
    return out;
}

static struct bytes value_of(const struct record *r, unsigned i)
{
    return i == 0 ? r->data : r->more[i - 1];
}

/* A list is JSON already; no list given is an empty one. */
static void put_list(struct buf *tape, struct bytes json)
{
    buf_put(tape, json.n ? json : bytes_of("[]"));
}

static void put_field(struct buf *tape, const struct record_field *f, struct bytes value)
{
    if (record_kind_is_number(f->kind) && value.n == 0)
        return;
    buf_put(tape, f->head);
    if (f->kind == RECORD_KIND_BYTES)
        json_put_bytes(tape, value);
    else if (record_kind_is_number(f->kind))
        buf_put(tape, value);
    else
        put_list(tape, value);
}

static void put_line(struct buf *tape, const struct record *r, const struct record_shape *shape)
{
    buf_put(tape, bytes_at("{\"t\":", 5));
    buf_put_number(tape, r->t < 0 ? 0 : (uint64_t)r->t);
    buf_put(tape, shape->head);
    if (shape->has_c) {
        buf_put(tape, bytes_at(",\"c\":", 5));
        buf_put_number(tape, r->c);
    }
    const struct record_field *f = shape->fields;
    for (unsigned i = 0; f[i].name; i++)
        put_field(tape, &f[i], value_of(r, i));
    buf_put(tape, bytes_at("}\n", 2));
}

/* What a line has at most beside its fields, and a field beside its value. */
enum { FRAME_MOST = 64 + 2 * BUF_NUMBER, FIELD_MOST = 16 };

static unsigned char *put_at(unsigned char *to, struct bytes what)
{
    memcpy(to, what.p, what.n);
    return to + what.n;
}

/* The same as put_line for an op whose fields are all of bytes, where there is room for the worst: then nothing is asked on
 * the way. Nearly all lines are so. False: it is not so, and nothing is written. */
static bool write_line(struct buf *tape, const struct record *r, const struct record_shape *shape)
{
    const struct record_field *f = shape->fields;
    size_t room =
        tape->overflow ? 0 : (tape->cap < tape->limit ? tape->cap : tape->limit) - tape->n;
    size_t most = FRAME_MOST;
    for (unsigned i = 0; f[i].name; i++) {
        size_t n = value_of(r, i).n;
        if (f[i].kind != RECORD_KIND_BYTES || n > room)
            return false;
        most += FIELD_MOST + json_bytes_most(n);
    }
    if (most > room || most > RECORD_LINE_LIMIT)
        return false;
    unsigned char *to = tape->p + tape->n;
    to = buf_write_number(put_at(to, bytes_at("{\"t\":", 5)), r->t < 0 ? 0 : (uint64_t)r->t);
    to = put_at(to, shape->head);
    if (shape->has_c)
        to = buf_write_number(put_at(to, bytes_at(",\"c\":", 5)), r->c);
    for (unsigned i = 0; f[i].name; i++)
        to = json_write_bytes(put_at(to, f[i].head), value_of(r, i));
    tape->n = (size_t)(put_at(to, bytes_at("}\n", 2)) - tape->p);
    return true;
}

bool record_put(struct buf *tape, const struct record *r)
{
    size_t before = tape->n;
    if (write_line(tape, r, &shapes[r->op]))
        return true;
    put_line(tape, r, &shapes[r->op]);
    if (tape->n - before > RECORD_LINE_LIMIT)
        tape->overflow = true;
    if (tape->overflow)
        tape->n = before; /* no half line */
    return !tape->overflow;
}

static bool is_base64(const json_t *item)
{
    const char *text = json_string_value(item);
    size_t n = json_string_length(item);
    if (!text || n == 0 || n % 4 != 0)
        return false;
    size_t letters =
        strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    size_t pads = strspn(text + letters, "=");
    return letters + pads == n && pads <= 2;
}

static bool put_certificate(struct buf *hold, const json_t *item, struct fail *fail)
{
    if (!is_base64(item))
        return fail_set(fail, "EFORMAT", "\"chain\" holds something that is no base64 text");
    return json_put_string(hold, bytes_at(json_string_value(item), json_string_length(item)));
}

static struct bytes text_of(const json_t *text)
{
    return bytes_at(json_string_value(text), json_string_length(text));
}

/* {"line","say"}, and where something was found "form" and "cause". */
static bool put_step(struct buf *hold, const json_t *item, struct fail *fail)
{
    json_int_t line = 0;
    const json_t *say = json_object_get(item, "say");
    struct bytes form = text_of(json_object_get(item, "form"));
    struct bytes cause = text_of(json_object_get(item, "cause"));
    bool found = step_name_is(form) && step_name_is(cause);
    if (!json_is_object(item) || json_object_size(item) != (found ? 4U : 2U) ||
        !json_is_string(say))
        return fail_set(fail, "EFORMAT",
                        "\"steps\" holds something that is no {\"line\",\"say\"} or "
                        "{\"line\",\"say\",\"form\",\"cause\"}");
    if (!strict_integer(item, "line", 1, TAPE_LIMIT, &line, fail))
        return false;
    buf_put_byte(hold, '{');
    json_put_member_number(hold, "line", (uint64_t)line);
    json_put_member(hold, "say", text_of(say));
    if (found) {
        json_put_member(hold, "form", form);
        json_put_member(hold, "cause", cause);
    }
    return buf_put_byte(hold, '}');
}

/* A list is kept as the JSON that we would have written. */
static bool get_list(const json_t *object, const struct record_field *f, struct buf *hold,
                     struct bytes *out, struct fail *fail)
{
    const json_t *list = strict_member(object, f->name, fail);
    if (!list)
        return false;
    if (!json_is_array(list))
        return fail_set(fail, "EFORMAT", "the field \"%s\" is no list", f->name);
    size_t before = hold->n;
    buf_put_byte(hold, '[');
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (i > 0)
            buf_put_byte(hold, ',');
        if (!(f->kind == RECORD_KIND_CHAIN ? put_certificate : put_step)(hold, item, fail))
            return hold->overflow
                       ? fail_set(fail, "ELIMIT", "the field \"%s\" is too long", f->name)
                       : false;
    }
    *out = bytes_at(NULL, hold->n + 1 - before);
    return buf_put_byte(hold, ']') ||
           fail_set(fail, "ELIMIT", "the field \"%s\" is too long", f->name);
}

/* A number may be left out. */
static bool get_number(const json_t *object, const struct record_field *f, struct buf *hold,
                       struct bytes *out, struct fail *fail)
{
    json_int_t number = 0;
    size_t before = hold->n;
    *out = bytes_at(NULL, 0);
    if (!json_object_get(object, f->name))
        return true;
    if (!strict_integer(object, f->name, f->kind == RECORD_KIND_PORT, RECORD_NUMBER_MOST, &number,
                        fail))
        return false;
    buf_put_number(hold, (uint64_t)number);
    *out = bytes_at(NULL, hold->n - before);
    return !hold->overflow || fail_set(fail, "ELIMIT", "the field \"%s\" is too long", f->name);
}

static bool get_field(const json_t *object, const struct record_field *f, struct buf *hold,
                      struct bytes *out, struct fail *fail)
{
    if (f->kind == RECORD_KIND_BYTES)
        return strict_bytes(object, f->name, hold, out, fail);
    return (record_kind_is_number(f->kind) ? get_number : get_list)(object, f, hold, out, fail);
}

static bool get_fields(const json_t *object, const struct record_shape *shape, struct record *out,
                       struct buf *hold, struct fail *fail)
{
    const struct record_field *f = shape->fields;
    unsigned n = 0;
    unsigned left_out = 0;
    for (; f[n].name; n++) {
        if (!get_field(object, &f[n], hold, record_slot(out, n), fail))
            return false;
        left_out += record_kind_is_number(f[n].kind) && record_slot(out, n)->n == 0;
    }
    if (!strict_count(object, 2 + shape->has_c + n - left_out, fail))
        return false;
    size_t at = 0;
    for (unsigned i = 0; i < n; i++)
        at = strict_place(record_slot(out, i), hold, at);
    return true;
}

static bool get_op(const json_t *object, enum record_op *out, struct fail *fail)
{
    const json_t *member = strict_member(object, "op", fail);
    if (!member)
        return false;
    if (!json_is_string(member))
        return fail_set(fail, "EFORMAT", "the field \"op\" is no string");
    struct bytes name = bytes_at(json_string_value(member), json_string_length(member));
    for (unsigned op = 0; op < RECORD_OPS; op++)
        if (bytes_equal_text(name, shapes[op].name)) {
            *out = (enum record_op)op;
            return true;
        }
    return fail_set(fail, "EFORMAT", "the op \"%.40s\" is not known", json_string_value(member));
}

static bool get_record(const json_t *object, struct record *out, struct buf *hold,
                       struct fail *fail)
{
    json_int_t t = 0;
    json_int_t c = 0;
    struct record r = {0};
    if (!strict_integer(object, "t", 0, INT64_MAX, &t, fail) || !get_op(object, &r.op, fail))
        return false;
    const struct record_shape *shape = &shapes[r.op];
    if (shape->has_c &&
        !strict_integer(object, "c", !shape->zero_c, RECORD_CONNECTION_MOST, &c, fail))
        return false;
    r.t = t;
    r.c = (unsigned)c;
    if (!get_fields(object, shape, &r, hold, fail))
        return false;
    *out = r;
    return true;
}

bool record_get(struct bytes line, struct record *out, struct buf *hold, struct fail *fail)
{
    return record_quick(line, out, hold) || record_get_any(line, out, hold, fail);
}

bool record_get_any(struct bytes line, struct record *out, struct buf *hold, struct fail *fail)
{
    buf_clear(hold);
    json_t *object = strict_load(line, RECORD_LINE_LIMIT, fail);
    if (!object)
        return false;
    bool ok = get_record(object, out, hold, fail);
    json_decref(object);
    return ok;
}
