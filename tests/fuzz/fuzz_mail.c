/* No fact adds a line to the header, and each field is read back as it was given. */
#include "claim.h"
#include "proto/mail.h"

static void claim_field(struct bytes message, const char *name, struct bytes wanted)
{
    struct bytes value;
    require(mail_header(message, name, 0, &value));
    require(bytes_equal(value, bytes_trim(wanted)));
    require(!mail_header(message, name, 1, &value));
}

/* ASCII lines of at most 998 bytes, each ended by CRLF; returns how many stand before the body. */
static size_t claim_lines(struct bytes m)
{
    size_t lines = 0;
    size_t header = 0;
    for (size_t at = 0; at < m.n; lines++) {
        size_t end = bytes_find(bytes_slice(m, at, m.n), bytes_of("\r\n"));
        require(end != BYTES_NOT_FOUND && end <= 998);
        for (size_t i = at; i < at + end; i++)
            require(m.p[i] >= ' ' && m.p[i] < 0x7f);
        if (end == 0 && header == 0)
            header = lines;
        at += end + 2;
    }
    return header;
}

static bool is_ascii(struct bytes b)
{
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] >= 0x80)
            return false;
    return true;
}

static void claim_message(struct bytes m, const struct mail_facts *f)
{
    static const char *const names[] = {"From", "To", "Date", "Message-ID", "Subject", "Bcc", "X"};
    struct bytes value;
    size_t expected = 9 + 8;
    claim_field(m, "X-Ajar-Token", f->token);
    claim_field(m, "X-Test-Target", f->target);
    claim_field(m, "X-Test-Form", f->probe);
    claim_field(m, "X-Test-Info", f->info);
    if (is_ascii(f->authority)) {
        claim_field(m, "X-Test-Authority", f->authority);
        require(claim_lines(m) == expected);
    }
    require(claim_lines(m) >= expected);
    for (size_t i = 0; i < 5; i++)
        require(mail_header(m, names[i], 0, &value) && !mail_header(m, names[i], 1, &value));
    require(!mail_header(m, names[5], 0, &value) && !mail_header(m, names[6], 0, &value));
    size_t body = bytes_find(m, bytes_of("\r\n\r\n")) + 4;
    require(m.n - body < 1024);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes rest = bytes_at(data, size);
    struct mail_facts f = {.when = (instant)size * 1000003};
    struct bytes *const fields[] = {&f.token, &f.to,        &f.from,    &f.domain, &f.target,
                                    &f.probe, &f.authority, &f.contact, &f.info};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        *fields[i] = next_field(&rest);
    struct buf out = buf_new(16384);
    if (mail_message_put(&out, &f))
        claim_message(buf_view(&out), &f);
    else
        require(out.n == 0);
    buf_free(&out);
    return 0;
}
