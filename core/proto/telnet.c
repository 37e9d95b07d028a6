#include "proto/telnet.h"

#include <string.h>

enum { IAC = 255, SB = 250, SE = 240, WILL = 251, WONT = 252, DO = 253, DONT = 254 };

/* Where what begins at `at` goes on behind the end of what has come: not yet. */
#define CUT_OFF ((size_t)-1)

/* The end of the sub-negotiation whose parameters begin at `at`. */
static size_t end_of_parameters(struct bytes in, size_t at)
{
    while (at + 1 < in.n) {
        if (in.p[at] != IAC)
            at++;
        else if (in.p[at + 1] == SE)
            return at + 2;
        else
            at += 2;
    }
    return CUT_OFF;
}

/* The end of the command that begins at `at`, where an IAC stands; or CUT_OFF. */
static size_t end_of_command(struct bytes in, size_t at)
{
    if (at + 1 >= in.n)
        return CUT_OFF;
    unsigned char command = in.p[at + 1];
    if (command == SB)
        return end_of_parameters(in, at + 2);
    size_t length = command >= WILL && command <= DONT ? 3 : 2;
    return at + length <= in.n ? at + length : CUT_OFF;
}

/* The next command from *at on, which is moved behind it; where it begins, or CUT_OFF when no more is whole. Then *at is
 * where the text ends. */
static size_t next_command(struct bytes in, size_t *at)
{
    for (; *at < in.n; ++*at) {
        size_t begins = *at;
        bool doubled = begins + 1 < in.n && in.p[begins + 1] == IAC;
        if (in.p[begins] != IAC)
            continue;
        size_t end = doubled ? begins + 2 : end_of_command(in, begins);
        if (end == CUT_OFF)
            return CUT_OFF;
        *at = end;
        return begins;
    }
    return CUT_OFF;
}

size_t telnet_whole(struct bytes in)
{
    size_t at = 0;
    while (next_command(in, &at) != CUT_OFF)
        ;
    return at;
}

void telnet_refuse(struct bytes in, struct buf *out)
{
    bool answered[2][256];
    memset(answered, 0, sizeof answered);
    size_t begins;
    for (size_t at = 0; (begins = next_command(in, &at)) != CUT_OFF;) {
        unsigned char asks = in.p[begins + 1];
        if (asks != WILL && asks != DO)
            continue;
        unsigned char option = in.p[begins + 2];
        const unsigned char answer[] = {IAC, asks == WILL ? DONT : WONT, option};
        if (!answered[asks == WILL][option] && out->limit - out->n >= sizeof answer)
            buf_put(out, bytes_at(answer, sizeof answer));
        answered[asks == WILL][option] = true;
    }
}

bool telnet_is_refusal(struct bytes answer)
{
    for (size_t i = 0; i + 2 < answer.n; i += 3)
        if (answer.p[i] != IAC || (answer.p[i + 1] != WONT && answer.p[i + 1] != DONT))
            return false;
    return answer.n > 0 && answer.n % 3 == 0 && answer.n <= TELNET_ANSWER;
}

bool telnet_text(struct bytes in, struct buf *out)
{
    bool ok = true;
    for (size_t at = 0; ok && at < in.n;) {
        bool doubled = in.p[at] == IAC && at + 1 < in.n && in.p[at + 1] == IAC;
        if (in.p[at] == IAC && !doubled) {
            size_t end = end_of_command(in, at);
            at = end == CUT_OFF ? in.n : end;
            continue;
        }
        if (in.p[at] != 0)
            ok = buf_put_byte(out, in.p[at]);
        at += doubled ? 2 : 1;
    }
    return ok;
}
