#include "run/clock_state.h"

#include "base/json.h"
#include "base/text.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <unistd.h>

#define COUNTER "/sys/devices/system/clocksource/clocksource0/current_clocksource"

enum { STATUS_MOST = 2048 };

/* The beginning of a file of the system; "" when there is none. */
static void read_start(const char *path, char *out, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, out, size - 1);
    if (fd >= 0)
        close(fd);
    out[n > 0 ? n : 0] = '\0';
}

/* Its first line, without the end. */
static void read_line(const char *path, char *out, size_t size)
{
    read_start(path, out, size);
    out[strcspn(out, "\n")] = '\0';
    text_make_printable(out);
}

static void ask_kernel(struct clock_state *s)
{
    struct timex t = {.modes = 0};
    int state = adjtimex(&t);
    s->known = state >= 0;
    s->synchronised = s->known && state != TIME_ERROR && !(t.status & STA_UNSYNC);
    s->offset = t.status & STA_NANO ? t.offset / 1000 : t.offset;
    s->estimated_error = t.esterror;
    s->maximum_error = t.maxerror;
}

/* The names of processes, which the kernel cuts after 15 characters, and of the services that they are. */
static const char *service_of(const char *process)
{
    static const char *const known[][2] = {
        {"chronyd", "chronyd"}, {"ntpd", "ntpd"},       {"systemd-timesyn", "systemd-timesyncd"},
        {"ptp4l", "ptp4l"},     {"phc2sys", "phc2sys"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(process, known[i][0]) == 0)
            return known[i][1];
    return NULL;
}

static void add_service(struct clock_state *s, const char *service)
{
    size_t i = 0;
    while (i < CLOCK_SERVICES - 1 && s->services[i] && s->services[i] != service)
        i++;
    if (i < CLOCK_SERVICES - 1)
        s->services[i] = service;
}

/* The value in a line "Label:\tvalue" of a process's status, up to the next blank; false: there is none. */
static bool status_value(const char *status, const char *label, char *out, size_t size)
{
    const char *line = status;
    size_t n = strlen(label);
    while (line && strncmp(line, label, n) != 0) {
        line = strchr(line, '\n');
        if (line)
            line++;
    }
    if (!line)
        return false;
    line += n + strspn(line + n, "\t ");
    snprintf(out, size, "%.*s", (int)strcspn(line, "\t\n "), line);
    return true;
}

/* Root's, or of an account that belongs to the system and not to a person: below 1000, or one of those that systemd gives
 * to a service for as long as it runs. Anybody may call his own program like a service. */
static bool is_of_the_system(const char *uid)
{
    char *end;
    unsigned long id = strtoul(uid, &end, 10);
    return end != uid && *end == '\0' && (id < 1000 || (id >= 61184 && id <= 65519));
}

/* The service that this process is, as far as its name and its owner say, or NULL. */
static const char *service_at(const char *process)
{
    char path[64];
    char status[STATUS_MOST];
    char name[32];
    char uid[32];
    snprintf(path, sizeof path, "/proc/%.20s/status", process);
    read_start(path, status, sizeof status);
    if (!status_value(status, "Name:", name, sizeof name) ||
        !status_value(status, "Uid:", uid, sizeof uid) || !is_of_the_system(uid))
        return NULL;
    return service_of(name);
}

static void look_for_services(struct clock_state *s)
{
    DIR *processes = opendir("/proc");
    const struct dirent *entry;
    while (processes && (entry = readdir(processes))) {
        const char *service =
            isdigit((unsigned char)entry->d_name[0]) ? service_at(entry->d_name) : NULL;
        if (service)
            add_service(s, service);
    }
    if (processes)
        closedir(processes);
}

void clock_state_look(struct clock_state *out)
{
    *out = (struct clock_state){.known = false};
    ask_kernel(out);
    read_line(COUNTER, out->counter, sizeof out->counter);
    look_for_services(out);
}

bool clock_state_put(struct buf *out, const struct clock_state *s)
{
    buf_put_byte(out, '{');
    json_put_name(out, "synchronised");
    buf_put_text(out, !s->known ? "null" : s->synchronised ? "true" : "false");
    if (s->known)
        buf_printf(out, ",\"offset_us\":%lld,\"estimated_error_us\":%lld,\"maximum_error_us\":%lld",
                   (long long)s->offset, (long long)s->estimated_error,
                   (long long)s->maximum_error);
    json_put_name(out, "services");
    buf_put_byte(out, '[');
    for (size_t i = 0; s->services[i]; i++)
        buf_printf(out, "%s\"%s\"", i ? "," : "", s->services[i]);
    buf_put_byte(out, ']');
    if (s->counter[0])
        json_put_member_text(out, "counter", s->counter);
    return buf_put_byte(out, '}') && !out->overflow;
}
