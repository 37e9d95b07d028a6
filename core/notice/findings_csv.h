/*
 * findings_csv: findings as a table that a program or a spreadsheet reads: CSV (RFC 4180), UTF-8, one finding a line, a header first.
 *
 * Lines end with LF: a message puts CRLF in their place. Whatever a stranger wrote is made fit for a reader's eyes (notice/quote.h),
 * stands in quotation marks, and where a spreadsheet could take it for a formula an apostrophe stands before it.
 */
#pragma once

#include "notice/finding.h"

#include "base/buf.h"

/* Appends the header: which columns there are is in doc/messages.md. */
bool findings_csv_head(struct buf *out);
/* Appends the finding; where its evidence is must be told in it. False: the buffer is full. */
bool findings_csv_put(struct buf *out, const struct finding *f);
