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
    require(bytes_equal(a->mail_domain, b->mail_domain) &&
            bytes_equal(a->sender_domain, b->sender_domain) && bytes_equal(a->helo, b->helo));
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
        /* What runs in a cell is not said again. */
        require(bytes_equal(a->cells[i] ? bytes_of("") : a->scripts[i].text, b->scripts[i].text));
        require(bytes_equal(a->args[i], b->args[i]));
        require(same_text(a->ids[i], b->ids[i]) && a->cells[i] == b->cells[i]);
    }
}

static void try_frame(struct bytes frame)
{
    unsigned char *lent = malloc(frame.n ? frame.n : 1);
    memcpy(lent, frame.n ? frame.p : lent, frame.n);
    struct settings *s = settings_get(bytes_at(lent, frame.n));
    free(lent);
    if (!s)
        return;
    require(s->script_count <= SETTINGS_SCRIPTS);
    struct buf out = buf_new(frame.n + 4096);
    settings_put(&out, s, SETTINGS_FOR_WORKER);
    struct settings *again = settings_get(buf_view(&out));
    require(again);
    claim_same(s, again);
    settings_free(again);
    settings_free(s);
    buf_free(&out);
}

/* A message as it is written today, whatever its format. */
static void put_given(struct buf *out, int whom)
{
    static const struct script_source scripts[] = {
        {"scripts/relay/a.lua", "builtin@1", {(const unsigned char *)"return 1", 8}, 0, {0}},
        {"mine.lua", "", {(const unsigned char *)"a\0b", 3}, 1, {60, 4, 16}}};
    static const struct bytes args[] = {{(const unsigned char *)"{\"n\":1}", 7}, {NULL, 0}};
    struct settings s = {.mail_domain = bytes_of("t.example"),
                         .sender_domain = bytes_of("s.example"),
                         .helo = bytes_of("p.example"),
                         .authority = bytes_of("An Authority"),
                         .contact = bytes_of("a@p.example"),
                         .info = bytes_of("https://p.example"),
                         .sink = {.family = ADDR_IPV4, .port = 2600, .ip = {127, 0, 0, 1}},
                         .wait = 15 * SPAN_SECOND,
                         .limit = 120 * SPAN_SECOND,
                         .in_flight = 1000,
                         .scripts = scripts,
                         .args = args,
                         .script_count = 2};
    settings_put(out, &s, whom);
}

/*
 * The first byte: 0 the rest is a message; 1 or 2 the rest changes a good one, for a worker or the sink, three bytes
 * at a time: where, and to what.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf frame = buf_new(4096);
    if (size == 0)
        return 0;
    if (data[0] == 1 || data[0] == 2)
        put_given(&frame, data[0] == 2 ? SETTINGS_FOR_SINK : SETTINGS_FOR_WORKER);
    for (size_t i = 1; frame.n > 0 && i + 2 < size; i += 3)
        frame.p[(size_t)(data[i] << 8 | data[i + 1]) % frame.n] = data[i + 2];
    try_frame(frame.n > 0 ? buf_view(&frame) : bytes_at(data + 1, size - 1));
    buf_free(&frame);
    return 0;
}
