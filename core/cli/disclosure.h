/*
 * disclosure: writing an extract, as 'ajar extract' and 'ajar redact' do: verified before and after.
 */
#pragma once

#include "evidence/bag.h"
#include "evidence/bundle.h"

struct disclosure {
    const char *command;
    const char *from; /* bundle or extract */
    const char *to;
    const char *key; /* to verify with, or NULL */
};

/* Verifies `from`. A bundle without a tree is refused. */
bool disclosure_verify(const struct disclosure *d, struct bundle_report *report, struct fail *fail);
/* Writes `to` (evidence/extract.h), and verifies it; *report is then of that. On failure there is no file. */
bool disclosure_write(const struct disclosure *d, const char *id, const struct bag_file *instead,
                      size_t n, struct bundle_report *report, struct fail *fail);
/* "OUT: case c-… , 17 of 4203 in BUNDLE"; and, on stderr, what in it tells of others (recovery_tells_of_others). */
void disclosure_print(const struct disclosure *d, const struct bundle_report *report);
