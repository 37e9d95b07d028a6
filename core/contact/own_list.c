#include "contact/own_list.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIELDS = 8, FIELD = 1024, CONTACT_TEXT = 4 * MAILBOX_TEXT };

struct row {
    struct prefix prefix; /* base ADDR_NONE: a domain */
    char scope[MAILBOX_TEXT];
    char *contact;
    char language[ANSWER_LANGUAGE];
};

struct own_list {
    int scope, contact, language; /* columns */
    bool has_header;
    char separator;
    struct row *rows;
    size_t count;
};

struct own_list *own_list_new(void)
{
    return calloc(1, sizeof(struct own_list));
}

void own_list_free(struct own_list *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->count; i++)
        free(l->rows[i].contact);
    free(l->rows);
    free(l);
}

/* One field, its quotes taken off; `rest` begins behind its separator. False: a quote is not closed, or it is too long. */
static bool next_field(struct bytes *rest, char separator, char out[FIELD])
{
    size_t i = 0, n = 0;
    bool quoted = rest->n > 0 && rest->p[0] == '"';
    bool closed = !quoted;
    for (i = quoted; i < rest->n; i++) {
        if (quoted && !closed && rest->p[i] == '"') {
            if (i + 1 < rest->n && rest->p[i + 1] == '"')
                i++;
            else {
                closed = true;
                continue;
            }
        } else if (closed && (char)rest->p[i] == separator)
            break;
        if (n + 1 == FIELD || rest->p[i] == '\0')
            return false;
        out[n++] = (char)rest->p[i];
    }
    out[n] = '\0';
    *rest = bytes_slice(*rest, i + 1, rest->n);
    return closed;
}

static int split(struct bytes line, char separator, char fields[FIELDS][FIELD])
{
    int n = 0;
    bool more = true;
    while (more && n < FIELDS) {
        struct bytes rest = line;
        if (!next_field(&rest, separator, fields[n++]))
            return -1;
        more = rest.n > 0 || (line.n > 0 && rest.p > line.p && (char)rest.p[-1] == separator);
        line = rest;
    }
    return more ? -1 : n;
}

static bool read_header(struct own_list *l, char fields[FIELDS][FIELD], int n, struct fail *fail)
{
    l->scope = l->contact = l->language = -1;
    for (int i = 0; i < n; i++) {
        struct bytes name = bytes_trim(bytes_of(fields[i]));
        if (bytes_equal_nocase(name, "scope"))
            l->scope = i;
        else if (bytes_equal_nocase(name, "contact"))
            l->contact = i;
        else if (bytes_equal_nocase(name, "language"))
            l->language = i;
    }
    l->has_header = l->scope >= 0 && l->contact >= 0;
    return l->has_header || fail_set(fail, "EFORMAT",
                                     "the first line is the header, and it names the columns "
                                     "\"scope\" and \"contact\"");
}

