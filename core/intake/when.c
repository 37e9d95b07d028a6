#include "intake/when.h"

#include <stdio.h>

enum { MICROSECONDS = 6, DAY_END = 10, TIME_END = 19 };

/* A number of exactly n digits; false where there are none. */
static bool digits(struct bytes text, size_t at, size_t n, unsigned long *out)
{
    struct bytes part = bytes_slice(text, at, at + n);
    return part.n == n && bytes_number(part, 9999, out);
}

static bool is_at(struct bytes text, size_t at, const char *one_of)
{
    return at < text.n && strchr(one_of, text.p[at]) && text.p[at];
}

/* "Z", "+01:00", "-0100", "+01" or nothing. */
static bool parse_zone(struct bytes zone, span *out)
{
    unsigned long hours = 0;
    unsigned long minutes = 0;
    *out = 0;
    if (zone.n == 0 || bytes_equal_nocase(zone, "z") || bytes_equal_text(zone, " UTC"))
        return true;
    size_t colon = zone.n == 6 && zone.p[3] == ':';
    if (!is_at(zone, 0, "+-") || !digits(zone, 1, 2, &hours) || hours > 14 ||
        (zone.n > 3 &&
         (zone.n != 5 + colon || !digits(zone, 3 + colon, 2, &minutes) || minutes > 59)))
        return false;
    *out = (span)(hours * 60 + minutes) * 60 * SPAN_SECOND;
    if (zone.p[0] == '-')
        *out = -*out;
    return true;
}

/* Digits behind a point, as microseconds; *end is behind them. */
static unsigned long parse_fraction(struct bytes text, size_t *end)
{
    unsigned long fraction = 0;
    unsigned count = 0;
    if (!is_at(text, *end, ".,"))
        return 0;
    for ((*end)++; is_at(text, *end, "0123456789"); (*end)++, count++)
        if (count < MICROSECONDS)
            fraction = fraction * 10 + text.p[*end] - '0';
    for (; count < MICROSECONDS; count++)
        fraction *= 10;
    return fraction;
}

/* By way of the one form that base reads, which knows what days there are. */
bool when_parse(struct bytes text, instant *out)
{
    char whole[TIME_TEXT];
    span zone = 0;
    unsigned long fraction = 0;
    size_t end = DAY_END;
    if (text.n < DAY_END)
        return false;
    if (text.n == DAY_END) {
        snprintf(whole, sizeof whole, "%.10sT00:00:00.000000Z", (const char *)text.p);
        return time_parse(bytes_of(whole), out);
    }
    if (!is_at(text, DAY_END, "T t") || text.n < TIME_END)
        return false;
    end = TIME_END;
    fraction = parse_fraction(text, &end);
    if (!parse_zone(bytes_slice(text, end, text.n), &zone))
        return false;
    snprintf(whole, sizeof whole, "%.10sT%.8s.%06luZ", (const char *)text.p,
             (const char *)text.p + DAY_END + 1, fraction);
    if (!time_parse(bytes_of(whole), out))
        return false;
    *out -= zone;
    return true;
}

bool when_parse_seconds(struct bytes text, instant *out)
{
    unsigned long seconds = 0;
    if (!bytes_number(bytes_slice(text, 0, bytes_index(text, '.', 0)), 253402300799UL, &seconds))
        return false;
    *out = (instant)seconds * SPAN_SECOND;
    return true;
}
