#include "store/libpq.h"

#include "base/library.h"

/* The name of its interface, which has not changed since 2006. */
#define LIBRARY "libpq.so.5"

bool libpq_load(struct libpq *q, struct fail *fail)
{
    void *l = library_open(LIBRARY);
    return (l && library_find(l, "PQconnectdbParams", &q->connect) &&
            library_find(l, "PQconninfoParse", &q->parse) &&
            library_find(l, "PQconninfoFree", &q->parse_free) &&
            library_find(l, "PQfinish", &q->finish) && library_find(l, "PQreset", &q->reset) &&
            library_find(l, "PQstatus", &q->status) &&
            library_find(l, "PQerrorMessage", &q->error) &&
            library_find(l, "PQsetNoticeProcessor", &q->set_notices) &&
            library_find(l, "PQexec", &q->exec) && library_find(l, "PQprepare", &q->prepare) &&
            library_find(l, "PQexecPrepared", &q->exec_prepared) &&
            library_find(l, "PQresultStatus", &q->result_status) &&
            library_find(l, "PQresultErrorField", &q->result_field) &&
            library_find(l, "PQclear", &q->clear) && library_find(l, "PQntuples", &q->rows) &&
            library_find(l, "PQnfields", &q->columns) &&
            library_find(l, "PQftype", &q->column_type) &&
            library_find(l, "PQgetvalue", &q->value) &&
            library_find(l, "PQgetlength", &q->length) &&
            library_find(l, "PQgetisnull", &q->is_null) &&
            library_find(l, "PQcmdTuples", &q->changed) &&
            library_find(l, "PQputCopyData", &q->copy_data) &&
            library_find(l, "PQputCopyEnd", &q->copy_end) &&
            library_find(l, "PQgetResult", &q->next_result)) ||
           fail_set(fail, "ENOSYS", LIBRARY " can't be loaded: install libpq (in Debian: libpq5)");
}