static bool take_scope(struct row *row, struct bytes scope)
{
    if (scope.n >= sizeof row->scope)
        return false;
    snprintf(row->scope, sizeof row->scope, "%.*s", (int)scope.n, (const char *)scope.p);
    for (char *c = row->scope; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return prefix_parse(scope, &row->prefix) || mailbox_is_domain(scope);
}

static bool is_none(struct bytes text)
{
    return bytes_equal_nocase(text, "none");
}

/* The addresses of a field into an answer; false: one of them is none. */
static bool take_contacts(struct bytes text, struct contact_answer *out)
{
    out->opted_out = is_none(text);
    while (!out->opted_out && text.n > 0) {
        size_t end = bytes_index(text, ' ', 0);
        end = end == BYTES_NOT_FOUND ? text.n : end;
        if (!answer_add(out, bytes_slice(text, 0, end), CONTACT_ABUSE))
            return false;
        text = bytes_trim(bytes_slice(text, end, text.n));
    }
    return out->opted_out || out->count > 0;
}

static struct bytes column(char fields[FIELDS][FIELD], int n, int which)
{
    return which >= 0 && which < n ? bytes_trim(bytes_of(fields[which])) : bytes_at(NULL, 0);
}

static bool grow(struct own_list *l, struct fail *fail)
{
    if (l->count == OWN_LIST_ROWS)
        return fail_set(fail, "ELIMIT", "over %d rows", OWN_LIST_ROWS);
    if ((l->count & (l->count - 1)) != 0)
        return true;
    struct row *rows = realloc(l->rows, (l->count ? 2 * l->count : 1) * sizeof *rows);
    if (!rows)
        return fail_set(fail, "ENOMEM", "out of memory for the list");
    l->rows = rows;
    return true;
}

static bool read_row(struct own_list *l, char fields[FIELDS][FIELD], int n, struct fail *fail)
{
    struct row row = {0};
    struct contact_answer check = {0};
    struct bytes contact = column(fields, n, l->contact);
    struct bytes language = column(fields, n, l->language);
    if (!take_scope(&row, column(fields, n, l->scope)))
        return fail_set(fail, "EFORMAT",
                        "the scope is a prefix (192.0.2.0/24), an address or a domain");
    if (!take_contacts(contact, &check))
        return fail_set(fail, "EFORMAT",
                        "the contact is one or more addresses with blanks between them, or none");
    if (language.n > 0 && !answer_add_language(&check, language))
        return fail_set(fail, "EFORMAT", "the language is a tag as nb or pt-BR");
    snprintf(row.language, sizeof row.language, "%.*s", (int)language.n,
             language.n ? (const char *)language.p : "");
    if (!grow(l, fail))
        return false;
    row.contact = strndup(contact.p ? (const char *)contact.p : "", contact.n);
    if (!row.contact)
        return fail_set(fail, "ENOMEM", "out of memory for the list");
    l->rows[l->count++] = row;
    return true;
}

/* As spreadsheets write it: behind a byte order mark, and with semicolons where a country's numbers have commas. */
static struct bytes begin(struct own_list *l, struct bytes line)
{
    if (bytes_starts_nocase(line, "\xef\xbb\xbf"))
        line = bytes_trim(bytes_slice(line, 3, line.n));
    l->separator = bytes_index(line, ',', 0) == BYTES_NOT_FOUND ? ';' : ',';
    return line;
}

bool own_list_line(struct own_list *l, struct bytes line, struct fail *fail)
{
    char fields[FIELDS][FIELD];
    line = bytes_trim(line);
    if (!l->has_header)
        line = begin(l, line);
    if (line.n == 0 || line.p[0] == '#')
        return true;
    int n = split(line, l->separator, fields);
    if (n < 0)
        return fail_set(fail, "EFORMAT",
                        "a quotation mark is not closed, or there are over %d fields", FIELDS);
    return l->has_header ? read_row(l, fields, n, fail) : read_header(l, fields, n, fail);
}

/* Domains last, of the others the longest prefix first; among domains the longest. */
static int compare(const void *a, const void *b)
{
    const struct row *x = a;
    const struct row *y = b;
    bool xd = x->prefix.base.family == ADDR_NONE, yd = y->prefix.base.family == ADDR_NONE;
    if (xd != yd)
        return xd - yd;
    if (!xd)
        return y->prefix.bits - x->prefix.bits;
    size_t n = strlen(x->scope), m = strlen(y->scope);
    return (n < m) - (n > m);
}

void own_list_ready(struct own_list *l)
{
    if (l->count > 0)
        qsort(l->rows, l->count, sizeof *l->rows, compare);
}

bool own_list_has_domains(const struct own_list *l)
{
    return l->count > 0 && l->rows[l->count - 1].prefix.base.family == ADDR_NONE;
}

static bool is_in(const struct row *row, const struct addr *a, struct bytes host)
{
    if (row->prefix.base.family != ADDR_NONE)
        return prefix_contains(&row->prefix, a);
    size_t n = strlen(row->scope);
    return host.n >= n && bytes_equal_nocase(bytes_slice(host, host.n - n, host.n), row->scope) &&
           (host.n == n || host.p[host.n - n - 1] == '.');
}

bool own_list_find(const struct own_list *l, const struct addr *a, struct bytes host,
                   struct contact_answer *out, const char **scope)
{
    *out = (struct contact_answer){0};
    for (size_t i = 0; i < l->count; i++)
        if (is_in(&l->rows[i], a, host)) {
            *scope = l->rows[i].scope;
            answer_add_language(out, bytes_of(l->rows[i].language));
            return take_contacts(bytes_of(l->rows[i].contact), out);
        }
    return false;
}
