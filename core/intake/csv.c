#include "intake/csv.h"

#include <stdio.h>
#include <string.h>

/* A line being read, field by field. */
struct fields {
    struct bytes rest; /* p NULL: no more */
    char separator;
    int at;        /* the next field */
    bool unclosed; /* the last one had a quotation mark too few */
};

/* Copies the next field into out (cut at size), quotes undone; false at the end of the line. */
static bool next_field(struct fields *f, char *out, size_t size)
{
    size_t n = 0;
    size_t i = 0;
    bool quoted = false;
    if (!f->rest.p || f->unclosed)
        return false;
    for (; i < f->rest.n; i++) {
        char c = (char)f->rest.p[i];
        bool doubled = quoted && c == '"' && i + 1 < f->rest.n && f->rest.p[i + 1] == '"';
        if (c == f->separator && !quoted)
            break;
        if (c == '"' && !doubled) {
            quoted = !quoted;
            continue;
        }
        i += doubled;
        if (n + 1 < size)
            out[n++] = c;
    }
    out[n] = '\0';
    f->at++;
    f->unclosed = quoted;
    f->rest = i < f->rest.n ? bytes_slice(f->rest, i + 1, f->rest.n) : bytes_at(NULL, 0);
    return true;
}

char csv_separator(struct bytes header)
{
    if (bytes_index(header, ',', 0) != BYTES_NOT_FOUND)
        return ',';
    return bytes_index(header, ';', 0) == BYTES_NOT_FOUND &&
                   bytes_index(header, '\t', 0) != BYTES_NOT_FOUND
               ? '\t'
               : ';';
}

static bool fail_unclosed(int column, struct fail *fail)
{
    return fail_set(fail, "EFORMAT",
                    "column %d has a quotation mark (\") that is not closed on this line", column);
}

bool csv_split(struct csv_line *out, char separator, struct bytes line, struct fail *fail)
{
    struct fields fields = {.rest = line, .separator = separator};
    size_t used = 0;
    out->count = 0;
    while (out->count < CSV_FIELDS && used < out->size) {
        char *at = (char *)out->text + used;
        if (!next_field(&fields, at, out->size - used))
            break;
        out->fields[out->count] = bytes_of(at);
        used += out->fields[out->count++].n + 1;
    }
    return !fields.unclosed || fail_unclosed(fields.at, fail);
}

bool csv_header(struct bytes line, struct csv_columns *columns)
{
    char field[64];
    struct csv_columns found = {.address = -1, .port = -1, .name = -1, .source = -1};
    bool semicolons = bytes_index(line, ',', 0) == BYTES_NOT_FOUND;
    struct fields fields = {.rest = line, .separator = semicolons ? ';' : ','};
    found.separator = fields.separator;
    for (int i = 0; next_field(&fields, field, sizeof field); i++) {
        struct bytes name = bytes_trim(bytes_of(field));
        if (bytes_equal_nocase(name, "ip") || bytes_equal_nocase(name, "src_ip"))
            found.address = found.address < 0 ? i : found.address;
        else if (bytes_equal_nocase(name, "port") || bytes_equal_nocase(name, "src_port"))
            found.port = i;
        else if (bytes_equal_nocase(name, "hostname"))
            found.name = i;
        else if (bytes_equal_nocase(name, "source"))
            found.source = i;
    }
    if (found.address < 0)
        return false;
    found.found = true;
    *columns = found;
    return true;
}

bool csv_row(const struct csv_columns *columns, struct bytes line, struct csv_row *row,
             struct fail *fail)
{
    char field[256];
    struct fields fields = {.rest = line, .separator = columns->separator};
    memset(row, 0, sizeof *row);
    for (int i = 0; next_field(&fields, field, sizeof field); i++) {
        if (i == columns->address)
            snprintf(row->address, sizeof row->address, "%.127s", field);
        else if (i == columns->port)
            snprintf(row->port, sizeof row->port, "%.15s", field);
        else if (i == columns->name)
            snprintf(row->name, sizeof row->name, "%s", field);
        else if (i == columns->source)
            snprintf(row->source, sizeof row->source, "%s", field);
    }
    if (fields.unclosed)
        return fail_unclosed(fields.at, fail);
    return row->address[0] != '\0' ||
           fail_set(fail, "EFORMAT", "the row has no address in its column %d, \"ip\"",
                    columns->address + 1);
}
