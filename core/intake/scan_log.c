#include "intake/scan_log.h"

#include "intake/when.h"

/* The next word of *rest, empty at its end. */
static struct bytes next_word(struct bytes *rest)
{
    *rest = bytes_trim(*rest);
    size_t end = bytes_index(*rest, ' ', 0);
    struct bytes word = bytes_slice(*rest, 0, end);
    *rest = bytes_slice(*rest, word.n, rest->n);
    return word;
}

static void place(struct entry *e, const struct addr *a)
{
    e->addr = e->range.base = *a;
    e->range.bits = (unsigned char)(addr_ip_length(a) * 8);
}

/* ---- HOPM ---- */

#define FOUND "OPEN PROXY "

bool scan_log_is_hopm(struct bytes line)
{
    return line.n > 0 && line.p[0] == '[' &&
           bytes_find(bytes_slice(line, 0, 80), bytes_of("] ")) != BYTES_NOT_FOUND;
}

/* "[DATE] ", where it is one. */
static void take_date(struct bytes line, struct entry *out)
{
    size_t end = bytes_index(line, ']', 0);
    if (end != BYTES_NOT_FOUND && !when_parse(bytes_slice(line, 1, end), &out->when))
        out->when = 0;
}

enum intake_answer scan_log_hopm(struct bytes line, struct entry *out, struct fail *fail)
{
    size_t found = bytes_find(line, bytes_of(FOUND));
    struct addr a = {0};
    *out = (struct entry){0};
    if (found == BYTES_NOT_FOUND)
        return INTAKE_NOTHING;
    take_date(line, out);
    struct bytes rest = bytes_slice(line, found + strlen(FOUND), line.n);
    /* A nick may stand before the address; whoever chose it could write one, too: the last one that a type follows counts. */
    for (struct bytes word; (word = next_word(&rest)).n > 0;) {
        struct bytes after = bytes_trim(rest);
        if (addr_parse(word, &a) && a.port != 0 && after.n > 1 && after.p[0] == '(') {
            size_t end = bytes_index(after, ')', 0);
            place(out, &a);
            out->said[0] = '\0';
            entry_say(out, "", bytes_of("open proxy"));
            entry_say(out, "type", bytes_slice(after, 1, end));
        }
    }
    if (out->addr.family != ADDR_NONE)
        return INTAKE_ENTRY;
    fail_set(fail, "ETARGET", "it names no ADDR:PORT (TYPE)");
    return INTAKE_BAD;
}

/* ---- proxycheck ---- */

static const struct {
    const char *letters;
    const char *words;
} types[] = {{"s4", "SOCKS4"},    {"s5", "SOCKS5"},   {"wg", "WinGate"}, {"hc", "HTTP CONNECT"},
             {"ho", "HTTP POST"}, {"hu", "HTTP PUT"}, {"fu", "FTP USER"}};

static const char *type_words(struct bytes letters)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (bytes_equal_text(letters, types[i].letters))
            return types[i].words;
    return NULL;
}

/* "s5:1080": the words for it, and the port. */
static const char *service_of(struct bytes word, unsigned long *port)
{
    size_t colon = bytes_index(word, ':', 0);
    const char *words = colon == BYTES_NOT_FOUND ? NULL : type_words(bytes_slice(word, 0, colon));
    return words && bytes_number(bytes_slice(word, colon + 1, word.n), 65535, port) ? words : NULL;
}

bool scan_log_is_proxycheck(struct bytes line)
{
    struct addr a;
    unsigned long port;
    struct bytes address = next_word(&line);
    return addr_parse_ip(address, &a) && service_of(next_word(&line), &port);
}

enum intake_answer scan_log_proxycheck(struct bytes line, struct entry *out, struct fail *fail)
{
    struct addr a = {0};
    unsigned long port = 0;
    *out = (struct entry){0};
    if (bytes_trim(line).n == 0)
        return INTAKE_NOTHING;
    struct bytes address = next_word(&line);
    const char *words = service_of(next_word(&line), &port);
    if (!addr_parse_ip(address, &a) || !words) {
        fail_set(fail, "ETARGET", "it is not of the form ADDR TYPE:PORT open");
        return INTAKE_BAD;
    }
    if (!bytes_equal_text(next_word(&line), "open"))
        return INTAKE_NOTHING;
    a.port = (uint16_t)port;
    place(out, &a);
    entry_say(out, "", bytes_of("open proxy"));
    entry_say(out, "type", bytes_of(words));
    return INTAKE_ENTRY;
}
