#include "cli/chain_words.h"

#include <stdio.h>

void chain_words_add(struct chain_walk *w, const char *path, const struct bundle_report *report)
{
    struct chain_member before = {w->path, &w->report};
    struct chain_member next = {path, report};
    if (w->count++ == 0)
        w->first = report->head.chain.number;
    else if (!w->broken)
        w->broken = !chain_follows(&before, &next, &w->why);
    w->path = path;
    w->report = *report;
}

static void print_before(unsigned long first)
{
    if (first == 1)
        printf("  It begins with the key's first run");
    else if (first == 2)
        printf("  Run 1 was before");
    else
        printf("  Runs 1 to %lu were before", first - 1);
}

bool chain_words_end(const struct chain_walk *w)
{
    char id[KEY_ID_TEXT];
    unsigned long last = w->report.head.chain.number;
    if (w->count < 2)
        return true;
    if (w->broken) {
        printf("NOT a chain without a gap: %s\n", w->why.text);
        return false;
    }
    printf("a chain: runs %lu to %lu of the key %s, no gap, no fork\n", w->first, last,
           key_id_text(&w->report.signer, id));
    print_before(w->first);
    printf("; what came after run %lu these can't show\n", last);
    return true;
}
