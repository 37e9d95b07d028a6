/*
 * campaign_status: how far a campaign has come: as a table for people, as one line, as JSON.
 */
#pragma once

#include "base/buf.h"
#include "cli/eta.h"
#include "store/store_targets.h"

struct campaign_status {
    struct store_about about;
    struct store_totals totals;
};

/* What all three begin with. */
bool campaign_status_read(struct store *s, struct campaign_status *out, struct fail *fail);
/* How many tests are finished. */
unsigned long campaign_status_finished(const struct campaign_status *c);

/* Lines of at most 100 columns or so; what lists are called is fit for a terminal. With `eta` (or NULL), which has been told of
 * the finished tests until `now` (monotonic), how fast they come. */
bool campaign_status_table(struct store *s, const struct campaign_status *c, const struct eta *eta,
                           instant now, struct buf *out, struct fail *fail);
/* "autumn: 1000 targets: 900 tested, 100 notified; 120 open, ...; 10 tests waiting, ..." */
bool campaign_status_line(struct store *s, const struct campaign_status *c, struct buf *out,
                          struct fail *fail);
/* One object; ELIMIT: its sources are too many. */
bool campaign_status_json(struct store *s, const struct campaign_status *c, struct buf *out,
                          struct fail *fail);
