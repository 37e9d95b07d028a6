#include "cli/run_words.h"

#include "base/text.h"
#include "base/time.h"
#include "tape/object.h"

#include <string.h>

enum { TEXT_MOST = 300, LIST_MOST = 100 };

static void begin(struct buf *out, const char *label)
{
    buf_printf(out, "  %-11s ", label);
}

static void end(struct buf *out)
{
    buf_put_byte(out, '\n');
}

static void put_text(struct buf *out, const json_t *text)
{
    if (json_is_string(text))
        text_escape(out, bytes_at(json_string_value(text), json_string_length(text)), TEXT_MOST);
    else
        buf_put_text(out, "(not said)");
}

static void row(struct buf *out, const char *label, const json_t *text)
{
    if (!text)
        return;
    begin(out, label);
    put_text(out, text);
    end(out);
}

static void put_list(struct buf *out, const json_t *list, const char *none)
{
    size_t n = json_array_size(list);
    if (n == 0)
        buf_put_text(out, none);
    for (size_t i = 0; i < n && i < LIST_MOST; i++) {
        buf_put_text(out, i ? ", " : "");
        put_text(out, json_array_get(list, i));
    }
    if (n > LIST_MOST)
        buf_put_text(out, ", …");
}

static void row_list(struct buf *out, const char *label, const json_t *list, const char *none)
{
    if (!list)
        return;
    begin(out, label);
    put_list(out, list, none);
    end(out);
}

static void put_span(struct buf *out, const json_t *microseconds)
{
    double us = json_number_value(microseconds);
    if (us < 1000 && us > -1000)
        buf_printf(out, "%.0f µs", us);
    else if (us < 1e6 && us > -1e6)
        buf_printf(out, "%.1f ms", us / 1000);
    else
        buf_printf(out, "%.1f s", us / 1e6);
}

/* All that was seen are names of processes: a program may be called anything. */
static void put_keepers(struct buf *out, const json_t *services)
{
    size_t n = json_array_size(services);
    buf_put_text(out, n == 0   ? "; no process that is called like a keeper of clocks ran"
                      : n == 1 ? "; a process ran that is called "
                               : "; processes ran that are called ");
    put_list(out, services, "");
}

static void put_clock(struct buf *out, const json_t *clock)
{
    const json_t *synchronised = json_object_get(clock, "synchronised");
    if (!clock)
        return;
    begin(out, "clock");
    buf_put_text(out, json_is_true(synchronised)    ? "synchronised"
                      : json_is_false(synchronised) ? "not synchronised"
                                                    : "the kernel did not say how good it was");
    if (json_is_boolean(synchronised)) {
        buf_put_text(out, ", estimated error ");
        put_span(out, json_object_get(clock, "estimated_error_us"));
        buf_put_text(out, ", at most ");
        put_span(out, json_object_get(clock, "maximum_error_us"));
        buf_put_text(out, ", still to correct ");
        put_span(out, json_object_get(clock, "offset_us"));
    }
    put_keepers(out, json_object_get(clock, "services"));
    end(out);
}

static void put_started(struct buf *out, const json_t *started)
{
    instant when;
    char text[TIME_TEXT];
    if (!json_is_string(started) ||
        !time_parse(bytes_at(json_string_value(started), json_string_length(started)), &when)) {
        row(out, "started", started);
        return;
    }
    begin(out, "started");
    buf_printf(out, "%s, by the clock of that machine\n", time_reader_text(when, text));
}

static void put_operator(struct buf *out, const json_t *operator)
{
    const json_t *user = json_object_get(operator, "user");
    if (!operator)
        return;
    begin(out, "operator");
    put_text(out, json_object_get(operator, "name"));
    if (user) {
        buf_put_text(out, ", as the user ");
        put_text(out, user);
    }
    end(out);
    row(out, "key", json_object_get(operator, "key"));
}

static void put_scope(struct buf *out, const json_t *digest)
{
    static const char of_nothing[] =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const char *text = json_string_value(digest);
    if (!digest)
        return;
    begin(out, "scope");
    if (text && strcmp(text, of_nothing) == 0) {
        buf_put_text(out, "no file: loopback alone");
    } else {
        buf_put_text(out, "SHA-256 ");
        put_text(out, digest);
    }
    end(out);
}

