#include "contact/whois.h"

#include "contact/remark.h"

#include <stdio.h>

/* One paragraph of "name: value" lines: a network, a role, a person, an irt. */
struct object {
    struct bytes handle;
    struct bytes mailbox; /* abuse-mailbox */
    struct bytes email;
};

/* What is said of one network, up to the next. */
struct reading {
    const struct addr *about;
    struct contact_answer *out;
    struct object objects[WHOIS_OBJECTS];
    size_t count;
    struct bytes abuse[ANSWER_CONTACTS]; /* names of objects */
    size_t abuse_count;
    struct bytes remarks[WHOIS_REMARKS];
    size_t remark_count;
    struct bytes technical;
    bool found;   /* a network that holds the address */
    bool current; /* the lines are about it */
};

struct attribute {
    struct bytes name;
    struct bytes value;
};

static struct bytes next_line(struct bytes *rest)
{
    size_t end = bytes_index(*rest, '\n', 0);
    struct bytes line = bytes_slice(*rest, 0, end == BYTES_NOT_FOUND ? rest->n : end);
    *rest = bytes_slice(*rest, end == BYTES_NOT_FOUND ? rest->n : end + 1, rest->n);
    return line;
}

static bool split(struct bytes line, struct attribute *out)
{
    size_t colon = bytes_index(line, ':', 0);
    if (colon == BYTES_NOT_FOUND || colon == 0 || line.p[0] == ' ' || line.p[0] == '\t' ||
        line.p[0] == '%' || line.p[0] == '#')
        return false;
    out->name = bytes_slice(line, 0, colon);
    out->value = bytes_trim(bytes_slice(line, colon + 1, line.n));
    return true;
}

static bool is_one_of(struct bytes name, const char *const *names)
{
    for (; *names; names++)
        if (bytes_equal_nocase(name, *names))
            return true;
    return false;
}

/* How large the range is, as far as it decides which of two that hold one address is the smaller. */
static bool is_within(const struct contact_answer *inner, const struct contact_answer *outer)
{
    return outer->first.family == ADDR_NONE || (answer_compare(&inner->first, &outer->first) >= 1 &&
                                                answer_compare(&inner->last, &outer->last) <= 1);
}

static struct addr last_of(const struct prefix *p)
{
    struct addr last = p->base;
    for (size_t bit = p->bits; bit < addr_ip_length(&last) * 8; bit++)
        last.ip[bit / 8] |= (unsigned char)(0x80 >> bit % 8);
    return last;
}

/* LACNIC shortens: "200.160/16". */
static bool parse_short(struct bytes text, struct prefix *out)
{
    char full[64];
    size_t slash = bytes_index(text, '/', 0);
    int dots = 0;
    for (size_t i = 0; i < text.n; i++)
        dots += text.p[i] == '.';
    if (slash == BYTES_NOT_FOUND || text.n > 32 || dots > 2 ||
        bytes_index(text, ':', 0) != BYTES_NOT_FOUND)
        return false;
    int n = snprintf(full, sizeof full, "%.*s%s%.*s", (int)slash, (const char *)text.p,
                     &".0.0.0"[2 * dots], (int)(text.n - slash), (const char *)text.p + slash);
    return prefix_parse(bytes_at(full, (size_t)n), out);
}

/* "A - B" or "A/BITS", into the range of `a`; false: another network, or none. */
static bool take_range(struct contact_answer *a, struct bytes value, const struct addr *about)
{
    struct prefix prefix;
    char first[ADDR_IP_TEXT], last[ADDR_IP_TEXT];
    size_t dash = bytes_index(value, '-', 0);
    if (dash != BYTES_NOT_FOUND)
        return answer_set_range(a, bytes_trim(bytes_slice(value, 0, dash)),
                                bytes_trim(bytes_slice(value, dash + 1, value.n)), about);
    if (!prefix_parse(value, &prefix) && !parse_short(value, &prefix))
        return false;
    struct addr to = last_of(&prefix);
    addr_ip_text(&prefix.base, first);
    addr_ip_text(&to, last);
    return answer_set_range(a, bytes_of(first), bytes_of(last), about);
}

/* A network begins: is it the one that counts from here on? */
static void begin_network(struct reading *r, struct bytes value)
{
    struct contact_answer fresh = {0};
    r->current = take_range(&fresh, value, r->about) && is_within(&fresh, r->out);
    if (!r->current)
        return;
    if (r->found && answer_compare(&fresh.first, &r->out->first) == 1 &&
        answer_compare(&fresh.last, &r->out->last) == 1)
        return; /* the same once more ("inet6num" and a remark) */
    *r->out = fresh;
    r->found = true;
    r->count = r->abuse_count = r->remark_count = 0;
    r->technical = bytes_at(NULL, 0);
}

/* "% Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@example.net'" */
static void take_remark(struct reading *r, struct bytes line)
{
    static const char begin[] = "% Abuse contact for '", middle[] = "' is '";
    if (!bytes_starts_nocase(line, begin))
        return;
    struct bytes rest = bytes_slice(line, strlen(begin), line.n);
    size_t is = bytes_find(rest, bytes_of(middle));
    if (is == BYTES_NOT_FOUND)
        return;
    begin_network(r, bytes_slice(rest, 0, is));
    rest = bytes_slice(rest, is + strlen(middle), rest.n);
    size_t end = bytes_index(rest, '\'', 0);
    if (r->current && end != BYTES_NOT_FOUND)
        answer_add(r->out, bytes_slice(rest, 0, end), CONTACT_ABUSE);
}

