/*
 * csv: the few columns that a list of suspects needs, from CSV with a header (RFC 4180, one record a
 * line).
 */
#pragma once

#include "base/fail.h"

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
