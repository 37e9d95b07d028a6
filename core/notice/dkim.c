#include "notice/dkim.h"

#include "base/base64.h"
#include "base/hash.h"
#include "notice/dkim_text.h"

enum { SIGNATURE_LINE = 72, INPUT_MOST = 64 * 1024 };

/* Those that say what a letter is; ARC and mailing lists add others. */
static const char *const fields[] = {
    "from",
    "reply-to",
    "to",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "x-ajar-case",
    "mime-version",
    "content-type",
    "content-language",
};
enum { FIELDS = sizeof fields / sizeof *fields };

bool dkim_is_name(struct bytes text)
{
    unsigned char before = '.';
    for (size_t i = 0; i < text.n; before = text.p[i++]) {
        unsigned char c = text.p[i];
        bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!letter && c != '-' && c != '_' && (c != '.' || before == '.'))
            return false;
    }
    return text.n > 0 && text.n < DKIM_NAME && before != '.';
}

/* "undisclosed-recipients: ;" is filled in later. */
static bool is_open(struct bytes to)
{
    return bytes_find(to, bytes_of("undisclosed-recipients:")) != BYTES_NOT_FOUND;
}

/* The names of h=: each field that is there, and From once more. */
static size_t choose(struct bytes header, const char *names[FIELDS + 1])
{
    size_t n = 0;
    struct bytes field;
    for (size_t i = 0; i < FIELDS; i++)
        if (dkim_find_field(header, fields[i], 0, &field) &&
            !(strcmp(fields[i], "to") == 0 && is_open(field)))
            names[n++] = fields[i];
    names[n++] = "from";
    return n;
}

static void put_names(struct buf *out, const char *const *names, size_t n)
{
    size_t column = 3;
    buf_put_text(out, " h=");
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(names[i]) + 1;
        if (column + length > SIGNATURE_LINE) {
            buf_put_text(out, "\r\n  ");
            column = 2;
        }
        buf_put_text(out, names[i]);
        buf_put_text(out, i + 1 < n ? ":" : ";");
        column += length;
    }
    buf_put_text(out, "\r\n");
}

/* The field up to "b=". */
static void put_unsigned(struct buf *out, const struct dkim_signer *s, const char *const *names,
                         size_t n, struct bytes body_hash, instant when)
{
    buf_printf(out, "DKIM-Signature: v=1; a=%s; c=relaxed/relaxed;\r\n d=%s; s=%s; t=%lld;\r\n",
               dkim_key_algorithm(s->key), s->domain, s->selector, (long long)(when / SPAN_SECOND));
    put_names(out, names, n);
    buf_put_text(out, " bh=");
    base64_put(out, body_hash);
    buf_put_text(out, ";\r\n b=");
}

static bool put_signature(struct buf *out, const struct dkim_signer *s, struct bytes hashed,
                          struct fail *fail)
{
    struct buf raw = buf_new(1024);
    struct buf text = buf_new(2048);
    bool ok = dkim_key_sign(s->key, hashed, &raw, fail) && base64_put(&text, buf_view(&raw));
    for (size_t at = 0; ok && at < text.n; at += SIGNATURE_LINE) {
        buf_put_text(out, at > 0 ? "\r\n  " : "");
        buf_put(out, bytes_slice(buf_view(&text), at, at + SIGNATURE_LINE));
    }
    buf_put_text(out, "\r\n");
    buf_free(&raw);
    buf_free(&text);
    return ok;
}

static bool put_one(struct buf *out, struct bytes header, const struct dkim_signer *s,
                    struct bytes body_hash, instant when, struct fail *fail)
{
    const char *names[FIELDS + 1];
    size_t n = choose(header, names);
    size_t from = out->n;
    struct buf hashed = buf_new(INPUT_MOST);
    put_unsigned(out, s, names, n, body_hash, when);
    dkim_put_hashed(&hashed, header, names, n, bytes_slice(buf_view(out), from, out->n));
    bool ok = !hashed.overflow && !out->overflow
                  ? put_signature(out, s, buf_view(&hashed), fail)
                  : fail_set(fail, "ELIMIT", "a header is too long to be signed");
    buf_free(&hashed);
    return ok;
}

bool dkim_put(struct buf *out, struct bytes header, struct bytes body,
              const struct dkim_signer *signers, size_t count, instant when, struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    struct buf canonical = buf_new(body.n + 2);
    dkim_put_body(&canonical, body);
    sha256_of(buf_view(&canonical), digest);
    bool ok = !canonical.overflow || fail_set(fail, "ENOMEM", "no memory to sign a letter");
    buf_free(&canonical);
    for (size_t i = 0; ok && i < count; i++)
        ok = put_one(out, header, &signers[i], bytes_at(digest, sizeof digest), when, fail);
    return ok;
}
