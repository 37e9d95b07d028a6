#include "tape/tape_head.h"

#include "base/json.h"
#include "tape/record.h"
#include "tape/strict.h"
#include "tape/tape_head_quick.h"

enum { HEAD_FIELDS = 7, TARGET_FIELDS = 3, RUN_FIELDS = 7 };

static void put_bytes(struct buf *out, const char *name, struct bytes value)
{
    json_put_name(out, name);
    json_put_bytes(out, value);
}

static void put_text(struct buf *out, const char *name, const char *value)
{
    put_bytes(out, name, bytes_of(value));
}

static void put_null(struct buf *out, const char *name)
{
    json_put_name(out, name);
    buf_put_text(out, "null");
}

static void begin(struct buf *out, const char *name)
{
    json_put_name(out, name);
    buf_put_byte(out, '{');
}

static void put_target(struct buf *out, const struct tape_head *head)
{
    char ip[ADDR_IP_TEXT];
    begin(out, "target");
    put_text(out, "address", addr_ip_text(&head->target, ip));
    json_put_member_number(out, "port", head->target.port);
    if (head->name.n > 0)
        put_bytes(out, "name", head->name);
    else
        put_null(out, "name");
    buf_put_byte(out, '}');
}

static void put_run(struct buf *out, const struct tape_head *head)
{
    char sink[ADDR_TEXT];
    buf_put_text(out, ",\"run\":{");
    if (head->sink.family == ADDR_NONE)
        put_null(out, "sink");
    else
        put_text(out, "sink", addr_text(&head->sink, sink));
    put_bytes(out, "mail_domain", head->mail_domain);
    if (head->sender_domain.n > 0)
        put_bytes(out, "sender_domain", head->sender_domain);
    put_bytes(out, "helo", head->helo);
    put_bytes(out, "authority", head->authority);
    put_bytes(out, "contact", head->contact);
    put_bytes(out, "info", head->info);
    json_put_member_number(out, "wait_us", head->wait < 0 ? 0 : (uint64_t)head->wait);
    if (ways_any(&head->ways)) {
        json_put_name(out, "ways");
        ways_put(out, &head->ways);
    }
    buf_put_byte(out, '}');
}

bool tape_head_tail(struct buf *out, const struct tape_head *head)
{
    put_run(out, head);
    json_put_name(out, "args");
    buf_put(out, head->args.n ? head->args : bytes_of("{}"));
    return buf_put_text(out, "}\n") && !out->overflow;
}

bool tape_head_put(struct buf *tape, const struct tape_head *head)
{
    size_t before = tape->n;
    char started[TIME_TEXT];
    buf_put_byte(tape, '{');
    json_put_member_number(tape, "tape", TAPE_VERSION);
    put_bytes(tape, "probe", head->probe);
    put_bytes(tape, "pack", head->pack);
    put_target(tape, head);
    put_text(tape, "started", time_text(head->started, started));
    if (head->tail.n > 0)
        buf_put(tape, head->tail);
    else
        tape_head_tail(tape, head);
    if (tape->n - before > TAPE_HEAD_LIMIT)
        tape->overflow = true;
    if (tape->overflow)
        tape->n = before;
    return !tape->overflow;
}

static const json_t *get_object(const json_t *parent, const char *name, struct fail *fail)
{
    const json_t *member = strict_member(parent, name, fail);
    if (member && !json_is_object(member)) {
        fail_set(fail, "EFORMAT", "the field \"%s\" is no object", name);
        return NULL;
    }
    return member;
}

/* Text that is read and not kept: it is taken out of the hold again. */
static bool get_passing(const json_t *object, const char *name, struct buf *hold, struct bytes *out,
                        struct fail *fail)
{
    size_t before = hold->n;
    if (!strict_bytes(object, name, hold, out, fail))
        return false;
    out->p = hold->p + before;
    hold->n = before;
    return true;
}

