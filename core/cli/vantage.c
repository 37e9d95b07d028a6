#include "cli/vantage.h"

#include "net/dial.h"

#include <unistd.h>

/* Can it be had? A port of it is held for a moment. */
static bool is_ours(const struct addr *a, const char *text, struct fail *fail)
{
    struct addr at = *a;
    struct fail why;
    int fd = listen_closed(&at, &why);
    if (fd < 0)
        return fail_set(fail, "EUSAGE", "--from: %s is no address of this machine: %s", text,
                        why.text);
    close(fd);
    return true;
}

static bool is_allowed(const struct addr *a, const char *text, const struct scope *scope,
                       struct fail *fail)
{
    enum scope_answer answer = scope_ask(scope, a);
    return answer == SCOPE_ALLOWED ||
           fail_set(fail, "EUSAGE", "--control: %s %s", text, scope_answer_text(answer));
}

bool vantage_read(const char *from, const char *control, const struct scope *scope,
                  struct addr *from_out, struct addr *control_out, struct fail *fail)
{
    *from_out = *control_out = (struct addr){0};
    if (from && !addr_parse_ip(bytes_of(from), from_out))
        return fail_set(fail, "EUSAGE", "--from: \"%s\" is no address", from);
    if (control && !addr_parse_ip(bytes_of(control), control_out))
        return fail_set(fail, "EUSAGE", "--control: \"%s\" is no address", control);
    return (!from || is_ours(from_out, from, fail)) &&
           (!control || is_allowed(control_out, control, scope, fail));
}
