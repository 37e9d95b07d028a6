/*
 * scope: who may be probed, on whose authority.
 *
 * A scope file is text, one line each; '#' starts a comment, blank lines count for nothing:
 *
 *     authority: Example CERT, mandate 2026-17
 *     contact: mailto:probes@cert.example
 *     info: https://cert.example/probes
 *     allow 192.0.2.0/24           # a comment is for people
 *     deny 192.0.2.7
 *     optout optout.txt            # a file of prefixes in the form of ZMap's blocklist
 *     own 10.0.0.0/8               # a network that may take the prober for one of its own
 *     stranger 198.51.100.0/24     # a network that does not, although the prober stands in it
 *
 * Deny and opt-out always win; both also hold for the IPv6 addresses that lead to a denied IPv4 one
 * (::ffff:0:0/96, NAT64's 64:ff9b::/96 of RFC 6052, 6to4's 2002::/16 of RFC 3056). What is no single
 * host (0.0.0.0/8, ::, multicast, 255.255.255.255) is outside whatever the file says. Without a scope
 * file only loopback is allowed, and authority, contact and info are those of scope_loopback. A file
 * that allows anything but loopback must name all three. They travel with every probe: authority is
 * printable text, contact is a mailto:, tel: or https: URI, info an http: or https: one, both plain
 * ASCII without blanks, quotes and angle brackets; each at most SCOPE_TEXT_LIMIT bytes.
 *
 * A server that serves its own network is no open one: what stands in the prober's own network, or in one that the
 * file calls "own", is tested and not called open (run/judge.h). Loopback is nobody's network, unless the file says so.
 *
 * A look-up is one binary search for each prefix length in the file: a million prefixes cost little
 * more than a hundred.
 */
#pragma once

#include "base/addr.h"

struct scope;

enum { SCOPE_TEXT_LIMIT = 200 };

enum scope_answer { SCOPE_ALLOWED, SCOPE_OUTSIDE, SCOPE_DENIED, SCOPE_OPTED_OUT };

struct scope *scope_loopback(void);
/* Errors name file and line. Opt-out files are relative to the scope file. */
struct scope *scope_load(const char *path, struct fail *fail);
/* The same from memory; opt-out lines are refused here. Fuzzed. */
struct scope *scope_parse(struct bytes text, const char *name, struct fail *fail);
/* Adds opted-out (ZMap's form: "prefix # comment") prefixes; bits beyond the prefix are taken for the
 * whole network. All or none: also for a scope in use. Fuzzed. */
bool scope_add_optouts(struct scope *s, struct bytes text, const char *name, struct fail *fail);
void scope_free(struct scope *s);

enum scope_answer scope_ask(const struct scope *s, const struct addr *a);
/* A network of the prober's: one of the machine's (net/interfaces.h). False when no memory is left. */
bool scope_add_near(struct scope *s, const struct prefix *network);
/* May a server there take the prober for one of its own network? */
bool scope_is_own(const struct scope *s, const struct addr *a);
/* What the answer says of an address: "is denied by the scope file". Static. */
const char *scope_answer_text(enum scope_answer answer);

const char *scope_authority(const struct scope *s);
const char *scope_contact(const struct scope *s);
const char *scope_info(const struct scope *s);
/* Does it allow anything but loopback? */
bool scope_is_beyond_loopback(const struct scope *s);
/* SHA-256 of the file, hexadecimal; of the empty text for the loopback scope. */
const char *scope_digest(const struct scope *s);
