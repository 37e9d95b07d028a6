/*
 * sheet: the page while it is written: a buffer that goes out to the file as it fills.
 */
#pragma once

#include "evidence/replace.h"
#include "tape/object.h"
#include "view/html.h"
#include "view/page.h"

/* Of a case: rows of its dialogue, and steps to its verdict, in its list and in the dialogue. What is more is counted or
 * said to be more. data/view/told.js has the number of steps too. */
enum { SHEET_ROWS = 20000, SHEET_STEPS = 1000 };
enum { SHEET_TEXT = 4096 };               /* bytes shown of one text of a case.json */
#define SHEET_MOST (192ULL * 1024 * 1024) /* bytes of a page */
/* How it is made smaller: what the message of a limit ends with. */
#define SHEET_SMALLER                                                                              \
    "choose with --only open,suspect or --summary, or make one of an extract (`ajar extract`)"

struct sheet {
    const struct page_facts *facts;
    const struct replace *file;
    struct buf out;
    struct buf
        chosen;   /* a byte for each case of the bundle, in their order: 1 when it is in the page */
    size_t cases; /* of them that are */
    unsigned long lies;          /* of them that don't say what lies beside them */
    struct fail first_lie;       /* what the first of these contradicts, */
    char first_liar[NAME_LIMIT]; /* and which it is */
    unsigned long long size;     /* that went out */
    bool failed;                 /* what was put last did not get out */
    struct fail *fail;
};

/* Puts what is in `out` into the file, when it is much or when it must be; false when that failed, now or before. */
bool sheet_flush(struct sheet *s, bool all);
void sheet_put(struct sheet *s, const char *html);
void sheet_printf(struct sheet *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sheet_text(struct sheet *s, struct bytes text);
void sheet_words(struct sheet *s, const char *words);
/* case.json, to be given back (json_decref); NULL when it can't be read as an object. */
json_t *sheet_case_json(const struct bundle_case *c, struct fail *fail);
/* `<dt>LABEL</dt><dd>TEXT</dd>`, unless there is no text. */
void sheet_fact(struct sheet *s, const char *label, struct bytes text);
/* The time for people, in a <time>. */
void sheet_time(struct sheet *s, instant when);
/* The file of data/view/ with this name, built in. */
struct bytes sheet_asset(const char *name);

/* What a page consists of, one after the other. */
void sheet_head(struct sheet *s);                               /* sheet_head.c */
void sheet_summary(struct sheet *s, const size_t of_verdict[]); /* sheet_summary.c */
void sheet_end(struct sheet *s);

/* sheet_table.c: the verdicts, in the order in which they are told, ended by NULL. */
extern const char *const sheet_verdicts[];
enum { SHEET_VERDICTS = 6 };
/* The verdict's place among them; SHEET_VERDICTS: it is none of them. */
size_t sheet_verdict_of(const json_t *json);
/* Goes through the cases first: which are chosen, and how many of them ended how. */
bool sheet_count(struct sheet *s, size_t of_verdict[SHEET_VERDICTS]);
bool sheet_table(struct sheet *s);
void sheet_verdict(struct sheet *s, struct bytes verdict);

/* sheet_lies.c: what does not say what lies beside it. */
void sheet_count_lie(struct sheet *s, const struct bundle_case *c);
bool sheet_lies(const struct sheet *s, const struct bundle_case *c);
void sheet_lie(struct sheet *s, const struct bundle_case *c); /* nothing where the case does */
void sheet_lies_summary(struct sheet *s);

/* sheet_choice.c: the choice among cases and files. */
bool sheet_is_chosen(const struct sheet *s, const json_t *json);
void sheet_left_out(struct sheet *s); /* says it */

/* sheet_case.c, sheet_dialogue.c, sheet_receipt.c */
bool sheet_cases(struct sheet *s);
bool sheet_dialogue(struct sheet *s, const struct bundle_case *c, const json_t *json);
void sheet_way(struct sheet *s, const struct bundle_case *c, const json_t *json);
void sheet_receipts(struct sheet *s, const struct bundle_case *c, const json_t *json);

/* sheet_custody.c: nothing where there is none. */
void sheet_custody(struct sheet *s);

/* sheet_checking.c, sheet_files.c */
void sheet_checking(struct sheet *s);
bool sheet_files(struct sheet *s);
