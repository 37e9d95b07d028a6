/*
 * table: lists as CSV with a header: Shadowserver's reports, IntelMQ's events, ZMap's output, and any other that has a
 * column "ip".
 *
 * Which columns there are the header says. Of Shadowserver's reports the file's name says which one it is
 * ("2026-11-24-scan_http_proxy-example.csv"); where it is another name, the columns must do.
 */
#pragma once

#include "intake/csv.h"
#include "intake/entry.h"

enum table_column {
    COLUMN_IP,
    COLUMN_PORT,
    COLUMN_TIME,    /* as when.h has it */
    COLUMN_SECONDS, /* since 1970 */
    COLUMN_NAME,
    COLUMN_ASN,
    COLUMN_COUNTRY,
    COLUMN_SOURCE, /* which list */
    COLUMN_SEVERITY,
    COLUMN_TAG,
    COLUMN_REASON,
    COLUMN_SERVER,
    COLUMN_VIA,
    COLUMN_PROXY_AUTHENTICATE,
    COLUMN_BANNER,
    COLUMN_CLASSIFICATION, /* ZMap: what came back */
    COLUMN_SUCCESS,        /* ZMap: is it what was looked for? */
    COLUMN_EVENT_TYPE,     /* IntelMQ */
    COLUMN_EVENT_IDENTIFIER,
    COLUMN_PROTOCOL,
    COLUMN_TEXT,
    TABLE_COLUMNS
};

enum table_kind { TABLE_OTHER, TABLE_SHADOWSERVER, TABLE_INTELMQ, TABLE_ZMAP };

struct table {
    enum table_kind kind;
    char separator;
    int at[TABLE_COLUMNS]; /* from 0 on; -1: there is none */
    char report[48];       /* "scan_http_proxy", or empty */
};

/* False: it is no header with an address in it. `file` is the file's name without its folder. Fuzzed, as the next. */
bool table_header(struct bytes line, struct bytes file, struct table *out);
/* `scratch` is room for the fields. */
enum intake_answer table_line(const struct table *t, struct bytes line, struct csv_line *scratch,
                              struct entry *out, struct fail *fail);
