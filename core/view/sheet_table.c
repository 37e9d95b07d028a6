/* The table of all cases. */
#include "view/sheet.h"

const char *const sheet_verdicts[] = {"open",         "suspect", "closed", "unreachable",
                                      "inconclusive", "error",   NULL};

size_t sheet_verdict_of(const json_t *json)
{
    size_t i = 0;
    while (sheet_verdicts[i] && !bytes_equal_text(object_text(json, "verdict"), sheet_verdicts[i]))
        i++;
    return i;
}

struct counting {
    struct sheet *s;
    size_t *of_verdict;
};

static bool count(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct counting *counting = arg;
    struct sheet *s = counting->s;
    json_t *json = sheet_case_json(c, fail);
    if (!json)
        return false;
    bool chosen = sheet_is_chosen(s, json);
    size_t i = sheet_verdict_of(json);
    if (chosen && sheet_verdicts[i])
        counting->of_verdict[i]++;
    s->cases += chosen;
    if (chosen)
        sheet_count_lie(s, c);
    json_decref(json);
    return buf_put_byte(&s->chosen, chosen) || fail_set(fail, "ELIMIT", "too many cases");
}

bool sheet_count(struct sheet *s, size_t of_verdict[SHEET_VERDICTS])
{
    struct counting counting = {s, of_verdict};
    return bundle_cases(s->facts->path, NULL, count, &counting, s->fail);
}

/* One of ours with its colour, any other as text. */
void sheet_verdict(struct sheet *s, struct bytes verdict)
{
    for (size_t i = 0; sheet_verdicts[i]; i++) {
        if (!bytes_equal_text(verdict, sheet_verdicts[i]))
            continue;
        sheet_printf(s, "<span class=\"verdict v-%s\">%s</span>", sheet_verdicts[i],
                     sheet_verdicts[i]);
        return;
    }
    sheet_put(s, "<span class=\"verdict\">");
    sheet_text(s, verdict.n > 0 ? verdict : bytes_of("hidden"));
    sheet_put(s, "</span>");
}

static void cell(struct sheet *s, const char *label, const json_t *json, const char *member)
{
    sheet_printf(s, "<td role=\"cell\" data-label=\"%s\">", label);
    sheet_text(s, object_text(json, member));
    sheet_put(s, "</td>");
}

static void put_target(struct sheet *s, const json_t *json)
{
    sheet_put(s, "<td role=\"cell\" data-label=\"Target\">");
    sheet_text(s, object_text(json, "target"));
    if (json_is_integer(json_object_get(json, "port")))
        sheet_printf(s, ":%" JSON_INTEGER_FORMAT,
                     json_integer_value(json_object_get(json, "port")));
    if (object_text(json, "name").n > 0) {
        sheet_put(s, " <span class=\"name\">");
        sheet_text(s, object_text(json, "name"));
        sheet_put(s, "</span>");
    }
    sheet_put(s, "</td>");
}

/* The case's number, which leads to it where it stands below. */
static void put_number(struct sheet *s, const char *id)
{
    sheet_put(s, "<th role=\"rowheader\" scope=\"row\" data-label=\"Case\">");
    if (s->facts->choice.summary)
        sheet_printf(s, "%.10s</th>", id);
    else
        sheet_printf(s, "<a href=\"#%s\">%.10s</a></th>", id, id);
}

static void put_chosen(struct sheet *s, const struct bundle_case *c, const json_t *json)
{
    bool lies = sheet_lies(s, c);
    sheet_printf(s, "<tr role=\"row\"%s data-case=\"%s\" data-rank=\"%zu\">",
                 lies ? " class=\"lies\"" : "", c->id, sheet_verdict_of(json));
    put_number(s, c->id);
    sheet_put(s, "<td role=\"cell\" data-label=\"Verdict\">");
    sheet_verdict(s, object_text(json, "verdict"));
    sheet_put(s, lies ? "<span class=\"lie\"> contradicted</span></td>" : "</td>");
    put_target(s, json);
    cell(s, "Probe", json, "probe");
    cell(s, "Reason", json, "reason");
    sheet_put(s, "</tr>\n");
}

static bool put_row(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct sheet *s = arg;
    json_t *json = sheet_case_json(c, fail);
    if (!json)
        return false;
    if (sheet_is_chosen(s, json))
        put_chosen(s, c, json);
    json_decref(json);
    return sheet_flush(s, false);
}

static void put_controls(struct sheet *s)
{
    sheet_put(
        s,
        "<form class=\"filter\" id=\"filter\" role=\"search\" aria-label=\"Filter the cases\" "
        "hidden>\n"
        "<label>Find <input type=\"search\" id=\"find\" autocomplete=\"off\" placeholder=\"target, "
        "probe, "
        "reason\"></label>\n<label>Verdict <select id=\"verdict\"><option value=\"\">all</option>");
    for (size_t i = 0; sheet_verdicts[i]; i++)
        sheet_printf(s, "<option>%s</option>", sheet_verdicts[i]);
    sheet_put(s, "</select></label>\n<p id=\"shown\" role=\"status\"></p>\n</form>\n");
}

bool sheet_table(struct sheet *s)
{
    static const char *const titles[] = {"Case", "Verdict", "Target", "Probe", "Reason", NULL};
    sheet_put(s, "<section id=\"cases\" aria-labelledby=\"h-cases\" tabindex=\"-1\">\n<h2 "
                 "id=\"h-cases\">Cases</h2>\n");
    put_controls(s);
    sheet_put(s, "<table id=\"table\" role=\"table\" aria-labelledby=\"h-cases\">\n<thead "
                 "role=\"rowgroup\"><tr role=\"row\">");
    for (size_t i = 0; titles[i]; i++)
        sheet_printf(s, "<th role=\"columnheader\" scope=\"col\">%s</th>", titles[i]);
    sheet_put(s, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
    bool ok = bundle_cases(s->facts->path, NULL, put_row, s, s->fail);
    sheet_put(s, "</tbody>\n</table>\n</section>\n");
    return ok;
}
