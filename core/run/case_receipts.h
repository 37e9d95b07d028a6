/*
 * case_receipts: what case.json says of receipts, against their files and the tape's records of them.
 *
 * The sink may have got more than the script waited for, so not all that is listed need be on the tape; all that is on the
 * tape must be listed, and each file that is listed be there, with its token in it, and be by its bytes what its kind says.
 */
#pragma once

#include "run/case_files.h"
#include "tape/tape_head.h"
#include "world/difference.h"

#include "tape/object.h"

struct receipts_claim {
    json_t *said; /* case.json */
    const struct case_files *files;
    const struct tape_head *head;
    const struct record *verdict; /* the script's: the tape's last record */
    unsigned line;                /* on which that stands */
    bool relay;                   /* the probe is about relays */
};

/* The list, the files, the tape's records and `exits`; and with the verdict `open` a proof: a token that the tape records as
 * come, and its receipt, of a kind that proves, and that by its bytes too. (Where the script had come to something else
 * the proof came later: run/late_claim.h.) False: *out says what differs, "expected" what case.json says; its line is 0
 * where it is about files. */
bool case_receipts_agree(const struct receipts_claim *claim, struct difference *out);
