#include "notice/group.h"

#include "notice/facts.h"
#include "notice/findings_csv.h"

#include <stdlib.h>
#include <string.h>

enum { KINDS = 3, TABLE_MOST = 16 * 1024 * 1024, SORT = 512 };

struct group {
    struct addr *addresses;
    size_t count;
    size_t room;
    size_t distinct; /* addresses; 0: not counted yet */
    json_t *rows;
    json_t *examples[KINDS];  /* facts */
    json_t *sorts;            /* a list of facts */
    char *names[GROUP_SORTS]; /* of the sorts */
    struct buf table;
};

struct group *group_new(void)
{
    struct group *g = calloc(1, sizeof *g);
    if (!g)
        return NULL;
    g->rows = json_array();
    g->sorts = json_array();
    g->table = buf_new(TABLE_MOST);
    if (g->rows && g->sorts && findings_csv_head(&g->table))
        return g;
    group_free(g);
    return NULL;
}

void group_free(struct group *g)
{
    if (!g)
        return;
    for (unsigned i = 0; i < KINDS; i++)
        json_decref(g->examples[i]);
    for (unsigned i = 0; i < GROUP_SORTS; i++)
        free(g->names[i]);
    free(g->addresses);
    json_decref(g->rows);
    json_decref(g->sorts);
    buf_free(&g->table);
    free(g);
}

static bool no_memory(struct fail *fail)
{
    return fail_set(fail, "ENOMEM", "no memory for a letter about several findings");
}

/* Of all facts those that stand in the list. */
static bool add_row(struct group *g, const json_t *facts)
{
    static const char *const names[] = {"case", "verdict", "kind", "address", "port", "started"};
    json_t *row = json_object();
    bool ok = json_array_append_new(g->rows, row) == 0;
    for (size_t i = 0; ok && i < sizeof names / sizeof *names; i++)
        ok = json_object_set(row, names[i], json_object_get(facts, names[i])) == 0;
    return ok;
}

static bool is_proven(const json_t *facts)
{
    return facts && strcmp(json_string_value(json_object_get(facts, "verdict")), "open") == 0;
}

/* The first of its kind, or the first that is proven. */
static void keep_example(struct group *g, const struct finding *f, json_t *facts)
{
    json_t **example = &g->examples[f->kind];
    if (*example && (is_proven(*example) || !is_proven(facts)))
        return;
    json_decref(*example);
    *example = json_incref(facts);
}

/* What the server says it is, without what is its own: names, addresses, versions and times have a digit or a full stop in them. */
static void put_words(struct buf *out, struct bytes said)
{
    size_t begun = 0;
    for (size_t i = 0; i <= said.n; i++) {
        bool ends = i == said.n || said.p[i] <= ' ';
        if (!ends)
            continue;
        struct bytes word = bytes_slice(said, begun, i);
        bool plain = word.n > 0;
        for (size_t k = 0; k < word.n; k++)
            plain = plain && word.p[k] > ' ' && word.p[k] < 0x7f && word.p[k] != '.' &&
                    (word.p[k] < '0' || word.p[k] > '9');
        if (plain && out->n + word.n + 2 < out->limit) {
            buf_put(out, word);
            buf_put_byte(out, ' ');
        }
        begun = i + 1;
    }
}

/* What is alike in this is closed in the same way. */
static const char *name_sort(struct buf *out, const struct finding *f)
{
    buf_printf(out, "%d", (int)f->kind);
    for (size_t i = 0; i < f->cause_count && out->n + 80 < out->limit; i++)
        buf_printf(out, " %.*s", (int)f->causes[i].cause.n, (const char *)f->causes[i].cause.p);
    buf_put_byte(out, '\n');
    put_words(out, bytes_slice(f->said, 0, FACTS_SAID));
    return buf_text(out);
}

static bool keep_sort(struct group *g, const struct finding *f, json_t *facts)
{
    struct buf out = buf_new(SORT);
    const char *name = name_sort(&out, f);
    size_t i = 0;
    while (i < GROUP_SORTS && g->names[i] && name && strcmp(g->names[i], name) != 0)
        i++;
    bool ok = name != NULL;
    if (ok && i < GROUP_SORTS && !g->names[i]) {
        g->names[i] = strdup(name);
        ok = g->names[i] && json_array_append(g->sorts, facts) == 0;
    }
    buf_free(&out);
    return ok;
}

