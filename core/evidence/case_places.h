/*
 * case_places: a bundle's cases by where they stand in its file, for whoever reads them again in another order.
 *
 * Only of a bundle that was verified (bundle_verify): a case that is read by its place is looked at with the same gate, and as long as
 * the file is as it was it is the very case.
 */
#pragma once

#include "evidence/bundle.h"

struct case_places;

/* NULL: see fail. */
struct case_places *case_places_open(const char *path, struct fail *fail);
void case_places_close(struct case_places *p);

/* Calls fn for each case in the order of the bundle; false ends it, with the fail set. */
typedef bool (*case_places_fn)(void *arg, uint64_t place, const struct bundle_case *c,
                               struct fail *fail);
bool case_places_each(struct case_places *p, case_places_fn fn, void *arg, struct fail *fail);
/* The case at a place that `case_places_each` gave. Its views are lent until the next call. */
bool case_places_read(struct case_places *p, uint64_t place, struct bundle_case *out,
                      struct fail *fail);
