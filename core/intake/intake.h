/*
 * intake: lists of suspects, whichever form they have: line after line in, entries out.
 *
 * The form is told by the first line that has something in it, unless it is given. No file is read here, and memory is that
 * of one line.
 */
#pragma once

#include "intake/entry.h"

enum { INTAKE_LINE_MOST = 65536 };

enum intake_format {
    INTAKE_ANY,          /* by its first line */
    INTAKE_LIST,         /* one address, network or proxy's URL a line */
    INTAKE_CSV,          /* any with a column "ip", also those of the next three */
    INTAKE_SHADOWSERVER, /* CSV */
    INTAKE_INTELMQ,      /* JSON or CSV */
    INTAKE_ZMAP,         /* CSV or JSON */
    INTAKE_ZGRAB,        /* JSON */
    INTAKE_LISTINGS,     /* what `ajar lists --json` prints */
    INTAKE_HOPM,         /* logs of HOPM and BOPM */
    INTAKE_PROXYCHECK,   /* its output */
    INTAKE_FORMATS
};

/* "shadowserver". Static. */
const char *intake_format_name(enum intake_format f);
bool intake_format_parse(struct bytes name, enum intake_format *out);

struct intake;

/* `file` is the list's name without its folder, and lent: it may say which report this is, and names the source where the lines
 * do not. NULL: no memory. */
struct intake *intake_new(const char *file, enum intake_format format);
void intake_free(struct intake *i);
/* The next line, without its line end. */
enum intake_answer intake_line(struct intake *i, struct bytes line, struct entry *out,
                               struct fail *fail);
/* INTAKE_ANY: nothing was read yet. */
enum intake_format intake_format(const struct intake *i);
/* This is no list at all, and further lines would be as bad; said with INTAKE_BAD. */
bool intake_is_hopeless(const struct intake *i);