static void put_program(struct buf *out, const json_t *run)
{
    const json_t *build = json_object_get(json_object_get(run, "build"), "sha256");
    row(out, "ajar", json_object_get(run, "ajar"));
    if (!build)
        return;
    begin(out, "program");
    buf_put_text(out, "SHA-256 ");
    put_text(out, build);
    end(out);
}

static void put_files(struct buf *out, const json_t *count)
{
    double n = json_number_value(count);
    buf_printf(out, ", %.0f %s, ", n, n == 1 ? "file" : "files");
}

/* Beside a pack's file may have lain a signature by a key that the operator did not trust: nobody has checked that. */
static const char *no_signer(const json_t *pack)
{
    struct bytes name = object_text(pack, "pack");
    return bytes_index(name, '/', 0) == BYTES_NOT_FOUND
               ? "signed by nobody"
               : "signed by nobody whom the operator trusted";
}

static void put_packs(struct buf *out, const json_t *packs)
{
    size_t i;
    const json_t *pack;
    json_array_foreach(packs, i, pack)
    {
        const json_t *signer = json_object_get(pack, "signer");
        if (i == LIST_MOST)
            break;
        begin(out, "pack");
        put_text(out, json_object_get(pack, "pack"));
        put_files(out, json_object_get(pack, "files"));
        buf_put_text(out, json_is_string(signer) ? "signed by " : no_signer(pack));
        if (json_is_string(signer))
            put_text(out, signer);
        buf_printf(out, "\n  %-11s SHA-256 ", "");
        put_text(out, json_object_get(pack, "sha256"));
        end(out);
    }
}

static void put_limit(struct buf *out, const json_t *options, const char *name, const char *before,
                      const char *none)
{
    const json_t *value = json_object_get(options, name);
    double number = json_number_value(value);
    if (!value)
        return;
    buf_put_text(out, before);
    if (number == 0)
        buf_put_text(out, none);
    else
        buf_printf(out, "%.0f", number);
}

static void put_options(struct buf *out, const json_t *options)
{
    if (!options)
        return;
    row_list(out, "probes", json_object_get(options, "probes"),
             "the safe ones that fit a target's port");
    begin(out, "pace");
    put_limit(out, options, "inflight", "at once ", "no limit");
    put_limit(out, options, "rate", "; connections a second ", "without limit");
    put_limit(out, options, "prefix_rate", ", to one network ", "without limit");
    put_limit(out, options, "messages", "; test messages to a host in a day ", "none");
    end(out);
    row_list(out, "resolvers", json_object_get(options, "resolvers"), "none");
}

static void put_wait(struct buf *out, const json_t *milliseconds)
{
    if (!milliseconds)
        return;
    begin(out, "waited");
    buf_printf(out, "%.1f s for a token\n", json_number_value(milliseconds) / 1000);
}

/* data/view/told.js says of each row the same, for the page that compares itself: tests/cli/view.bats. */
static void put_run(struct buf *out, const json_t *run)
{
    const json_t *vantage = json_object_get(run, "vantage");
    put_started(out, json_object_get(run, "started"));
    put_clock(out, json_object_get(vantage, "clock"));
    put_operator(out, json_object_get(run, "operator"));
    row(out, "authority", json_object_get(run, "authority"));
    row(out, "contact", json_object_get(run, "contact"));
    row(out, "info", json_object_get(run, "info"));
    put_scope(out, json_object_get(run, "scope_sha256"));
    row(out, "host", json_object_get(run, "host"));
    row(out, "from", json_object_get(vantage, "from"));
    row_list(out, "addresses", json_object_get(vantage, "addresses"), "none but loopback's");
    row(out, "sink", json_object_get(run, "sink"));
    row(out, "mail to", json_object_get(run, "mail_domain"));
    row(out, "mail from", json_object_get(run, "sender_domain"));
    row(out, "greets as", json_object_get(run, "helo"));
    put_wait(out, json_object_get(run, "wait_ms"));
    put_options(out, json_object_get(run, "options"));
    put_program(out, run);
    put_packs(out, json_object_get(run, "packs"));
}

bool run_words_put(struct buf *out, struct bytes run_json, struct fail *fail)
{
    json_t *run = object_load(run_json);
    bool ok = run || fail_set(fail, "EFORMAT", "data/run.json is no JSON object");
    if (ok)
        put_run(out, run);
    json_decref(run);
    return ok && (!out->overflow || fail_set(fail, "ENOMEM", "no memory for data/run.json"));
}
