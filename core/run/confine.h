/*
 * confine: what a process gives up before it sees its first byte from the network.
 *
 * Resource limits, no capabilities, no new privileges, not traceable, dies with the supervisor; Landlock: no file
 * system, no TCP of its own making; seccomp: a short list of system calls, of which none opens a file,
 * runs a program or makes a socket. What the kernel lacks is reported, not silently left out.
 */
#pragma once

#include "base/fail.h"

enum confine_role {
    CONFINE_WORKER, /* may not accept either */
    CONFINE_READER, /* has pipes alone; files that its libraries ask for are not there (EACCES), which does not end it */
    CONFINE_SINK,   /* may accept connections on the listener it was given, and answer datagrams */
    CONFINE_CELL,   /* has the channel to its worker, and gets no other descriptor */
    CONFINE_SIMULATOR, /* does with sockets that it is given whatever can be done with them, and makes none: they are held to
                        * loopback (sim/sockets.h) */
    CONFINE_PAPER,     /* reads files, of those that confine_files has left it */
};

/* First thing in a new process: closes all descriptors above `last`. */
bool confine_descriptors(int last, struct fail *fail);
/* In the place of 0, 1 and 2, which are the command's own: /dev/null. What this process prints from then on reaches
 * nobody, nor what somebody who has broken into it prints in its place. Before confine. (Not in a build with
 * AddressSanitizer, which is to be heard.) */
bool confine_streams(struct fail *fail);
/* The most memory that the process may have, in bytes; before confine. (Not in a build with AddressSanitizer, which
 * needs much for itself.) */
bool confine_memory(size_t most, struct fail *fail);
/* Landlock for a process that must read files to the end: what lies in these folders alone can be opened, and only to be read.
 * Those that are not there are passed over. Before any thread is made, and before confine, which then leaves the files to
 * this. `missing` as in confine. */
bool confine_files(const char *const *folders, size_t n, char missing[64], struct fail *fail);
/* Confines the process for good, once it has all that it will ever open. False: it could not be, and
 * the process must not go on. `missing` gets what this kernel has no support for ("Landlock"), or an
 * empty text. */
bool confine(enum confine_role role, char missing[64], struct fail *fail);
