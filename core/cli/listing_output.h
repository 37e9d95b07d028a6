/*
 * listing_output: what public lists say of addresses, and the lists themselves, as tables or as JSON.
 */
#pragma once

#include "cli/lookup.h"

void listing_print(const struct lookup_result *result, bool json);
void listing_print_head(void);
void listing_print_zone(const struct zone *zone, bool json);
