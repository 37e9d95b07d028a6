/*
 * libpq: PostgreSQL's library, loaded when a campaign of a fleet is opened.
 *
 * It brings a dozen other libraries, and most commands and all workers have no use for it. For sql_postgres.c.
 */
#pragma once

#include "base/fail.h"

#include <libpq-fe.h>

/* What of it is used. */
struct libpq {
    __typeof__(&PQconnectdbParams) connect;
    __typeof__(&PQconninfoParse) parse;
    __typeof__(&PQconninfoFree) parse_free;
    __typeof__(&PQfinish) finish;
    __typeof__(&PQreset) reset;
    __typeof__(&PQstatus) status;
    __typeof__(&PQerrorMessage) error;
    __typeof__(&PQsetNoticeProcessor) set_notices;
    __typeof__(&PQexec) exec;
    __typeof__(&PQprepare) prepare;
    __typeof__(&PQexecPrepared) exec_prepared;
    __typeof__(&PQresultStatus) result_status;
    __typeof__(&PQresultErrorField) result_field;
    __typeof__(&PQclear) clear;
    __typeof__(&PQntuples) rows;
    __typeof__(&PQnfields) columns;
    __typeof__(&PQftype) column_type;
    __typeof__(&PQgetvalue) value;
    __typeof__(&PQgetlength) length;
    __typeof__(&PQgetisnull) is_null;
    __typeof__(&PQcmdTuples) changed;
    __typeof__(&PQputCopyData) copy_data;
    __typeof__(&PQputCopyEnd) copy_end;
    __typeof__(&PQgetResult) next_result;
};

/* ENOSYS: it is not installed. Once loaded it stays until the process ends. */
bool libpq_load(struct libpq *out, struct fail *fail);