static bool get_target(const json_t *object, struct tape_head *head, struct buf *hold,
                       struct fail *fail)
{
    struct bytes text;
    json_int_t port = 0;
    const json_t *target = get_object(object, "target", fail);
    if (!target || !strict_count(target, TARGET_FIELDS, fail) ||
        !get_passing(target, "address", hold, &text, fail))
        return false;
    if (!addr_parse_ip(text, &head->target))
        return fail_set(fail, "EFORMAT", "the target's \"address\" is no IP address");
    if (!strict_integer(target, "port", 0, 65535, &port, fail))
        return false;
    head->target.port = (uint16_t)port;
    if (json_is_null(json_object_get(target, "name")))
        return true;
    return strict_bytes(target, "name", hold, &head->name, fail);
}

static bool get_sink(const json_t *run, struct tape_head *head, struct buf *hold, struct fail *fail)
{
    struct bytes text;
    if (json_is_null(json_object_get(run, "sink")))
        return true;
    if (!get_passing(run, "sink", hold, &text, fail))
        return false;
    return addr_parse(text, &head->sink) ||
           fail_set(fail, "EFORMAT", "the run's \"sink\" is no address with a port");
}

static bool get_ports(const json_t *ways, const char *name, size_t least,
                      uint16_t ports[WAYS_PORTS], unsigned *count, struct fail *fail)
{
    const json_t *list = json_object_get(ways, name);
    size_t n = json_array_size(list); /* 0 for what is no list */
    if (!list)
        return true;
    if (n < least || n > WAYS_PORTS)
        return fail_set(fail, "EFORMAT", "the sink's \"%s\" are no list of %zu to %d", name, least,
                        WAYS_PORTS);
    *count = (unsigned)n;
    for (size_t i = 0; i < n; i++) {
        json_int_t port = json_integer_value(json_array_get(list, i));
        if (port < 1 || port > 65535)
            return fail_set(fail, "EFORMAT", "the sink's \"%s\" hold something that is no port",
                            name);
        ports[i] = (uint16_t)port;
    }
    return true;
}

static bool get_control(const json_t *ways, struct ways *w, struct buf *hold, struct fail *fail)
{
    struct bytes text;
    return get_passing(ways, "control", hold, &text, fail) &&
           (addr_parse_ip(text, &w->control) ||
            fail_set(fail, "EFORMAT", "the sink's \"control\" is no IP address"));
}

/* Each member may be missing, and the whole as well. */
static bool get_ways(const json_t *run, struct ways *w, struct buf *hold, struct fail *fail)
{
    json_int_t closed = 0;
    if (!json_object_get(run, "ways"))
        return true;
    const json_t *ways = get_object(run, "ways", fail);
    const json_t *name = json_object_get(ways, "name");
    bool has_ports = json_object_get(ways, "ports") != NULL;
    bool has_deaf = json_object_get(ways, "deaf") != NULL;
    bool has_closed = json_object_get(ways, "closed") != NULL;
    bool has_control = json_object_get(ways, "control") != NULL;
    if (!ways ||
        !strict_count(ways, has_ports + has_deaf + (name != NULL) + has_closed + has_control,
                      fail) ||
        !get_ports(ways, "ports", 2, w->ports, &w->port_count, fail) ||
        !get_ports(ways, "deaf", 1, w->deaf, &w->deaf_count, fail) ||
        (has_control && !get_control(ways, w, hold, fail)) ||
        (has_closed && !strict_integer(ways, "closed", 1, 65535, &closed, fail)))
        return false;
    w->closed = (uint16_t)closed;
    if (!name)
        return true;
    return strict_bytes(ways, "name", hold, &w->name, fail) &&
           ((w->name.n > 0 && w->name.n <= WAYS_NAME) ||
            fail_set(fail, "EFORMAT", "the sink's \"name\" is no name of a host"));
}

