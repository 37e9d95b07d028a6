#include "cli/tree_words.h"

#include <stdio.h>

static void print_chain(const struct chain_link *chain)
{
    if (chain->number == 0)
        puts("  chain       none: no other run is bound to this one");
    else if (chain->number == 1)
        puts("  chain       run 1 of the signer's chain: the first; that the key had sealed none "
             "before\n"
             "              this can't show");
    else
        printf("  chain       run %lu of the signer's chain, after one of %lu %s\n", chain->number,
               chain->previous_cases, chain->previous_cases == 1 ? "case" : "cases");
}

/* What was left to believe is said: a sealer who made the tree of a case from other parts would be found out only there. */
static void print_tree(const struct bundle_report *r)
{
    if (r->parts_cases == r->cases) {
        puts("  tree        each case has its place in it, with all its parts");
        return;
    }
    printf("  tree        each case has its place in it, %lu with all their parts\n"
           "  not checked that the parts of the other %lu are those of their trees, which only\n"
           "              matters when one is shown alone: --all-parts goes through all\n",
           r->parts_cases, r->cases - r->parts_cases);
}

void tree_words_print(const struct bundle_report *r)
{
    if (r->version == 1) {
        puts("  tree        none, in a bundle of version 1: no case of it can be shown alone");
        return;
    }
    if (r->case_id[0] == '\0')
        print_tree(r);
    print_chain(&r->head.chain);
}

void tree_words_extract(const struct bundle_report *r)
{
    printf("  case        %s: %lu of %lu in the bundle, in the order of their hashes\n", r->case_id,
           r->place, r->cases);
    if (r->hidden == 0)
        printf("  parts       %lu: each as sealed, none hidden\n", r->parts);
    else
        printf("  parts       %lu: %lu hidden, each of the others as sealed\n", r->parts,
               r->hidden);
    puts("  shows       this case was sealed so, together with the others\n"
         "  can't show  which the others are, how they ended, in which order they were tested");
}