/* "whois://whois.example.net:43" */
static void take_referral(struct reading *r, struct bytes value)
{
    if (!bytes_starts_nocase(value, "whois://"))
        return;
    value = bytes_slice(value, strlen("whois://"), value.n);
    size_t end = 0;
    while (end < value.n && value.p[end] != ':' && value.p[end] != '/')
        end++;
    value = bytes_slice(value, 0, end);
    if (mailbox_is_domain(value))
        snprintf(r->out->referral, sizeof r->out->referral, "%.*s", (int)value.n,
                 (const char *)value.p);
}

static void take_attribute(struct reading *r, struct object *o, const struct attribute *a)
{
    static const char *const named[] = {"abuse-c", "mnt-irt", NULL};
    static const char *const handles[] = {"nic-hdl", "nic-hdl-br", "irt", NULL};
    static const char *const technical[] = {"tech-c", "OrgTechEmail", NULL};
    static const char *const own[] = {"RAbuseEmail", "OrgAbuseEmail", NULL};
    static const char *const remarks[] = {"remarks", "descr", "Comment", NULL};
    if (is_one_of(a->name, own))
        answer_add(r->out, a->value, CONTACT_ABUSE);
    else if (is_one_of(a->name, named) && r->abuse_count < ANSWER_CONTACTS)
        r->abuse[r->abuse_count++] = a->value;
    else if (is_one_of(a->name, handles))
        o->handle = a->value;
    else if (is_one_of(a->name, remarks) && r->remark_count < WHOIS_REMARKS)
        r->remarks[r->remark_count++] = a->value;
    else if (bytes_equal_nocase(a->name, "abuse-mailbox"))
        o->mailbox = a->value;
    else if (bytes_equal_nocase(a->name, "e-mail"))
        o->email = a->value;
    else if (is_one_of(a->name, technical) && r->technical.n == 0)
        r->technical = a->value;
    else if (bytes_equal_nocase(a->name, "country") && !r->out->country[0])
        answer_set_country(r->out, a->value);
    else if (bytes_equal_nocase(a->name, "ReferralServer"))
        take_referral(r, a->value);
}

static void keep(struct reading *r, const struct object *o)
{
    if (r->current && (o->mailbox.n > 0 || o->email.n > 0) && r->count < WHOIS_OBJECTS)
        r->objects[r->count++] = *o;
}

static void read_lines(struct reading *r, struct bytes rest)
{
    static const char *const networks[] = {"inetnum", "inet6num", "NetRange", NULL};
    struct object object = {0};
    while (rest.n > 0) {
        struct bytes line = bytes_trim(next_line(&rest));
        struct attribute a;
        if (line.n == 0) {
            keep(r, &object);
            object = (struct object){0};
        } else if (line.p[0] == '%') {
            take_remark(r, line);
        } else if (split(line, &a)) {
            if (is_one_of(a.name, networks))
                begin_network(r, a.value);
            else if (r->current)
                take_attribute(r, &object, &a);
        }
    }
    keep(r, &object);
}

/* Of the object with this name. */
static bool add_object(struct reading *r, struct bytes name, enum contact_role role)
{
    bool added = false;
    for (size_t i = 0; name.n > 0 && i < r->count; i++) {
        const struct object *o = &r->objects[i];
        if (o->handle.n != name.n || memcmp(o->handle.p, name.p, name.n) != 0)
            continue;
        added |= role == CONTACT_ABUSE && answer_add(r->out, o->mailbox, role);
        added = added || answer_add(r->out, o->email, role);
    }
    return added;
}

static void conclude(struct reading *r)
{
    struct contact_answer remarks = {0};
    for (size_t i = 0; i < r->abuse_count; i++)
        add_object(r, r->abuse[i], CONTACT_ABUSE);
    for (size_t i = 0; r->out->count == 0 && i < r->count; i++)
        answer_add(r->out, r->objects[i].mailbox, CONTACT_ABUSE);
    for (size_t i = 0; i < r->remark_count; i++)
        remark_take(&remarks, r->remarks[i]);
    remark_choose(r->out, &remarks);
    if (r->out->count == 0 && !answer_add(r->out, r->technical, CONTACT_TECHNICAL))
        add_object(r, r->technical, CONTACT_TECHNICAL);
    answer_sort(r->out);
}

/* Where it speaks of no network: what it says in its place. */
static bool says(struct bytes text, const char *const *words)
{
    for (; *words; words++)
        if (bytes_find(text, bytes_of(*words)) != BYTES_NOT_FOUND)
            return true;
    return false;
}

static bool read_refusal(struct bytes text, struct fail *fail)
{
    static const char *const nothing[] = {"No match", "no entries found", "No entries found", NULL};
    static const char *const too_often[] = {"%ERROR:201", "ate limit exceeded", "uery limit", NULL};
    if (says(text, too_often))
        return fail_set(fail, "EBUSY", "it says that it is asked too often");
    return says(text, nothing) ||
           fail_set(fail, "EFORMAT", "its answer is about no network that the address is in");
}

bool whois_read(struct bytes text, const struct addr *about, struct contact_answer *out,
                struct fail *fail)
{
    struct reading r = {.about = about, .out = out};
    *out = (struct contact_answer){0};
    if (text.n <= WHOIS_LIMIT)
        read_lines(&r, text);
    if (!r.found)
        return read_refusal(text, fail);
    conclude(&r);
    return true;
}

bool whois_question(struct buf *out, const char *form, const struct addr *about)
{
    char text[ADDR_IP_TEXT];
    const char *place = strstr(form, "%s");
    if (!place || strchr(place + 1, '%') || strchr(form, '%') != place || strpbrk(form, "\r\n"))
        return false;
    return buf_put(out, bytes_at(form, (size_t)(place - form))) &&
           buf_put_text(out, addr_ip_text(about, text)) && buf_put_text(out, place + 2) &&
           buf_put_text(out, "\r\n");
}
