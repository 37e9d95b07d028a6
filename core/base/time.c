#include "base/time.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Microseconds within the second, also before 1970: never negative. */
static int micros_of(instant when)
{
    int micros = (int)(when % SPAN_SECOND);
    return micros < 0 ? micros + (int)SPAN_SECOND : micros;
}

static struct tm fields_of(instant when)
{
    time_t seconds = (time_t)(when / SPAN_SECOND) - (when % SPAN_SECOND < 0);
    struct tm tm = {0};
    gmtime_r(&seconds, &tm);
    return tm;
}

const char *time_text(instant when, char out[TIME_TEXT])
{
    struct tm tm = fields_of(when);
    size_t n = strftime(out, TIME_TEXT, "%Y-%m-%dT%H:%M:%S", &tm);
    snprintf(out + n, TIME_TEXT - n, ".%06dZ", micros_of(when));
    return out;
}

/* strftime's %a and %b follow the locale; RFC 5322 wants English. */
const char *time_mail_text(instant when, char out[TIME_TEXT])
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct tm tm = fields_of(when);
    snprintf(out, TIME_TEXT, "%.3s, %02u %.3s %04u %02u:%02u:%02u +0000", days + 3 * tm.tm_wday,
             (unsigned)tm.tm_mday % 100, months + 3 * tm.tm_mon,
             (unsigned)(tm.tm_year + 1900) % 10000, (unsigned)tm.tm_hour % 100,
             (unsigned)tm.tm_min % 100, (unsigned)tm.tm_sec % 100);
    return out;
}

const char *time_reader_text(instant when, char out[TIME_TEXT])
{
    struct tm tm = fields_of(when);
    strftime(out, TIME_TEXT, "%Y-%m-%d %H:%M:%S UTC", &tm);
    return out;
}

bool time_parse(struct bytes text, instant *out)
{
    char copy[TIME_TEXT];
    char again[TIME_TEXT];
    struct tm tm = {0};
    int micros = 0;
    if (text.n != strlen("2026-11-24T02:10:16.123456Z"))
        return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    if (sscanf(copy, "%4d-%2d-%2dT%2d:%2d:%2d.%6dZ", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
               &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &micros) != 7)
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    *out = (instant)timegm(&tm) * SPAN_SECOND + micros;
    return strcmp(time_text(*out, again), copy) == 0;
}
