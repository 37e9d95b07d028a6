/* A reply keeps its form, and what is read from it lies within it. */
#include "claim.h"
#include "proto/smtp_extension.h"

static enum parse parse(struct bytes in, size_t *used)
{
    struct smtp_reply r;
    const char *why = NULL;
    enum parse state = smtp_reply_parse(in, &r, used, &why);
    require(state != PARSE_BAD || why);
    return state;
}

static void claim_reply(const struct smtp_reply *r, struct bytes in, size_t used)
{
    struct bytes line;
    struct bytes enhanced;
    struct bytes text;
    require(r->code >= 200 && r->code <= 599);
    require(r->raw.p == in.p && r->raw.n == used && used <= SMTP_REPLY_LIMIT);
    claim_within(r->said, r->raw);
    require(bytes_index(r->said, '\n', 0) == BYTES_NOT_FOUND);
    smtp_reply_part(r->code, r->said, &enhanced, &text);
    claim_within(enhanced, r->said);
    claim_within(text, r->said);
    require(enhanced.n == 0 || (unsigned)(enhanced.p[0] - '0') == r->code / 100);
    for (unsigned i = 0; i < r->lines; i++) {
        require(smtp_reply_line(r, i, &line));
        claim_within(line, r->raw);
        require(line.n < SMTP_REPLY_LINE_LIMIT);
        require(bytes_index(line, '\n', 0) == BYTES_NOT_FOUND);
    }
    require(!smtp_reply_line(r, r->lines, &line));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    struct smtp_reply r;
    size_t used = 0;
    const char *why;
    claim_parser(parse, in);
    if (smtp_reply_parse(in, &r, &used, &why) != PARSE_OK)
        return 0;
    claim_reply(&r, in, used);
    struct smtp_extensions x = smtp_extensions_of(&r);
    require(x.has_size || x.size_limit == 0);
    struct bytes name = smtp_server_name(&r);
    claim_within(name, r.raw);
    require(bytes_index(name, ' ', 0) == BYTES_NOT_FOUND && name.n <= 255);
    return 0;
}
