#include "script/own_path.h"

#include <string.h>
#include <strings.h>

static bool is_separator(unsigned char c)
{
    static const bool separators[256] = {
        ['\0'] = true, ['<'] = true, ['>'] = true, ['@'] = true, ['!'] = true,
        ['%'] = true,  ['"'] = true, [':'] = true, [','] = true, ['/'] = true,
        ['|'] = true,  ['='] = true, [' '] = true,
    };
    return separators[c];
}

/* The next piece between separators; an address literal in brackets is one piece. */
static bool next_piece(struct bytes path, size_t *at, struct bytes *piece)
{
    size_t from = *at;
    while (from < path.n && is_separator(path.p[from]))
        from++;
    if (from == path.n)
        return false;
    size_t bracket = path.p[from] == '[' ? bytes_index(path, ']', from) : BYTES_NOT_FOUND;
    size_t end = bracket != BYTES_NOT_FOUND ? bracket + 1 : from;
    while (bracket == BYTES_NOT_FOUND && end < path.n && !is_separator(path.p[end]))
        end++;
    *piece = bytes_slice(path, from, end);
    *at = end;
    return true;
}

/* In any case, with a dot at the end or without. */
static bool same_name(struct bytes piece, struct bytes name)
{
    if (piece.n == name.n + 1 && piece.p[piece.n - 1] == '.')
        piece.n--;
    return piece.n == name.n &&
           strncasecmp((const char *)piece.p, (const char *)name.p, name.n) == 0;
}

/* The target's address in brackets, or the machine itself. */
static bool is_address_of_target(struct task *t, struct bytes piece)
{
    char literal[ADDR_TEXT];
    if (piece.n == 0 || piece.p[0] != '[')
        return bytes_equal_nocase(piece, "localhost");
    return bytes_equal_nocase(piece, addr_literal(&task_facts(t)->target, literal)) ||
           bytes_equal_nocase(piece, "[127.0.0.1]");
}

/* Does the target go by this name, as itself or its list says? */
static bool is_said_of_target(struct task *t, struct bytes piece)
{
    struct bytes name = task_facts(t)->target_name;
    return (name.n > 0 && same_name(piece, name)) || conduct_knows(task_conduct(t), piece);
}

/* May that name stand in an envelope? On loopback there is no stranger's. */
static bool is_true_name(struct task *t, struct bytes piece)
{
    return addr_is_loopback(&task_facts(t)->target) || conduct_leads(task_conduct(t), piece);
}

bool own_path_is_target(struct task *t, struct bytes piece)
{
    return is_address_of_target(t, piece) ||
           (is_said_of_target(t, piece) && is_true_name(t, piece));
}

static bool is_our_domain(struct task *t, struct bytes piece)
{
    const struct run_facts *run = task_facts(t)->run;
    return same_name(piece, run->mail_domain) || same_name(piece, run_sender_domain(run));
}

/* A host below our domain, for a sender's address that no DNS knows. */
static bool is_below_our_domain(struct task *t, struct bytes piece)
{
    struct bytes domain = task_facts(t)->run->mail_domain;
    return piece.n > domain.n + 1 && piece.p[piece.n - domain.n - 1] == '.' &&
           same_name(bytes_slice(piece, piece.n - domain.n, piece.n), domain);
}

/* A token of this probe, bare or behind "bounce-". */
static bool is_own_token(struct task *t, struct bytes piece)
{
    if (bytes_starts_nocase(piece, "bounce-"))
        piece = bytes_slice(piece, 7, piece.n);
    return task_owns_token_text(t, piece);
}

static bool are_letters_or_digits(struct bytes b)
{
    for (size_t i = 0; i < b.n; i++)
        if (!((b.p[i] >= 'a' && b.p[i] <= 'z') || (b.p[i] >= 'A' && b.p[i] <= 'Z') ||
              (b.p[i] >= '0' && b.p[i] <= '9')))
            return false;
    return true;
}

/* "SRS0=HHHH=TT=domain=user@host": what stands behind the hash and the day, which are no hosts. */
static struct bytes behind_srs(struct bytes path)
{
    enum { LABEL = 5, HASH = 4, DAY = 2, BEHIND = LABEL + HASH + 1 + DAY + 1 };
    bool is = bytes_starts_nocase(path, "SRS0=") && path.n > BEHIND &&
              path.p[LABEL + HASH] == '=' && path.p[BEHIND - 1] == '=' &&
              are_letters_or_digits(bytes_slice(path, LABEL, LABEL + HASH)) &&
              are_letters_or_digits(bytes_slice(path, LABEL + HASH + 1, BEHIND - 1));
    return is ? bytes_slice(path, BEHIND, path.n) : path;
}

