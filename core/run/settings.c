#include "run/settings.h"

#include <stdlib.h>
#include <string.h>

enum { WATCHED = 1, SESSION = 2 };
#define PACK_MEMORY ((size_t)256 * 1024 * 1024)

/* The settings, the scripts, and the frame that all views point into, in one allocation each. */
struct held {
    struct settings settings;
    struct script_source *scripts;
    struct bytes *args;
    const char **ids;
    unsigned char *cells;
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

static unsigned cell_of(const struct settings *s, size_t i)
{
    return s->cells ? s->cells[i] : 0;
}

/* Whether this script is one of theirs: a worker knows of all, a cell of its own. */
static bool is_for(const struct settings *s, size_t i, int whom)
{
    return whom == SETTINGS_FOR_WORKER || (whom > 0 && cell_of(s, i) == (unsigned)whom);
}

static void put_limits(struct buf *out, const struct limits *limits)
{
    ipc_put_u32(out, limits->seconds);
    ipc_put_u32(out, limits->connections);
    ipc_put_u32(out, limits->memory);
}

static void put_script(struct buf *out, const struct settings *s, size_t i, int whom)
{
    bool runs = whom > 0 || cell_of(s, i) == 0;
    put_text(out, s->scripts[i].name);
    put_text(out, s->scripts[i].pack);
    ipc_put_u32(out, s->scripts[i].withheld);
    put_limits(out, &s->scripts[i].limits);
    ipc_put_bytes(out, runs ? s->scripts[i].text : bytes_at(NULL, 0));
    ipc_put_bytes(out, s->args ? s->args[i] : bytes_at(NULL, 0));
    put_text(out, s->ids ? s->ids[i] : "");
    ipc_put_u8(out, whom > 0 ? 0 : (uint8_t)cell_of(s, i));
}

static void put_scripts(struct buf *out, const struct settings *s, int whom)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s->script_count; i++)
        n += is_for(s, i, whom);
    ipc_put_u32(out, n);
    for (size_t i = 0; i < s->script_count; i++)
        if (is_for(s, i, whom))
            put_script(out, s, i, whom);
}

void settings_put(struct buf *out, const struct settings *s, int whom)
{
    static const unsigned char no_key[TOKEN_KEY];
    ipc_begin(out, IPC_SETTINGS);
    ipc_put_bytes(out, s->mail_domain);
    ipc_put_bytes(out, s->sender_domain);
    ipc_put_bytes(out, s->helo);
    ipc_put_bytes(out, s->authority);
    ipc_put_bytes(out, s->contact);
    ipc_put_bytes(out, s->info);
    ipc_put_addr(out, &s->sink);
    put_ways(out, &s->ways);
    ipc_put_u64(out, (uint64_t)s->wait);
    ipc_put_u64(out, (uint64_t)s->limit);
    ipc_put_u8(out, (uint8_t)((s->watched ? WATCHED : 0) | (s->session ? SESSION : 0)));
    ipc_put_u32(out, s->in_flight);
    buf_put(out, bytes_at(whom == SETTINGS_FOR_SINK ? s->run_key : no_key, TOKEN_KEY));
    put_scripts(out, s, whom);
}

static const char *read_text(struct ipc_reader *r)
{
    struct bytes text = ipc_bytes(r);
    r->bad |= ipc_u8(r) != 0;
    return r->bad ? "" : (const char *)text.p;
}

static struct limits read_limits(struct ipc_reader *r)
{
    struct limits limits = {.seconds = ipc_u32(r)};
    limits.connections = ipc_u32(r);
    limits.memory = ipc_u32(r);
    return limits;
}

static bool read_scripts(struct ipc_reader *r, struct held *h)
{
    h->settings.script_count = ipc_u32(r);
    if (r->bad || h->settings.script_count > SETTINGS_SCRIPTS)
        return false;
    h->scripts = calloc(h->settings.script_count + 1, sizeof *h->scripts);
    h->args = calloc(h->settings.script_count + 1, sizeof *h->args);
    h->ids = calloc(h->settings.script_count + 1, sizeof *h->ids);
    h->cells = calloc(h->settings.script_count + 1, 1);
    if (!h->scripts || !h->args || !h->ids || !h->cells)
        return false;
    for (size_t i = 0; i < h->settings.script_count; i++) {
        h->scripts[i].name = read_text(r);
        h->scripts[i].pack = read_text(r);
        h->scripts[i].withheld = ipc_u32(r);
        h->scripts[i].limits = read_limits(r);
        h->scripts[i].text = ipc_bytes(r);
        h->args[i] = ipc_bytes(r);
        h->ids[i] = read_text(r);
        h->cells[i] = ipc_u8(r);
    }
    h->settings.scripts = h->scripts;
    h->settings.args = h->args;
    h->settings.ids = h->ids;
    h->settings.cells = h->cells;
    return ipc_end(r);
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
    s->sender_domain = ipc_bytes(&r);
    s->helo = ipc_bytes(&r);
    s->authority = ipc_bytes(&r);
    s->contact = ipc_bytes(&r);
    s->info = ipc_bytes(&r);
    s->sink = ipc_addr(&r);
    read_ways(&r, &s->ways);
    s->wait = (span)ipc_u64(&r);
    s->limit = (span)ipc_u64(&r);
    unsigned flags = ipc_u8(&r);
    s->watched = (flags & WATCHED) != 0;
    s->session = (flags & SESSION) != 0;
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

size_t settings_memory(const struct script_source *script)
{
    size_t own = (size_t)script->limits.memory * 1024 * 1024;
    return own > 0 && own < PACK_MEMORY ? own : PACK_MEMORY;
}

void settings_free(struct settings *s)
{
    struct held *h = (struct held *)(void *)s;
    if (!h)
        return;
    free(h->scripts);
    free(h->args);
    free(h->ids);
    free(h->cells);
    free(h->frame);
    free(h);
}
