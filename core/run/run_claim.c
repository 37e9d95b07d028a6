#include "run/run_claim.h"

#include "base/text.h"
#include "evidence/bundle.h"

#include <stdio.h>

enum { SHOWN = 100, RUN_JSON_MOST = 1024 * 1024 };

json_t *run_claim_read(const char *bundle)
{
    struct fail ignored;
    struct buf text = buf_new(RUN_JSON_MOST);
    json_t *run =
        bundle_read(bundle, "data/run.json", &text, &ignored) ? object_load(buf_view(&text)) : NULL;
    buf_free(&text);
    return run;
}

static int shown(struct bytes text)
{
    return (int)bytes_slice(text, 0, SHOWN).n;
}

static bool differs(struct difference *out, const char *what, struct bytes said, struct bytes is)
{
    out->line = 1;
    snprintf(out->expected, sizeof out->expected, "the run's %s %.*s, as data/run.json says", what,
             shown(said), said.n ? (const char *)said.p : "");
    snprintf(out->got, sizeof out->got, "%s %.*s", what, shown(is), is.n ? (const char *)is.p : "");
    text_make_printable(out->expected);
    text_make_printable(out->got);
    return false;
}

/* What was not UTF-8 came out as U+FFFD there. */
static bool is_same(struct bytes said, struct bytes is)
{
    return bytes_equal(said, is) || bytes_find(said, bytes_of("\xef\xbf\xbd")) != BYTES_NOT_FOUND;
}

static bool same_text(const json_t *run, const char *member, struct bytes is,
                      struct difference *out)
{
    struct bytes said = object_text(run, member);
    return !json_object_get(run, member) || is_same(said, is) || differs(out, member, said, is);
}

static bool same_sink(const json_t *run, const struct tape_head *head, struct difference *out)
{
    char text[ADDR_TEXT];
    return head->sink.family == ADDR_NONE ||
           same_text(run, "sink", bytes_of(addr_text(&head->sink, text)), out);
}

static bool same_wait(const json_t *run, const struct tape_head *head, struct difference *out)
{
    char said[32] = "";
    char is[32];
    const json_t *wait = json_object_get(run, "wait_ms");
    json_int_t ms = head->wait / 1000;
    if (!wait || (json_is_integer(wait) && json_integer_value(wait) == ms))
        return true;
    if (json_is_integer(wait))
        snprintf(said, sizeof said, "%" JSON_INTEGER_FORMAT, json_integer_value(wait));
    snprintf(is, sizeof is, "%" JSON_INTEGER_FORMAT, ms);
    return differs(out, "wait_ms", bytes_of(said), bytes_of(is));
}

bool run_claim_agrees(const json_t *run, const struct tape_head *head, struct difference *out)
{
    return same_text(run, "authority", head->authority, out) &&
           same_text(run, "contact", head->contact, out) &&
           same_text(run, "info", head->info, out) &&
           same_text(run, "mail_domain", head->mail_domain, out) &&
           same_text(run, "helo", head->helo, out) && same_sink(run, head, out) &&
           same_wait(run, head, out);
}
