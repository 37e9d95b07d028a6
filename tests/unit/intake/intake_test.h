/*
 * intake_test: what a line says, in one text: "ADDR:PORT|source|said|name|country|network|date".
 */
#pragma once

#include "intake/entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum { SHOWN_MOST = 1200 };

static inline const char *shown(const struct entry *e, char out[SHOWN_MOST])
{
    char address[ADDR_TEXT];
    char date[TIME_TEXT] = "";
    if (e->when)
        time_text(e->when, date);
    snprintf(out, SHOWN_MOST, "%s|%s|%s|%s|%s|%s|%.19s", addr_text(&e->addr, address), e->source,
             e->said, e->name, e->country, e->network, date);
    return out;
}
