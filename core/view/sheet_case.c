/* One case after the other: the verdict, how it follows, the dialogue, the receipts. */
#include "view/sheet.h"

static void put_heading(struct sheet *s, const struct bundle_case *c, const json_t *json)
{
    sheet_printf(
        s,
        "<section class=\"case%s\" id=\"%s\" aria-labelledby=\"h-%s\" tabindex=\"-1\">\n<h3 "
        "id=\"h-%s\">",
        sheet_lies(s, c) ? " lies" : "", c->id, c->id, c->id);
    sheet_verdict(s, object_text(json, "verdict"));
    sheet_put(s, " ");
    sheet_text(s, object_text(json, "target"));
    if (json_is_integer(json_object_get(json, "port")))
        sheet_printf(s, ":%" JSON_INTEGER_FORMAT,
                     json_integer_value(json_object_get(json, "port")));
    sheet_put(s, " <span class=\"probe\">");
    sheet_text(s, object_text(json, "probe"));
    sheet_put(s, "</span></h3>\n<p class=\"reason\">");
    sheet_text(s, object_text(json, "reason"));
    sheet_put(s, "</p>\n");
    sheet_lie(s, c);
}

static void put_overruled(struct sheet *s, const json_t *overruled)
{
    if (!json_is_object(overruled))
        return;
    sheet_put(s, "<p class=\"note\">The probe itself came to <b>");
    sheet_text(s, object_text(overruled, "verdict"));
    sheet_put(s, "</b> (");
    sheet_text(s, object_text(overruled, "reason"));
    sheet_put(s, "); the run knew more.</p>\n");
}

static void put_exits(struct sheet *s, const json_t *exits)
{
    if (json_array_size(exits) == 0)
        return;
    sheet_put(s, "<dt>Came out at</dt><dd>");
    for (size_t i = 0; i < json_array_size(exits); i++) {
        const json_t *exit = json_array_get(exits, i);
        sheet_put(s, i ? ", " : "");
        sheet_text(s, bytes_at(json_string_value(exit), json_string_length(exit)));
    }
    sheet_put(s, "</dd>\n");
}

static void put_facts(struct sheet *s, const struct bundle_case *c, const json_t *json)
{
    sheet_put(s, "<dl class=\"facts\">\n");
    sheet_fact(s, "Case", bytes_of(c->id));
    sheet_fact(s, "Name", object_text(json, "name"));
    sheet_fact(s, "Named by", object_text(json, "source"));
    sheet_fact(s, "Script", object_text(json, "pack"));
    sheet_fact(s, "Begun", object_text(json, "started"));
    if (json_is_integer(json_object_get(json, "elapsed_ms")))
        sheet_printf(s, "<dt>Took</dt><dd>%.3f s</dd>\n",
                     (double)json_integer_value(json_object_get(json, "elapsed_ms")) / 1000);
    sheet_fact(s, "Proof", object_text(json, "proof"));
    put_exits(s, json_object_get(json, "exits"));
    if (c->hidden > 0)
        sheet_printf(s, "<dt>Redacted</dt><dd>%lu parts are hidden</dd>\n", c->hidden);
    sheet_put(s, "</dl>\n");
}

static void put_steps(struct sheet *s, const struct bundle_case *c, const json_t *steps)
{
    if (json_array_size(steps) == 0)
        return;
    sheet_put(s, "<h4>How the verdict follows</h4>\n<ol class=\"steps\">\n");
    for (size_t i = 0; i < json_array_size(steps) && i < SHEET_STEPS; i++) {
        const json_t *step = json_array_get(steps, i);
        json_int_t line = json_integer_value(json_object_get(step, "line"));
        sheet_printf(
            s, "<li><a href=\"#%s-l%" JSON_INTEGER_FORMAT "\">line %" JSON_INTEGER_FORMAT "</a> ",
            c->id, line, line);
        sheet_text(s, object_text(step, "say"));
        if (object_text(step, "cause").n > 0) {
            sheet_put(s, " <span class=\"cause\">");
            sheet_text(s, object_text(step, "form"));
            sheet_put(s, " ");
            sheet_text(s, object_text(step, "cause"));
            sheet_put(s, "</span>");
        }
        sheet_put(s, "</li>\n");
    }
    if (json_array_size(steps) > SHEET_STEPS)
        sheet_printf(s, "<li>… %zu steps more, which are not shown here</li>\n",
                     json_array_size(steps) - SHEET_STEPS);
    sheet_put(s, "</ol>\n");
}

static bool put_parts(struct sheet *s, const struct bundle_case *c, const json_t *json)
{
    put_heading(s, c, json);
    put_overruled(s, json_object_get(json, "overruled"));
    put_facts(s, c, json);
    put_steps(s, c, json_object_get(json, "steps"));
    sheet_way(s, c, json);
    bool ok = sheet_dialogue(s, c, json);
    sheet_receipts(s, c, json);
    sheet_put(s, "<p class=\"back\"><a href=\"#cases\">Back to the table</a></p>\n</section>\n");
    return ok;
}

static bool put_case(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct sheet *s = arg;
    json_t *json = sheet_case_json(c, fail);
    if (!json)
        return false;
    bool ok = !sheet_is_chosen(s, json) || put_parts(s, c, json);
    json_decref(json);
    return ok && sheet_flush(s, false);
}

bool sheet_cases(struct sheet *s)
{
    sheet_put(
        s, "<section id=\"each\" aria-labelledby=\"h-each\">\n<h2 id=\"h-each\">Each case</h2>\n");
    bool ok = bundle_cases(s->facts->path, NULL, put_case, s, s->fail);
    sheet_put(s, "</section>\n");
    return ok;
}
