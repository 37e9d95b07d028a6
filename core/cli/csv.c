#include "cli/csv.h"

#include <stdio.h>
#include <string.h>

/* Copies the next field into out (cut at size), quotes undone; false at the end of the line. */
static bool next_field(struct bytes *rest, char separator, char *out, size_t size)
{
    size_t n = 0;
    size_t i = 0;
    bool quoted = false;
    if (!rest->p)
        return false;
    for (; i < rest->n; i++) {
        char c = (char)rest->p[i];
        bool doubled = quoted && c == '"' && i + 1 < rest->n && rest->p[i + 1] == '"';
        if (c == separator && !quoted)
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
    *rest = i < rest->n ? bytes_slice(*rest, i + 1, rest->n) : bytes_at(NULL, 0);
    return true;
}

bool csv_header(struct bytes line, struct csv_columns *columns)
{
    char field[64];
    struct csv_columns found = {.address = -1, .port = -1, .name = -1, .source = -1};
    bool semicolons = bytes_index(line, ',', 0) == BYTES_NOT_FOUND;
    found.separator = semicolons ? ';' : ',';
    for (int i = 0; next_field(&line, found.separator, field, sizeof field); i++) {
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

bool csv_row(const struct csv_columns *columns, struct bytes line, struct csv_row *row)
{
    char field[256];
    memset(row, 0, sizeof *row);
    for (int i = 0; next_field(&line, columns->separator, field, sizeof field); i++) {
        if (i == columns->address)
            snprintf(row->address, sizeof row->address, "%.127s", field);
        else if (i == columns->port)
            snprintf(row->port, sizeof row->port, "%.15s", field);
        else if (i == columns->name)
            snprintf(row->name, sizeof row->name, "%s", field);
        else if (i == columns->source)
            snprintf(row->source, sizeof row->source, "%s", field);
    }
    return row->address[0] != '\0';
}
