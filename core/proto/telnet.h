/*
 * telnet: the text in what a telnet server sends (RFC 854).
 */
#pragma once

#include "base/buf.h"

/* Appends what is text: without commands, negotiations and NULs; a command that is cut off at the end is left
 * out. False when out is full. */
bool telnet_text(struct bytes in, struct buf *out);
