#include "run/inspect_ipc.h"

#include "script/declaration.h"

#include <string.h>

static void put_number(struct buf *out, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    ipc_put_u64(out, bits);
}

static void put_argument(struct buf *out, const struct argument *a)
{
    ipc_put_bytes(out, bytes_of(a->name));
    ipc_put_u8(out, (uint8_t)a->type);
    ipc_put_u8(out, a->preset.truth);
    put_number(out, a->preset.number);
    ipc_put_bytes(out, bytes_of(a->preset.text));
    put_number(out, a->least);
    put_number(out, a->most);
    ipc_put_bytes(out, bytes_of(a->help));
}

void ipc_put_probe_info(struct buf *out, const struct probe_info *info)
{
    ipc_put_bytes(out, bytes_of(info->id));
    ipc_put_bytes(out, bytes_of(info->summary));
    ipc_put_u8(out, info->relay);
    ipc_put_u32(out, info->port_count);
    for (unsigned i = 0; i < info->port_count; i++)
        ipc_put_u32(out, info->ports[i]);
    ipc_put_u32(out, info->categories);
    ipc_put_u32(out, info->arguments.count);
    for (unsigned i = 0; i < info->arguments.count; i++)
        put_argument(out, &info->arguments.list[i]);
}

static void read_text(struct ipc_reader *r, char *to, size_t size)
{
    struct bytes text = ipc_bytes(r);
    r->bad |= text.n >= size || (text.n > 0 && memchr(text.p, 0, text.n));
    if (!r->bad)
        memcpy(to, text.p ? (const char *)text.p : "", text.n);
}

static double read_number(struct ipc_reader *r)
{
    uint64_t bits = ipc_u64(r);
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static void read_argument(struct ipc_reader *r, struct argument *a)
{
    read_text(r, a->name, sizeof a->name);
    uint8_t type = ipc_u8(r);
    r->bad |= type > ARGUMENT_STRING;
    a->type = r->bad ? ARGUMENT_BOOLEAN : (enum argument_type)type;
    a->preset.truth = ipc_u8(r) == 1;
    a->preset.number = read_number(r);
    read_text(r, a->preset.text, sizeof a->preset.text);
    a->least = read_number(r);
    a->most = read_number(r);
    read_text(r, a->help, sizeof a->help);
}

static void read_info(struct ipc_reader *r, struct probe_info *info)
{
    *info = (struct probe_info){0};
    read_text(r, info->id, sizeof info->id);
    read_text(r, info->summary, sizeof info->summary);
    info->relay = ipc_u8(r) == 1;
    info->port_count = ipc_u32(r);
    r->bad |= info->port_count > PROBE_PORTS;
    for (unsigned i = 0; !r->bad && i < info->port_count; i++)
        info->ports[i] = (uint16_t)ipc_u32(r);
    info->categories = ipc_u32(r);
    info->arguments.count = ipc_u32(r);
    r->bad |= info->arguments.count > ARGUMENTS_MOST;
    for (unsigned i = 0; !r->bad && i < info->arguments.count; i++)
        read_argument(r, &info->arguments.list[i]);
    r->bad = r->bad || !declaration_holds(info);
}

static void read_forms(struct ipc_reader *r, struct buf *out)
{
    struct bytes forms = ipc_bytes(r);
    r->bad |= out && !buf_put(out, forms);
}

bool inspect_answer(struct bytes frame, const struct script_source *sources, size_t n,
                    struct probe_info *out, struct buf *forms, struct fail *fail)
{
    enum ipc_type type;
    struct ipc_reader r = ipc_read(frame, &type);
    bool loaded = ipc_u8(&r) == 1;
    for (size_t i = 0; loaded && !r.bad && i < n; i++) {
        read_info(&r, &out[i]);
        read_forms(&r, forms ? &forms[i] : NULL);
        out[i].source_name = sources[i].name;
        out[i].pack = sources[i].pack;
    }
    if (!loaded)
        *fail = ipc_fail(&r);
    if (type != IPC_READY || !ipc_end(&r))
        return fail_set(fail, "EPROTO", "the process that loads the scripts gave a broken answer");
    return loaded;
}
