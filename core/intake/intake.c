#include "intake/intake.h"

#include "intake/list_format.h"
#include "intake/object.h"
#include "intake/plain.h"
#include "intake/scan_log.h"
#include "intake/table.h"

#include <stdlib.h>

struct intake {
    const char *file;
    enum intake_format format;
    bool begun; /* a line with something in it was there */
    bool hopeless;
    bool is_table;
    bool is_object;
    struct table table;
    enum object_kind object;
    struct csv_line scratch;
    unsigned char text[INTAKE_LINE_MOST + CSV_FIELDS];
};

static const char *const names[INTAKE_FORMATS] = {"auto",    "list",      "csv",   "shadowserver",
                                                  "intelmq", "zmap",      "zgrab", "listings",
                                                  "hopm",    "proxycheck"};

const char *intake_format_name(enum intake_format f)
{
    return names[f];
}

bool intake_format_parse(struct bytes name, enum intake_format *out)
{
    for (unsigned i = 0; i < INTAKE_FORMATS; i++)
        if (bytes_equal_text(name, names[i])) {
            *out = (enum intake_format)i;
            return true;
        }
    return false;
}

struct intake *intake_new(const char *file, enum intake_format format)
{
    struct intake *i = calloc(1, sizeof *i);
    if (!i)
        return NULL;
    i->file = file;
    i->format = format;
    i->scratch.text = i->text;
    i->scratch.size = sizeof i->text;
    return i;
}

void intake_free(struct intake *i)
{
    free(i);
}

enum intake_format intake_format(const struct intake *i)
{
    return i->begun ? i->format : INTAKE_ANY;
}

bool intake_is_hopeless(const struct intake *i)
{
    return i->hopeless;
}

/* ---- the first line ---- */

static bool may_be(const struct intake *i, enum intake_format f)
{
    return i->format == INTAKE_ANY || i->format == f;
}

static bool is_table(struct intake *i, struct bytes line)
{
    static const enum intake_format formats[] = {[TABLE_OTHER] = INTAKE_CSV,
                                                 [TABLE_SHADOWSERVER] = INTAKE_SHADOWSERVER,
                                                 [TABLE_INTELMQ] = INTAKE_INTELMQ,
                                                 [TABLE_ZMAP] = INTAKE_ZMAP};
    if (!table_header(line, bytes_of(i->file), &i->table))
        return false;
    enum intake_format format = formats[i->table.kind];
    if (i->format == INTAKE_CSV)
        i->table.kind = TABLE_OTHER;
    else if (!may_be(i, format))
        return false;
    i->format = i->format == INTAKE_CSV ? INTAKE_CSV : format;
    i->is_table = true;
    return true;
}

static bool is_object(struct intake *i, struct bytes line)
{
    static const enum intake_format formats[] = {[OBJECT_INTELMQ] = INTAKE_INTELMQ,
                                                 [OBJECT_ZGRAB] = INTAKE_ZGRAB,
                                                 [OBJECT_ZMAP] = INTAKE_ZMAP,
                                                 [OBJECT_LISTING] = INTAKE_LISTINGS};
    if (line.p[0] != '{' || !object_kind_of(line, &i->object) || !may_be(i, formats[i->object]))
        return false;
    i->format = formats[i->object];
    i->is_object = true;
    return true;
}

static bool is_log(struct intake *i, struct bytes line)
{
    if (may_be(i, INTAKE_HOPM) && scan_log_is_hopm(line))
        i->format = INTAKE_HOPM;
    else if (may_be(i, INTAKE_PROXYCHECK) && scan_log_is_proxycheck(line))
        i->format = INTAKE_PROXYCHECK;
    else
        return false;
    return true;
}

static bool give_up(struct intake *i, struct bytes line, struct fail *fail)
{
    const char *fault = list_format_fault(line);
    i->hopeless = true;
    if (i->format != INTAKE_ANY)
        return fail_set(fail, "EFORMAT", "this does not begin as %s does", names[i->format]);
    return fail_set(fail, "EFORMAT", "%s", fault ? fault : "no list begins so");
}

/* Which form it is. A plain list may begin with a mistake, which is one line's alone. */
static bool recognise(struct intake *i, struct bytes line, struct fail *fail)
{
    i->begun = true;
    if (is_table(i, line) || is_object(i, line) || is_log(i, line))
        return true;
    if (i->format == INTAKE_HOPM) /* logs may begin in the middle of something */
        return true;
    if (!may_be(i, INTAKE_LIST) || list_format_fault(line))
        return give_up(i, line, fail);
    i->format = INTAKE_LIST;
    return true;
}

/* ---- all lines ---- */

static enum intake_answer read_one(struct intake *i, struct bytes line, struct entry *out,
                                   struct fail *fail)
{
    if (i->is_table)
        return table_line(&i->table, line, &i->scratch, out, fail);
    line = bytes_trim(line);
    if (i->is_object)
        return object_line(i->object, line, out, fail);
    if (i->format == INTAKE_HOPM)
        return scan_log_hopm(line, out, fail);
    if (i->format == INTAKE_PROXYCHECK)
        return scan_log_proxycheck(line, out, fail);
    return plain_line(line, out, fail);
}

enum intake_answer intake_line(struct intake *i, struct bytes line, struct entry *out,
                               struct fail *fail)
{
    if (line.n > INTAKE_LINE_MOST) {
        fail_set(fail, "EFORMAT", "the line has over %d bytes", INTAKE_LINE_MOST);
        return INTAKE_BAD;
    }
    if (!i->begun) {
        if (bytes_starts_nocase(line, "\xef\xbb\xbf"))
            line = bytes_slice(line, 3, line.n); /* a byte order mark */
        struct bytes content = bytes_trim(line);
        if (content.n == 0 || content.p[0] == '#')
            return INTAKE_NOTHING;
        if (!recognise(i, content, fail))
            return INTAKE_BAD;
        if (i->is_table)
            return INTAKE_NOTHING;
    }
    enum intake_answer answer = read_one(i, line, out, fail);
    if (answer == INTAKE_ENTRY && !out->source[0])
        entry_copy(out->source, sizeof out->source, bytes_of(i->file));
    return answer;
}
