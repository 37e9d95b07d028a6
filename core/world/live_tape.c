#include "world/live_tape.h"

#include "base/base64.h"
#include "base/check.h"
#include "tape/packed.h"
#include "tape/tape_head.h"

#include <stdio.h>
#include <stdlib.h>

enum { CHAIN_MOST = 8, CERTIFICATE_LIMIT = 16384 };

/* Room kept for the last line, so that a full tape still ends in its verdict; and for all connections that a probe may
 * still open when its target has said too much. */
enum {
    VERDICT_ROOM = 160 * 1024,
    DEAF_ROOM = 160 * 1024,
    RECORDS_LIMIT = TAPE_LIMIT - TAPE_HEAD_LIMIT,
};

/* The most bytes that one byte of a field can become on its line, and the most that all else takes. */
enum { ESCAPED_MOST = 6, FRAME_MOST = 256 };

/* Few records stand on the tape of a probe that waits for its connection: the first piece is small. */
enum { FIRST_PIECE = 120, PIECE = 744 };

struct live_tape_piece {
    struct live_tape_piece *next;
    unsigned n, cap;
    unsigned char records[];
};

static span now(const struct live_tape *tape)
{
    return loop_moment(tape->loop) - tape->began;
}

void live_tape_start(struct live_tape *tape, struct loop *loop, bool on)
{
    tape->loop = loop;
    tape->began = loop_moment(loop);
    tape->on = on;
    tape->lines = 1;
}

void live_tape_free(struct live_tape *tape)
{
    while (tape->first) {
        struct live_tape_piece *first = tape->first;
        tape->first = first->next;
        free(first);
    }
    tape->last = NULL;
}

static bool new_piece(struct live_tape *tape, size_t least)
{
    size_t cap = tape->first ? PIECE : FIRST_PIECE;
    cap = cap < least ? least : cap;
    struct live_tape_piece *piece = cap <= RECORDS_LIMIT ? malloc(sizeof *piece + cap) : NULL;
    if (!piece)
        return false;
    *piece = (struct live_tape_piece){.cap = (unsigned)cap};
    *(tape->last ? &tape->last->next : &tape->first) = piece;
    tape->last = piece;
    return true;
}

/* What its fields hold. */
static size_t content_of(const struct record *r)
{
    size_t n = r->data.n;
    for (unsigned i = 0; i < RECORD_FIELDS - 1; i++)
        n += r->more[i].n;
    return n;
}

/* False: no memory. */
static bool keep(struct live_tape *tape, const struct record *r)
{
    size_t room = tape->last ? tape->last->cap - tape->last->n : 0;
    if (content_of(r) + PACKED_MORE > room) { /* it may not find room; does it? */
        size_t size = packed_size(r);
        if (size > room && !new_piece(tape, size))
            return false;
    }
    struct live_tape_piece *piece = tape->last;
    require(piece);
    piece->n = (unsigned)(packed_write(piece->records + piece->n, r) - piece->records);
    return true;
}

static struct bytes records_of(const struct live_tape_piece *piece)
{
    return bytes_at(piece->records, piece->n);
}

/* How long its line can be at most. */
static size_t most_of(const struct record *r)
{
    size_t n = content_of(r);
    return n < RECORDS_LIMIT ? FRAME_MOST + ESCAPED_MOST * n : RECORDS_LIMIT;
}

/* How long its line is; 0: longer than a line may be. */
static size_t length_of(const struct record *r)
{
    struct buf line = buf_new(RECORDS_LIMIT);
    size_t n = record_put(&line, r) ? line.n : 0;
    buf_free(&line);
    return n;
}

/* From now on lengths are counted and no more guessed. */
static void count_exactly(struct live_tape *tape)
{
    tape->exact = true;
    tape->length = 0;
    for (const struct live_tape_piece *piece = tape->first; piece; piece = piece->next) {
        struct bytes rest = records_of(piece);
        while (rest.n > 0) {
            struct record r = packed_take(&rest);
            tape->length += length_of(&r);
        }
    }
}

