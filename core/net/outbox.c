#include "net/outbox.h"

#include "net/stream_inside.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WRITES_MOST = 128, CLOSES_MOST = 128, BYTES_MOST = 16 * 1024 };

struct write {
    struct stream *stream;
    size_t end; /* in the bytes; it begins where the one before ends */
};

struct outbox {
    bool in_round;
    unsigned write_count, close_count;
    struct write writes[WRITES_MOST];
    int closes[CLOSES_MOST];
    unsigned char bytes[BYTES_MOST];
};

struct outbox *outbox_new(void)
{
    return calloc(1, sizeof(struct outbox));
}

void outbox_free(struct outbox *o)
{
    free(o);
}

void outbox_begin(struct outbox *o)
{
    o->in_round = true;
}

void outbox_end(struct outbox *o)
{
    outbox_empty(o);
    o->in_round = false;
}

void outbox_empty(struct outbox *o)
{
    size_t from = 0;
    for (unsigned i = 0; i < o->write_count; i++) {
        const struct write *w = &o->writes[i];
        stream_send_owed(w->stream, bytes_at(o->bytes + from, w->end - from));
        from = w->end;
    }
    o->write_count = 0;
    for (unsigned i = 0; i < o->close_count; i++)
        close(o->closes[i]);
    o->close_count = 0;
}

static size_t used(const struct outbox *o)
{
    return o->write_count > 0 ? o->writes[o->write_count - 1].end : 0;
}

bool outbox_write(struct outbox *o, struct stream *s, struct bytes what)
{
    size_t at = used(o);
    if (!o->in_round || o->write_count == WRITES_MOST || what.n > BYTES_MOST - at)
        return false;
    memcpy(o->bytes + at, what.p, what.n);
    o->writes[o->write_count++] = (struct write){.stream = s, .end = at + what.n};
    return true;
}

void outbox_close(struct outbox *o, int fd)
{
    if (!o->in_round) {
        close(fd);
        return;
    }
    if (o->close_count == CLOSES_MOST)
        outbox_empty(o);
    o->closes[o->close_count++] = fd;
}