/* Could a bounce be sent there? What stands behind an @ is a host in any spelling, be it without a dot, a
 * number (RFC 821, "#16909060") or with another script's full stop. */
static bool is_host(struct bytes path, struct bytes piece)
{
    return (piece.p > path.p && piece.p[-1] == '@') || piece.p[0] == '[' ||
           bytes_index(piece, '.', 0) != BYTES_NOT_FOUND;
}

/* The plain letter, figure, hyphen or full stop that IDNA maps the character at `at` to, and how many bytes it
 * has; 0 when it is none of these: full-width forms (U+FF0D to U+FF5A) and the full stops U+3002 and U+FF61. */
static size_t plain_of(struct bytes path, size_t at, unsigned char *plain)
{
    enum { WIDE = 3 };
    if (path.n - at < WIDE)
        return 0;
    const unsigned char *p = path.p + at;
    unsigned code = (p[0] & 0x0fU) << 12 | (p[1] & 0x3fU) << 6 | (p[2] & 0x3fU);
    if ((p[0] & 0xf0U) != 0xe0 || (p[1] & 0xc0U) != 0x80 || (p[2] & 0xc0U) != 0x80)
        return 0;
    if (code == 0x3002 || code == 0xff61)
        code = '.' + 0xfee0;
    *plain = (unsigned char)(code - 0xfee0);
    bool is = code >= 0xff0d && code <= 0xff5a &&
              (*plain == '-' || *plain == '.' || are_letters_or_digits(bytes_at(plain, 1)));
    return is ? WIDE : 0;
}

static bool is_ascii(struct bytes b)
{
    const uint64_t tops = UINT64_MAX / 0xff * 0x80;
    uint64_t all = 0;
    size_t i = 0;
    for (uint64_t word; b.n - i >= sizeof word; i += sizeof word) {
        memcpy(&word, b.p + i, sizeof word);
        all |= word;
    }
    for (; i < b.n; i++)
        all |= b.p[i];
    return (all & tops) == 0;
}

/* The path with those characters plain. What a server does not map so, it can deliver nowhere. */
static struct bytes without_width(struct bytes path, unsigned char out[OWN_PATH_MOST])
{
    size_t n = 0;
    if (is_ascii(path))
        return path;
    for (size_t at = 0; at < path.n; n++) {
        size_t used = path.p[at] < 0x80 ? 0 : plain_of(path, at, &out[n]);
        if (used == 0)
            out[n] = path.p[at];
        at += used ? used : 1;
    }
    return bytes_at(out, n);
}

static bool fail_foreign(struct task *t, struct bytes piece, struct fail *fail)
{
    const char *why = is_said_of_target(t, piece)
                          ? "the DNS has not led it to the target (ajar.dns.a, ajar.dns.aaaa)"
                          : "a test mails only its own mailbox, by way of the target";
    return fail_set(fail, "ECONDUCT", "\"%.*s\" may not stand in an envelope: %s",
                    (int)(piece.n > 80 ? 80 : piece.n), (const char *)piece.p, why);
}

bool own_path_check(struct task *t, enum own_path what, struct bytes path, struct fail *fail)
{
    bool token = false;
    bool domain = false;
    struct bytes piece;
    unsigned char plain[OWN_PATH_MOST];
    if (path.n > OWN_PATH_MOST)
        return fail_set(fail, "ECONDUCT", "a path in an envelope has at most %d bytes",
                        OWN_PATH_MOST);
    path = behind_srs(without_width(path, plain));
    for (size_t at = 0; next_piece(path, &at, &piece);) {
        bool ours = is_our_domain(t, piece);
        bool own = is_own_token(t, piece);
        domain |= ours;
        token |= own;
        if (ours || own || own_path_is_target(t, piece) ||
            (what == OWN_SENDER && is_below_our_domain(t, piece)))
            continue;
        if (what == OWN_RECIPIENT || is_host(path, piece))
            return fail_foreign(t, piece, fail);
    }
    if (what == OWN_RECIPIENT && !(token && domain))
        return fail_set(fail, "ECONDUCT",
                        "a recipient must be one of the probe's own mailboxes "
                        "(ajar.mailbox())");
    return true;
}

bool own_path_is_postmaster(struct task *t, struct bytes path)
{
    static const char user[] = "postmaster@";
    struct bytes host = bytes_slice(path, sizeof user - 1, path.n);
    return bytes_starts_nocase(path, user) &&
           (is_address_of_target(t, host) || is_said_of_target(t, host));
}
