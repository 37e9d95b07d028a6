#include "guard/scope.h"

#include "base/text.h"
#include "guard/scope_inside.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { FILE_LIMIT = 512 * 1024 * 1024, PATH_LIMIT = 4096 };

/* Where we are in a text, for the sentences of its errors. */
struct place {
    const char *name;
    unsigned line;
    const char *path; /* of the scope file, where opt-out files may be named; else NULL */
};

static const char *const words[WORDS] = {"authority", "contact", "info"};

/* The next line of the rest, without comment and blanks. False: there is none. */
static bool next_line(struct bytes *rest, struct place *place, struct bytes *line)
{
    if (rest->n == 0)
        return false;
    size_t end = bytes_index(*rest, '\n', 0);
    *line = bytes_slice(*rest, 0, end);
    *rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(*rest, end + 1, rest->n);
    *line = bytes_trim(bytes_slice(*line, 0, bytes_index(*line, '#', 0)));
    place->line++;
    return true;
}

static struct bytes without_mark(struct bytes text)
{
    return bytes_starts_nocase(text, "\xef\xbb\xbf") ? bytes_slice(text, 3, text.n) : text;
}

static bool wrong(const struct place *at, struct fail *fail, struct bytes what, const char *why)
{
    return fail_set(fail, "EFORMAT", "%s:%u: \"%.*s\" %s", at->name, at->line,
                    what.n < 80 ? (int)what.n : 80, what.n ? (const char *)what.p : "", why);
}

static bool no_memory(struct fail *fail)
{
    return fail_set(fail, "ENOMEM", "no memory is left for the scope's prefixes");
}

/* A prefix of IPv4-mapped addresses as the IPv4 prefix that it means. */
static struct prefix unmapped(struct prefix p)
{
    struct addr plain = addr_unmapped(p.base);
    if (plain.family == p.base.family || p.bits < 96)
        return p;
    return (struct prefix){.base = plain, .bits = (unsigned char)(p.bits - 96)};
}

static bool is_loopback(const struct prefix *p)
{
    return addr_is_loopback(&p->base) && p->bits >= (p->base.family == ADDR_IPV6 ? 128 : 8);
}

static bool take_prefix(struct scope *s, struct prefix_set *set, struct bytes text,
                        const struct place *at, struct fail *fail)
{
    struct prefix p;
    if (!prefix_parse(text, &p))
        return wrong(at, fail, text, "is no address and no prefix such as 192.0.2.0/24");
    p = unmapped(p);
    if (set == s->allowed && !is_loopback(&p))
        s->beyond_loopback = true;
    return prefix_set_add(set, &p) || no_memory(fail);
}

/* Plain ASCII without what could end or quote a URI where it is shown. */
static bool is_uri(struct bytes b)
{
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] <= ' ' || b.p[i] >= 0x7f || strchr("\"<>\\", b.p[i]))
            return false;
    return true;
}

static bool has_scheme(struct bytes b, const char *const *schemes)
{
    for (; *schemes; schemes++)
        if (bytes_starts_nocase(b, *schemes) && b.n > strlen(*schemes))
            return is_uri(b);
    return false;
}

static const char *what_is_wrong(enum word word, struct bytes value)
{
    static const char *const contacts[] = {"mailto:", "tel:", "https://", NULL};
    static const char *const infos[] = {"https://", "http://", NULL};
    if (value.n == 0 || !text_is_printable(value))
        return "is no text that can be shown";
    if (value.n > SCOPE_TEXT_LIMIT)
        return "is too long";
    if (word == CONTACT && !has_scheme(value, contacts))
        return "is no contact such as mailto:probes@cert.example";
    if (word == INFO && !has_scheme(value, infos))
        return "is no address of a page such as https://cert.example/probes";
    return NULL;
}

static bool take_said(struct scope *s, enum word word, struct bytes value, const struct place *at,
                      struct fail *fail)
{
    const char *why = s->said[word][0] ? "is said a second time" : what_is_wrong(word, value);
    if (why)
        return wrong(at, fail, value, why);
    memcpy(s->said[word], value.p, value.n);
    return true;
}

static bool read_file(const char *path, struct buf *out, struct fail *fail)
{
    size_t n = 1;
    FILE *file = fopen(path, "re");
    if (!file)
        return fail_errno(fail, errno, path);
    while (n > 0) {
        unsigned char *to = buf_reserve(out, 64 * 1024);
        n = to ? fread(to, 1, 64 * 1024, file) : 0;
        buf_commit(out, n);
    }
    bool ok = !ferror(file) || fail_errno(fail, errno, path);
    if (out->overflow)
        ok = fail_set(fail, "ELIMIT", "%s: the file is too large", path);
    fclose(file);
    return ok;
}

/* The file's path: relative to the directory of the scope file. */
static bool path_of(struct bytes file, const struct place *at, char out[PATH_LIMIT],
                    struct fail *fail)
{
    const char *slash = strrchr(at->path, '/');
    int above = slash && file.p[0] != '/' ? (int)(slash + 1 - at->path) : 0;
    int n =
        snprintf(out, PATH_LIMIT, "%.*s%.*s", above, at->path, (int)file.n, (const char *)file.p);
    return (n > 0 && n < PATH_LIMIT) || wrong(at, fail, file, "is too long for the name of a file");
}

