#include "proto/telnet.h"

enum { IAC = 255, SB = 250, SE = 240, WILL = 251, DONT = 254 };

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
    return in.n;
}

/* The end of the command that begins at `at`, where an IAC stands. */
static size_t end_of_command(struct bytes in, size_t at)
{
    if (at + 1 >= in.n)
        return in.n;
    unsigned char command = in.p[at + 1];
    if (command == SB)
        return end_of_parameters(in, at + 2);
    size_t length = command >= WILL && command <= DONT ? 3 : 2;
    return at + length < in.n ? at + length : in.n;
}

bool telnet_text(struct bytes in, struct buf *out)
{
    bool ok = true;
    for (size_t at = 0; ok && at < in.n;) {
        bool doubled = in.p[at] == IAC && at + 1 < in.n && in.p[at + 1] == IAC;
        if (in.p[at] == IAC && !doubled) {
            at = end_of_command(in, at);
            continue;
        }
        if (in.p[at] != 0)
            ok = buf_put_byte(out, in.p[at]);
        at += doubled ? 2 : 1;
    }
    return ok;
}
