/* One JSON object a line: the bundle with its run, then each case with all that is known of it. */
#include "base/json.h"
#include "export/about.h"

#define FORMAT "ajar-export/1"

static void begin_line(struct buf *out, const char *kind)
{
    buf_put_byte(out, '{');
    json_put_member_text(out, "format", FORMAT);
    json_put_member_text(out, "kind", kind);
}

static bool end_line(struct buf *out, struct fail *fail)
{
    return (buf_put_text(out, "}\n") && !out->overflow) ||
           fail_set(fail, "ELIMIT", "too large to be exported");
}

static bool begin(struct exporting *e, struct fail *fail)
{
    begin_line(&e->out, "bundle");
    json_put_member_text(
        &e->out, "about",
        "What an ajar bundle holds, derived from it; the bundle itself is the evidence. In "
        "tapes, and in \"content\", a string is bytes: character U+00NN is the byte NN. Its "
        "members "
        "are described in ajar's doc/evidence.md.");
    about_put_bundle(&e->out, e);
    json_put_name(&e->out, "run");
    return about_put_json(&e->out, e->run_json, "data/run.json", fail) && end_line(&e->out, fail);
}

static bool put_lines(struct buf *out, const char *name, struct bytes lines, const char *what,
                      struct fail *fail)
{
    json_put_name(out, name);
    buf_put_byte(out, '[');
    for (struct bytes rest = lines; rest.n > 0;) {
        size_t end = bytes_index(rest, '\n', 0);
        if (rest.p != lines.p)
            buf_put_byte(out, ',');
        if (!about_put_json(out, bytes_slice(rest, 0, end), what, fail))
            return false;
        rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(rest, end + 1, rest.n);
    }
    buf_put_byte(out, ']');
    return true;
}

static void put_receipts(struct buf *out, const struct bundle_case *c)
{
    char hex[SHA256_HEX];
    unsigned char digest[SHA256_SIZE];
    json_put_name(out, "receipts");
    buf_put_byte(out, '[');
    for (unsigned i = 0; i < c->receipt_count; i++) {
        sha256_of(c->receipts[i].content, digest);
        hash_hex(digest, sizeof digest, hex);
        buf_put_text(out, i ? ",{" : "{");
        json_put_member_text(out, "file", c->receipts[i].file);
        json_put_member_text(out, "sha256", hex);
        json_put_name(out, "content");
        json_put_bytes(out, c->receipts[i].content);
        buf_put_byte(out, '}');
    }
    buf_put_byte(out, ']');
}

static bool each(struct exporting *e, const struct bundle_case *c, struct fail *fail)
{
    begin_line(&e->out, "case");
    about_put_bundle(&e->out, e);
    json_put_member_text(&e->out, "id", c->id);
    json_put_name(&e->out, "case");
    if (!about_put_json(&e->out, c->case_json, "case.json", fail) ||
        !put_lines(&e->out, "tape", c->tape, "a line of tape.jsonl", fail))
        return false;
    put_receipts(&e->out, c);
    if (c->has_contacts &&
        !put_lines(&e->out, "contacts", c->contacts, "a line of contacts.jsonl", fail))
        return false;
    return end_line(&e->out, fail);
}

const struct export_format export_json = {"json", false, false, begin, each, NULL};
