#include "paper/paper.h"

#include "paper/draw.h"
#include "paper/letter_text.h"

#include <cairo-pdf.h>
#include <stdlib.h>

struct paper {
    struct typeset *typeset;
    unsigned boxes; /* of the last letter */
};

struct paper *paper_new(void)
{
    struct paper *p = calloc(1, sizeof *p);
    if (p)
        p->typeset = typeset_new();
    if (p && p->typeset)
        return p;
    paper_free(p);
    return NULL;
}

void paper_free(struct paper *p)
{
    if (p)
        typeset_free(p->typeset);
    free(p);
}

static cairo_status_t put(void *to, const unsigned char *data, unsigned length)
{
    return buf_put(to, bytes_at(data, length)) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void describe(cairo_surface_t *surface, const json_t *letter)
{
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, letter_text(letter, "title"));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR,
                                   letter_text(letter, "author"));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   letter_text(letter, "created"));
}

static bool draw(struct paper *p, const json_t *letter, const struct flow *flow, struct buf *pdf)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(put, pdf, LOOK_WIDTH, LOOK_HEIGHT);
    cairo_t *to = cairo_create(surface);
    describe(surface, letter);
    draw_letter(to, p->typeset, letter, flow);
    cairo_destroy(to);
    cairo_surface_finish(surface);
    bool ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return ok;
}

unsigned paper_boxes(const struct paper *p)
{
    return p->boxes;
}

static unsigned boxes_of(const struct flow *flow)
{
    unsigned boxes = 0;
    for (size_t i = 0; i < flow->piece_count; i++)
        boxes += (unsigned)pango_layout_get_unknown_glyphs_count(flow->pieces[i].layout);
    return boxes;
}

bool paper_put(struct paper *p, const json_t *letter, struct buf *pdf, struct fail *fail)
{
    struct flow flow = {0};
    if (!letter_text_check(letter, fail))
        return false;
    bool ok = typeset_letter(p->typeset, letter, &flow) ||
              fail_set(fail, "ENOMEM", "no memory for a letter on paper");
    if (ok) {
        p->boxes = boxes_of(&flow);
        double head = LOOK_MM(15) + draw_head_height(p->typeset, letter) + LOOK_MM(50);
        flow.top = head > LOOK_BODY ? head : LOOK_BODY;
        ok = flow_place(&flow, PAPER_PAGES, fail);
    }
    if (ok && !draw(p, letter, &flow, pdf))
        ok = fail_set(fail, "ELIMIT", "a letter on paper takes over %zu bytes", pdf->limit);
    flow_free(&flow);
    return ok;
}
