#include "cli/targets.h"

#include "base/text.h"
#include "cli/names.h"
#include "intake/csv.h"
#include "intake/list_format.h"
#include "intake/target_text.h"
#include "net/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct targets {
    char *const *operands;
    const char *const *lists;
    struct loop *loop;   /* NULL: waits for the lists' lines */
    struct names *names; /* NULL: names are not looked up */
    struct input *input; /* the open list */
    const char *file_name;
    unsigned long line;
    struct csv_columns columns; /* of the open list */

    /* What the last text unfolds into. */
    struct target unfolding;
    struct prefix range; /* addresses still to come, when in_range */
    bool in_range;
    bool reckons;       /* targets_reckon */
    bool whole;         /* the range comes as one target */
    unsigned long most; /* addresses that may still be unfolded when it reckons */
    struct addr named[DNS_ADDRESSES];
    size_t named_count;
};

struct targets *targets_new(char *const *operands, const char *const *lists)
{
    struct targets *t = calloc(1, sizeof *t);
    if (t)
        *t = (struct targets){.operands = operands, .lists = lists};
    return t;
}

void targets_attach(struct targets *t, struct loop *loop, struct names *names)
{
    t->loop = loop;
    t->names = names;
}

void targets_reckon(struct targets *t, unsigned long most)
{
    t->reckons = true;
    t->most = most;
}

static void close_list(struct targets *t)
{
    input_close(t->input);
    t->input = NULL;
}

void targets_free(struct targets *t)
{
    if (!t)
        return;
    close_list(t);
    free(t);
}