static bool keep_address(struct group *g, const struct addr *address)
{
    if (g->count == g->room) {
        size_t room = g->room ? 2 * g->room : 8;
        struct addr *more = realloc(g->addresses, room * sizeof *more);
        if (!more)
            return false;
        g->addresses = more;
        g->room = room;
    }
    g->addresses[g->count] = *address;
    g->addresses[g->count++].port = 0;
    g->distinct = 0;
    return true;
}

bool group_add(struct group *g, const struct finding *f, struct fail *fail)
{
    if (g->count == GROUP_MOST)
        return fail_set(fail, "ELIMIT", "a letter is about at most %d findings", GROUP_MOST);
    json_t *facts = facts_of(f, fail);
    if (!facts)
        return false;
    keep_example(g, f, facts);
    bool ok = (json_array_size(g->rows) == GROUP_ROWS || add_row(g, facts)) &&
              keep_sort(g, f, facts) && findings_csv_put(&g->table, f) &&
              keep_address(g, &f->target);
    json_decref(facts);
    return ok || no_memory(fail);
}

size_t group_findings(const struct group *g)
{
    return g->count;
}

static int compare(const void *a, const void *b)
{
    const struct addr *x = a, *y = b;
    return x->family != y->family ? x->family - y->family : memcmp(x->ip, y->ip, sizeof x->ip);
}

size_t group_addresses(struct group *g)
{
    if (g->distinct > 0)
        return g->distinct;
    qsort(g->addresses, g->count, sizeof *g->addresses, compare);
    for (size_t i = 0; i < g->count; i++)
        g->distinct += i == 0 || compare(&g->addresses[i - 1], &g->addresses[i]) != 0;
    return g->distinct;
}

struct bytes group_table(const struct group *g)
{
    return buf_view(&g->table);
}

/* Facts without the dialogue, whose lines go to the end of the letter's. */
static bool add_example(json_t *list, json_t *dialogue, json_t *facts)
{
    json_t *example = json_copy(facts);
    json_t *before = json_integer((json_int_t)json_array_size(dialogue));
    bool ok = json_object_set_new(example, "first_line", before) == 0 &&
              json_array_extend(dialogue, json_object_get(facts, "dialogue")) == 0;
    json_object_del(example, "dialogue");
    return json_array_append_new(list, example) == 0 && ok;
}

static bool tell_examples(const struct group *g, json_t *facts, json_t *about)
{
    json_t *list = json_array();
    json_t *dialogue = json_array();
    bool ok = json_object_set_new(about, "examples", list) == 0 &&
              json_object_set_new(facts, "dialogue", dialogue) == 0;
    for (unsigned i = 0; ok && i < KINDS; i++)
        ok = !g->examples[i] || add_example(list, dialogue, g->examples[i]);
    return ok;
}

static bool tell_sorts(const struct group *g, json_t *about)
{
    size_t i;
    json_t *facts;
    json_t *list = json_array();
    bool ok = json_object_set_new(about, "remedies", list) == 0;
    json_array_foreach(g->sorts, i, facts)
    {
        json_t *copy = json_copy(facts);
        json_object_del(copy, "dialogue");
        ok = json_array_append_new(list, copy) == 0 && ok;
    }
    return ok;
}

static bool set_number(json_t *object, const char *name, size_t n)
{
    return json_object_set_new(object, name, json_integer((json_int_t)n)) == 0;
}

bool group_tell(struct group *g, json_t *facts, const char *ticket, struct fail *fail)
{
    json_t *about = json_object();
    bool ok = json_object_set_new(facts, "group", about) == 0 &&
              json_object_set_new(facts, "case", json_string(ticket)) == 0 &&
              set_number(about, "findings", g->count) &&
              set_number(about, "addresses", group_addresses(g)) &&
              json_object_set_new(about, "file", json_string(GROUP_FILE)) == 0 &&
              json_object_set(about, "rows", g->rows) == 0 && tell_examples(g, facts, about) &&
              tell_sorts(g, about);
    return ok || no_memory(fail);
}