/* Whether its line finds room below the limit. Few tapes come so near to it that lines must be made to know. */
static bool has_room(struct live_tape *tape, const struct record *r, size_t limit)
{
    size_t n = most_of(r);
    if (!tape->exact && n <= RECORD_LINE_LIMIT && tape->length + n <= limit) {
        tape->length += n;
        return true;
    }
    if (!tape->exact)
        count_exactly(tape);
    n = length_of(r);
    if (n == 0 || tape->length + n > limit)
        return false;
    tape->length += n;
    return true;
}

static bool append(struct live_tape *tape, const struct record *r, size_t limit)
{
    if (!has_room(tape, r, limit) || !keep(tape, r))
        return false;
    tape->lines++;
    if (tape->watch)
        tape->watch(tape->watcher, tape->lines, r);
    return true;
}

/* A record that finds no room ends the tape, visibly, all but for its verdict. */
static void put(struct live_tape *tape, struct record r)
{
    static const char full[] = "the tape is full: what follows is not on it";
    bool last = r.op == RECORD_VERDICT;
    r.t = now(tape);
    if (last)
        tape->ended = r.t;
    if (!tape->on || (tape->full && !last))
        return;
    if (append(tape, &r, last ? RECORDS_LIMIT : RECORDS_LIMIT - VERDICT_ROOM) || last)
        return;
    tape->full = true;
    r = (struct record){.op = RECORD_NOTE, .t = r.t, .data = bytes_of(full)};
    append(tape, &r, RECORDS_LIMIT);
}

/* What the target says. */
static bool put_heard(struct live_tape *tape, struct record r)
{
    if (!tape->on)
        return true;
    r.t = now(tape);
    tape->deaf =
        tape->deaf || tape->full || !append(tape, &r, RECORDS_LIMIT - VERDICT_ROOM - DEAF_ROOM);
    return !tape->deaf;
}

bool live_tape_lines(const struct live_tape *tape, struct buf *out)
{
    bool ok = true;
    for (const struct live_tape_piece *piece = tape->first; ok && piece; piece = piece->next)
        ok = packed_lines(records_of(piece), out);
    return ok;
}

void live_tape_open(struct live_tape *tape, unsigned conn, const struct addr *to, const char *way)
{
    char text[RECORD_PEER];
    put(tape, (struct record){
                  .op = RECORD_OPEN, .c = conn, .data = bytes_of(record_peer(to, way, text))});
}

void live_tape_opened(struct live_tape *tape, unsigned conn, const struct stream *stream,
                      const struct world_messages *messages)
{
    char text[ADDR_TEXT] = "";
    char left[12] = "";
    struct addr local;
    if (stream && stream_local(stream, &local))
        addr_text(&local, text);
    if (messages->limited)
        snprintf(left, sizeof left, "%u", messages->left);
    put(tape,
        (struct record){
            .op = RECORD_OPENED, .c = conn, .data = bytes_of(text), .more = {bytes_of(left)}});
}

void live_tape_send(struct live_tape *tape, unsigned conn, struct bytes what)
{
    put(tape, (struct record){.op = RECORD_SEND, .c = conn, .data = what});
}

bool live_tape_recv(struct live_tape *tape, unsigned conn, struct bytes what)
{
    return put_heard(tape, (struct record){.op = RECORD_RECV, .c = conn, .data = what});
}

void live_tape_end(struct live_tape *tape, unsigned conn)
{
    put(tape, (struct record){.op = RECORD_END, .c = conn});
}

void live_tape_fail(struct live_tape *tape, unsigned conn, const struct fail *fail)
{
    put(tape, (struct record){.op = RECORD_FAIL,
                              .c = conn,
                              .data = bytes_of(fail->code),
                              .more = {bytes_of(fail->text)}});
}

