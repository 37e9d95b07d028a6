#include "tape/tape_head_quick.h"

#include "tape/record.h"
#include "tape/scan.h"

/* A member and its string, which is kept. */
static bool member(struct scan *s, const char *name, struct buf *hold, struct bytes *out)
{
    return scan_text(s, name) && scan_string(s, hold, out);
}

static bool is_null(struct scan *s)
{
    return scan_text(s, "null");
}

static bool target(struct scan *s, struct tape_head *head, struct buf *hold)
{
    struct bytes address;
    uint64_t port = 0;
    if (!scan_text(s, ",\"target\":{\"address\":") || !scan_plain_string(s, &address) ||
        !addr_parse_ip(address, &head->target) || !scan_text(s, ",\"port\":") ||
        !scan_number(s, 0, UINT16_MAX, &port) || !scan_text(s, ",\"name\":"))
        return false;
    head->target.port = (uint16_t)port;
    return (is_null(s) || scan_string(s, hold, &head->name)) && scan_text(s, "}");
}

static bool started(struct scan *s, instant *out)
{
    struct bytes text;
    return scan_text(s, ",\"started\":") && scan_plain_string(s, &text) && time_parse(text, out);
}

static bool sink(struct scan *s, struct addr *out)
{
    struct bytes text;
    if (!scan_text(s, ",\"run\":{\"sink\":"))
        return false;
    return is_null(s) || (scan_plain_string(s, &text) && addr_parse(text, out));
}

static bool ports(struct scan *s, unsigned least, uint16_t list[WAYS_PORTS], unsigned *count)
{
    uint64_t port = 0;
    if (!scan_text(s, "["))
        return false;
    do {
        if (*count == WAYS_PORTS || !scan_number(s, 1, UINT16_MAX, &port))
            return false;
        list[(*count)++] = (uint16_t)port;
    } while (scan_text(s, ","));
    return *count >= least && scan_text(s, "]");
}

/* Of an object's members, each of which may be missing, is this the next? */
static bool next_is(struct scan *s, bool *any, const char *name)
{
    struct scan at = *s;
    if ((*any && !scan_text(&at, ",")) || !scan_text(&at, name))
        return false;
    *s = at;
    *any = true;
    return true;
}

static bool ways(struct scan *s, struct ways *w, struct buf *hold)
{
    bool any = false;
    uint64_t closed = 0;
    struct bytes control;
    if (!scan_text(s, "{") ||
        (next_is(s, &any, "\"ports\":") && !ports(s, 2, w->ports, &w->port_count)) ||
        (next_is(s, &any, "\"deaf\":") && !ports(s, 1, w->deaf, &w->deaf_count)) ||
        (next_is(s, &any, "\"closed\":") && !scan_number(s, 1, UINT16_MAX, &closed)) ||
        (next_is(s, &any, "\"control\":") &&
         !(scan_plain_string(s, &control) && addr_parse_ip(control, &w->control))) ||
        (next_is(s, &any, "\"name\":") &&
         !(scan_string(s, hold, &w->name) && w->name.n > 0 && w->name.n <= WAYS_NAME)))
        return false;
    w->closed = (uint16_t)closed;
    return scan_text(s, "}");
}

static bool run(struct scan *s, struct tape_head *head, struct buf *hold)
{
    uint64_t wait = 0;
    if (!sink(s, &head->sink) || !member(s, ",\"mail_domain\":", hold, &head->mail_domain) ||
        (scan_text(s, ",\"sender_domain\":") && !scan_string(s, hold, &head->sender_domain)) ||
        !member(s, ",\"helo\":", hold, &head->helo) ||
        !member(s, ",\"authority\":", hold, &head->authority) ||
        !member(s, ",\"contact\":", hold, &head->contact) ||
        !member(s, ",\"info\":", hold, &head->info) || !scan_text(s, ",\"wait_us\":") ||
        !scan_number(s, 0, INT64_MAX, &wait))
        return false;
    head->wait = (span)wait;
    return (!scan_text(s, ",\"ways\":") || ways(s, &head->ways, hold)) && scan_text(s, "}");
}

static bool args(struct scan *s, struct buf *hold, struct bytes *out)
{
    static const char none[] = "{}";
    *out = bytes_at(hold->p + hold->n, sizeof none - 1);
    return scan_text(s, ",\"args\":") && scan_text(s, none) && buf_put_text(hold, none);
}

bool tape_head_quick(struct bytes line, struct tape_head *out, struct buf *hold)
{
    struct scan s = scan_begin(line);
    struct tape_head head = {0};
    uint64_t version = 0;
    buf_clear(hold);
    /* No field is longer than it stands on the line: nothing in hold moves from here on. */
    if (line.n > TAPE_HEAD_LIMIT || !buf_reserve(hold, line.n + 1))
        return false;
    if (!scan_text(&s, "{\"tape\":") || !scan_number(&s, TAPE_VERSION, TAPE_VERSION, &version) ||
        !member(&s, ",\"probe\":", hold, &head.probe) ||
        !member(&s, ",\"pack\":", hold, &head.pack) || !target(&s, &head, hold) ||
        !started(&s, &head.started) || !run(&s, &head, hold) || !args(&s, hold, &head.args) ||
        !scan_text(&s, "}") || !scan_is_over(&s))
        return false;
    *out = head;
    return true;
}