static bool take_optouts(struct scope *s, struct bytes file, const struct place *at,
                         struct fail *fail)
{
    char path[PATH_LIMIT];
    struct buf text = buf_new(FILE_LIMIT);
    if (!at->path)
        return wrong(at, fail, file, "is a file, and none can be named here");
    if (file.n == 0 || file.n >= PATH_LIMIT || bytes_index(file, 0, 0) != BYTES_NOT_FOUND)
        return wrong(at, fail, file, "is no name of a file");
    bool ok = path_of(file, at, path, fail) && read_file(path, &text, fail) &&
              scope_add_optouts(s, buf_view(&text), path, fail);
    buf_free(&text);
    return ok;
}

static bool take_line(struct scope *s, struct bytes line, const struct place *at, struct fail *fail)
{
    size_t end = 0;
    while (end < line.n && line.p[end] != ' ' && line.p[end] != '\t')
        end++;
    struct bytes word = bytes_slice(line, 0, end);
    struct bytes value = bytes_trim(bytes_slice(line, end, line.n));
    if (bytes_equal_text(word, "allow"))
        return take_prefix(s, s->allowed, value, at, fail);
    if (bytes_equal_text(word, "deny"))
        return take_prefix(s, s->denied, value, at, fail);
    if (bytes_equal_text(word, "own"))
        return take_prefix(s, s->own, value, at, fail);
    if (bytes_equal_text(word, "stranger"))
        return take_prefix(s, s->stranger, value, at, fail);
    if (bytes_equal_text(word, "optout"))
        return take_optouts(s, value, at, fail);
    for (unsigned i = 0; i < WORDS; i++)
        if (end == strlen(words[i]) + 1 && bytes_starts_nocase(word, words[i]) &&
            word.p[end - 1] == ':')
            return take_said(s, (enum word)i, value, at, fail);
    return wrong(at, fail, word,
                 "is unknown here; a line begins with allow, deny, optout, own, stranger, "
                 "authority:, contact: or info:");
}

static bool check_said(const struct scope *s, const char *name, struct fail *fail)
{
    for (unsigned i = 0; i < WORDS && s->beyond_loopback; i++)
        if (!s->said[i][0])
            return fail_set(fail, "ESCOPE",
                            "%s: a scope beyond loopback needs a line \"%s: ...\": who is probed "
                            "must be able to learn who probes",
                            name, words[i]);
    return true;
}

static bool take_text(struct scope *s, struct bytes text, struct place at, struct fail *fail)
{
    struct bytes rest = without_mark(text);
    struct bytes line;
    while (next_line(&rest, &at, &line))
        if (line.n > 0 && !take_line(s, line, &at, fail))
            return false;
    if (!check_said(s, at.name, fail))
        return false;
    scope_fill(s);
    prefix_set_sort(s->allowed);
    prefix_set_sort(s->denied);
    prefix_set_sort(s->own);
    prefix_set_sort(s->stranger);
    return true;
}

static struct scope *parse(struct bytes text, const char *name, const char *path, struct fail *fail)
{
    struct scope *s = scope_new(text, fail);
    if (s && take_text(s, text, (struct place){.name = name, .path = path}, fail))
        return s;
    scope_free(s);
    return NULL;
}

struct scope *scope_parse(struct bytes text, const char *name, struct fail *fail)
{
    return parse(text, name, NULL, fail);
}

struct scope *scope_load(const char *path, struct fail *fail)
{
    struct buf text = buf_new(FILE_LIMIT);
    struct scope *s =
        read_file(path, &text, fail) ? parse(buf_view(&text), path, path, fail) : NULL;
    buf_free(&text);
    return s;
}

/* Address or prefix, in which bits beyond the prefix may be set: the network is meant. */
static bool parse_wide(struct bytes text, struct prefix *out)
{
    size_t slash = bytes_index(text, '/', 0);
    unsigned long bits = 0;
    if (!addr_parse_ip(bytes_slice(text, 0, slash), &out->base))
        return false;
    unsigned long most = 8 * addr_ip_length(&out->base);
    if (slash == BYTES_NOT_FOUND)
        bits = most;
    else if (!bytes_number(bytes_slice(text, slash + 1, text.n), most, &bits))
        return false;
    out->bits = (unsigned char)bits;
    return true;
}

static bool take_optout_lines(struct prefix_set *set, struct bytes text, struct place at,
                              struct fail *fail)
{
    struct bytes rest = without_mark(text);
    struct bytes line;
    struct prefix p;
    while (next_line(&rest, &at, &line)) {
        if (line.n == 0)
            continue;
        if (!parse_wide(line, &p))
            return wrong(&at, fail, line,
                         "is no address and no prefix; names are not looked up here");
        p = unmapped(p);
        if (!prefix_set_add(set, &p))
            return no_memory(fail);
    }
    return true;
}

bool scope_add_optouts(struct scope *s, struct bytes text, const char *name, struct fail *fail)
{
    struct prefix_set *set = prefix_set_new();
    bool ok =
        set ? take_optout_lines(set, text, (struct place){.name = name}, fail) : no_memory(fail);
    if (ok && !prefix_set_merge(s->opted_out, set))
        ok = no_memory(fail);
    prefix_set_sort(s->opted_out);
    prefix_set_free(set);
    return ok;
}
