/* What of a bundle a page is of. */
#include "view/sheet.h"

#include <string.h>

static bool add_verdict(struct bytes word, struct page_choice *choice)
{
    for (size_t i = 0; sheet_verdicts[i]; i++) {
        if (!bytes_equal_text(word, sheet_verdicts[i]))
            continue;
        choice->verdicts |= 1U << i;
        return true;
    }
    return false;
}

bool page_choice_read(const char *words, struct page_choice *choice, struct fail *fail)
{
    struct bytes rest = bytes_of(words);
    for (size_t end = 0; end != BYTES_NOT_FOUND;) {
        end = bytes_index(rest, ',', 0);
        if (!add_verdict(bytes_slice(rest, 0, end), choice))
            return fail_set(fail, "EINVAL",
                            "'%s' is none, nor some with commas between them, of open, suspect, "
                            "closed, unreachable, inconclusive, error",
                            words);
        if (end != BYTES_NOT_FOUND)
            rest = bytes_slice(rest, end + 1, rest.n);
    }
    return true;
}

bool sheet_is_chosen(const struct sheet *s, const json_t *json)
{
    unsigned verdicts = s->facts->choice.verdicts;
    return verdicts == 0 || (verdicts >> sheet_verdict_of(json) & 1) != 0;
}

/* "open or suspect", or with another word between them. */
static void put_verdicts(struct sheet *s, const char *between)
{
    bool any = false;
    for (size_t i = 0; sheet_verdicts[i]; i++) {
        if (!(s->facts->choice.verdicts >> i & 1))
            continue;
        sheet_printf(s, "%s%s", any ? between : "", sheet_verdicts[i]);
        any = true;
    }
}

void sheet_left_out(struct sheet *s)
{
    const struct page_choice *choice = &s->facts->choice;
    if (choice->verdicts == 0 && !choice->summary)
        return;
    sheet_put(s, "<p class=\"state none\" id=\"left\" data-only=\"");
    put_verdicts(s, " ");
    sheet_printf(s, "\" data-summary=\"%s\">", choice->summary ? "yes" : "");
    if (choice->verdicts != 0) {
        sheet_printf(s, "Not all cases are here: %zu of %zu, which ended as ", s->cases,
                     s->chosen.n);
        put_verdicts(s, " or ");
        sheet_printf(s, ". The other %zu are left out with all their files. ",
                     s->chosen.n - s->cases);
    }
    if (choice->summary)
        sheet_put(s, "Of each case here is what became of it and why; its steps, dialogue and "
                     "receipts are left out. ");
    sheet_put(s, "What was left out this page can&#39;t check: the bundle has it.</p>\n");
}
