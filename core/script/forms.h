/*
 * forms: what a probe tries, form by form, and what each shows: declared by its script, for whoever wants to know.
 *
 *     forms = { { id = "R4", name = "a percent route", envelope = { "MAIL FROM:<{sender}>", … },
 *                 shows = "relays by the percent hack", cause = "percent-route", remedy = "…", category = "safe" }, … }
 *
 * They change nothing about a run. So only who lists probes reads them: a bundle's scripts, which may be older than the
 * field, are never refused for one of that name.
 */
#pragma once

#include "base/buf.h"

struct lua_State;

enum {
    FORMS_MOST = 100,
    FORMS_LIMIT = 112 * 1024,
    FORM_LINES = 8,
    FORM_ID = 16,
    FORM_WORDS = 200,
    FORM_REMEDY = 2000
};

/* Appends the forms of the table at `index` as a JSON array (at most FORMS_LIMIT bytes) of objects with these members,
 * `category` always among them: `usual` where the form has none. [] when it declares none. Raises an error that names the form and what is
 * wrong with it; nothing passes that is unfit to be shown. [-0, +0, e] */
void forms_read(struct lua_State *L, int index, const char *usual, struct buf *out);
