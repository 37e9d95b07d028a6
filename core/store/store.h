/*
 * store: a campaign's memory: targets, who said what of them, the work to be done, cases, letters.
 *
 * Two databases behind one door: SQLite, a file in the campaign's folder, for the processes of one machine; PostgreSQL
 * for a fleet. What is asked of them is the same text (sql.h). Here stands how a campaign is made and opened; what it
 * holds has a header for each part:
 *
 *     store_import.h  what lists say, thousands of lines at once         store_jobs.h    the work, handed out and finished
 *     store_targets.h targets, cases and counts: looking and searching   store_follow.h  states, events and letters
 *     store_policy.h  what holds for the whole fleet: texts, opt-outs, pace
 *
 * Every call is one transaction: done when it returns true, else not done at all. It may be called again with the same
 * arguments after EGONE or ENOSPC, whether it was done or not: nothing comes out twice.
 *
 * What fails has one of these codes:
 *     EGONE      the database is not there at the moment: the server is away, the file can't be reached
 *     ELOCKED    others have held it for too long
 *     ENOSPC     the disk is full
 *     EVERSION   the campaign was made by a newer ajar
 *     EFORMAT    this is no campaign
 *     ELOST      this machine's lease has run out: its work is others' now (store_jobs.h)
 *     EUSAGE     the URL is none, or holds a password
 *     ENOENT, EEXIST, ECONFLICT, ENOMEM, ENOSYS (libpq is not installed), ESTORE (the database's own words)
 *
 * Instants are microseconds since 1970 (base/time.h). They are the caller's, so that tests and rules have their own time;
 * who shares a campaign with other machines takes store_now, the database's clock. A URL that holds a password is
 * refused: others would see it in the list of processes.
 */
#pragma once

#include "base/addr.h"
#include "base/time.h"

struct store;

enum {
    STORE_CAMPAIGN_NAME = 200, /* bytes of a campaign's name at most */
    STORE_PLACE_SHOWN = 300
};

/* Where a campaign is: a folder that holds campaign.db, or a URL, postgresql://USER@HOST/DATABASE. */

struct store_new {
    const char *name; /* for people; at most STORE_CAMPAIGN_NAME bytes */
    unsigned
        holdout; /* of 10,000 addresses, how many get no letters: the group that is compared with */
    instant now;
};

/* Makes an empty one: its tables, its key for the hold-out group. EEXIST: one is there already. The folder must be there; the
 * database at a URL, too. */
struct store *store_create(const char *place, const struct store_new *about, struct fail *fail);
/* Opens one. One that an older ajar has made is brought up to this version (EVERSION: it is newer). */
struct store *store_open(const char *place, struct fail *fail);
void store_close(struct store *s);

/* Is it one that other machines share? */
bool store_is_shared(const char *place);
/* The place as it may be shown: without a password. */
const char *store_place_text(const char *place, char out[STORE_PLACE_SHOWN]);

/* Is it worth waiting and trying again? */
bool store_may_return(const struct fail *fail);
/* The database's clock. */
bool store_now(struct store *s, instant *now, struct fail *fail);

/* What is known of the campaign as a whole. */
struct store_about {
    char name[STORE_CAMPAIGN_NAME + 1];
    char id[33]; /* random, hexadecimal */
    unsigned holdout;
    unsigned version; /* of its tables */
    instant created;
};
bool store_about(struct store *s, struct store_about *out, struct fail *fail);

/* An address as the tables have it: 16 bytes, IPv4 mapped into ::ffff:0:0/96, so that they sort together. */
enum { STORE_IP = 16 };
void store_ip(const struct addr *a, unsigned char out[STORE_IP]);
struct addr store_addr(struct bytes ip, int64_t port);