static bool get_run(const json_t *object, struct tape_head *head, struct buf *hold,
                    struct fail *fail)
{
    json_int_t wait = 0;
    const json_t *run = get_object(object, "run", fail);
    bool has_ways = json_object_get(run, "ways") != NULL;
    bool has_sender = json_object_get(run, "sender_domain") != NULL;
    if (!run || !strict_count(run, RUN_FIELDS + has_ways + has_sender, fail) ||
        !get_sink(run, head, hold, fail) ||
        !strict_bytes(run, "mail_domain", hold, &head->mail_domain, fail) ||
        (has_sender && !strict_bytes(run, "sender_domain", hold, &head->sender_domain, fail)) ||
        !strict_bytes(run, "helo", hold, &head->helo, fail) ||
        !strict_bytes(run, "authority", hold, &head->authority, fail) ||
        !strict_bytes(run, "contact", hold, &head->contact, fail) ||
        !strict_bytes(run, "info", hold, &head->info, fail) ||
        !strict_integer(run, "wait_us", 0, INT64_MAX, &wait, fail) ||
        !get_ways(run, &head->ways, hold, fail))
        return false;
    head->wait = wait;
    return true;
}

static bool get_started(const json_t *object, struct tape_head *head, struct buf *hold,
                        struct fail *fail)
{
    struct bytes text;
    if (!get_passing(object, "started", hold, &text, fail))
        return false;
    return time_parse(text, &head->started) ||
           fail_set(fail, "EFORMAT", "\"started\" is no time like 2026-11-24T02:10:16.123456Z");
}

static bool get_args(const json_t *object, struct tape_head *head, struct buf *hold,
                     struct fail *fail)
{
    const json_t *args = get_object(object, "args", fail);
    if (!args)
        return false;
    size_t n = json_dumpb(args, NULL, 0, JSON_COMPACT);
    unsigned char *to = buf_reserve(hold, n + 1);
    if (n == 0 || !to)
        return fail_set(fail, "ELIMIT", "the field \"args\" is too long");
    json_dumpb(args, (char *)to, n, JSON_COMPACT);
    buf_commit(hold, n);
    head->args = bytes_at(NULL, n);
    return true;
}

static bool get_version(const json_t *object, struct fail *fail)
{
    json_int_t version = 0;
    if (!strict_integer(object, "tape", 0, INT64_MAX, &version, fail))
        return false;
    return version == TAPE_VERSION ||
           fail_set(fail, "EVERSION",
                    "the tape's version is %" JSON_INTEGER_FORMAT ", and this program reads %d",
                    version, TAPE_VERSION);
}

/* In the order in which the fields were read. */
static void place(struct tape_head *head, const struct buf *hold)
{
    struct bytes *fields[] = {&head->probe,       &head->pack,          &head->name,
                              &head->mail_domain, &head->sender_domain, &head->helo,
                              &head->authority,   &head->contact,       &head->info,
                              &head->ways.name,   &head->args};
    size_t at = 0;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        at = strict_place(fields[i], hold, at);
}

static bool get_head(const json_t *object, struct tape_head *out, struct buf *hold,
                     struct fail *fail)
{
    struct tape_head head = {0};
    if (!get_version(object, fail) || !strict_count(object, HEAD_FIELDS, fail) ||
        !strict_bytes(object, "probe", hold, &head.probe, fail) ||
        !strict_bytes(object, "pack", hold, &head.pack, fail) ||
        !get_target(object, &head, hold, fail) || !get_started(object, &head, hold, fail) ||
        !get_run(object, &head, hold, fail) || !get_args(object, &head, hold, fail))
        return false;
    place(&head, hold);
    *out = head;
    return true;
}

bool tape_head_get(struct bytes line, struct tape_head *out, struct buf *hold, struct fail *fail)
{
    return tape_head_quick(line, out, hold) || tape_head_get_any(line, out, hold, fail);
}

bool tape_head_get_any(struct bytes line, struct tape_head *out, struct buf *hold,
                       struct fail *fail)
{
    buf_clear(hold);
    json_t *object = strict_load(line, TAPE_HEAD_LIMIT, fail);
    if (!object)
        return false;
    bool ok = get_head(object, out, hold, fail);
    json_decref(object);
    return ok;
}
