#include "base/ways.h"

#include "base/json.h"

static void put_ports(struct buf *out, const char *name, const uint16_t *ports, unsigned count)
{
    json_put_name(out, name);
    for (unsigned i = 0; i < count; i++)
        buf_printf(out, "%c%u", i == 0 ? '[' : ',', ports[i]);
    buf_put_byte(out, ']');
}

void ways_put(struct buf *out, const struct ways *w)
{
    buf_put_byte(out, '{');
    if (w->port_count > 1)
        put_ports(out, "ports", w->ports, w->port_count);
    if (w->deaf_count > 0)
        put_ports(out, "deaf", w->deaf, w->deaf_count);
    if (w->closed)
        json_put_member_number(out, "closed", w->closed);
    if (w->control.family != ADDR_NONE) {
        char text[ADDR_IP_TEXT];
        json_put_member_text(out, "control", addr_ip_text(&w->control, text));
    }
    if (w->name.n > 0) {
        json_put_name(out, "name");
        json_put_bytes(out, w->name);
    }
    buf_put_byte(out, '}');
}

bool ways_any(const struct ways *w)
{
    return w->port_count > 1 || w->deaf_count > 0 || w->closed || w->control.family != ADDR_NONE ||
           w->name.n > 0;
}

static bool has_port(const uint16_t *ports, unsigned count, unsigned long port)
{
    for (unsigned i = 0; i < count; i++)
        if (ports[i] == port)
            return true;
    return false;
}

bool ways_hears(const struct ways *w, uint16_t port)
{
    return !has_port(w->deaf, w->deaf_count, port);
}

/* The length of a sign and the digits behind it. */
static size_t entry_length(struct bytes text)
{
    size_t n = 1;
    while (n < text.n && text.p[n] >= '0' && text.p[n] <= '9')
        n++;
    return n;
}

bool ways_reach_parse(struct bytes text, const struct ways *w, struct ways_reach *out)
{
    struct ways_reach r = {0};
    while (text.n > 0) {
        size_t n = entry_length(text);
        unsigned long port = 0;
        if ((text.p[0] != '+' && text.p[0] != '-') || r.count == WAYS_PORTS ||
            !bytes_number(bytes_slice(text, 1, n), 65535, &port) ||
            !has_port(w->ports, w->port_count, port) || has_port(r.ports, r.count, port))
            return false;
        r.reached[r.count] = text.p[0] == '+';
        r.ports[r.count++] = (uint16_t)port;
        text = bytes_slice(text, n, text.n);
    }
    *out = r;
    return r.count > 0;
}

static void put_list(struct buf *out, const struct ways_reach *r, bool reached)
{
    const char *before = "";
    json_put_name(out, reached ? "reached" : "missed");
    buf_put_byte(out, '[');
    for (unsigned i = 0; i < r->count; i++)
        if (r->reached[i] == reached) {
            buf_printf(out, "%s%u", before, r->ports[i]);
            before = ",";
        }
    buf_put_byte(out, ']');
}

void ways_reach_put(struct buf *out, const struct ways_reach *r)
{
    buf_put_byte(out, '{');
    put_list(out, r, true);
    put_list(out, r, false);
    buf_put_byte(out, '}');
}
