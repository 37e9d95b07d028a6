#include "evidence/hide.h"

#include "evidence/bundle.h"
#include "evidence/hide_view.h"
#include "evidence/needles.h"
#include "tape/record.h"

#include <stdlib.h>
#include <string.h>

/* No probe has so many connections; who says so wants something to be passed over. */
enum { VIEW_LIMIT = BUNDLE_FILE_LIMIT, CONNECTIONS_MOST = 1024 };

bool hide_begin(struct hide *h, struct part_file *files, size_t n, struct fail *fail)
{
    *h = (struct hide){.files = files, .n = n, .parts = parts_count(files, n)};
    h->hidden = calloc((size_t)h->parts + 1, 1);
    return h->hidden || fail_set(fail, "ENOMEM", "no memory for hiding");
}

void hide_free(struct hide *h)
{
    free(h->hidden);
}

/* ---- one text in one view ---- */

struct search {
    struct hide *hide;
    struct needles needles;
    struct hide_view view; /* what is searched */
    struct hide_view unfolded;
    bool found;
    bool failed;
    bool strange; /* a tape that can't be searched */
};

static void search_in(struct search *s, const struct hide_view *view)
{
    for (unsigned i = 0; i < s->needles.n; i++) {
        const struct needle *n = &s->needles.all[i];
        struct bytes bytes = bytes_at(n->bytes, n->size);
        s->found |= hide_view_search(view, bytes, n->fold, s->hide->hidden);
    }
}

static void search_unfolded(struct search *s, bool codes)
{
    hide_view_clear(&s->unfolded);
    s->failed |= !hide_view_unfold(&s->unfolded, &s->view, codes);
    search_in(s, &s->unfolded);
}

static void search_view(struct search *s)
{
    search_in(s, &s->view);
    search_unfolded(s, false);
    search_unfolded(s, true);
    hide_view_clear(&s->view);
}

/* Each file as it stands. */
static void search_files(struct search *s)
{
    struct parts p = parts_begin(s->hide->files, s->hide->n);
    size_t file = 0;
    for (uint32_t i = 0; parts_next(&p); i++) {
        if (p.file != file)
            search_view(s);
        file = p.file;
        s->failed |= !hide_view_put(&s->view, p.part, i);
    }
    search_view(s);
}

/* Each part of JSON without its escapes. Tapes have bytes in their strings, case.json words; who says which is the one
 * that wrote it, and so each is read in both ways. */
static void search_unescaped(struct search *s, enum needles_strings strings)
{
    struct buf plain = buf_new(VIEW_LIMIT);
    struct parts p = parts_begin(s->hide->files, s->hide->n);
    for (uint32_t i = 0; parts_next(&p); i++) {
        if (p.form == PARTS_LINES)
            continue;
        buf_clear(&plain);
        s->failed |= !needles_unescape(&plain, p.part, strings) ||
                     !hide_view_put(&s->view, buf_view(&plain), i);
        search_view(s);
    }
    buf_free(&plain);
}

/* What went one way over one connection, put together. Its number; 0: the record is of no such way. */
static unsigned way_of(const struct record *r)
{
    if (r->c == 0 || (r->op != RECORD_SEND && r->op != RECORD_RECV))
        return 0;
    return 2 * r->c + (r->op == RECORD_SEND);
}

/* Puts the data of one way together; *next is the least number above it that there is, or 0. */
static void gather_way(struct search *s, unsigned way, unsigned *next, struct buf *hold)
{
    struct fail ignored;
    struct record r;
    struct parts p = parts_begin(s->hide->files, s->hide->n);
    *next = 0;
    for (uint32_t i = 0; parts_next(&p); i++) {
        if (p.form != PARTS_RECORDS || p.part.n == 0 ||
            !record_get(bytes_slice(p.part, 0, p.part.n - 1), &r, hold, &ignored))
            continue;
        unsigned its = way_of(&r);
        s->strange |= r.c > CONNECTIONS_MOST;
        if (its == way && way > 0)
            s->failed |= !hide_view_put(&s->view, r.data, i);
        if (its > way && (*next == 0 || its < *next))
            *next = its;
    }
}

static void search_ways(struct search *s)
{
    struct buf hold = buf_new(2 * RECORD_LINE_LIMIT);
    unsigned way = 0;
    do {
        unsigned next;
        gather_way(s, way, &next, &hold);
        search_view(s);
        way = next;
    } while (way > 0 && !s->strange);
    buf_free(&hold);
}

bool hide_text(struct hide *h, struct bytes text, bool *found, struct fail *fail)
{
    struct search s = {
        .hide = h, .view = hide_view_new(VIEW_LIMIT), .unfolded = hide_view_new(VIEW_LIMIT)};
    bool ok = needles_make(&s.needles, text) ||
              fail_set(fail, "EINVAL", "a text to hide has 1 to %d bytes", HIDE_TEXT);
    if (ok) {
        search_files(&s);
        search_unescaped(&s, NEEDLES_BYTES);
        search_unescaped(&s, NEEDLES_WORDS);
        search_ways(&s);
    }
    hide_view_free(&s.view);
    hide_view_free(&s.unfolded);
    *found = s.found;
    if (ok && s.strange)
        return fail_set(fail, "ELIMIT",
                        "its tape has a connection beyond number %d: what went over it is not "
                        "searched, so nothing is hidden",
                        CONNECTIONS_MOST);
    return ok && (!s.failed || fail_set(fail, "ENOMEM", "no memory for hiding"));
}

bool hide_is_in(const char *name, struct bytes content, struct bytes text, bool *found,
                struct fail *fail)
{
    struct hide h;
    const char *suffix = strrchr(name, '.');
    bool is_json = suffix && strcmp(suffix, ".json") == 0;
    struct part_file file = {is_json ? PARTS_CASE : name, content};
    if (!hide_begin(&h, &file, 1, fail))
        return false;
    bool ok = hide_text(&h, text, found, fail);
    hide_free(&h);
    return ok;
}

bool hide_lines(struct hide *h, unsigned long from, unsigned long to)
{
    struct parts p = parts_begin(h->files, h->n);
    unsigned long line = 0;
    for (uint64_t i = 0; parts_next(&p); i++) {
        if (p.form != PARTS_RECORDS)
            continue;
        line++;
        if (line >= from && line <= to)
            h->hidden[i] = 1;
    }
    return to <= line;
}

/* ---- digests ---- */

/* The files of which a part is hidden. */
static void find_touched(const struct hide *h, bool *touched)
{
    struct parts p = parts_begin(h->files, h->n);
    for (uint64_t i = 0; parts_next(&p); i++)
        touched[p.file] |= h->hidden[i];
}

static bool hide_digest(struct hide *h, struct bytes content, struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    bool found;
    sha256_of(content, digest);
    hash_hex(digest, SHA256_SIZE, hex);
    return hide_text(h, bytes_of(hex), &found, fail);
}

/* A digest that is hidden can touch a file more: until none is. */
bool hide_digests(struct hide *h, struct fail *fail)
{
    bool *touched = calloc(2 * (h->n + 1), sizeof *touched);
    bool *done = touched ? touched + h->n + 1 : NULL;
    bool ok = touched || fail_set(fail, "ENOMEM", "no memory for hiding");
    for (bool more = ok; ok && more;) {
        more = false;
        find_touched(h, touched);
        for (size_t i = 0; ok && i < h->n; i++) {
            if (!touched[i] || done[i])
                continue;
            done[i] = more = true;
            ok = hide_digest(h, h->files[i].content, fail);
        }
    }
    free(touched);
    return ok;
}
