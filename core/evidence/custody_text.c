#include "evidence/custody_text.h"

#include "base/text.h"
#include "evidence/fields.h"

#include <limits.h>
#include <string.h>

static void put_hash(struct buf *out, const char *label, const unsigned char hash[SHA256_SIZE])
{
    char hex[SHA256_HEX];
    hash_hex(hash, SHA256_SIZE, hex);
    buf_printf(out, "%s %s\n", label, hex);
}

static bool is_event(const char *word)
{
    return word[0] >= 'a' && word[0] <= 'z' &&
           strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(word);
}

static bool check(const struct custody_record *r, struct fail *fail)
{
    if (!is_event(r->event))
        return fail_set(
            fail, "EINVAL",
            "an event is a word of small letters, digits and hyphens, like handed-over");
    if (r->by[0] == '\0')
        return fail_set(fail, "EINVAL", "a record says by whom it was");
    if (r->case_id[0] != '\0' && !name_check_top(r->case_id, fail))
        return false;
    return (text_is_printable(bytes_of(r->by)) && text_is_printable(bytes_of(r->to)) &&
            text_is_printable(bytes_of(r->note))) ||
           fail_set(fail, "EINVAL", "names and notes are one line of printable text");
}

bool custody_record_put(struct buf *out, const struct custody_record *r, struct fail *fail)
{
    char at[TIME_TEXT];
    char key[PUBLIC_KEY_TEXT];
    if (!check(r, fail))
        return false;
    buf_printf(out, CUSTODY_KIND "\nrecord %lu\n", r->number);
    put_hash(out, "seal", r->seal);
    if (r->case_id[0] != '\0') {
        buf_printf(out, "case %s\n", r->case_id);
        put_hash(out, "tree", r->tree);
    }
    put_hash(out, "file", r->file);
    if (r->number > 1)
        put_hash(out, "previous", r->previous);
    else
        buf_put_text(out, "previous none\n");
    buf_printf(out, "time %s\nevent %s\nby %s\n", time_text(r->at, at), r->event, r->by);
    if (r->to[0] != '\0')
        buf_printf(out, "to %s\n", r->to);
    if (r->note[0] != '\0')
        buf_printf(out, "note %s\n", r->note);
    buf_printf(out, "key %s\n", public_key_text(&r->key, key));
    return !out->overflow || fail_set(fail, "ENOMEM", "no memory for a record");
}

static bool take_text(struct bytes *rest, const char *label, char *out, size_t size)
{
    struct bytes value;
    if (!fields_take(rest, label, &value) || value.n >= size ||
        memchr(value.p, '\0', value.n) != NULL)
        return false;
    memcpy(out, value.p, value.n);
    out[value.n] = '\0';
    return true;
}

/* A line that may be left out. */
static void take_if_there(struct bytes *rest, const char *label, char *out, size_t size)
{
    if (!take_text(rest, label, out, size))
        out[0] = '\0';
}

static bool take_hash(struct bytes *rest, const char *label, unsigned char out[SHA256_SIZE])
{
    struct bytes value;
    return fields_take(rest, label, &value) && fields_hex(value, out, SHA256_SIZE);
}

static bool parse_bundle(struct bytes *rest, struct custody_record *r)
{
    struct bytes number;
    if (!fields_take_line(rest, CUSTODY_KIND) || !fields_take(rest, "record", &number) ||
        !bytes_number(number, ULONG_MAX, &r->number) || r->number == 0 ||
        !take_hash(rest, "seal", r->seal))
        return false;
    take_if_there(rest, "case", r->case_id, sizeof r->case_id);
    return (r->case_id[0] == '\0' || take_hash(rest, "tree", r->tree)) &&
           take_hash(rest, "file", r->file) &&
           (r->number > 1 ? take_hash(rest, "previous", r->previous)
                          : fields_take_line(rest, "previous none"));
}

static bool parse_event(struct bytes *rest, struct custody_record *r)
{
    struct fail ignored;
    struct bytes at;
    struct bytes key;
    if (!fields_take(rest, "time", &at) || !time_parse(at, &r->at) ||
        !take_text(rest, "event", r->event, sizeof r->event) ||
        !take_text(rest, "by", r->by, sizeof r->by))
        return false;
    take_if_there(rest, "to", r->to, sizeof r->to);
    take_if_there(rest, "note", r->note, sizeof r->note);
    return fields_take(rest, "key", &key) && public_key_parse(key, &r->key, &ignored) &&
           rest->n == 0;
}

bool custody_record_parse(struct bytes text, struct custody_record *out, struct fail *fail)
{
    struct fail ignored;
    struct custody_record r;
    struct bytes rest = text;
    struct buf again = buf_new(CUSTODY_TEXT);
    memset(&r, 0, sizeof r);
    bool ok = parse_bundle(&rest, &r) && parse_event(&rest, &r) &&
              custody_record_put(&again, &r, &ignored) && bytes_equal(buf_view(&again), text);
    buf_free(&again);
    if (!ok)
        return fail_set(fail, "EFORMAT", "not a record of custody of this version");
    *out = r;
    return true;
}
