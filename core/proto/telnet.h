/*
 * telnet: the text in what a telnet server sends, and what is answered to its negotiations (RFC 854, RFC 1143).
 */
#pragma once

#include "base/buf.h"

/* Appends what is text: without commands, negotiations and NULs; a command that is cut off at the end is left
 * out. False when out is full. */
bool telnet_text(struct bytes in, struct buf *out);
/* How much of it is whole: all but a command that is cut off at its end. */
size_t telnet_whole(struct bytes in);

enum { TELNET_ANSWER = 32 * 3 }; /* the longest answer: to so many options */
/* Appends what one that does nothing but send lines answers: WONT to each option that it is asked to use (DO), DONT to each
 * that the server would like to use (WILL), once for each, as far as `out` has room. WONT and DONT of the server confirm
 * what is so already, and get no answer (RFC 1143, section 7, an option in state NO). */
void telnet_refuse(struct bytes in, struct buf *out);
/* Is it such an answer, and nothing else? */
bool telnet_is_refusal(struct bytes answer);
