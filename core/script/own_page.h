/*
 * own_page: the one URL that a web proxy is asked for: that of a token at our sink.
 *
 * A web proxy is a page of a web server that fetches what its own URL names: "/browse.php?u=http%3A%2F%2F…". Some take
 * the host to fetch from out of their path, so a script may not name paths: it could name a stranger so. It chooses one
 * of the places that are known here, and the URL is that of the sink, or of the control (own_sink.h).
 */
#pragma once

#include "script/own_sink.h"

/* The place that a script has named: "/browse.php?u={url}". NULL: no such place is known. What stands in braces is put
 * there: {url}, the URL as a parameter of a query; {base64}, the same in base64; {sink}, HOST:PORT; {token}. */
const char *own_page_find(struct bytes place);
/* Appends what a request for this place has for a target. */
bool own_page_put(struct task *t, const char *place, struct own_sink where,
                  const struct token *token, struct buf *out, struct fail *fail);
