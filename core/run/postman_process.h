/*
 * postman_process: the inside of the process behind postman.h, and what the two say to each other.
 */
#pragma once

#include "run/postman.h"

/* All have one answer, but POSTMAN_NEXT: of the letter that is released, and of the next one's envelope. */
enum postman_asks {
    POSTMAN_OPEN = 1,
    POSTMAN_LETTER,
    POSTMAN_RELEASE,
    POSTMAN_NEXT, /* releases, with a letter behind */
    POSTMAN_QUIT
};

struct postman_answer {
    enum submit_state state;
    struct submit_outcome outcome;
    struct fail fail;
    char tls[80];
};

/* The letter goes with POSTMAN_LETTER and POSTMAN_NEXT alone. */
void postman_question_put(struct buf *out, enum postman_asks what,
                          const struct submit_letter *letter);
void postman_answer_put(struct buf *out, const struct postman_answer *answer);
/* False: this is none. Fuzzed. */
bool postman_answer_get(struct bytes frame, struct postman_answer *out);

struct loop;
struct stream;
struct stream_tls;

struct postman_process {
    struct postman_order order;
    bool only_checks; /* there is no connection: what it needs is read, and that is all */

    /* private */
    struct fail fail; /* of the preparation */
    struct loop *loop;
    struct stream_tls *tls;
    struct stream *stream;
    struct submit submit;
    char name[ADDR_TEXT];
    char user[512];
    char password[512];
    char said_tls[80];
};

void postman_process_prepare(void *process);
void postman_process_work(void *process, int in, int out);
