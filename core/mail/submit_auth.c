#include "mail/submit_auth.h"

#include "base/base64.h"
#include "base/random.h"
#include "proto/smtp_command.h"

static bool fail_long(struct fail *fail)
{
    return fail_set(fail, "EAUTH", "the user's name or password is too long");
}

static void forget(struct buf *b)
{
    if (b->p)
        explicit_bzero(b->p, b->n);
    buf_free(b);
}

static bool say(struct buf *out, const char *before, struct bytes what, struct fail *fail)
{
    struct buf line = buf_new(SMTP_COMMAND_LIMIT);
    bool ok = buf_put_text(&line, before) && base64_put(&line, what) && !line.overflow;
    if (ok)
        smtp_command_put(out, buf_view(&line));
    forget(&line);
    return ok || fail_long(fail);
}

/* RFC 4616: nothing, NUL, user, NUL, password. */
static bool say_plain(const struct submit_auth *a, struct buf *out, struct fail *fail)
{
    struct buf both = buf_new(SMTP_COMMAND_LIMIT);
    buf_put_byte(&both, 0);
    buf_put_text(&both, a->user);
    buf_put_byte(&both, 0);
    buf_put_text(&both, a->password);
    bool ok = both.overflow ? fail_long(fail) : say(out, "AUTH PLAIN ", buf_view(&both), fail);
    forget(&both);
    return ok;
}

static bool say_scram(struct submit_auth *a, struct buf *out, struct fail *fail)
{
    unsigned char random[(SCRAM_NONCE - 1) / 2];
    char nonce[SCRAM_NONCE];
    struct buf first = buf_new(SCRAM_FIRST);
    random_bytes(random, sizeof random);
    hash_hex(random, sizeof random, nonce);
    bool ok = scram_first(&a->scram, a->user, nonce, &first)
                  ? say(out, "AUTH SCRAM-SHA-256 ", buf_view(&first), fail)
                  : fail_long(fail);
    forget(&first);
    return ok;
}

bool submit_auth_begin(struct submit_auth *a, const struct smtp_extensions *offered,
                       struct buf *out, struct fail *fail)
{
    bool fits = scram_takes(a->user, a->password);
    a->answers = 0;
    a->how = offered->auth_scram && fits ? AUTH_SCRAM
             : offered->auth_plain       ? AUTH_PLAIN
                                         : AUTH_LOGIN;
    if (a->how == AUTH_SCRAM)
        return say_scram(a, out, fail);
    if (a->how == AUTH_PLAIN)
        return say_plain(a, out, fail);
    if (offered->auth_login)
        return smtp_command_put(out, bytes_of("AUTH LOGIN"));
    return fail_set(fail, "EAUTH",
                    offered->auth_scram
                        ? "the smarthost takes SCRAM-SHA-256 alone, and name or password has other "
                          "characters than printable ASCII (no SASLprep)"
                        : "the smarthost takes no password by SCRAM-SHA-256, PLAIN or LOGIN here");
}

static bool answer_scram(struct submit_auth *a, struct bytes said, struct buf *out,
                         struct fail *fail)
{
    struct buf reply = buf_new(4096);
    struct buf mine = buf_new(4096);
    bool ok = base64_take(&reply, said) ||
              fail_set(fail, "EPROTO", "the smarthost's part of SCRAM is too long");
    if (ok && a->answers == 0)
        ok = scram_final(&a->scram, a->password, buf_view(&reply), &mine, fail) &&
             say(out, "", buf_view(&mine), fail);
    else if (ok)
        ok = scram_verify(&a->scram, buf_view(&reply), fail) && say(out, "", bytes_of(""), fail);
    buf_free(&reply);
    forget(&mine);
    return ok;
}

bool submit_auth_answer(struct submit_auth *a, const struct smtp_reply *r, struct buf *out,
                        struct fail *fail)
{
    bool ok = false;
    if (a->how == AUTH_SCRAM && a->answers < 2)
        ok = answer_scram(a, r->said, out, fail);
    else if (a->how == AUTH_LOGIN && a->answers < 2)
        ok = say(out, "", bytes_of(a->answers == 0 ? a->user : a->password), fail);
    else
        fail_set(fail, "EAUTH", "the smarthost asks for more than the user's name and password");
    a->answers++;
    return ok;
}

bool submit_auth_is_done(const struct submit_auth *a, struct fail *fail)
{
    return a->how != AUTH_SCRAM || a->scram.proven ||
           fail_set(fail, "EAUTH",
                    "the smarthost says yes and has not proven that it knows the password (SCRAM)");
}
