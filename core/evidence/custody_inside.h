/*
 * custody_inside: what reading and adding share. For custody.c, custody_add.c.
 */
#pragma once

#include "evidence/custody.h"
#include "evidence/custody_bag.h"

enum { CUSTODY_NAME = 48, CUSTODY_COMMENT = 128 };

/* "data/record-0001.txt" */
void custody_name(unsigned long number, char out[CUSTODY_NAME]);
/* "data/record-0001.txt.minisig" */
void custody_signature_name(unsigned long number, char out[CUSTODY_NAME]);
/* The trusted comment of a record's signature. */
void custody_comment(const struct custody_record *record, char out[CUSTODY_COMMENT]);
/* The records in the bag. */
bool custody_walk(const struct custody_bag *bag, struct custody *out, struct fail *fail);
