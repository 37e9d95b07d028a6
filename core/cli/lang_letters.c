#include "cli/lang_letters.h"

#include "base/text.h"
#include "cli/notify_word.h"
#include "notice/facts.h"
#include "notice/group.h"
#include "notice/layout.h"

#include <stdio.h>
#include <string.h>

enum { ISOLATE_BYTES = 3 };

struct trying {
    const char *tone;
    lang_letters_tell tell;
    void *arg;
    struct composing *composing;
    json_t *told; /* lines, each of which is told of once */
};

/* What a letter may be about. The marks of isolates take no column, and text_width counts one for each. */
static const struct sample {
    const char *target;
    const char *said;
    const char *cause;
    enum finding_kind kind;
    bool open;
    bool returned;
} samples[] = {
    {"192.0.2.1:25", "220 mail.example.org ESMTP Postfix", "percent-route", FINDING_RELAY, true,
     true},
    {"[2001:db8:1234:5678:9abc:def0:1234:5678]:25", "", "no-rule", FINDING_RELAY, false, false},
    {"192.0.2.1:587", "", "", FINDING_RELAY, false, true},
    {"[2001:db8:1234:5678:9abc:def0:1234:5678]:65535", "Via: 1.1 gate (squid/5.7)", "",
     FINDING_HTTP, true, true},
    {"192.0.2.1:3128", "", "connect-udp", FINDING_HTTP, false, true},
    {"192.0.2.1:1080", "", "", FINDING_SOCKS, false, false},
};

static struct finding finding_of(const struct sample *s, const struct finding_line *line,
                                 const struct finding_cause *cause)
{
    static const char digest[] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    struct finding f = {
        .case_id = bytes_of("c-5f0e4c9a1b2c3d4e"),
        .open = s->open,
        .kind = s->kind,
        .host = bytes_of("mail.example.org"),
        .source = bytes_of("suspects.csv; dnsbl.example.org: open proxy"),
        .said = bytes_of(s->said),
        .lines = line,
        .line_count = 1,
        .causes = cause,
        .cause_count = s->cause[0] != '\0',
        .reached = bytes_of(s->kind == FINDING_RELAY ? "" : "25, 443"),
        .missed = bytes_of(s->kind == FINDING_HTTP ? "80" : ""),
        .mail = true,
        .token = bytes_of(s->returned ? "abcdefghijklmnopqrstuvwxyz234567" : ""),
        .bundle = bytes_of("evidence.tar"),
        .digest = bytes_of(digest),
        .key_id = bytes_of("8A3F5D0C12B4E677"),
        .public_key = bytes_of("RWR35rQSDF0/irCXB0aPzI5Yl9l2aVh2k4y1b0ZkqkX8uK7y5o3eJfGh"),
    };
    addr_parse(bytes_of(s->target), &f.target);
    addr_parse(bytes_of("203.0.113.7"), &f.from);
    addr_parse(bytes_of(s->open ? s->target : "198.51.100.9:25"), &f.peer);
    time_parse(bytes_of("2026-11-24T02:10:16.123456Z"), &f.started);
    f.returned = f.started + SPAN_SECOND;
    return f;
}

static void tell(const struct trying *t, const char *what, const char *words)
{
    char text[512];
    snprintf(text, sizeof text, "in the tone %s: %s%s", t->tone, what, words);
    t->tell(t->arg, text);
}

static size_t isolates_in(struct bytes line)
{
    size_t n = 0;
    for (size_t i = 0; i + ISOLATE_BYTES <= line.n; i++)
        n += line.p[i] == 0xe2 && line.p[i + 1] == 0x81 &&
             (line.p[i + 2] == 0xa6 || line.p[i + 2] == 0xa9);
    return n;
}

/* A single word, an address of the Web, is never parted. */
static bool is_one_word(struct bytes line)
{
    size_t from = 0;
    while (from < line.n && (line.p[from] == ' ' || line.p[from] == '-'))
        from++;
    return bytes_index(line, ' ', from) == BYTES_NOT_FOUND;
}

static void look_at_lines(const struct trying *t, struct bytes text)
{
    for (size_t end; text.n > 0 && (end = bytes_index(text, '\n', 0)) != BYTES_NOT_FOUND;) {
        struct bytes line = bytes_slice(text, 0, end);
        char words[400];
        text = bytes_slice(text, end + 1, text.n);
        if (text_width(line) - isolates_in(line) <= LAYOUT_COLUMNS || is_one_word(line))
            continue;
        snprintf(words, sizeof words, "%.*s", (int)(line.n < 300 ? line.n : 300),
                 (const char *)line.p);
        if (json_object_get(t->told, words))
            continue;
        json_object_set_new(t->told, words, json_true());
        snprintf(words, sizeof words, "over %d columns: %.*s", LAYOUT_COLUMNS,
                 (int)(line.n < 300 ? line.n : 300), (const char *)line.p);
        tell(t, "a line is ", words);
    }
}