bool targets_once(const char *const *lists)
{
    struct stat st;
    for (; *lists; lists++)
        if (strcmp(*lists, "-") == 0 ||
            (stat(*lists, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
            return true;
    return false;
}

static bool next_address(struct addr *a)
{
    for (size_t i = addr_ip_length(a); i-- > 0;)
        if (++a->ip[i] != 0)
            return true;
    return false; /* past the very last address */
}

static void begin_range(struct targets *t)
{
    unsigned long n = target_text_addresses(&t->range);
    t->in_range = true;
    t->whole = t->reckons && n > t->most;
    if (t->reckons && !t->whole)
        t->most -= n;
}

/* A target of its own, not one of a network. */
static void make_single(struct target *t)
{
    t->count = 1;
    t->range.base = t->addr;
    t->range.bits = (unsigned char)(addr_ip_length(&t->addr) * 8);
    t->last = true;
}

/* The next target of a range or a name, if one is being unfolded. */
static bool unfold(struct targets *t, struct target *out)
{
    if (t->named_count > 0) {
        uint16_t port = t->unfolding.addr.port;
        t->unfolding.addr = t->named[--t->named_count];
        t->unfolding.addr.port = port;
        *out = t->unfolding;
        make_single(out);
        return true;
    }
    if (!t->in_range)
        return false;
    *out = t->unfolding;
    out->range = t->range;
    out->range.base.port = out->addr.port;
    out->count = t->whole ? target_text_addresses(&t->range) : 1;
    t->in_range = !t->whole && next_address(&t->unfolding.addr) &&
                  prefix_contains(&t->range, &t->unfolding.addr);
    out->last = !t->in_range;
    return true;
}

/* What does not fit is cut off. Whoever made the list has chosen the words, and a tape and a case.json are to say the same of them:
 * printable ones. */
static void put_text(char *to, size_t size, const char *text)
{
    size_t n = strnlen(text, size - 1);
    memcpy(to, text, n);
    to[n] = '\0';
    text_make_printable(to);
}

/* One target as text, to be unfolded or, a name, to be looked up; port 0 keeps what the text says. */
static bool take_text(struct targets *t, struct bytes text, const char *name, const char *source,
                      unsigned port, struct fail *fail)
{
    struct target_text target;
    if (!target_text_parse(text, &target, fail))
        return false;
    memset(&t->unfolding, 0, sizeof t->unfolding);
    put_text(t->unfolding.source, sizeof t->unfolding.source, source);
    put_text(t->unfolding.name, sizeof t->unfolding.name,
             target.kind == TARGET_NAME ? target.name : name);
    t->unfolding.addr = target.addr;
    if (port > 0)
        t->unfolding.addr.port = (uint16_t)port;
    if (target.kind == TARGET_NAME && t->names)
        return names_add(t->names, &t->unfolding, t->input ? t->file_name : NULL, t->line, fail);
    t->named[0] = t->unfolding.addr;
    t->range = target.network;
    t->named_count = target.kind != TARGET_NETWORK;
    if (target.kind == TARGET_NETWORK)
        begin_range(t);
    return true;
}

static bool open_list(struct targets *t, struct fail *fail)
{
    const char *name = *t->lists++;
    t->line = 0;
    t->columns = (struct csv_columns){0};
    t->file_name = strcmp(name, "-") == 0 ? "standard input" : name;
    t->input = input_open(name, t->loop, fail);
    return t->input != NULL;
}

/* The next line with something in it, without comment and outer blanks. */
static enum input_state read_line(struct targets *t, struct bytes *line, struct fail *fail)
{
    enum input_state state;
    while ((state = input_next(t->input, line, fail)) == INPUT_LINE) {
        t->line++;
        if (t->line == 1 && bytes_starts_nocase(*line, "\xef\xbb\xbf"))
            *line = bytes_slice(*line, 3, line->n); /* a byte order mark */
        if (line->n > INPUT_LINE_MOST)
            break;
        if (!t->columns.found)
            *line = bytes_slice(*line, 0, bytes_index(*line, '#', 0));
        *line = bytes_trim(*line);
        if (line->n > 0)
            break;
    }
    return state;
}

void targets_blame(const struct targets *t, struct fail *fail)
{
    if (!t->input)
        return;
    fail_prefix(fail, "%s:%lu", t->file_name, t->line);
    fail->code = "EFORMAT";
}

/* The list's name in evidence; where it lies on this machine is not for others. */
static const char *list_name(const struct targets *t)
{
    const char *slash = strrchr(t->file_name, '/');
    return slash ? slash + 1 : t->file_name;
}

static bool take_csv(struct targets *t, struct bytes line, struct fail *fail)
{
    struct csv_row row;
    unsigned long port = 0;
    if (!csv_row(&t->columns, line, &row, fail))
        return false;
    if (row.port[0] && (!bytes_number(bytes_of(row.port), 65535, &port) || port == 0))
        return fail_set(fail, "ETARGET", "\"%s\" is no port", row.port);
    return take_text(t, bytes_of(row.address), row.name, row.source[0] ? row.source : list_name(t),
                     (unsigned)port, fail);
}

static bool take_line(struct targets *t, struct bytes line, struct fail *fail)
{
    if (line.n > INPUT_LINE_MOST)
        return fail_set(fail, "ETARGET", "the line has over %d bytes", INPUT_LINE_MOST);
    if (t->columns.found)
        return take_csv(t, line, fail);
    return take_text(t, line, "", list_name(t), 0, fail);
}

/* One line of the open list. TARGETS_ONE: there may be something to unfold. */
static enum targets_step step_list(struct targets *t, struct fail *fail)
{
    struct bytes line;
    *fail = (struct fail){0};
    switch (read_line(t, &line, fail)) {
    case INPUT_LATER:
        return TARGETS_LATER;
    case INPUT_END:
        close_list(t);
        return fail->code ? TARGETS_BAD : TARGETS_ONE;
    default:
        break;
    }
    if ((t->line == 1 && csv_header(line, &t->columns)) || take_line(t, line, fail))
        return TARGETS_ONE;
    const char *fault = t->line == 1 && !t->columns.found ? list_format_fault(line) : NULL;
    if (fault)
        fail_set(fail, "EFORMAT", "%s", fault);
    targets_blame(t, fail);
    if (fault)
        close_list(t); /* the other lines would be no better */
    return TARGETS_BAD;
}

/* One operand or line; TARGETS_NONE when there are no more. */
static enum targets_step step(struct targets *t, struct fail *fail)
{
    if (t->names && names_full(t->names))
        return TARGETS_LATER;
    if (*t->operands)
        return take_text(t, bytes_of(*t->operands++), "", "", 0, fail) ? TARGETS_ONE : TARGETS_BAD;
    if (t->input || *t->lists)
        return t->input || open_list(t, fail) ? step_list(t, fail) : TARGETS_BAD;
    return t->names && names_busy(t->names) ? TARGETS_LATER : TARGETS_NONE;
}

enum targets_step targets_next(struct targets *t, struct target *out, struct fail *fail)
{
    for (;;) {
        if (unfold(t, out))
            return TARGETS_ONE;
        if (t->names && names_ready(t->names)) {
            if (!names_take(t->names, &t->unfolding, t->named, &t->named_count, fail))
                return TARGETS_BAD;
            continue;
        }
        enum targets_step s = step(t, fail);
        if (s != TARGETS_ONE)
            return s;
    }
}
