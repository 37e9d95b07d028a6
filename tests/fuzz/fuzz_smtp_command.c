/* What the writer takes is one line, and the reader takes it for the same line. */
#include "claim.h"
#include "proto/smtp_command.h"

static enum parse parse(struct bytes in, size_t *used)
{
    struct smtp_command c;
    const char *why = NULL;
    enum parse state = smtp_command_parse(in, &c, used, &why);
    require(state != PARSE_BAD || why);
    return state;
}

static void claim_read(struct bytes in)
{
    struct smtp_command c;
    size_t used = 0;
    const char *why;
    if (smtp_command_parse(in, &c, &used, &why) != PARSE_OK)
        return;
    require(used <= SMTP_COMMAND_LIMIT && in.p[used - 1] == '\n');
    claim_within(c.word, in);
    claim_within(c.argument, in);
    claim_within(c.path, c.argument);
    require(c.path.n == 0 || c.verb == SMTP_MAIL || c.verb == SMTP_RCPT);
    require(bytes_index(bytes_slice(in, 0, used), '\0', 0) == BYTES_NOT_FOUND);
}

static void claim_written(struct bytes line)
{
    struct buf out = buf_new(SMTP_COMMAND_LIMIT);
    struct smtp_command c;
    size_t used = 0;
    const char *why;
    if (smtp_command_put(&out, line)) {
        struct bytes wire = buf_view(&out);
        require(wire.n == line.n + 2 && bytes_index(wire, '\n', 0) == wire.n - 1);
        require(bytes_index(wire, '\r', 0) == wire.n - 2);
        require(smtp_command_parse(wire, &c, &used, &why) == PARSE_OK && used == wire.n);
    } else {
        require(out.n == 0);
    }
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    claim_parser(parse, in);
    claim_read(in);
    claim_written(in);
    return 0;
}
