/*
 * hand: one message at a time between two processes, with a descriptor or without, for one that waits for each answer.
 *
 * (A channel is for those that must never wait.) The kernel keeps the messages apart (SOCK_SEQPACKET).
 */
#pragma once

#include "base/bytes.h"
#include "base/fail.h"

enum { HAND_MESSAGE = 1024 };

/* A connected pair of blocking sockets, closed on exec. */
bool hand_pair(int fds[2], struct fail *fail);
/* At most HAND_MESSAGE bytes, at least one. The descriptor (-1: none) stays the caller's. Never waits: false when the
 * peer is gone, or takes nothing. */
bool hand_send(int at, struct bytes message, int fd);
/* Waits for a message: its length, and in *fd the descriptor that came with it (the caller's), or -1. 0: the peer is gone,
 * or sent what is no message: one that is longer, or several descriptors; none is kept then. */
size_t hand_receive(int at, unsigned char into[HAND_MESSAGE], int *fd);

/* Holds a socket to the loopback interface, for good: whoever has it and no rights beyond others' reaches nothing
 * beyond this machine by it, whatever addresses it names. */
bool hand_to_loopback(int fd, struct fail *fail);
