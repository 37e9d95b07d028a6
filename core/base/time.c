#include "base/time.h"

#include <stdio.h>
#include <string.h>

/* Microseconds within the second, also before 1970: never negative. */
static int micros_of(instant when)
{
    int micros = (int)(when % SPAN_SECOND);
    return micros < 0 ? micros + (int)SPAN_SECOND : micros;
}

/* libc's own conversions may open /etc/localtime, which a confined process can't; and they are slow.
 * The calendar here counts years from March, so that the leap day is the last of its year. */
struct fields {
    unsigned year;
    unsigned month; /* 1 to 12 */
    unsigned day;
    unsigned weekday; /* 0 = Sunday */
    unsigned hour;
    unsigned minute;
    unsigned second;
};

enum {
    DAYS_TO_1970 = 719468, /* from 0000-03-01 */
    DAYS_400_YEARS = 146097,
    DAY_SECONDS = 86400,
};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days since 1970 of a date. */
static int64_t days_of(int64_t year, unsigned month, unsigned day)
{
    year -= month <= 2;
    int64_t era = floor_div(year, 400);
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_400_YEARS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_TO_1970;
}

static void set_date(struct fields *f, int64_t days)
{
    int64_t from = days + DAYS_TO_1970;
    int64_t era = floor_div(from, DAYS_400_YEARS);
    int64_t of_era = from - era * DAYS_400_YEARS;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (DAYS_400_YEARS - 1)) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153; /* 0 = March */
    f->day = (unsigned)(of_year - (153 * month + 2) / 5 + 1);
    f->month = (unsigned)(month < 10 ? month + 3 : month - 9);
    f->year = (unsigned)(year + era * 400 + (f->month <= 2)) % 10000;
}

static struct fields fields_of(instant when)
{
    int64_t seconds = floor_div(when, SPAN_SECOND);
    int64_t days = floor_div(seconds, DAY_SECONDS);
    unsigned rest = (unsigned)(seconds - days * DAY_SECONDS);
    struct fields f = {.hour = rest / 3600 % 24, .minute = rest / 60 % 60, .second = rest % 60};
    set_date(&f, days);
    f.weekday = (unsigned)(((days + 4) % 7 + 7) % 7);
    return f;
}

/* `width` digits, 6 at most. */
static char *put_digits(char *to, unsigned value, unsigned width)
{
    for (unsigned i = width; i-- > 0; value /= 10)
        to[i] = (char)('0' + value % 10);
    return to + width;
}

/* "YYYY-MM-DD" and "HH:MM:SS" with `between` between them. */
static char *put_fields(char *to, const struct fields *f, char between)
{
    to = put_digits(to, f->year, 4);
    *to++ = '-';
    to = put_digits(to, f->month, 2);
    *to++ = '-';
    to = put_digits(to, f->day, 2);
    *to++ = between;
    to = put_digits(to, f->hour, 2);
    *to++ = ':';
    to = put_digits(to, f->minute, 2);
    *to++ = ':';
    return put_digits(to, f->second, 2);
}

const char *time_text(instant when, char out[TIME_TEXT])
{
    struct fields f = fields_of(when);
    char *to = put_fields(out, &f, 'T');
    *to++ = '.';
    to = put_digits(to, (unsigned)micros_of(when), 6);
    memcpy(to, "Z", 2);
    return out;
}

const char *time_mail_text(instant when, char out[TIME_TEXT])
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct fields f = fields_of(when);
    snprintf(out, TIME_TEXT, "%.3s, %02u %.3s %04u %02u:%02u:%02u +0000", days + 3 * f.weekday,
             f.day % 100, months + 3 * (f.month - 1), f.year, f.hour, f.minute, f.second);
    return out;
}

const char *time_reader_text(instant when, char out[TIME_TEXT])
{
    struct fields f = fields_of(when);
    memcpy(put_fields(out, &f, ' '), " UTC", 5);
    return out;
}

/* True when text has a digit where `shape` has one, and else the same bytes. */
static bool has_shape(struct bytes text, const char *shape)
{
    if (text.n != strlen(shape))
        return false;
    for (size_t i = 0; i < text.n; i++) {
        bool digit = text.p[i] >= '0' && text.p[i] <= '9';
        if (shape[i] == '0' ? !digit : text.p[i] != (unsigned char)shape[i])
            return false;
    }
    return true;
}

static unsigned number_at(struct bytes text, size_t from, size_t width)
{
    unsigned long value = 0;
    bytes_number(bytes_slice(text, from, from + width), 999999, &value);
    return (unsigned)value;
}

bool time_parse(struct bytes text, instant *out)
{
    char again[TIME_TEXT];
    if (!has_shape(text, "0000-00-00T00:00:00.000000Z"))
        return false;
    unsigned month = number_at(text, 5, 2);
    if (month < 1 || month > 12)
        return false;
    int64_t seconds = days_of(number_at(text, 0, 4), month, number_at(text, 8, 2)) * DAY_SECONDS +
                      number_at(text, 11, 2) * 3600 + number_at(text, 14, 2) * 60 +
                      number_at(text, 17, 2);
    instant when = seconds * SPAN_SECOND + number_at(text, 20, 6);
    if (!bytes_equal_text(text, time_text(when, again)))
        return false;
    *out = when;
    return true;
}
