#include "script/own_page.h"

#include "base/base64.h"
#include "script/own_form.h"

#include <stdio.h>

enum { URL_TEXT = OWN_SINK_TEXT + TOKEN_TEXT + 16, BASE64_MOST = 2 * URL_TEXT };

const char *own_page_find(struct bytes place)
{
    static const char *const places[] = {
        "/proxy?url={url}",
        "/proxy.php?url={url}",
        "/?url={url}",
        "/browse.php?u={url}",   /* Glype */
        "/index.php?q={base64}", /* PHProxy */
        "/index.php?q={url}",
        "/cgi-bin/nph-proxy.cgi/000000A/http/{sink}/{token}", /* CGIProxy */
        "/miniProxy.php?http://{sink}/{token}",
    };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (bytes_equal_text(place, places[i]))
            return places[i];
    return NULL;
}

static void put_base64(const char *url, struct buf *out)
{
    struct buf text = buf_new(BASE64_MOST);
    base64_put(&text, bytes_of(url));
    own_form_put_encoded(out, buf_view(&text));
    out->overflow |= text.overflow;
    buf_free(&text);
}

static void put_part(struct bytes name, const char *sink, const char *token, struct buf *out)
{
    char url[URL_TEXT];
    snprintf(url, sizeof url, "http://%s/%s", sink, token);
    if (bytes_equal_text(name, "url"))
        own_form_put_encoded(out, bytes_of(url));
    else if (bytes_equal_text(name, "base64"))
        put_base64(url, out);
    else
        buf_put_text(out, bytes_equal_text(name, "sink") ? sink : token);
}

/* Takes off what stands before the next such byte, and that byte. */
static struct bytes take(struct bytes *rest, unsigned char end)
{
    size_t at = bytes_index(*rest, end, 0);
    struct bytes taken = bytes_slice(*rest, 0, at);
    *rest = bytes_slice(*rest, taken.n + 1, rest->n);
    return taken;
}

bool own_page_put(struct task *t, const char *place, struct own_sink where,
                  const struct token *token, struct buf *out, struct fail *fail)
{
    char sink[OWN_SINK_TEXT];
    char text[TOKEN_TEXT];
    struct bytes rest = bytes_of(place);
    if (!own_sink_text(t, where, sink, fail))
        return false;
    token_text(token, text);
    while (rest.n > 0) {
        buf_put(out, take(&rest, '{'));
        if (rest.n > 0)
            put_part(take(&rest, '}'), sink, text, out);
    }
    return !out->overflow || fail_set(fail, "ENOMEM", "no memory for a request");
}
