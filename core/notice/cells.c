#include "notice/cells.h"

#include "base/text.h"
#include "notice/isolates.h"

enum { GAP = 2, INDENT = 4 };

struct bytes cells_text(const json_t *cells, size_t row, size_t column)
{
    const json_t *text = json_array_get(json_array_get(cells, row), column);
    return bytes_at(json_string_value(text), json_string_length(text));
}

bool cells_are_well(const json_t *cells)
{
    size_t rows = json_array_size(cells);
    size_t columns = json_array_size(json_array_get(cells, 0));
    if (rows == 0 || rows > CELLS_ROWS || columns == 0 || columns > CELLS_COLUMNS)
        return false;
    for (size_t i = 0; i < rows; i++) {
        const json_t *row = json_array_get(cells, i);
        if (json_array_size(row) != columns)
            return false;
        for (size_t k = 0; k < columns; k++)
            if (!json_is_string(json_array_get(row, k)) ||
                !text_is_printable(cells_text(cells, i, k)))
                return false;
    }
    return true;
}

size_t cells_width(const json_t *cells, size_t column)
{
    size_t most = 0;
    for (size_t i = 0; i < json_array_size(cells); i++) {
        size_t width = text_width(cells_text(cells, i, column));
        most = width > most ? width : most;
    }
    return most;
}

static void put_blanks(struct buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_put_byte(out, ' ');
}

void cells_put(struct buf *out, const json_t *cells, size_t row, size_t columns, bool rtl)
{
    size_t at = 0;   /* the column that the line has come to */
    size_t owed = 0; /* blanks that stand before what comes next on it, and at no line's end */
    for (size_t i = 0; i < json_array_size(json_array_get(cells, row)); i++) {
        struct bytes text = cells_text(cells, row, i);
        size_t width = cells_width(cells, i);
        if (i > 0 && at + GAP + width > columns) {
            buf_put_byte(out, '\n');
            at = owed = INDENT;
        } else if (i > 0) {
            at += GAP;
            owed += GAP;
        }
        if (text.n > 0) {
            put_blanks(out, owed);
            if (rtl)
                isolates_put_cell(out, text);
            else
                buf_put(out, text);
            owed = 0;
        }
        at += width;
        owed += width - text_width(text);
    }
    buf_put_byte(out, '\n');
}
