#include "cli/coverage_words.h"

#include <stdio.h>

/* In a row of missed lines; lines with nothing to run don't end it. */
static bool is_missed(const struct covered *s, unsigned line)
{
    return coverage_has(s->code, line) && !coverage_has(s->ran, line);
}

static bool has_run(const struct covered *s, unsigned line)
{
    return coverage_has(s->code, line) && coverage_has(s->ran, line);
}

/* The last missed line of the row that begins at `line`. */
static unsigned end_of(const struct covered *s, unsigned line)
{
    unsigned last = line;
    for (; line <= s->lines && !has_run(s, line); line++)
        if (is_missed(s, line))
            last = line;
    return last;
}

static void print_missed(const struct covered *s)
{
    const char *before = ", not run: ";
    for (unsigned line = 1; line <= s->lines; line++) {
        if (!is_missed(s, line))
            continue;
        unsigned last = end_of(s, line);
        printf(last > line ? "%s%u-%u" : "%s%u", before, line, last);
        before = ", ";
        line = last;
    }
}

static void print_script(const struct covered *s, int width)
{
    unsigned code = 0;
    unsigned ran = 0;
    for (unsigned line = 1; line <= s->lines; line++) {
        code += coverage_has(s->code, line);
        ran += has_run(s, line);
    }
    printf("%-*s  %u of %u line%s", width, s->name, ran, code, code == 1 ? "" : "s");
    print_missed(s);
    putchar('\n');
}

void coverage_words(const struct coverage *c)
{
    size_t width = 0;
    for (size_t i = 0; i < c->count; i++) {
        size_t n = strlen(c->scripts[i].name);
        width = n > width ? n : width;
    }
    for (size_t i = 0; i < c->count; i++)
        print_script(&c->scripts[i], (int)width);
}
