#include "base/json_place.h"

#include <stdlib.h>

struct scan {
    struct bytes text;
    size_t at;
};

static unsigned char here(const struct scan *s)
{
    return s->at < s->text.n ? s->text.p[s->at] : '\0';
}

static void skip_blanks(struct scan *s)
{
    while (s->at < s->text.n && memchr(" \t\r\n", s->text.p[s->at], 4))
        s->at++;
}

/* From its first quote to behind its last. */
static void skip_string(struct scan *s)
{
    for (s->at++; s->at < s->text.n && s->text.p[s->at] != '"'; s->at++)
        if (s->text.p[s->at] == '\\')
            s->at++;
    s->at = s->at < s->text.n ? s->at + 1 : s->text.n;
}

/* With all that is in it. */
static void skip_value(struct scan *s)
{
    size_t depth = 0;
    do {
        unsigned char c = here(s);
        if (c == '"') {
            skip_string(s);
            continue;
        }
        if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']' || c == ',') && depth == 0)
            return;
        else if (c == '}' || c == ']')
            depth--;
        s->at++;
    } while (s->at < s->text.n && (depth > 0 || !memchr(",}]", s->text.p[s->at], 3)));
}

/* From the bracket, or the comma behind a value, to the next one; false: there is none. */
static bool go_to_next(struct scan *s, unsigned char end)
{
    s->at++;
    skip_blanks(s);
    return s->at < s->text.n && here(s) != end;
}

/* To the value of this name; *place is that of the name. */
static bool enter_object(struct scan *s, struct bytes name, size_t *place)
{
    if (here(s) != '{')
        return false;
    while (go_to_next(s, '}')) {
        size_t key = s->at;
        if (here(s) != '"')
            return false;
        skip_string(s);
        bool found =
            s->at >= key + 2 && bytes_equal(bytes_slice(s->text, key + 1, s->at - 1), name);
        skip_blanks(s);
        if (here(s) != ':')
            return false;
        s->at++;
        skip_blanks(s);
        if (found) {
            *place = key;
            return true;
        }
        skip_value(s);
        skip_blanks(s);
        if (here(s) != ',')
            return false;
    }
    return false;
}

static bool enter_array(struct scan *s, unsigned long index, size_t *place)
{
    if (here(s) != '[')
        return false;
    for (unsigned long i = 0; go_to_next(s, ']'); i++) {
        if (i == index) {
            *place = s->at;
            return true;
        }
        skip_value(s);
        skip_blanks(s);
        if (here(s) != ',')
            return false;
    }
    return false;
}

/* The path's first part: "name" or "[7]"; *path is behind it, and behind the point between two names. */
static bool enter(struct scan *s, const char **path, size_t *place)
{
    const char *part = *path;
    if (*part == '[') {
        char *end;
        unsigned long index = strtoul(part + 1, &end, 10);
        *path = end + strspn(end, "].");
        return enter_array(s, index, place);
    }
    size_t n = strcspn(part, ".[");
    *path = part + n + (part[n] == '.');
    return enter_object(s, bytes_at(part, n), place);
}

void json_place_at(struct bytes text, size_t at, unsigned *line, unsigned *column)
{
    *line = *column = 1;
    for (size_t i = 0; i < at && i < text.n; i++) {
        bool ends = text.p[i] == '\n';
        *line += ends;
        *column = ends ? 1 : *column + 1;
    }
}

void json_place_find(struct bytes text, const char *path, unsigned *line, unsigned *column)
{
    struct scan s = {text, 0};
    size_t place;
    skip_blanks(&s);
    place = s.at < text.n ? s.at : 0;
    for (unsigned depth = 0; *path && depth < JSON_PLACE_DEPTH && enter(&s, &path, &place); depth++)
        continue;
    json_place_at(text, place, line, column);
}
