#include "run/settings.h"

#include <stdlib.h>
#include <string.h>

/* The settings, the scripts, and the frame that all views point into, in one allocation each. */
struct held {
    struct settings settings;
    struct script_source *scripts;
    struct bytes *args;
    unsigned char *frame;
};

/* Text with a NUL behind it, so that it is a C string in the reader's frame. */
static void put_text(struct buf *out, const char *text)
{
    ipc_put_bytes(out, bytes_of(text));
    buf_put_byte(out, '\0');
}

static void put_ports(struct buf *out, const uint16_t *ports, unsigned count)
{
    buf_put_byte(out, (unsigned char)count);
    for (unsigned i = 0; i < count; i++)
        buf_put_u16(out, ports[i]);
}

static void put_ways(struct buf *out, const struct ways *w)
{
    put_ports(out, w->ports, w->port_count);
    put_ports(out, w->deaf, w->deaf_count);
    buf_put_u16(out, w->closed);
    ipc_put_addr(out, &w->control);
    ipc_put_bytes(out, w->name);
}

void settings_put(struct buf *out, const struct settings *s, bool for_sink)
{
    static const unsigned char no_key[TOKEN_KEY];
    ipc_begin(out, IPC_SETTINGS);
    ipc_put_bytes(out, s->mail_domain);
    ipc_put_bytes(out, s->helo);
    ipc_put_bytes(out, s->authority);
    ipc_put_bytes(out, s->contact);
    ipc_put_bytes(out, s->info);
    ipc_put_addr(out, &s->sink);
    put_ways(out, &s->ways);
    ipc_put_u64(out, (uint64_t)s->wait);
    ipc_put_u64(out, (uint64_t)s->limit);
    ipc_put_u32(out, s->in_flight);
    buf_put(out, bytes_at(for_sink ? s->run_key : no_key, TOKEN_KEY));
    ipc_put_u32(out, for_sink ? 0 : (uint32_t)s->script_count);
    for (size_t i = 0; !for_sink && i < s->script_count; i++) {
        put_text(out, s->scripts[i].name);
        put_text(out, s->scripts[i].pack);
        ipc_put_bytes(out, s->scripts[i].text);
        ipc_put_bytes(out, s->args ? s->args[i] : bytes_at(NULL, 0));
    }
}

static const char *read_text(struct ipc_reader *r)
{
    struct bytes text = ipc_bytes(r);
    r->bad |= ipc_u8(r) != 0;
    return r->bad ? "" : (const char *)text.p;
}

static bool read_scripts(struct ipc_reader *r, struct held *h)
{
    h->settings.script_count = ipc_u32(r);
    if (r->bad || h->settings.script_count > SETTINGS_SCRIPTS)
        return false;
    h->scripts = calloc(h->settings.script_count + 1, sizeof *h->scripts);
    h->args = calloc(h->settings.script_count + 1, sizeof *h->args);
    for (size_t i = 0; h->scripts && h->args && i < h->settings.script_count; i++) {
        h->scripts[i].name = read_text(r);
        h->scripts[i].pack = read_text(r);
        h->scripts[i].text = ipc_bytes(r);
        h->args[i] = ipc_bytes(r);
    }
    h->settings.scripts = h->scripts;
    h->settings.args = h->args;
    return h->scripts && h->args && ipc_end(r);
}

static unsigned read_ports(struct ipc_reader *r, uint16_t ports[WAYS_PORTS])
{
    unsigned count = ipc_u8(r);
    r->bad |= count > WAYS_PORTS;
    for (unsigned i = 0; !r->bad && i < count; i++)
        ports[i] = ipc_u16(r);
    return r->bad ? 0 : count;
}

static void read_ways(struct ipc_reader *r, struct ways *w)
{
    w->port_count = read_ports(r, w->ports);
    w->deaf_count = read_ports(r, w->deaf);
    w->closed = ipc_u16(r);
    w->control = ipc_addr(r);
    w->name = ipc_bytes(r);
    r->bad |= w->name.n > WAYS_NAME;
}

static bool read_all(struct bytes frame, struct held *h)
{
    struct settings *s = &h->settings;
    enum ipc_type type;
    struct ipc_reader r = ipc_read(frame, &type);
    s->mail_domain = ipc_bytes(&r);
    s->helo = ipc_bytes(&r);
    s->authority = ipc_bytes(&r);
    s->contact = ipc_bytes(&r);
    s->info = ipc_bytes(&r);
    s->sink = ipc_addr(&r);
    read_ways(&r, &s->ways);
    s->wait = (span)ipc_u64(&r);
    s->limit = (span)ipc_u64(&r);
    s->in_flight = ipc_u32(&r);
    ipc_copy(&r, s->run_key, TOKEN_KEY);
    return type == IPC_SETTINGS && read_scripts(&r, h);
}

struct settings *settings_get(struct bytes frame)
{
    struct held *h = calloc(1, sizeof *h);
    if (h && (h->frame = malloc(frame.n ? frame.n : 1))) {
        memcpy(h->frame, frame.n ? frame.p : (const unsigned char *)"", frame.n);
        if (read_all(bytes_at(h->frame, frame.n), h))
            return &h->settings;
    }
    if (h)
        settings_free(&h->settings);
    return NULL;
}

void settings_free(struct settings *s)
{
    struct held *h = (struct held *)(void *)s;
    if (!h)
        return;
    free(h->scripts);
    free(h->args);
    free(h->frame);
    free(h);
}
