#include "run/window.h"

/* Parts by which it opens and closes. */
enum { OPENS = 2, CLOSES = 16 };

struct window window_new(unsigned most)
{
    return (struct window){.now = most < WINDOW_LEAST ? most : WINDOW_LEAST, .most = most};
}

bool window_is_due(const struct window *window, instant at)
{
    return at - window->looked >= WINDOW_LOOK;
}

static void open_up(struct window *window)
{
    unsigned more = window->now / OPENS + 1;
    window->now = window->most - window->now > more ? window->now + more : window->most;
}

static void close_down(struct window *window)
{
    unsigned less = window->now - window->now / CLOSES;
    if (less >= WINDOW_LEAST)
        window->now = less;
}

void window_look(struct window *window, struct window_work work, instant at)
{
    if (work.wakes <= work.rounds * WINDOW_FEW)
        open_up(window);
    else if (work.wakes >= work.rounds * WINDOW_MANY)
        close_down(window);
    window->looked = at;
}
