/*
 * page: a bundle as one HTML file that holds all it needs: for people.
 *
 * It shows what `ajar show` and `ajar verify` say, with the dialogues, the receipts and the way the mail took, and it works
 * where no script may run. Every file of the bundle is in it too, so that where scripts may run the page checks itself:
 * signature, digests and tree (data/view/page.js), and compares what it shows of the bundle, its run and its cases with
 * what these files make it show (told.js makes it anew, shown.js compares: what changes here changes there). Not compared
 * are whether it verified when it was made, names of signers, time-stamps, the custody, the remarks of tape/remark.h and how
 * to check it; the page says so. Nor which cases don't say what lies beside them, of which claims.js asks the most itself. It asks nobody for anything: its Content-Security-Policy forbids it.
 *
 * Whoever can change the page can change that check as well: the evidence is the bundle. The page says so.
 */
#pragma once

#include "evidence/bundle.h"
#include "evidence/custody.h"

/* All files of a bundle together; a page of more would be too slow to be read. A page of a choice may be of any bundle. */
#define PAGE_MOST (64ULL * 1024 * 1024)

/* What of a bundle is put into the page; all zeros: everything. What is left out is said on the page. */
struct page_choice {
    unsigned
        verdicts; /* only the cases that ended so: bits, in the order of page_choice_read's words; 0: all */
    bool summary; /* the table of the cases, and of their files case.json alone */
};
/* Reads "open,suspect" into choice->verdicts. EINVAL with a sentence that has the words that there are. */
bool page_choice_read(const char *words, struct page_choice *choice, struct fail *fail);

/* What became of the bundle after it was sealed. */
struct page_custody {
    const char *path;              /* of the records; NULL: there are none */
    const struct custody *records; /* which hold; NULL: they don't, or were not checked */
    const char *why;          /* they don't hold; NULL without records: they were not checked */
    const struct trust *keys; /* each is by one of them; NULL, or none: nobody's keys were given */
    unsigned char file[SHA256_SIZE]; /* of the bundle's file now */
};

struct page_facts {
    const char *path;                   /* of the bundle */
    const struct bundle_report *report; /* what verification found */
    const char *why;                    /* NULL: it verifies; else what does not hold */
    bool key_given;            /* it was verified by keys that the maker of the page trusts */
    struct page_choice choice; /* of an extract: none */
    struct page_custody custody;
    /* Does case.json say what lies beside it? Else what differs. */
    bool (*holds)(const void *asker, const struct bundle_case *c, struct fail *why);
    const void *asker;
    struct bytes run; /* rows about the run, "  label       words" each */
    instant now;
};

/* Creates the file, whole or not at all. EEXIST: it is there, and stays. ELIMIT: the bundle is over PAGE_MOST
 * without a choice, or the page would be over SHEET_MOST (sheet.h). */
bool page_create(const char *out, const struct page_facts *facts, struct fail *fail);
