/*
 * sockets: where the simulated servers' sockets come from.
 *
 * Their scripts may be a stranger's, and the process that runs them can make no socket. It asks the one that started it,
 * which gives it none but on loopback: addresses of loopback alone, and held to its interface (net/hand.h).
 *
 * Question: u8 what, the address to take or to come from, the address to reach; an address is u8 family, u16 port, 16
 * bytes. Answer: u8 1, u16 port and the descriptor; or u8 0, the fail's code, NUL, and its sentence.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"

/* The channel to the process that gives them. */
struct sockets {
    int channel;
};

enum sockets_what {
    SOCKETS_LISTENER = 1,
    SOCKETS_DATAGRAMS,
    SOCKETS_DIAL,
    SOCKETS_DIAL_DATAGRAMS,
};

struct sockets_question {
    enum sockets_what what;
    struct addr at; /* to take; to come from: family ADDR_NONE is any */
    struct addr to; /* to reach; family ADDR_NONE for the first two */
};

/* As listen_open and datagram_open (net/dial.h, net/datagram.h). */
int sockets_listener(const struct sockets *s, struct addr *at, struct fail *fail);
int sockets_datagrams(const struct sockets *s, struct addr *at, struct fail *fail);
/* As dial_start_from and dial_datagrams; from NULL: any. */
int sockets_dial(const struct sockets *s, const struct addr *from, const struct addr *to,
                 struct fail *fail);
int sockets_dial_datagrams(const struct sockets *s, const struct addr *from, const struct addr *to,
                           struct fail *fail);

/* The other end. False: this is no question, or one for what may not be had; who asks so is to be ended. */
bool sockets_read(struct bytes message, struct sockets_question *out);
/* Waits for one question and answers it. False: who asks is gone, or to be ended. */
bool sockets_answer(int channel);
