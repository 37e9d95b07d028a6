#include "tape/print_row.h"

#include <jansson.h>
#include <stdlib.h>

enum { STEP_HANG = 7, VERDICT_HANG = 9, WORDS_LIMIT = 2 * RECORD_LINE_LIMIT };

struct step {
    json_int_t line;
    size_t place; /* in the probe's own order */
    const json_t *say;
};

/* Those of one line stay in the probe's order. */
static int by_line(const void *a, const void *b)
{
    const struct step *x = a;
    const struct step *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

/* To be freed; NULL where there is none. */
static struct step *in_order(const json_t *list, size_t *count)
{
    size_t n = json_array_size(list);
    struct step *steps = n > 0 ? calloc(n, sizeof *steps) : NULL;
    *count = steps ? n : 0;
    for (size_t i = 0; i < *count; i++) {
        const json_t *step = json_array_get(list, i);
        steps[i] = (struct step){json_integer_value(json_object_get(step, "line")), i,
                                 json_object_get(step, "say")};
    }
    if (steps)
        qsort(steps, n, sizeof *steps, by_line);
    return steps;
}

static void put_steps(const struct print_page *page, struct bytes list)
{
    size_t count = 0;
    json_t *all = json_loadb(list.p ? (const char *)list.p : "", list.n, JSON_ALLOW_NUL, NULL);
    struct step *steps = in_order(all, &count);
    for (size_t i = 0; i < count; i++) {
        const json_t *say = steps[i].say;
        buf_printf(page->out, "%5" JSON_INTEGER_FORMAT "  ", steps[i].line);
        print_wrapped(page, bytes_at(json_string_value(say), json_string_length(say)), STEP_HANG,
                      true);
        buf_put_byte(page->out, '\n');
    }
    free(steps);
    json_decref(all);
}

static enum print_ink ink_of(struct bytes verdict)
{
    return bytes_equal_text(verdict, "open")      ? INK_BAD
           : bytes_equal_text(verdict, "closed")  ? INK_GOOD
           : bytes_equal_text(verdict, "suspect") ? INK_REMARK
                                                  : INK_PLAIN;
}

void print_conclusion(const struct print_page *page, const struct print_verdict *v)
{
    struct buf words = buf_new(WORDS_LIMIT);
    buf_put_text(page->out, "\nVerdict: ");
    print_ink(page, ink_of(v->verdict));
    buf_put(&words, v->verdict);
    if (v->reason.n > 0)
        buf_put_text(&words, ": ");
    buf_put(&words, v->reason);
    print_wrapped(page, buf_view(&words), VERDICT_HANG, true);
    print_ink(page, INK_PLAIN);
    buf_put_byte(page->out, '\n');
    put_steps(page, v->steps);
    buf_free(&words);
}

static struct bytes or_hidden(struct bytes text)
{
    return text.n > 0 ? text : bytes_of("(hidden)");
}

void print_verdict(struct buf *out, const struct print_verdict *v,
                   const struct print_options *options)
{
    struct print_page page = {out, options->width, options->colour, false};
    struct print_verdict shown = {or_hidden(v->verdict), or_hidden(v->reason), v->steps};
    print_conclusion(&page, &shown);
    if (v->steps.n == 0)
        buf_printf(out, "%*s(its steps are hidden)\n", STEP_HANG, "");
}
