#include "run/case_frame.h"

#include "base/hash.h"
#include "run/case_differs.h"
#include "tape/object.h"

#include <stdio.h>
#include <string.h>

/* ajar 0.1.0 at first took the time of a test right behind writing its last record: somewhat later. */
enum { ELAPSED_MORE_MS = 1000 };

/* Absent is empty, as no name is. */
static bool same_text(json_t *said, const char *name, unsigned line, const char *what,
                      struct bytes is, struct difference *out)
{
    struct bytes text = object_text(said, name);
    return case_hides(said, name) || bytes_equal(text, is) ||
           case_differs(out, line, what, text, is);
}

static bool same_address(json_t *said, const struct tape_head *head)
{
    struct addr target = {0};
    return case_hides(said, "target") || (addr_parse_ip(object_text(said, "target"), &target) &&
                                          addr_equal_ip(&target, &head->target));
}

static bool same_port(json_t *said, const struct tape_head *head)
{
    const json_t *port = json_object_get(said, "port");
    return case_hides(said, "port") ||
           (json_is_integer(port) && json_integer_value(port) == head->target.port);
}

static bool same_target(json_t *said, const struct tape_head *head, struct difference *out)
{
    char on_tape[ADDR_TEXT];
    char name[ADDR_TEXT + 40];
    struct addr target = {0};
    json_int_t port = json_integer_value(json_object_get(said, "port"));
    if (same_address(said, head) && same_port(said, head))
        return true;
    bool is_address =
        addr_parse_ip(object_text(said, "target"), &target) && port >= 0 && port <= UINT16_MAX;
    target.port = (uint16_t)port;
    if (is_address)
        addr_text(&target, name);
    else
        strcpy(name, "that is no address");
    return case_differs_text(out, 1, "the target", name, addr_text(&head->target, on_tape));
}

/* Milliseconds, cut; in no case less than the tape tells. */
static bool same_elapsed(const struct frame_claim *c, struct difference *out)
{
    char text[32] = "";
    char is[32];
    const json_t *elapsed = json_object_get(c->said, "elapsed_ms");
    json_int_t least = c->verdict->t / 1000;
    json_int_t took = json_integer_value(elapsed);
    if (case_hides(c->said, "elapsed_ms") ||
        (json_is_integer(elapsed) && took >= least && took - least <= ELAPSED_MORE_MS))
        return true;
    if (json_is_integer(elapsed))
        snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, took);
    snprintf(is, sizeof is, "%" JSON_INTEGER_FORMAT, least);
    return case_differs_text(out, c->line, "elapsed_ms", text, is);
}

bool case_frame_is_its_own(json_t *said, const struct case_files *files, struct difference *out)
{
    unsigned char raw[SHA256_SIZE];
    char hex[SHA256_HEX];
    if (files->id.n > 0 && !same_text(said, "case", 0, "case", files->id, out))
        return false;
    if (!json_object_get(said, "tape_sha256") && files->interface < CASE_FILES_SORTED)
        return true;
    sha256_of(files->tape, raw);
    hash_hex(raw, sizeof raw, hex);
    return same_text(said, "tape_sha256", 0, "tape_sha256", bytes_of(hex), out);
}

bool case_frame_agrees(const struct frame_claim *c, struct difference *out)
{
    char started[TIME_TEXT];
    const struct tape_head *head = c->head;
    return same_text(c->said, "probe", 1, "the probe", head->probe, out) &&
           same_text(c->said, "pack", 1, "the pack", head->pack, out) &&
           same_target(c->said, head, out) &&
           same_text(c->said, "name", 1, "the name", head->name, out) &&
           same_text(c->said, "started", 1, "started", bytes_of(time_text(head->started, started)),
                     out) &&
           same_elapsed(c, out);
}
