/*
 * probe_prepare: all that must be there before `ajar probe` sends anything.
 *
 * Scripts, scope, listings, contacts, key, sink and bundle are read and opened, and the lists are gone through, so
 * that a mistake is told before the first packet.
 */
#pragma once

#include "cli/contacts_file.h"
#include "cli/listings.h"
#include "cli/probe_options.h"
#include "cli/probe_report.h"
#include "cli/scripts.h"
#include "cli/sink_place.h"
#include "evidence/bag.h"
#include "evidence/chain_file.h"
#include "evidence/key.h"
#include "guard/scope.h"

struct probe_prepared {
    struct scripts scripts; /* with their arguments */
    struct scope *scope;
    struct listings *listings;      /* or NULL */
    struct contacts_file *contacts; /* or NULL */
    unsigned long total;      /* items in all lists, at least, or 0: they can be read only once */
    struct secret_key *key;   /* with a bundle only, as are the next two */
    struct public_key signer; /* the same key's public half */
    struct chain_file *chain; /* also NULL when the run is to be in none */
    struct bag *bag;
    struct sink_place sink;
    struct addr from;
};

/* Gives ARGS_GO_ON, or the status to exit with: what is wrong has been said. To be freed either way. */
int probe_prepare(struct probe_prepared *p, const struct probe_options *o, struct probe_report *r);
void probe_prepare_free(struct probe_prepared *p);
