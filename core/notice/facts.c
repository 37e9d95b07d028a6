#include "notice/facts.h"

#include "notice/quote.h"

enum { BIG_ENOUGH = 4 * FACTS_SAID + 64 };

typedef bool (*quoting)(struct buf *out, struct bytes text, size_t columns);

/* object.name = the quoted text; left out when there is none. */
static bool set_by(quoting quote, json_t *object, const char *name, struct bytes text,
                   size_t columns)
{
    if (text.n == 0)
        return true;
    struct buf quoted = buf_new(BIG_ENOUGH);
    bool ok = quote(&quoted, text, columns) &&
              json_object_set_new_nocheck(
                  object, name, json_stringn_nocheck((const char *)quoted.p, quoted.n)) == 0;
    buf_free(&quoted);
    return ok;
}

/* What a quote would not change: ASCII that is printable, without a backslash. */
static bool stands_as_it_is(struct bytes text, size_t columns)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < ' ' || text.p[i] > '~' || text.p[i] == '\\')
            return false;
    return text.n <= columns;
}

static bool set_quoted(json_t *object, const char *name, struct bytes text, size_t columns)
{
    if (text.n > 0 && stands_as_it_is(text, columns))
        return json_object_set_new_nocheck(object, name,
                                           json_stringn_nocheck((const char *)text.p, text.n)) == 0;
    return set_by(quote_put, object, name, text, columns);
}

/* In quotation marks. */
static bool set_name(json_t *object, const char *name, struct bytes text, size_t columns)
{
    return set_by(quote_put_name, object, name, text, columns);
}

/* Without. */
static bool set_word(json_t *object, const char *name, struct bytes text, size_t columns)
{
    return set_by(quote_put_word, object, name, text, columns);
}

static bool set_text(json_t *object, const char *name, const char *text)
{
    return json_object_set_new_nocheck(object, name, json_string_nocheck(text)) == 0;
}

static bool set_instant(json_t *object, const char *name, instant when)
{
    char text[TIME_TEXT];
    return set_text(object, name, time_text(when, text));
}

static bool set_address(json_t *object, const char *name, const struct addr *a)
{
    char text[ADDR_IP_TEXT];
    return a->family == ADDR_NONE || set_text(object, name, addr_ip_text(a, text));
}

static bool set_number(json_t *object, const char *name, unsigned long n)
{
    return json_object_set_new_nocheck(object, name, json_integer((json_int_t)n)) == 0;
}

static const char *kind_name(enum finding_kind kind)
{
    static const char *const names[] = {"relay", "http", "socks"};
    return names[kind];
}

static const char *verdict_of(const struct finding *f)
{
    return f->open ? "open" : f->closed ? "closed" : "suspect";
}

/* What was written before. */
static bool set_earlier(json_t *facts, const struct finding *f)
{
    return (f->written == 0 || set_instant(facts, "written", f->written)) &&
           (f->interval == 0 || set_number(facts, "interval", f->interval)) &&
           set_word(facts, "earlier_case", f->earlier_case, FACTS_NAME);
}

static bool set_target(json_t *facts, const struct finding *f)
{
    return set_word(facts, "case", f->case_id, FACTS_NAME) &&
           set_text(facts, "verdict", verdict_of(f)) && set_earlier(facts, f) &&
           set_text(facts, "kind", kind_name(f->kind)) &&
           set_address(facts, "address", &f->target) && set_number(facts, "port", f->target.port) &&
           set_word(facts, "host", f->host, FACTS_NAME) &&
           set_name(facts, "source", f->source, FACTS_SOURCE) &&
           set_quoted(facts, "languages", f->languages, FACTS_SOURCE) &&
           set_instant(facts, "today", f->today) && set_instant(facts, "started", f->started) &&
           set_address(facts, "from", &f->from) &&
           set_quoted(facts, "said", bytes_slice(f->said, 0, FACTS_SAID), (size_t)4 * FACTS_SAID);
}

