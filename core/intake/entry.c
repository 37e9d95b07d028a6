#include "intake/entry.h"

enum { PORT_MOST = 65535, SHOWN = 60 };

static int shown(struct bytes b)
{
    return b.n > SHOWN ? SHOWN : (int)b.n;
}

static const char *chars(struct bytes b)
{
    return b.n ? (const char *)b.p : "";
}

bool entry_place(struct entry *e, struct bytes ip, struct bytes port, struct fail *fail)
{
    unsigned long number = 0;
    if (ip.n == 0)
        return fail_set(fail, "ETARGET", "it names no address");
    if (!addr_parse_ip(ip, &e->addr))
        return fail_set(fail, "ETARGET", "\"%.*s\" is no address", shown(ip), chars(ip));
    if (port.n > 0 && !bytes_number(port, PORT_MOST, &number))
        return fail_set(fail, "ETARGET", "\"%.*s\" is no port", shown(port), chars(port));
    e->addr.port = (uint16_t)number;
    e->range.base = e->addr;
    e->range.bits = (unsigned char)(addr_ip_length(&e->addr) * 8);
    return true;
}

void entry_copy(char *out, size_t size, struct bytes text)
{
    size_t n = text.n < size ? text.n : size - 1;
    if (n > 0)
        memcpy(out, text.p, n);
    out[n] = '\0';
}

static void add(struct entry *e, struct bytes words)
{
    size_t n = strlen(e->said);
    entry_copy(e->said + n, sizeof e->said - n, words);
}

void entry_say(struct entry *e, const char *name, struct bytes words)
{
    struct bytes trimmed = bytes_trim(words);
    if (trimmed.n == 0)
        return;
    if (e->said[0])
        add(e, bytes_of("; "));
    if (name[0]) {
        add(e, bytes_of(name));
        add(e, bytes_of(": "));
    }
    add(e, trimmed);
}
