#include "run/case_differs.h"

#include "base/hash.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { SHOWN = 100 };

static int shown(struct bytes text)
{
    return (int)bytes_slice(text, 0, SHOWN).n;
}

bool case_differs(struct difference *out, unsigned line, const char *what, struct bytes said,
                  struct bytes is)
{
    out->line = line;
    said = said.n > 0 ? said : bytes_of("(none)");
    is = is.n > 0 ? is : bytes_of("(none)");
    snprintf(out->expected, sizeof out->expected, "%s %.*s, as case.json says", what, shown(said),
             (const char *)said.p);
    snprintf(out->got, sizeof out->got, "%s %.*s", what, shown(is), (const char *)is.p);
    text_make_printable(out->expected);
    text_make_printable(out->got);
    return false;
}

bool case_differs_text(struct difference *out, unsigned line, const char *what, const char *said,
                       const char *is)
{
    return case_differs(out, line, what, bytes_of(said), bytes_of(is));
}

bool case_differs_words(struct difference *out, unsigned line, const char *expected,
                        const char *got)
{
    out->line = line;
    snprintf(out->expected, sizeof out->expected, "%s", expected);
    snprintf(out->got, sizeof out->got, "%s", got);
    text_make_printable(out->expected);
    text_make_printable(out->got);
    return false;
}

/* "hidden HASH":null (doc/evidence.md, "Extracts") */
static bool is_stand_in(const char *key, const json_t *value)
{
    static const char hidden[] = "hidden ";
    size_t n = sizeof hidden - 1;
    return json_is_null(value) && strncmp(key, hidden, n) == 0 &&
           strlen(key + n) == SHA256_HEX - 1 &&
           strspn(key + n, "0123456789abcdef") == SHA256_HEX - 1;
}

unsigned case_hides_count(json_t *said)
{
    unsigned count = 0;
    const char *key;
    json_t *value;
    json_object_foreach(said, key, value) count += is_stand_in(key, value);
    return count;
}

bool case_hides(json_t *said, const char *name)
{
    return !json_object_get(said, name) && case_hides_count(said) > 0;
}
