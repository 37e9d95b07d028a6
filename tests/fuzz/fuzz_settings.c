/*
 * The message that worker and sink begin with. One that is taken holds C strings where strings are expected,
 * points into its own memory, and is the same when it is written and read again.
 */
#include "claim.h"
#include "run/settings.h"

static bool same_text(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static void claim_same(const struct settings *a, const struct settings *b)
{
    require(bytes_equal(a->mail_domain, b->mail_domain) && bytes_equal(a->helo, b->helo));
    require(bytes_equal(a->authority, b->authority) && bytes_equal(a->contact, b->contact));
    require(bytes_equal(a->info, b->info) && addr_equal(&a->sink, &b->sink));
    require(a->ways.port_count == b->ways.port_count && a->ways.closed == b->ways.closed);
    require(a->ways.port_count <= WAYS_PORTS && bytes_equal(a->ways.name, b->ways.name));
    require(memcmp(a->ways.ports, b->ways.ports, sizeof a->ways.ports) == 0);
    require(a->wait == b->wait && a->limit == b->limit && a->in_flight == b->in_flight);
    require(a->script_count == b->script_count);
    for (size_t i = 0; i < a->script_count; i++) {
        require(same_text(a->scripts[i].name, b->scripts[i].name));
        require(same_text(a->scripts[i].pack, b->scripts[i].pack));
        require(bytes_equal(a->scripts[i].text, b->scripts[i].text));
        require(bytes_equal(a->args[i], b->args[i]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char *lent = malloc(size ? size : 1);
    memcpy(lent, data, size);
    struct settings *s = settings_get(bytes_at(lent, size));
    free(lent);
    if (!s)
        return 0;
    require(s->script_count <= SETTINGS_SCRIPTS);
    struct buf out = buf_new(size + 4096);
    settings_put(&out, s, false);
    struct settings *again = settings_get(buf_view(&out));
    require(again);
    claim_same(s, again);
    settings_free(again);
    settings_free(s);
    buf_free(&out);
    return 0;
}
