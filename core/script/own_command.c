#include "script/own_command.h"

#include "proto/smtp_command.h"
#include "script/own_path.h"

#include <string.h>

/* The path of a MAIL or RCPT line, and the parameters behind it, which may hold no second path. */
static bool check_path(struct task *t, unsigned conn, enum own_path what, struct bytes line,
                       struct fail *fail)
{
    size_t colon = bytes_index(line, ':', 0);
    struct bytes path = bytes_trim(bytes_slice(line, colon + 1, line.n));
    size_t end = path.n > 0 && path.p[0] == '<' ? bytes_index(path, '>', 0) : BYTES_NOT_FOUND;
    if (end != BYTES_NOT_FOUND) {
        struct bytes parameters = bytes_slice(path, end + 1, path.n);
        for (size_t i = 0; i < parameters.n; i++)
            if (strchr("<>@!%\"", parameters.p[i]))
                return fail_set(fail, "ECONDUCT", "one path a command: this line holds more");
        path = bytes_slice(path, 1, end);
    }
    if (what == OWN_RECIPIENT && own_path_is_postmaster(t, path)) {
        conduct_hold(task_conduct(t), conn);
        return true;
    }
    return own_path_check(t, what, path, fail);
}

/* Does the line ask the server to take us for itself (Postfix's XCLIENT)? No other claim is let pass. */
static bool is_xclient(struct bytes line)
{
    return bytes_equal_nocase(line, "XCLIENT ADDR=127.0.0.1") ||
           bytes_equal_nocase(line, "XCLIENT ADDR=IPV6:::1");
}

bool own_command_check(struct task *t, unsigned conn, struct bytes line, struct fail *fail)
{
    static const char *const allowed[] = {"EHLO ", "HELO ", "RSET", "NOOP", "QUIT", "STARTTLS"};
    if (bytes_starts_nocase(line, "MAIL FROM:"))
        return check_path(t, conn, OWN_SENDER, line, fail);
    if (bytes_starts_nocase(line, "RCPT TO:"))
        return check_path(t, conn, OWN_RECIPIENT, line, fail);
    if (is_xclient(line))
        return true;
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (bytes_starts_nocase(line, allowed[i]))
            return true;
    return fail_set(fail, "ECONDUCT",
                    "a probe may send EHLO, HELO, MAIL FROM:, RCPT TO:, DATA (by "
                    "smtp:data), RSET, NOOP, STARTTLS and QUIT");
}

static bool is_too_long(struct fail *fail)
{
    return fail_set(fail, "EARGUMENT",
                    "a command is one line of at most %d bytes, without CR, LF "
                    "or NUL",
                    SMTP_COMMAND_LIMIT);
}

bool own_command_put(struct task *t, unsigned conn, struct bytes line, struct buf *out,
                     struct fail *fail)
{
    return own_command_check(t, conn, line, fail) &&
           (smtp_command_put(out, line) || is_too_long(fail));
}

bool own_command_put_path(struct task *t, unsigned conn, const char *verb, struct bytes path,
                          struct buf *out, struct fail *fail)
{
    unsigned char room[SMTP_COMMAND_LIMIT];
    struct buf line = {.p = room, .cap = sizeof room, .limit = sizeof room};
    bool bare = path.n == 0 || path.p[0] != '<';
    buf_put_text(&line, verb);
    buf_put_text(&line, bare ? "<" : "");
    buf_put(&line, path);
    buf_put_text(&line, bare ? ">" : "");
    if (line.overflow)
        return is_too_long(fail);
    return own_command_put(t, conn, buf_view(&line), out, fail);
}

bool own_command_put_nobody(struct task *t, unsigned conn, const struct token *token,
                            struct bytes host, struct buf *out, struct fail *fail)
{
    char text[TOKEN_TEXT];
    if (!own_path_is_target(t, host))
        return fail_set(fail, "ECONDUCT", "\"%.*s\" is no name of the target's own",
                        (int)(host.n > 80 ? 80 : host.n), (const char *)host.p);
    conduct_hold(task_conduct(t), conn);
    buf_printf(out, "RCPT TO:<%s@%.*s>\r\n", token_text(token, text), (int)host.n,
               (const char *)host.p);
    return !out->overflow || is_too_long(fail);
}

bool own_command_is_in_turn(struct task *t, unsigned conn, struct fail *fail)
{
    const struct buf *input = world_input(task_world(t), conn);
    return !input || input->n == 0 ||
           fail_set(fail, "EPROTO",
                    "the server sent more than it was asked for: its replies can't be "
                    "told apart");
}
