#include "sim/sockets.h"

#include "net/datagram.h"
#include "net/dial.h"
#include "net/hand.h"

#include <stdlib.h>
#include <unistd.h>

enum { ADDRESS = 1 + 2 + 16, QUESTION = 1 + 2 * ADDRESS, GIVEN = 1, REFUSED = 0 };

/* ---- who asks ---- */

static void put_address(struct buf *out, const struct addr *a)
{
    buf_put_byte(out, a->family);
    buf_put_u16(out, a->port);
    buf_put(out, bytes_at(a->ip, sizeof a->ip));
}

/* The sentence and the code of a refusal. */
static void read_refusal(struct bytes answer, struct fail *fail)
{
    const unsigned char *end = answer.n > 0 ? memchr(answer.p, '\0', answer.n) : NULL;
    if (!end) {
        fail_set(fail, "EPROTO", "whoever gives sockets gave a broken answer");
        return;
    }
    size_t code = (size_t)(end - answer.p);
    struct bytes text = bytes_slice(answer, code + 1, answer.n);
    fail_set(fail, fail_code(bytes_slice(answer, 0, code)), "%.*s", (int)text.n,
             (const char *)text.p);
}

static int ask(const struct sockets *s, const struct sockets_question *q, uint16_t *port,
               struct fail *fail)
{
    unsigned char answer[HAND_MESSAGE];
    struct buf question = buf_new(QUESTION);
    int fd = -1;
    buf_put_byte(&question, (unsigned char)q->what);
    put_address(&question, &q->at);
    put_address(&question, &q->to);
    size_t n =
        hand_send(s->channel, buf_view(&question), -1) ? hand_receive(s->channel, answer, &fd) : 0;
    buf_free(&question);
    if (n == 3 && answer[0] == GIVEN && fd >= 0) {
        *port = (uint16_t)(answer[1] << 8 | answer[2]);
        return fd;
    }
    if (fd >= 0)
        close(fd);
    read_refusal(n > 0 ? bytes_at(answer + 1, n - 1) : bytes_at(NULL, 0), fail);
    return -1;
}

int sockets_listener(const struct sockets *s, struct addr *at, struct fail *fail)
{
    struct sockets_question q = {.what = SOCKETS_LISTENER, .at = *at};
    return ask(s, &q, &at->port, fail);
}

int sockets_datagrams(const struct sockets *s, struct addr *at, struct fail *fail)
{
    struct sockets_question q = {.what = SOCKETS_DATAGRAMS, .at = *at};
    return ask(s, &q, &at->port, fail);
}

static int ask_to_dial(const struct sockets *s, enum sockets_what what, const struct addr *from,
                       const struct addr *to, struct fail *fail)
{
    struct sockets_question q = {.what = what, .to = *to};
    uint16_t ignored;
    if (from)
        q.at = *from;
    return ask(s, &q, &ignored, fail);
}

int sockets_dial(const struct sockets *s, const struct addr *from, const struct addr *to,
                 struct fail *fail)
{
    return ask_to_dial(s, SOCKETS_DIAL, from, to, fail);
}

int sockets_dial_datagrams(const struct sockets *s, const struct addr *from, const struct addr *to,
                           struct fail *fail)
{
    return ask_to_dial(s, SOCKETS_DIAL_DATAGRAMS, from, to, fail);
}

/* ---- who gives ---- */

static struct addr read_address(const unsigned char *p)
{
    struct addr a = {.family = p[0], .port = (uint16_t)(p[1] << 8 | p[2])};
    memcpy(a.ip, p + 3, sizeof a.ip);
    return a;
}

static bool is_of_loopback(const struct addr *a)
{
    return (a->family == ADDR_IPV4 || a->family == ADDR_IPV6) && addr_is_loopback(a);
}

bool sockets_read(struct bytes message, struct sockets_question *out)
{
    if (message.n != QUESTION)
        return false;
    *out = (struct sockets_question){.what = (enum sockets_what)message.p[0],
                                     .at = read_address(message.p + 1),
                                     .to = read_address(message.p + 1 + ADDRESS)};
    switch (out->what) {
    case SOCKETS_LISTENER:
    case SOCKETS_DATAGRAMS:
        return is_of_loopback(&out->at) && out->to.family == ADDR_NONE;
    case SOCKETS_DIAL:
    case SOCKETS_DIAL_DATAGRAMS:
        return is_of_loopback(&out->to) &&
               (out->at.family == ADDR_NONE ||
                (is_of_loopback(&out->at) && out->at.family == out->to.family));
    }
    return false;
}

static int open_socket(struct sockets_question *q, struct fail *fail)
{
    const struct addr *from = q->at.family == ADDR_NONE ? NULL : &q->at;
    switch (q->what) {
    case SOCKETS_LISTENER:
        return listen_open(&q->at, fail);
    case SOCKETS_DATAGRAMS:
        return datagram_open(&q->at, fail);
    case SOCKETS_DIAL:
        return from ? dial_start_from(from, &q->to, fail) : dial_start(&q->to, fail);
    case SOCKETS_DIAL_DATAGRAMS:
        return dial_datagrams(from, &q->to, fail);
    }
    return -1;
}

static bool give(int channel, uint16_t port, int fd)
{
    const unsigned char answer[] = {GIVEN, (unsigned char)(port >> 8), (unsigned char)port};
    return hand_send(channel, bytes_at(answer, sizeof answer), fd);
}

static bool refuse(int channel, const struct fail *fail)
{
    struct buf answer = buf_new(HAND_MESSAGE);
    buf_put_byte(&answer, REFUSED);
    buf_put_text(&answer, fail->code);
    buf_put_byte(&answer, '\0');
    buf_put_text(&answer, fail->text);
    bool ok = hand_send(channel, buf_view(&answer), -1);
    buf_free(&answer);
    return ok;
}

bool sockets_answer(int channel)
{
    unsigned char message[HAND_MESSAGE];
    struct sockets_question q;
    struct fail fail;
    int unasked = -1;
    size_t n = hand_receive(channel, message, &unasked);
    if (unasked >= 0)
        close(unasked);
    if (n == 0 || unasked >= 0 || !sockets_read(bytes_at(message, n), &q))
        return false;
    int fd = open_socket(&q, &fail);
    bool held = fd >= 0 && hand_to_loopback(fd, &fail);
    bool ok = held ? give(channel, q.at.port, fd) : refuse(channel, &fail);
    if (fd >= 0)
        close(fd);
    return ok;
}
