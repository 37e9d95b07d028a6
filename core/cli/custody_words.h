/*
 * custody_words: the custody of a bundle, for a person.
 */
#pragma once

#include "evidence/custody.h"

/* All records, on stdout. `file` is the digest of the bundle's file as it is now. */
void custody_words_print(const struct custody *c, const struct trust *keys,
                         const unsigned char file[SHA256_SIZE]);
/* `ajar verify`: where there is a bag beside the bundle, a line on stdout that says how far it goes, and who signed. With
 * keys, each record must be by one of them; without, the keys that signed are named. False, with the line saying so and
 * the fail naming the bag, when it does not hold. */
bool custody_words_beside(const char *bundle, const struct bundle_report *report,
                          const struct trust *keys, struct fail *fail);
