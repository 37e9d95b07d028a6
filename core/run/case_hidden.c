#include "run/case_hidden.h"

#include "run/case_differs.h"

#include <stdio.h>

struct lacking {
    json_t *said;
    unsigned count;
    char names[DIFFERENCE_TEXT];
};

static void must_have(struct lacking *l, const char *name, bool must)
{
    size_t n = strlen(l->names);
    if (!must || json_object_get(l->said, name))
        return;
    snprintf(l->names + n, sizeof l->names - n, "%s%s", n > 0 ? ", " : "", name);
    l->count++;
}

/* Of what is shown: those of a verdict that is hidden may be there or not. */
static struct lacking what_it_lacks(const struct frame_claim *c)
{
    static const char *const always[] = {"target", "port",  "probe",   "pack", "verdict",
                                         "reason", "steps", "started", "case", "elapsed_ms"};
    struct lacking l = {.said = c->said};
    struct bytes verdict = object_text(c->said, "verdict");
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        must_have(&l, always[i], true);
    must_have(&l, "name", c->head->name.n > 0);
    must_have(&l, "receipts", c->files->receipt_count > 0);
    must_have(&l, "exits", c->files->receipt_count > 0);
    must_have(&l, "proof", bytes_equal_text(verdict, "open"));
    must_have(&l, "overruled", verdict.n > 0 && !bytes_equal(verdict, c->verdict->data));
    must_have(&l, "tape_sha256", c->files->interface >= CASE_FILES_SORTED);
    return l;
}

bool case_hidden_agrees(const struct frame_claim *c, struct difference *out)
{
    char said[DIFFERENCE_TEXT];
    char is[32];
    unsigned stand_ins = case_hides_count(c->said);
    snprintf(is, sizeof is, "%u, as tree.txt says", c->files->hidden_members);
    if (stand_ins != c->files->hidden_members) {
        snprintf(said, sizeof said, "%u", stand_ins);
        return case_differs_text(out, 0, "hidden members:", said, is);
    }
    struct lacking l = what_it_lacks(c);
    if (stand_ins == 0 || l.count <= stand_ins)
        return true;
    snprintf(said, sizeof said, "no more members missing than are hidden, %u", stand_ins);
    snprintf(is, sizeof is, "%u: ", l.count);
    char got[DIFFERENCE_TEXT + sizeof is];
    snprintf(got, sizeof got, "%s%s", is, l.names);
    got[DIFFERENCE_TEXT - 1] = '\0';
    return case_differs_words(out, 0, said, got);
}
