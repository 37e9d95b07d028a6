/* Cases that don't say what lies beside them: said where the page begins, in the table, and above the case. */
#include "view/sheet.h"

#include <stdio.h>

/* In an honest bundle each case is asked once, when they are counted. */
bool sheet_lies(const struct sheet *s, const struct bundle_case *c)
{
    struct fail ignored;
    return s->lies > 0 && !s->facts->holds(s->facts->asker, c, &ignored);
}

void sheet_count_lie(struct sheet *s, const struct bundle_case *c)
{
    struct fail why;
    if (s->facts->holds(s->facts->asker, c, &why) || s->lies++ > 0)
        return;
    s->first_lie = why;
    snprintf(s->first_liar, sizeof s->first_liar, "%s", c->id);
}

void sheet_lie(struct sheet *s, const struct bundle_case *c)
{
    struct fail why;
    if (s->lies == 0 || s->facts->holds(s->facts->asker, c, &why))
        return;
    sheet_put(s, "<div class=\"state bad lie\"><strong>NOT what lies beside it.</strong> The "
                 "case.json of this case, of which verdict, target and reason here are, does not "
                 "say what its tape and its receipts say: ");
    sheet_words(s, why.text);
    sheet_put(s, ".</div>\n");
}

void sheet_lies_summary(struct sheet *s)
{
    sheet_put(s, "<div class=\"state bad\" id=\"lies\"><strong>NOT what lies beside ");
    if (s->lies == 1)
        sheet_put(s, "it.</strong> One case does");
    else
        sheet_printf(s, "them.</strong> %lu cases do", s->lies);
    sheet_put(s, " not say what tape and receipts say: whoever has the key sealed a contradiction, "
                 "and no verdict of this bundle is to be relied on before it is cleared up. ");
    sheet_printf(s, "%s is %.10s: ", s->lies == 1 ? "It" : "The first", s->first_liar);
    sheet_words(s, s->first_lie.text);
    sheet_put(s, ".</div>\n");
}
