#include "intake/plain.h"

#include "intake/target_text.h"

static const char *const schemes[] = {"http", "https", "socks4", "socks4a", "socks5", "socks5h"};

/* "socks5://192.0.2.1:1080/" without what is around the address; what it was says what was said. */
static struct bytes without_scheme(struct bytes text, struct entry *out)
{
    size_t colon = bytes_find(text, bytes_of("://"));
    if (colon == BYTES_NOT_FOUND)
        return text;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (bytes_equal_nocase(bytes_slice(text, 0, colon), schemes[i])) {
            entry_say(out, "", bytes_of("proxy"));
            entry_say(out, "type", bytes_of(schemes[i]));
            text = bytes_slice(text, colon + 3, text.n);
            return text.n > 0 && text.p[text.n - 1] == '/' ? bytes_slice(text, 0, text.n - 1)
                                                           : text;
        }
    return text;
}

enum intake_answer plain_line(struct bytes line, struct entry *out, struct fail *fail)
{
    struct target_text target;
    struct bytes text = bytes_trim(bytes_slice(line, 0, bytes_index(line, '#', 0)));
    *out = (struct entry){0};
    if (text.n == 0)
        return INTAKE_NOTHING;
    text = without_scheme(text, out);
    if (!target_text_parse(text, &target, fail))
        return INTAKE_BAD;
    if (target.kind == TARGET_NAME) {
        fail_set(fail, "ETARGET", "\"%.100s\" is a name: a campaign is about addresses",
                 target.name);
        return INTAKE_BAD;
    }
    out->addr = target.addr;
    out->range = target.network;
    if (target.kind == TARGET_ADDRESS) {
        out->range.base = target.addr;
        out->range.bits = (unsigned char)(addr_ip_length(&target.addr) * 8);
    }
    return INTAKE_ENTRY;
}
