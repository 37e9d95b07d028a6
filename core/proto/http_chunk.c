#include "proto/http_chunk.h"

/* A zeroed http_chunks stands before the first size. States 0 to 8 are "so many digits of a size
 * were read"; `left` is then the size so far. */
enum {
    DIGITS_LIMIT = 8,
    EXTENSION = DIGITS_LIMIT + 1, /* behind the size, up to the line's end */
    SIZE_LF,                      /* behind the CR of a size line */
    DATA,
    DATA_END,      /* CRLF or LF must follow the data */
    DATA_LF,       /* behind the CR of it */
    TRAILER_START, /* at the start of a trailer line */
    TRAILER,       /* within one */
    LAST_LF,       /* behind the CR of the empty line */
    DONE,
    BROKEN,
};

static bool refuse(const char **why, const char *reason)
{
    *why = reason;
    return false;
}

static int digit_of(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void end_size_line(struct http_chunks *c)
{
    c->state = c->left > 0 ? DATA : TRAILER_START;
}

static bool step_size(struct http_chunks *c, unsigned char byte, const char **why)
{
    int digit = digit_of(byte);
    if (digit >= 0) {
        if (c->state == DIGITS_LIMIT)
            return refuse(why, "a chunk size of more than 8 digits");
        c->left = c->left << 4 | (unsigned long)digit;
        c->state++;
        return true;
    }
    if (c->state == 0)
        return refuse(why, "no chunk size where one should be");
    if (byte == '\n')
        end_size_line(c);
    else if (byte == '\r')
        c->state = SIZE_LF;
    else if (byte == ';' || byte == ' ' || byte == '\t')
        c->state = EXTENSION;
    else
        return refuse(why, "a chunk size that is no number");
    return true;
}

static bool spend(struct http_chunks *c, const char **why)
{
    return ++c->overhead <= HTTP_CHUNK_OVERHEAD ||
           refuse(why, "too many bytes of chunk extensions and trailers");
}

/* A CR in an extension or a trailer line counts for nothing: the LF ends it. */
static bool step_overhead(struct http_chunks *c, unsigned char byte, const char **why)
{
    if (!spend(c, why))
        return false;
    if (byte == 0)
        return refuse(why, "a NUL in a chunk extension or trailer");
    if (byte != '\n')
        return true;
    if (c->state == EXTENSION)
        end_size_line(c);
    else
        c->state = TRAILER_START;
    return true;
}

static bool step_trailer_start(struct http_chunks *c, unsigned char byte, const char **why)
{
    if (byte == '\n') {
        c->state = DONE;
        return true;
    }
    if (byte == '\r') {
        c->state = LAST_LF;
        return true;
    }
    c->state = TRAILER;
    return step_overhead(c, byte, why);
}

/* Behind a CR only an LF may come. */
static bool step_lf(struct http_chunks *c, unsigned char byte, const char **why)
{
    if (byte != '\n')
        return refuse(why, "a bare CR in the chunked coding");
    if (c->state == SIZE_LF) {
        end_size_line(c);
    } else if (c->state == DATA_LF) {
        c->state = 0;
        c->left = 0;
    } else {
        c->state = DONE;
    }
    return true;
}

static bool step_data_end(struct http_chunks *c, unsigned char byte, const char **why)
{
    if (byte != '\r' && byte != '\n')
        return refuse(why, "a chunk is longer than its size");
    c->state = byte == '\r' ? DATA_LF : 0;
    return true;
}

static bool step(struct http_chunks *c, unsigned char byte, const char **why)
{
    switch (c->state) {
    case SIZE_LF:
    case DATA_LF:
    case LAST_LF:
        return step_lf(c, byte, why);
    case DATA_END:
        return step_data_end(c, byte, why);
    case TRAILER_START:
        return step_trailer_start(c, byte, why);
    case EXTENSION:
    case TRAILER:
        return step_overhead(c, byte, why);
    case BROKEN:
        return refuse(why, "the chunked coding was broken before");
    default:
        return step_size(c, byte, why);
    }
}

/* Takes data at the head of rest; returns how many bytes. */
static bool take_data(struct http_chunks *c, struct bytes rest, struct buf *out, size_t *taken,
                      const char **why)
{
    *taken = rest.n < c->left ? rest.n : c->left;
    if (!buf_put(out, bytes_slice(rest, 0, *taken)))
        return refuse(why, "the body is too long");
    c->left -= *taken;
    if (c->left == 0)
        c->state = DATA_END;
    return true;
}

enum parse http_chunks_parse(struct http_chunks *c, struct bytes in, struct buf *out, size_t *used,
                             const char **why)
{
    size_t at = 0;
    while (at < in.n && c->state != DONE) {
        size_t taken = 1;
        bool ok = c->state == DATA ? take_data(c, bytes_slice(in, at, in.n), out, &taken, why)
                                   : step(c, in.p[at], why);
        if (!ok) {
            c->state = BROKEN;
            return PARSE_BAD;
        }
        at += taken;
    }
    *used = at;
    return c->state == DONE ? PARSE_OK : PARSE_MORE;
}