static bool add_line(json_t *dialogue, json_t *who, const struct finding_line *line)
{
    json_t *entry = json_object();
    return json_array_append_new(dialogue, entry) == 0 &&
           json_object_set_nocheck(entry, "who", who) == 0 &&
           (line->text.n > 0 || set_text(entry, "text", "")) &&
           set_quoted(entry, "text", line->text, FACTS_COLUMNS) &&
           (line->more == 0 || set_number(entry, "more", line->more)) &&
           (!line->decisive || json_object_set_new(entry, "decisive", json_true()) == 0);
}

static bool set_dialogue(json_t *facts, const struct finding *f)
{
    json_t *dialogue = json_array();
    json_t *lines = json_array();
    if (json_object_set_new(facts, "dialogue", dialogue) != 0 ||
        json_object_set_new(facts, "lines", lines) != 0)
        return false;
    bool ok = true, decisive = false;
    json_t *who[] = {json_string("S"), json_string("C")}; /* the same in all lines */
    for (size_t i = 0; ok && i < f->line_count; i++) {
        ok = add_line(dialogue, who[f->lines[i].ours], &f->lines[i]) &&
             json_array_append_new(lines, json_integer(f->lines[i].more)) == 0;
        decisive |= f->lines[i].decisive;
    }
    json_decref(who[0]);
    json_decref(who[1]);
    return ok && json_object_set_new(facts, "decisive", json_boolean(decisive)) == 0 &&
           (f->lines_before == 0 || set_number(facts, "lines_before", f->lines_before));
}

static bool set_causes(json_t *facts, const struct finding *f)
{
    json_t *causes = json_array();
    bool ok = json_object_set_new(facts, "causes", causes) == 0;
    for (size_t i = 0; ok && i < f->cause_count && i < FACTS_CAUSES; i++) {
        json_t *entry = json_object();
        ok = json_array_append_new(causes, entry) == 0 &&
             set_word(entry, "form", f->causes[i].form, FACTS_NAME) &&
             set_word(entry, "cause", f->causes[i].cause, FACTS_NAME);
    }
    return ok;
}

static bool set_returned(json_t *facts, const struct finding *f)
{
    if (f->token.n == 0)
        return true;
    json_t *returned = json_object();
    bool same = addr_equal_ip(&f->peer, &f->target);
    return json_object_set_new(facts, "returned", returned) == 0 &&
           set_word(returned, "token", f->token, FACTS_NAME) &&
           set_instant(returned, "at", f->returned) && set_address(returned, "peer", &f->peer) &&
           json_object_set_new(returned, "same_address", json_boolean(same)) == 0;
}

static bool set_ports(json_t *facts, const struct finding *f)
{
    json_t *ports = json_object();
    return json_object_set_new(facts, "ports", ports) == 0 &&
           set_quoted(ports, "reached", f->reached, FACTS_NAME) &&
           set_quoted(ports, "missed", f->missed, FACTS_NAME) &&
           json_object_set_new(ports, "mail", json_boolean(f->mail)) == 0;
}

static bool set_bundle(json_t *facts, const struct finding *f)
{
    json_t *bundle = json_object();
    return json_object_set_new(facts, "bundle", bundle) == 0 &&
           set_name(bundle, "name", f->bundle, FACTS_NAME) &&
           set_word(bundle, "digest", f->digest, FACTS_COLUMNS) &&
           set_word(bundle, "key_id", f->key_id, FACTS_NAME) &&
           set_word(bundle, "public_key", f->public_key, FACTS_COLUMNS);
}

json_t *facts_of(const struct finding *f, struct fail *fail)
{
    if (f->line_count > FACTS_LINES) {
        fail_set(fail, "ELIMIT", "a letter holds %d lines of dialogue, not %zu", FACTS_LINES,
                 f->line_count);
        return NULL;
    }
    json_t *facts = json_object();
    if (facts && set_target(facts, f) && set_dialogue(facts, f) && set_causes(facts, f) &&
        set_returned(facts, f) && set_ports(facts, f) && set_bundle(facts, f))
        return facts;
    json_decref(facts);
    fail_set(fail, "ENOMEM", "no memory for the facts of a letter");
    return NULL;
}
