#include "script/own_udp.h"

#include <stdio.h>
#include <string.h>

enum { LETTERS = 12 };

/* A byte that stands for itself in a segment of a path (RFC 3986, section 2.3). */
static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~", c));
}

static bool put_segment(struct buf *out, struct bytes text)
{
    bool ok = true;
    for (size_t i = 0; i < text.n; i++)
        ok = ok && (is_plain(text.p[i]) ? buf_put_byte(out, text.p[i])
                                        : buf_printf(out, "%%%02X", text.p[i]));
    return ok;
}

bool own_udp_path(struct task *t, struct own_sink where, const struct token *control,
                  char out[OWN_UDP_PATH], struct fail *fail)
{
    struct socks_destination to;
    char ip[ADDR_IP_TEXT];
    char text[TOKEN_TEXT];
    if (!own_sink_destination(t, where, &to, fail))
        return false;
    struct buf path = buf_new(OWN_UDP_PATH - 1);
    struct bytes host = to.name.n > 0 ? to.name : bytes_of(addr_ip_text(&to.addr, ip));
    bool ok = buf_put_text(&path, "/.well-known/masque/udp/") && put_segment(&path, host) &&
              (control ? buf_printf(&path, "/%.*s/", LETTERS, token_text(control, text))
                       : buf_printf(&path, "/%u/", to.port));
    if (ok)
        snprintf(out, OWN_UDP_PATH, "%.*s", (int)path.n, (const char *)path.p);
    buf_free(&path);
    return ok || fail_set(fail, "ENOMEM", "no room for a path");
}

bool own_udp_put_question(const struct token *token, struct buf *out)
{
    char text[TOKEN_TEXT];
    char line[TOKEN_TEXT + 8];
    snprintf(line, sizeof line, "AJAR %s\r\n", token_text(token, text));
    return capsule_put_udp(out, bytes_of(line));
}
