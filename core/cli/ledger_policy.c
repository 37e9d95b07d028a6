/* What changes while a campaign is run: scope, opt-outs, the switch that stops it. */
#include "cli/ledger.h"

#include "base/file.h"
#include "net/channel.h"
#include "run/task_ipc.h"
#include "store/store_policy.h"

#include <string.h>
#include <sys/stat.h>

enum { OPTOUTS_MOST = 3 * 1024 * 1024 };

bool ledger_has_changed(const char *path, int64_t seen[3])
{
    struct stat s;
    int64_t is[3] = {0};
    if (stat(path, &s) == 0) {
        is[0] = (int64_t)s.st_mtim.tv_sec * SPAN_SECOND + s.st_mtim.tv_nsec / 1000;
        is[1] = s.st_size;
        is[2] = (int64_t)s.st_ino;
    }
    bool changed = memcmp(is, seen, sizeof is) != 0;
    memcpy(seen, is, sizeof is);
    return changed;
}

/* To the shift, for which they hold from the next connection on. */
static void send_optouts(struct ledger *l, struct bytes lines)
{
    if (!l->channel || lines.n == 0)
        return;
    ipc_begin(&l->out, IPC_OPTOUTS);
    ipc_put_bytes(&l->out, lines);
    channel_send(l->channel, buf_view(&l->out), -1);
    if (l->looked != 0)
        ledger_say(l, "the opt-outs have changed: they hold from now on");
}

/* The file as it is now; what is wrong in it is said, and those before hold on. */
static void read_optouts(struct ledger *l)
{
    struct fail fail;
    struct buf text = buf_new(OPTOUTS_MOST);
    struct scope *trial = scope_loopback();
    if (trial && file_read_regular(l->optout_path, &text, &fail) &&
        scope_add_optouts(trial, buf_view(&text), l->optout_path, &fail))
        send_optouts(l, buf_view(&text));
    else if (trial)
        ledger_say(l, "%s", fail.text);
    scope_free(trial);
    buf_free(&text);
}

struct gathering {
    struct buf text;
    int64_t last;
};

static void on_optout(void *arg, const struct store_optout *o)
{
    struct gathering *g = arg;
    char text[PREFIX_TEXT];
    buf_printf(&g->text, "%s\n", prefix_text(&o->network, text));
    g->last = o->number;
}

/* Those that came one by one, from letters or other machines. */
static void ask_for_optouts(struct ledger *l)
{
    struct fail fail;
    struct gathering g = {buf_new(OPTOUTS_MOST), l->last_optout};
    if (!store_optouts(l->store, l->last_optout, on_optout, &g, &fail))
        ledger_bear(l, &fail);
    else if (!g.text.overflow) {
        send_optouts(l, buf_view(&g.text));
        l->last_optout = g.last;
    }
    buf_free(&g.text);
}

void ledger_ask_for_stop(struct ledger *l)
{
    struct fail fail;
    int64_t version = 0;
    struct buf text = buf_new(STORE_REASON);
    if (!store_text_get(l->store, "stop", &text, &version, &fail))
        ledger_bear(l, &fail);
    else if (text.n > 0 && !l->stopped) {
        l->stopped = true;
        ledger_say(l, "the campaign was stopped (`ajar campaign resume` lets it go on)");
        ledger_end_shift(l);
    }
    buf_free(&text);
}

void ledger_look_at_policy(struct ledger *l)
{
    if (ledger_has_changed(l->optout_path, l->optout_seen))
        read_optouts(l);
    if (ledger_has_changed(l->scope_path, l->scope_seen) && !l->over) {
        ledger_say(l, "the scope has changed: this shift ends, and the next one has the new scope");
        ledger_end_shift(l);
    }
    if (l->away)
        return;
    ask_for_optouts(l);
    ledger_ask_for_stop(l);
}
