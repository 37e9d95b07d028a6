#include "export/warc_record.h"

#include "base/hash.h"

#include <stdio.h>

const char *warc_id(char out[WARC_ID], const char *name)
{
    unsigned char d[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(bytes_of(name), d);
    d[6] = (unsigned char)(0x80 | (d[6] & 0x0f)); /* version 8 */
    d[8] = (unsigned char)(0x80 | (d[8] & 0x3f)); /* variant of the RFC */
    hash_hex(d, 16, hex);
    snprintf(out, WARC_ID, "<urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s>", hex, hex + 8, hex + 12, hex + 16,
             hex + 20);
    return out;
}

static void put_field(struct buf *out, const char *name, struct bytes value)
{
    buf_printf(out, "%s: ", name);
    buf_put(out, value);
    buf_put_text(out, "\r\n");
}

static void put_text(struct buf *out, const char *name, const char *value)
{
    put_field(out, name, bytes_of(value));
}

static void put_digest(struct buf *out, struct bytes block)
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(block, digest);
    hash_hex(digest, sizeof digest, hex);
    buf_printf(out, "WARC-Block-Digest: sha256:%s\r\n", hex);
}

bool warc_put(struct buf *out, const struct warc_record *r)
{
    char at[TIME_TEXT];
    char peer[ADDR_TEXT];
    buf_put_text(out, "WARC/1.1\r\n");
    put_text(out, "WARC-Type", r->type);
    put_text(out, "WARC-Record-ID", r->id);
    put_text(out, "WARC-Date", time_text(r->at, at));
    if (r->target.n > 0)
        put_field(out, "WARC-Target-URI", r->target);
    if (r->peer)
        put_text(out, "WARC-IP-Address", addr_ip_text(r->peer, peer));
    if (r->concurrent)
        put_text(out, "WARC-Concurrent-To", r->concurrent);
    put_text(out, "Content-Type", r->content_type);
    put_digest(out, r->block);
    buf_printf(out, "Content-Length: %zu\r\n\r\n", r->block.n);
    buf_put(out, r->block);
    return buf_put_text(out, "\r\n\r\n") && !out->overflow;
}
