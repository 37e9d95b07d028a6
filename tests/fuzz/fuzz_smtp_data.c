/* A message that is written and read back is the same, with CRLF for each line end. */
#include "claim.h"
#include "proto/smtp_command.h"

enum { LIMIT = 4096 };

static enum parse parse(struct bytes in, size_t *used)
{
    struct buf out = buf_new(LIMIT);
    const char *why = NULL;
    enum parse state = smtp_data_parse(in, &out, used, &why);
    require(state == PARSE_OK || out.n == 0);
    require(state != PARSE_BAD || why);
    buf_free(&out);
    return state;
}

/* The message as it must come back, written the slow and plain way. */
static void put_normal(struct buf *out, struct bytes m)
{
    for (size_t i = 0; i < m.n; i++) {
        if (m.p[i] == '\n' && i > 0 && m.p[i - 1] == '\r')
            continue;
        if (m.p[i] == '\r' || m.p[i] == '\n')
            buf_put_text(out, "\r\n");
        else
            buf_put_byte(out, m.p[i]);
    }
    if (out->n > 0 && out->p[out->n - 1] != '\n')
        buf_put_text(out, "\r\n");
}

static void claim_round_trip(struct bytes message)
{
    struct buf wire = buf_new(4 * message.n + 16);
    struct buf wanted = buf_new(2 * message.n + 8);
    struct buf got = buf_new(2 * message.n + 8);
    size_t used = 0;
    const char *why;
    put_normal(&wanted, message);
    require(smtp_data_put(&wire, message));
    buf_put_text(&wire, "QUIT\r\n");
    require(smtp_data_parse(buf_view(&wire), &got, &used, &why) == PARSE_OK);
    require(used == wire.n - 6 && bytes_equal(buf_view(&got), buf_view(&wanted)));
    buf_free(&wire);
    buf_free(&wanted);
    buf_free(&got);
}

/* What is taken of a message that is too long is where it would begin, were it not. */
static void claim_beginning(struct bytes in)
{
    struct buf whole = buf_new(in.n + 2);
    struct buf some = buf_new(in.n / 2);
    size_t used = 0;
    const char *why;
    smtp_data_begin(in, &some);
    require(!some.overflow);
    if (smtp_data_parse(in, &whole, &used, &why) == PARSE_OK && whole.n >= some.limit)
        require(some.n == some.limit &&
                bytes_equal(bytes_slice(buf_view(&whole), 0, some.n), buf_view(&some)));
    buf_free(&whole);
    buf_free(&some);
}

static void claim_nothing_half_written(struct bytes message)
{
    struct buf small = buf_new(message.n / 2 + 2);
    if (!smtp_data_put(&small, message))
        require(small.n == 0);
    buf_free(&small);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    claim_parser(parse, in);
    claim_round_trip(in);
    claim_beginning(in);
    claim_nothing_half_written(in);
    return 0;
}
