/*
 * csv: CSV with a header, one record a line (RFC 4180 but for line ends in fields): its fields, and of a simple list the
 * few columns that a target needs.
 */
#pragma once

#include "base/fail.h"

enum { CSV_FIELDS = 160 /* of a line; those behind are left out */ };

/* The fields of one line, quotes undone. */
struct csv_line {
    struct bytes fields[CSV_FIELDS]; /* lent from the text */
    unsigned count;
    unsigned char *text; /* the caller's, */
    size_t size;         /* longer than any line */
};

/* Which separates the fields of this header: ',', ';' where it has no comma, TAB where it has none of both. */
char csv_separator(struct bytes header);
/* EFORMAT: a quotation mark is not closed. */
bool csv_split(struct csv_line *out, char separator, struct bytes line, struct fail *fail);

struct csv_columns {
    bool found;
    char separator; /* ',', or ';' where the header has no comma */
    int address;    /* "ip" */
    int port;       /* "port", or -1 */
    int name;       /* "hostname", or -1 */
    int source;     /* "source", or -1 */
};

struct csv_row {
    char address[128];
    char port[16];
    char name[256];
    char source[256];
};

/* True when the line is a header with a column "ip": columns are then filled. */
bool csv_header(struct bytes line, struct csv_columns *columns);
/* EFORMAT: the row has no address, or a quotation mark that is not closed on its line. Fields that are too long
 * are cut. */
bool csv_row(const struct csv_columns *columns, struct bytes line, struct csv_row *row,
             struct fail *fail);