/* Frees the facts. */
static void try_letter(const struct trying *t, json_t *facts, struct fail fail)
{
    struct letter letter;
    json_t *words = facts ? composing_words(t->composing, facts, &fail) : NULL;
    if (words && letter_lay_out(words, facts, composing_profile(t->composing), &letter, &fail)) {
        look_at_lines(t, buf_view(&letter.text));
        letter_free(&letter);
    } else {
        tell(t, "no letter can be made: ", fail.text);
    }
    json_decref(words);
    json_decref(facts);
}

static void make_clear(struct finding *f)
{
    f->open = false;
    f->closed = true;
    f->token = bytes_at(NULL, 0);
}

static void try_samples(const struct trying *t)
{
    static const unsigned more[] = {0, 1, 2, 5, 12, 12345};
    bool clear = strcmp(t->tone, "all-clear") == 0;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        const struct finding_line line = {false, bytes_of("250 ok"), more[i], true};
        const struct finding_cause cause = {bytes_of("R4"), bytes_of(samples[i].cause)};
        struct finding f = finding_of(&samples[i], &line, &cause);
        struct fail fail = {0};
        f.interval = more[i];
        if (i % 2 == 1) {
            f.written = f.started - 20 * 86400 * SPAN_SECOND;
            f.earlier_case = bytes_of("c-0123456789abcdef");
        }
        if (clear)
            make_clear(&f);
        try_letter(t, facts_of(&f, &fail), fail);
    }
}

/* About all samples from one on, again and again until there are `n`. */
static json_t *group_facts(size_t from, size_t n, bool clear, struct fail *fail)
{
    const struct finding_line line = {false, bytes_of("250 ok"), 7, true};
    struct group *group = group_new();
    json_t *facts = NULL;
    bool ok = group || fail_set(fail, "ENOMEM", "no memory");
    for (size_t i = 0; ok && i < n; i++) {
        const struct sample *s = &samples[(from + i) % (sizeof samples / sizeof samples[0])];
        const struct finding_cause cause = {bytes_of("R4"), bytes_of(s->cause)};
        struct finding f = finding_of(s, &line, &cause);
        if (clear)
            make_clear(&f);
        f.written = n > 4 ? f.started - 20 * 86400 * SPAN_SECOND : 0;
        ok = group_add(group, &f, fail);
        if (ok && !facts)
            facts = facts_of(&f, fail);
    }
    ok = ok && facts && group_tell(group, facts, "g-5f0e4c9a1b2c3d4e", fail);
    group_free(group);
    if (ok)
        return facts;
    json_decref(facts);
    return NULL;
}

/* At one address, at a few, and more than the letter has rows for. */
static void try_groups(const struct trying *t)
{
    static const struct {
        size_t from, n;
    } groups[] = {{4, 2}, {1, 3}, {0, 5}, {0, 40}};
    bool clear = strcmp(t->tone, "all-clear") == 0;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        struct fail fail = {0};
        json_t *facts = group_facts(groups[i].from, groups[i].n, clear, &fail);
        try_letter(t, facts, fail);
    }
}

static bool try_tone(const struct lang_file *f, struct trying *t, struct fail *fail)
{
    const struct wording letter = {f->path, f->source};
    struct composing_order order = {.letters = &letter,
                                    .letter_count = !f->is_built_in,
                                    .language = lang_file_field(f, "code"),
                                    .tone = t->tone};
    if (!notify_example_profile(&order, fail))
        return false;
    t->composing = composing_new(&order, fail);
    if (t->composing) {
        try_samples(t);
        try_groups(t);
    } else {
        tell(t, "no letter can be made: ", fail->text);
    }
    composing_free(t->composing);
    return true;
}

bool lang_letters_look(const struct lang_file *f, lang_letters_tell tell_it, void *arg,
                       struct fail *fail)
{
    static const char *const tones[] = {"first", "reminder", "provider", "all-clear"};
    const char *own = lang_file_field(f, "tone");
    struct trying t = {.tone = own, .tell = tell_it, .arg = arg};
    bool ok = true;
    t.told = json_object();
    if (own[0])
        ok = try_tone(f, &t, fail);
    for (size_t i = 0; ok && !own[0] && i < sizeof tones / sizeof tones[0]; i++) {
        t.tone = tones[i];
        ok = try_tone(f, &t, fail);
    }
    json_decref(t.told);
    return ok;
}
