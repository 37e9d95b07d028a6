#include "intake/list_format.h"

const char *list_format_fault(struct bytes first_line)
{
    static const struct {
        const char *begins;
        const char *words;
    } kinds[] = {
        {"\xff\xfe", "this is text in UTF-16: save it as UTF-8"},
        {"\xfe\xff", "this is text in UTF-16: save it as UTF-8"},
        {"PK\x03\x04", "this is a spreadsheet or an archive: save it as CSV"},
        {"\xd0\xcf\x11\xe0", "this is a spreadsheet: save it as CSV"},
        {"\x1f\x8b", "this is compressed: 'zcat FILE' and '--input -' read it"},
        {"%PDF", "this is a PDF: a text or CSV file is expected"},
        {"{", "this is JSON: one target a line is expected, or a CSV"},
        {"<", "this is HTML or XML: one target a line is expected, or a CSV"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (bytes_equal_text(bytes_slice(first_line, 0, strlen(kinds[i].begins)), kinds[i].begins))
            return kinds[i].words;
    if (bytes_index(first_line, ',', 0) != BYTES_NOT_FOUND ||
        bytes_index(first_line, ';', 0) != BYTES_NOT_FOUND)
        return "this looks like a CSV; its first line must name the columns, one of them \"ip\"";
    return NULL;
}
