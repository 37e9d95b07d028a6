/*
 * relay_fake: a mail server that says what a test lists, for tests of ajar.relay.
 */
#pragma once

#include "fake.h"

#define BANNER "220 mx.example ESMTP\r\n"
#define EHLO   "250-mx.example\r\n250 SIZE\r\n"
#define OK     "250 ok\r\n"
#define DENIED "554 5.7.1 denied\r\n"
#define BYE    "221 bye\r\n"

static void says(struct fake *f, unsigned *at, const char *text)
{
    assert_true(*at < FAKE_SAYS);
    f->says[(*at)++] = text;
}

/* Commands of one kind among what was sent. */
static unsigned sent(struct fake *f, const char *command)
{
    unsigned n = 0;
    const char *text = buf_text(&f->sent);
    size_t length = strlen(command);
    for (const char *at = strstr(text, command); at; at = strstr(at + length, command))
        n += at == text || at[-1] == '\n';
    return n;
}

static void run(struct fake *f, const char *options)
{
    char body[400];
    snprintf(body, sizeof body, "return ajar.relay.run(target, %s)", options);
    run_body(f, body);
}

static void starts(struct fake *f, unsigned *at)
{
    fake_begin(f, 'a');
    says(f, at, BANNER);
    says(f, at, EHLO);
}