void live_tape_secure(struct live_tape *tape, unsigned conn, struct bytes name)
{
    put(tape, (struct record){.op = RECORD_SECURE, .c = conn, .data = name});
}

/* The peer's certificates as a JSON array of base64. */
static void put_chain(struct buf *out, const struct stream *stream)
{
    struct buf certificate = buf_new(CERTIFICATE_LIMIT);
    buf_put_byte(out, '[');
    for (unsigned i = 0; i < CHAIN_MOST; i++) {
        buf_clear(&certificate);
        if (!stream_tls_certificate(stream, i, &certificate))
            break;
        buf_put_text(out, i == 0 ? "\"" : ",\"");
        base64_put(out, buf_view(&certificate));
        buf_put_byte(out, '"');
    }
    buf_put_byte(out, ']');
    buf_free(&certificate);
}

bool live_tape_secured(struct live_tape *tape, unsigned conn, const struct stream *stream)
{
    struct buf chain = buf_new(TAPE_LIMIT / 4);
    const char *version = stream_tls_version(stream);
    const char *cipher = stream_tls_cipher(stream);
    put_chain(&chain, stream);
    bool fits = put_heard(
        tape, (struct record){.op = RECORD_SECURED,
                              .c = conn,
                              .data = bytes_of(version ? version : ""),
                              .more = {bytes_of(cipher ? cipher : ""), buf_view(&chain)}});
    buf_free(&chain);
    return fits;
}

void live_tape_close(struct live_tape *tape, unsigned conn)
{
    put(tape, (struct record){.op = RECORD_CLOSE, .c = conn});
}

void live_tape_paused(struct live_tape *tape)
{
    put(tape, (struct record){.op = RECORD_PAUSED});
}

void live_tape_receipt(struct live_tape *tape, const struct receipt *receipt)
{
    char token[TOKEN_TEXT];
    char peer[ADDR_TEXT];
    char at[TIME_TEXT];
    char port[8] = "";
    if (receipt->port > 0)
        snprintf(port, sizeof port, "%u", receipt->port);
    put(tape,
        (struct record){.op = RECORD_RECEIPT,
                        .data = bytes_of(token_text(&receipt->token, token)),
                        .more = {bytes_of(receipt_kind_name(receipt->kind)),
                                 bytes_of(addr_text(&receipt->peer, peer)),
                                 bytes_of(time_text(receipt->at, at)), bytes_of(receipt->digest),
                                 bytes_of(receipt->answer), bytes_of(port)}});
}

void live_tape_token(struct live_tape *tape, const struct token *token)
{
    char text[TOKEN_TEXT];
    put(tape, (struct record){.op = RECORD_TOKEN, .data = bytes_of(token_text(token, text))});
}

void live_tape_now(struct live_tape *tape, instant now)
{
    char text[TIME_TEXT];
    put(tape, (struct record){.op = RECORD_NOW, .data = bytes_of(time_text(now, text))});
}

void live_tape_ask(struct live_tape *tape, struct bytes name, enum dns_type type)
{
    put(tape,
        (struct record){.op = RECORD_ASK, .data = name, .more = {bytes_of(dns_type_name(type))}});
}

bool live_tape_answer(struct live_tape *tape, const struct addr *from, struct bytes message)
{
    char text[ADDR_TEXT];
    return put_heard(tape, (struct record){.op = RECORD_ANSWER,
                                           .data = bytes_of(addr_text(from, text)),
                                           .more = {message}});
}

void live_tape_note(struct live_tape *tape, struct bytes text)
{
    put(tape, (struct record){.op = RECORD_NOTE, .data = text});
}

void live_tape_verdict(struct live_tape *tape, struct bytes verdict, struct bytes reason,
                       struct bytes steps)
{
    tape->full = false;
    put(tape, (struct record){.op = RECORD_VERDICT, .data = verdict, .more = {reason, steps}});
}
